"""Which names of a whole vocabulary may be spellings of one another.

In: all names, in any order. Out: each with those after it that may be its spellings. It is what
asking for one after the other would find (see `keys`), found at once: a pair is compared once, and
no key has to be worked out for all the first letters that a spelling may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from newsearch.names.distance import within
from newsearch.names.judging import farthest
from newsearch.names.keys import SHORT, SHORT_BESIDE, SLIP_LETTERS, letter_set, skeletons, voiced


def neighbours(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each name with the later ones that may be its spellings, and perhaps some more.

    Args:
        names: Folded forms of letters a-z, each once.

    >>> dict(neighbours(["zelensky", "merkel", "selenskyj"]))
    {'zelensky': ['selenskyj'], 'merkel': [], 'selenskyj': []}
    """
    keys = [meeting_keys(form) for form in names]
    places: dict[str | int, list[int]] = {}
    for at, found in enumerate(keys):
        for key in found:
            places.setdefault(key, []).append(at)
    for at, form in enumerate(names):
        sharing = set(chain.from_iterable(places[key] for key in keys[at]))
        later = [names[other] for other in sharing if other > at]
        yield form, within(form, later, farthest(form, loose=False)) if later else []


def meeting_keys(form: str) -> set[str | int]:
    """Return keys of which two forms share one wherever one of them finds the other by `keys`."""
    keys: set[str | int] = set()
    if len(form) <= SHORT_BESIDE:
        for sounds in voiced(form):
            keys.update(_but_one_vowel(sounds))
    if len(form) > SHORT:
        keys.update(["-" + sounds for sounds in skeletons(form)])
    if len(form) >= SLIP_LETTERS:
        letters = letter_set(form)
        bits = [1 << bit for bit in range(letters.bit_length()) if letters >> bit & 1]
        keys.update([letters, *[letters ^ bit for bit in bits]])
    return keys


def _but_one_vowel(sounds: str) -> Iterator[str]:
    """Yield a voiced skeleton, and itself with one vowel left open, or one after the last sound."""
    yield sounds
    for place, letter in enumerate(sounds):
        if letter in "aiu":
            yield f"{sounds[:place]}.{sounds[place + 1 :]}"
    if sounds[-1:] not in ("a", "i", "u"):
        yield sounds + "."
