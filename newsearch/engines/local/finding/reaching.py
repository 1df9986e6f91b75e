"""Which passages are in enough of several lists to reach a score, by operations on their bitmaps.

In: lists with their highest scores. Out: the passages that would reach a score if they had, of each
list that they are in, the highest. Whether a passage is in a list or not is one bit, so 64 passages
are judged at a time, and no posting is looked at: in a segment of a million passages, an operation
on two lists takes five microseconds, however long these are.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate

import numpy as np

from newsearch.engines.local.arrays import Documents, union
from newsearch.engines.local.finding.bitmaps import Bits, documents_of
from newsearch.engines.local.finding.listed import Scored
from newsearch.engines.local.finding.longlist import LongScores

_FEW = 5  # lists of which all sums of highest scores are told apart
_MANY = 10  # lists that are looked at at all
_EXACT = 1 << 30  # parts of what lists add up to, in which highest scores are counted
_ROUGH = 48  # the same for many lists: of more parts, there were too many sums
_ROUNDING = 1e-12
_SAMPLE = 256  # of passages that are likely to be among the best
_NONE = np.zeros(0, np.int64)


def in_all(lists: Sequence[Scored]) -> Documents:
    """Return the passages that are in all of several lists, sorted."""
    shortest, *longer = sorted(lists, key=len)
    if isinstance(shortest, LongScores):
        return documents_of(reduce(np.bitwise_and, [listed.bits for listed in lists]))
    documents = shortest.documents
    for listed in longer:
        documents = documents[listed.holds(documents)]
    return documents


def in_any(lists: Sequence[Scored]) -> Documents:
    """Return the passages that are in at least one of several lists, sorted."""
    if any(isinstance(listed, LongScores) for listed in lists):
        return documents_of(reduce(np.bitwise_or, [listed.bits for listed in lists]))
    return union([listed.documents for listed in lists])


class Reaching:
    """Tells what passages of a union may reach.

    Args:
        lists: At least one, in the order of their highest scores, the highest first. Only the
            first few are looked at; of the others every passage may have the most.
    """

    def __init__(self, lists: Sequence[Scored]) -> None:
        self._lists = lists
        self._granted = sum([listed.most for listed in lists[_MANY:]])
        lists = lists[:_MANY]
        parts = _EXACT if len(lists) <= _FEW else _ROUGH
        self._part = sum([listed.most for listed in lists]) / parts or 1.0
        self._tiers = [
            [(tier.bits, math.ceil(tier.most / self._part)) for tier in listed.tiers]
            for listed in lists
        ]
        whole = [[(each[-1][0], each[0][1])] for each in self._tiers]
        self._whole = _Sums(whole)

    def likely(self, limit: int) -> Documents:
        """Return some passages of high scores, `limit` or more if so many are found at once."""
        most = [tiers[0][1] for tiers in self._tiers]
        # Who is in all lists, in all but the last or as good, and so on.
        for many in range(len(most), 0, -1):
            bits = self._whole.reaching(0, max(sum(most[:many]), 1))
            if bits is not None and np.count_nonzero(bits) >= limit:  # as many words, or more
                words = (bits != 0).nonzero()[0]
                bits = bits[words]
                high = reduce(np.bitwise_and, [each[0][0][words] for each in self._tiers[:many]])
                if np.count_nonzero(high) >= limit:
                    bits = high
                documents = documents_of(bits, words)
                return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]
        return _NONE

    def likeliest(self, limit: int) -> Documents:
        """Return `limit` passages or more that may reach the most, if there are so many."""
        words, few = self._few(self._whole.highest(limit))
        documents = _of(few.reaching(0, few.highest(limit)), words)
        return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]

    def crowd(self, least: float) -> int:
        """Return how many words of a bitmap may have passages that reach a score."""
        bits = self._whole.reaching(0, max(self._parts(least), 1))
        return 0 if bits is None else int(np.count_nonzero(bits))

    def documents(self, least: float) -> Documents:
        """Return the passages that may reach a score, sorted."""
        parts = self._parts(least)
        if parts < 1:
            return in_any(self._lists)
        words, few = self._few(parts)
        return _of(few.reaching(0, parts), words)

    def _few(self, parts: int) -> tuple[Documents, _Sums]:
        """Return some words, and with regard to tiers what the passages there may have."""
        bits = self._whole.reaching(0, parts)
        words = _NONE if bits is None else (bits != 0).nonzero()[0]
        # In a few words it does not take long to regard tiers, too.
        return words, _Sums([[(bits[words], most) for bits, most in each] for each in self._tiers])

    def _parts(self, least: float) -> int:
        # Rounding the score down and what lists add up, never loses a passage.
        return math.floor((least - self._granted) / self._part * (1 - _ROUNDING))


def _of(bits: Bits | None, words: Documents) -> Documents:
    return _NONE if bits is None else documents_of(bits, words)


class _Sums:
    """What passages may add up to.

    Args:
        tiers: Of each list the tiers, each with what a passage there has at most.
    """

    def __init__(self, tiers: list[list[tuple[Bits, int]]]) -> None:
        self._tiers = tiers
        self._known: dict[tuple[int, int], Bits | None] = {}
        # What a list and all later ones add up to.
        self._left = [*accumulate([each[0][1] for each in reversed(tiers)], initial=0)][::-1]

    def highest(self, wanted: int) -> int:
        """Return the most that so many passages may have, or the least if they are fewer."""
        sums = {0}
        for tiers in self._tiers:
            sums |= {added + most for added in sums for _, most in tiers}
        falling = sorted(sums - {0}, reverse=True) or [1]
        if self._are_enough(falling[0], wanted):  # so they are most often
            return falling[0]
        at = bisect_left(falling, True, key=lambda parts: self._are_enough(parts, wanted))
        return falling[min(at, len(falling) - 1)]

    def _are_enough(self, parts: int, wanted: int) -> bool:
        bits = self.reaching(0, parts)
        return bits is not None and int(np.count_nonzero(bits)) >= wanted  # as many words, or more

    def reaching(self, at: int, wanted: int) -> Bits | None:
        """Return who may have so much in the lists from one on; None if nobody can."""
        if self._left[at] < wanted:
            return None
        if (at, wanted) in self._known:
            return self._known[at, wanted]
        found = self.reaching(at + 1, wanted)
        for bits, most in self._tiers[at]:
            if wanted > most:
                also = self.reaching(at + 1, wanted - most)
                if also is None:
                    break  # nor with a lower tier
                bits = bits & also
            found = bits if found is None else found | bits
        self._known[at, wanted] = found
        return found
