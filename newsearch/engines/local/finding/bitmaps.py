"""Which passages of a segment, a bit for each; what is asked of them costs little for each of 64.

A bitmap is an array of words of 64 bits; passage 0 is the lowest bit of the first. With how many
passages stand before each word, the place of any passage among those of the bitmap is two look-ups
and a count of bits, however many there are (Jacobson 1989).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import Documents, Scores, Truths, opens

Bits = npt.NDArray[np.uint64]
Ranks = npt.NDArray[np.uint32]
_Made = TypeVar("_Made")

_SHIFT = 6
_LAST = (1 << _SHIFT) - 1
_ONE = np.uint64(1)
_DENSE = 100  # one passage of so many, or more: a byte for each is packed sooner
_HIGH = 0.7  # of the highest score: a passage that scores so much is in the first tier


class Sought:
    """Passages, sorted, that are looked up in several lists.

    What every list needs to know of them is worked out once.
    """

    __slots__ = ("_made", "documents")

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._made: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.documents)

    def once(self, name: str, make: Callable[[Documents], _Made]) -> _Made:
        """Return what is made of them, under this name always the same."""
        made: _Made | None = self._made.get(name)
        if made is None:
            made = self._made[name] = make(self.documents)
        return made


def bitmap(documents: Documents, passages: int) -> Bits:
    """Return the bitmap of some passages, sorted, of a segment of so many.

    >>> bitmap(np.array([0, 2, 64]), 70).tolist()
    [5, 1]
    """
    many = (passages + _LAST) >> _SHIFT
    if len(documents) * _DENSE > passages:
        every = np.zeros(many << _SHIFT, bool)
        every[documents] = True
        packed = np.packbits(every, bitorder="little").view("<u8")
        return packed.astype(np.uint64, copy=False)
    bits = np.zeros(many, np.uint64)
    if len(documents):
        words = documents >> _SHIFT
        first = opens(words).nonzero()[0]
        single = _ONE << (documents & _LAST).astype(np.uint64)
        bits[words[first]] = np.bitwise_or.reduceat(single, first)
    return bits


@dataclass(frozen=True, slots=True)
class Tier:
    """Passages, as a bitmap, and what those score at most that are in no higher tier."""

    bits: Bits
    most: float


Tiers = tuple[Tier, ...]
"""The highest first; each holds the passages of those before it, too."""


def tiers(documents: Documents, scores: Scores, bits: Bits, passages: int) -> Tiers:
    """Return the passages of high scores, and all of them.

    Args:
        documents, scores: Passages, at least one, and their scores.
        bits: The bitmap of the passages.
        passages: How many the segment has.
    """
    most = float(scores.max())
    high = bitmap(documents[(scores >= most * _HIGH).nonzero()[0]], passages)
    return Tier(high, most), Tier(bits, most * _HIGH)


def documents_of(bits: Bits, numbers: Documents | None = None) -> Documents:
    """Return the passages of a bitmap, sorted.

    Args:
        bits: The bitmap, or some of its words.
        numbers: Which they are, if they are not all.

    >>> documents_of(bitmap(np.array([3, 64]), 70)).tolist()
    [3, 64]
    """
    # First the words that are not 0, then the bytes, then the bits: few of each are left.
    words = (bits != 0).nonzero()[0]
    every = bits[words].astype("<u8", copy=False).view(np.uint8)
    some = (every != 0).nonzero()[0]
    found = np.unpackbits(every[some], bitorder="little").view(bool).nonzero()[0]
    if numbers is not None:
        words = numbers[words]
    places = some[found >> 3]
    documents: Documents = words[places >> 3]
    documents <<= _SHIFT
    places &= 7
    places <<= 3
    documents |= places
    found &= 7
    documents |= found
    return documents


def ranks(bits: Bits) -> Ranks:
    """Return how many passages of a bitmap stand before each of its words.

    >>> ranks(bitmap(np.array([3, 5, 64]), 70)).tolist()
    [0, 2]
    """
    before = np.zeros(len(bits), np.uint32)
    np.cumsum(np.bitwise_count(bits[:-1]), out=before[1:], dtype=np.uint32)
    return before


def are_in(bits: Bits, wanted: Documents) -> Truths:
    """Return which of some passages are in a bitmap."""
    words, single, _ = _split(wanted)
    return (bits[words] & single).astype(bool)


def places_in(bits: Bits, before: Ranks, sought: Sought) -> tuple[Any, Truths]:
    """Return the place of each passage among those of a bitmap, and whether it is one of them.

    Args:
        before: What `ranks` gives for the bitmap.

    >>> some = bitmap(np.array([3, 5, 64]), 70)
    >>> [each.tolist() for each in places_in(some, ranks(some), Sought(np.array([3, 4, 64])))]
    [[0, 1, 2], [True, False, True]]
    """
    words, single, lower = sought.once("bits", _split)
    found = bits[words]
    places = before[words]
    places += np.bitwise_count(found & lower)
    found &= single
    return places, found.astype(bool)


def _split(documents: Documents) -> tuple[Documents, Bits, Bits]:
    """Return the word of each passage, its bit there, and all lower ones."""
    single = _ONE << (documents & _LAST).astype(np.uint64)
    return documents >> _SHIFT, single, single - _ONE
