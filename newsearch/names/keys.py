"""Keys under which the spellings of one name lie together, so that they can be looked up.

In: folded forms. Out: small numbers. Two forms that may be one name share a key; many other
names share it, too: the distance sorts them out. An engine stores `stored_keys` of its forms when
it writes them (`key_arrays`), sorted, and finds those of a query (`asked_keys`). So keys are part
of what an index is: after a change here, an index has to be made anew.

There are three kinds of keys. A skeleton is the rough consonants of a name, each reading of an
ambiguous letter giving one: habits of romanisation leave one of them as it is. Many names share a
short skeleton, so short names lie under a skeleton with its vowels, of which a query asks for all
that differ in one vowel: their limits allow no more. The set of a form's letters, as bits, finds
slips of the keyboard: a swap leaves it as it is, a letter too few or too many changes one bit, a
wrong key two.

Each key has the form's first letter in it. Few first letters may stand for one another in a short
name, so a query asks for a key with each of these, and need not look at most of the names that
share a skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from string import ascii_lowercase
from zlib import crc32

from newsearch.names.romanisation import romanisation

KEY_BITS = 24  # of a key
_SHIFT = 32 - KEY_BITS
SLIP_LETTERS = 6  # of the shorter form; in shorter names one letter is too much of the name
_MIN_LETTERS = 3  # of a name that has spellings; shorter ones are initials and particles
MOST_READINGS = 16  # of one form; of one with more, some

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
_RUN = re.compile("[aeiouy]+|[^aeiouy]+")
_JOINED = re.compile(r"[aiu]{2}|(.)\1")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouy]+")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
SHORT = 6  # letters of the shorter of two forms that differ in one vowel at most
SHORT_BESIDE = 9  # letters of the longest form that may be a spelling of such a form


def can_be_name(form: str) -> bool:
    """Return whether a folded form has the letters for a name with several spellings."""
    return len(form) >= _MIN_LETTERS and form.isascii() and form.isalpha() and form.islower()


def _singly(text: str) -> str:
    """Return a text with one letter for several of the same that stand together."""
    return _TWICE.sub(r"\1", text) if _TWICE.search(text) else text


@dataclass(frozen=True, slots=True)
class Run:
    """What letters that are all vowels or all consonants may stand for, each reading once.

    Attributes:
        rough: The consonants alone.
        voiced, last: With a small letter for each run of vowels; `last` at the end of a form.
        many: How many readings there are.
    """

    rough: tuple[str, ...]
    voiced: tuple[str, ...]
    last: tuple[str, ...]
    many: int


@lru_cache(maxsize=20_000)
def run_of(letters: str) -> Run:
    """Return what letters that are all vowels or all consonants may stand for."""
    groups = [_GROUPS.get(group, (group,)) for group in _CUT.findall(_singly(letters))]
    readings = list(map("".join, product(*groups)))
    return Run(
        tuple({_rough(each) for each in readings}),
        tuple({_voiced(each) for each in readings}),
        tuple({_voiced(each.removesuffix("e")) for each in readings}),
        len(readings),
    )


def _rough(reading: str) -> str:
    return _singly(reading.translate(_NO_VOWELS))


def _voiced(reading: str) -> str:
    return _singly(_VOWELS.sub(_vowel, reading))


def _vowel(run: re.Match[str]) -> str:
    letters = run[0]
    return "a" if "a" in letters else "u" if "o" in letters or "u" in letters else "i"


def _runs(form: str) -> list[Run] | None:
    """Return the runs of a form, None if it has more readings than are looked at."""
    runs = [*map(run_of, _RUN.findall(form))]
    return runs if prod([run.many for run in runs]) <= MOST_READINGS else None


def _readings(form: str) -> list[str]:
    """Return the sounds of a form: capitals for consonants, vowels as they are; some readings."""
    readings = [""]
    for group in _CUT.findall(_singly(form)):
        sounds = _GROUPS.get(group, (group,))
        if len(sounds) == 1 or len(readings) * len(sounds) > MOST_READINGS:
            readings = [reading + sounds[0] for reading in readings]
        else:
            readings = [reading + sound for reading in readings for sound in sounds]
    return readings


def skeletons(form: str) -> set[str]:
    """Return the rough consonants of a folded form, in each reading.

    Args:
        form: Letters a-z.

    Returns:
        One to sixteen; an empty one for a form without a consonant.

    >>> skeletons("zelensky") & skeletons("selenskyj")
    {'SLNSK'}
    """
    return _skeletons(form, _runs(form))


def _skeletons(form: str, runs: list[Run] | None) -> set[str]:
    if runs is None:
        return set(map(_rough, _readings(form)))
    return {_singly(each) for each in map("".join, product(*[run.rough for run in runs]))}


def voiced(form: str) -> set[str]:
    """Return the skeletons of a form with a small letter for each run of vowels: a, i or u.

    An e at the end is silent, or as good as that.

    >>> sorted(voiced("poutine")), sorted(voiced("wahid"))
    (['FuDiN'], ['FaD', 'FaKiD', 'aD', 'aKiD'])
    """
    return _with_vowels(form, _runs(form))


def _with_vowels(form: str, runs: list[Run] | None) -> set[str]:
    if runs is None or "" in runs[-1].voiced:  # the last sound is in an earlier run
        return {_voiced(each.removesuffix("e")) for each in _readings(form)}
    choices = [*[run.voiced for run in runs[:-1]], runs[-1].last]
    # A consonant that is read as a vowel joins those beside it.
    return {
        _voiced(each) if _JOINED.search(each) else each for each in map("".join, product(*choices))
    }


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


def letter_set(form: str) -> int:
    """Return the letters of a form as bits, a the lowest, 0 to 2**26 - 1.

    >>> letter_set("abba"), letter_set("zelensky") == letter_set("zelesnky")
    (3, True)
    """
    return sum(map(_BITS.__getitem__, set(form)))


_BITS = {letter: 1 << place for place, letter in enumerate(ascii_lowercase)}


def _sound_keys(sounds: Iterable[str], first: str) -> list[int]:
    begins = crc32(first.encode())
    return [crc32(each.encode(), begins) >> _SHIFT for each in sounds]


def _letters_key(letters: int, first: str) -> int:
    mixed = (letters << 5 | ord(first) - 97) * LETTERS_STEP & 0xFFFFFFFF
    return mixed >> _SHIFT


LETTERS_STEP = 0x9E3779B1  # near the golden ratio of 2**32: neighbours are spread far (Knuth)


def _asked_sounds(form: str) -> Iterator[str]:
    if len(form) <= SHORT_BESIDE:
        for sounds in voiced(form):
            yield from _one_vowel_apart(sounds)
    if len(form) > SHORT:
        yield from skeletons(form)


def stored_keys(form: str) -> set[int]:
    """Return the keys under which a form is to be found.

    Args:
        form: Letters a-z.

    Returns:
        Numbers of `KEY_BITS` bits.
    """
    first, runs, keys = form[0], _runs(form), set[int]()
    if len(form) <= SHORT_BESIDE:
        keys.update(_sound_keys(_with_vowels(form, runs), first))
    if len(form) > SHORT:
        keys.update(_sound_keys(_skeletons(form, runs), first))
    if len(form) >= SLIP_LETTERS:
        keys.add(_letters_key(letter_set(form), first))
    return keys


def asked_keys(form: str, limit: float) -> set[int]:
    """Return the keys under which the other spellings of a form are stored, and itself.

    Args:
        form: Letters a-z.
        limit: How far away they may be (see `distance`).

    Returns:
        Numbers of `KEY_BITS` bits; a hundred or two.

    >>> asked_keys("zelensky", 0.4) & stored_keys("zelesnky") != set()
    True
    """
    from newsearch.names.distance import first_letters  # who stores keys needs nothing of it

    firsts = first_letters(form, limit)
    sounds = set(_asked_sounds(form))
    keys = {key for first in firsts for key in _sound_keys(sounds, first)}
    if len(form) >= SLIP_LETTERS:
        letters = letter_set(form)
        for changed in (letters, *[letters ^ (1 << bit) for bit in range(26)]):
            begins = [first for first in firsts if changed >> ord(first) - 97 & 1]
            keys.update([_letters_key(changed, first) for first in begins])
        wrong = [
            letters ^ _BITS[letter] ^ _BITS[other]
            for letter in set(form)
            for other in romanisation().keys_beside[letter].strip()
            if other not in form
        ]
        keys.update([_letters_key(changed, form[0]) for changed in wrong])
    return keys
