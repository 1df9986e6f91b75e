"""Keys under which the spellings of one name lie together, so that they can be looked up.

In: folded forms. Out: small numbers. Two forms that may be one name share a key; many other
names share it, too: the distance sorts them out. An engine stores `stored_keys` of its forms when
it writes them (`key_columns`), sorted, and finds those of a query (`asked_keys`) by halving.

There are three kinds of keys. A skeleton is the rough consonants of a name, each reading of an
ambiguous letter giving one: habits of romanisation leave one of them as it is. Many names share a
short skeleton, so short names lie under a skeleton with its vowels, of which a query asks for all
that differ in one vowel: their limits allow no more. The set of a form's letters, as bits, finds
slips of the keyboard: a swap leaves it as it is, a letter too few or too many changes one bit.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

_MIN_LETTERS = 3  # of a name that has spellings; shorter ones are initials and particles
_MOST = 16  # skeletons of one form
SLIP_LETTERS = 6  # of the shorter form; in shorter names one letter is too much of the name

# What a group of letters may stand for; S hisses, K is made at the back of the mouth, D is a
# dental, F a labial, N a nasal; small letters are vowels. Longest group first.
_GROUPS: dict[str, tuple[str, ...]] = {
    "schtsch": ("S",), "chtch": ("S",), "shtch": ("S",), "shtsh": ("S",), "szcz": ("S",),
    "tsch": ("S",), "dsch": ("S",), "shch": ("S",), "stch": ("S",), "sht": ("SD", "S"),
    "tch": ("S",), "dzh": ("S",), "sch": ("S",), "zh": ("S",), "sh": ("S",), "sz": ("S",),
    "rz": ("S", "RS"), "cz": ("S",), "ts": ("S",), "tz": ("S",), "sc": ("S", "SK"),
    "ch": ("S", "K"), "dj": ("S", "D"), "kh": ("K", ""), "gh": ("K",), "ck": ("K",),
    "dh": ("D", "S"), "th": ("D", "S"), "ph": ("F",), "dz": ("S", "DS"), "cc": ("S", "K"),
    "tj": ("S", "D"), "au": ("a", "aF"), "eu": ("e", "eF"),
    "c": ("S", "K"), "g": ("K", "S"), "h": ("", "K"), "j": ("i", "S"), "w": ("F", "u"),
    "x": ("KS", "K", "S"), "q": ("K",), "k": ("K",), "s": ("S",), "z": ("S",), "d": ("D",),
    "t": ("D",), "f": ("F",), "v": ("F",), "b": ("F",), "p": ("F",), "l": ("L",), "m": ("N",),
    "n": ("N",), "r": ("R",),
}  # fmt: skip
_CUT = re.compile("|".join([*_GROUPS, "[aeiouy]+"]))
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouy]+")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_SHORT = 6  # letters of the shorter of two forms that differ in one vowel at most
_SHORT_BESIDE = 9  # letters of the longest form that may be a spelling of such a form


def can_be_name(form: str) -> bool:
    """Return whether a folded form has the letters for a name with several spellings."""
    return len(form) >= _MIN_LETTERS and form.isascii() and form.isalpha() and form.islower()


def _singly(text: str) -> str:
    """Return a text with one letter for several of the same that stand together."""
    return _TWICE.sub(r"\1", text) if _TWICE.search(text) else text


def _readings(form: str) -> list[str]:
    """Return the sounds of a form, in each reading: capitals for consonants, vowels as they are."""
    readings = [""]
    for group in _CUT.findall(_singly(form)):
        sounds = _GROUPS.get(group, (group,))
        if len(sounds) == 1 or len(readings) * len(sounds) > _MOST:
            sound = sounds[0]
            readings = [reading + sound for reading in readings]
        else:
            readings = [reading + sound for reading in readings for sound in sounds]
    return readings


def skeletons(form: str) -> frozenset[str]:
    """Return the rough consonants of a folded form, in each reading.

    Args:
        form: Letters a-z.

    Returns:
        One to sixteen; an empty one for a form without a consonant.

    >>> skeletons("zelensky") & skeletons("selenskyj")
    frozenset({'SLNSK'})
    """
    return frozenset([_singly(each.translate(_NO_VOWELS)) for each in _readings(form)])


def voiced(form: str) -> frozenset[str]:
    """Return the skeletons of a form with a small letter for each run of vowels: a, i or u.

    An e at the end is silent, or as good as that.

    >>> sorted(voiced("poutine")), sorted(voiced("wahid"))
    (['FuDiN'], ['FaD', 'FaKiD', 'aD', 'aKiD'])
    """
    return frozenset(
        [_singly(_VOWELS.sub(_vowel, each.removesuffix("e"))) for each in _readings(form)]
    )


def _vowel(run: re.Match[str]) -> str:
    letters = run[0]
    return "a" if "a" in letters else "u" if "o" in letters or "u" in letters else "i"


def _one_vowel_apart(sounds: str) -> Iterator[str]:
    """Yield a voiced skeleton and all that differ from it in one vowel, or in a last one."""
    yield sounds
    for place, letter in enumerate(sounds):
        if letter in "aiu":
            for other in "aiu".replace(letter, ""):
                yield sounds[:place] + other + sounds[place + 1 :]
    if sounds[-1:] in ("a", "i", "u"):
        yield sounds[:-1]
    else:
        yield sounds + "a"


@lru_cache(maxsize=50_000)
def letter_set(form: str) -> int:
    """Return the letters of a form as bits, a the lowest, 0 to 2**26 - 1.

    >>> letter_set("abba"), letter_set("zelensky") == letter_set("zelesnky")
    (3, True)
    """
    bits = 0
    for letter in form:
        bits |= 1 << (ord(letter) - 97)
    return bits


def _stored_sounds(form: str) -> Iterator[str]:
    if len(form) <= _SHORT_BESIDE:
        yield from voiced(form)
    if len(form) > _SHORT:
        yield from skeletons(form)


def _asked_sounds(form: str) -> Iterator[str]:
    if len(form) <= _SHORT_BESIDE:
        for sounds in voiced(form):
            yield from _one_vowel_apart(sounds)
    if len(form) > _SHORT:
        yield from skeletons(form)


def stored_keys(form: str) -> tuple[int, ...]:
    """Return the keys under which a form is to be found.

    Args:
        form: Letters a-z.

    Returns:
        Different numbers, 0 to 2**32 - 1.
    """
    keys = {crc32(sounds.encode()) for sounds in _stored_sounds(form)}
    if len(form) >= SLIP_LETTERS:
        keys.add(letter_set(form))
    return tuple(keys)


def asked_keys(form: str) -> tuple[int, ...]:
    """Return the keys under which the other spellings of a form are stored, and itself.

    Args:
        form: Letters a-z.

    Returns:
        Different numbers, 0 to 2**32 - 1; some tens.

    >>> set(asked_keys("zelensky")) & set(stored_keys("zelesnky")) != set()
    True
    """
    keys = {crc32(sounds.encode()) for sounds in _asked_sounds(form)}
    if len(form) >= SLIP_LETTERS:
        letters = letter_set(form)
        keys.add(letters)
        keys.update(letters ^ (1 << bit) for bit in range(26))
    return tuple(keys)


def key_columns(forms: Iterable[str]) -> tuple[array[int], array[int]]:
    """Return what an engine stores of its forms: every key, and the number of its form.

    Args:
        forms: In the order in which they are numbered, from 0. Those that can be no name (see
            `can_be_name`) have no key.

    Returns:
        Two arrays of 32-bit numbers of one length, in the order of the forms.
    """
    keys, rows = array("I"), array("I")
    for row, form in enumerate(forms):
        if can_be_name(form):
            found = stored_keys(form)
            keys.extend(found)
            rows.extend([row] * len(found))
    return keys, rows
