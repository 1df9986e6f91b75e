"""A rough key under which the spellings of one name lie together.

In: a folded form. Out: a few short keys; two forms that differ only in habits of romanisation
share one of them. Many other names share it too: the distance sorts them out.
"""

from __future__ import annotations

import re

_MOST_KEYS = 16

# What a group of letters may stand for; S hisses, K is made at the back of the mouth, D is a
# dental, F a labial; a vowel is nothing. Longest group first.
_GROUPS: dict[str, tuple[str, ...]] = {
    "schtsch": ("S",), "chtch": ("S",), "shtch": ("S",), "shtsh": ("S",), "szcz": ("S",),
    "tsch": ("S",), "dsch": ("S",), "shch": ("S",), "stch": ("S",), "sht": ("SD", "S"),
    "tch": ("S",), "dzh": ("S",), "sch": ("S",), "zh": ("S",), "sh": ("S",), "sz": ("S",),
    "rz": ("S", "RS"), "cz": ("S",), "ts": ("S",), "tz": ("S",), "sc": ("S", "SK"),
    "ch": ("S", "K"), "dj": ("S", "D"), "kh": ("K", ""), "gh": ("K",), "ck": ("K",),
    "dh": ("D", "S"), "th": ("D", "S"), "ph": ("F",),
    "c": ("S", "K"), "g": ("K", "S"), "h": ("", "K"), "j": ("", "S"), "w": ("F", ""),
    "x": ("KS", "K"), "q": ("K",), "k": ("K",), "s": ("S",), "z": ("S",), "d": ("D",),
    "t": ("D",), "f": ("F",), "v": ("F",), "b": ("B",), "p": ("P",), "l": ("L",), "m": ("M",),
    "n": ("N",), "r": ("R",),
}  # fmt: skip
_CUT = re.compile("|".join(_GROUPS) + "|[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")


def skeletons(form: str) -> frozenset[str]:
    """Return the keys of a folded form.

    Args:
        form: Letters a-z.

    Returns:
        One to sixteen keys; one empty key for a form without a consonant.

    >>> skeletons("zelensky") & skeletons("selenskyj")
    frozenset({'SLNSK'})
    """
    keys = [""]
    for group in _CUT.findall(_TWICE.sub(r"\1", form)):
        sounds = _GROUPS.get(group)
        if sounds is None:
            continue
        if len(keys) * len(sounds) > _MOST_KEYS:
            sounds = sounds[:1]
        keys = [key + sound for key in keys for sound in sounds]
    return frozenset(_TWICE.sub(r"\1", key) for key in keys)
