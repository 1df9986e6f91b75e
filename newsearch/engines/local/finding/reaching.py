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
from functools import cached_property, reduce
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
        self._known: dict[int, Documents] = {}

    def likely(self, limit: int) -> Documents:
        """Return some passages of high scores, `limit` or more if so many are found at once."""
        most = [tiers[0][1] for tiers in self._tiers]
        # Who is in all lists, in all but the last or as good, and so on.
        for many in range(len(most), 0, -1):
            parts = max(sum(most[:many]), 1)
            words = self._words(parts)
            if len(words) >= limit:  # so many passages, or more
                bits = reduce(np.bitwise_and, [each[0][0][words] for each in self._tiers[:many]])
                if np.count_nonzero(bits) < limit:
                    bits = self._whole.reaching(parts)[words]
                documents = documents_of(bits, words)
                return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]
        return _NONE

    def likeliest(self, limit: int) -> Documents:
        """Return `limit` passages or more that may reach the most, if there are so many."""
        words, few = self._few(self._whole.highest(limit))
        documents = documents_of(few.reaching(few.highest(limit)), words)
        return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]

    def crowd(self, least: float) -> int:
        """Return how many words of a bitmap may have passages that reach a score."""
        return len(self._words(self._parts(least)))

    def documents(self, least: float) -> Documents:
        """Return the passages that may reach a score, sorted."""
        parts = self._parts(least)
        if parts < 1:
            return in_any(self._lists)
        words, few = self._few(parts)
        return documents_of(few.reaching(parts), words)

    def _few(self, parts: int) -> tuple[Documents, _Sums]:
        """Return some words, and with regard to tiers what the passages there may have."""
        words = self._words(parts)
        # In a few words it does not take long to regard tiers, too.
        return words, _Sums([[(bits[words], most) for bits, most in each] for each in self._tiers])

    def _words(self, parts: int) -> Documents:
        """Return the words of bitmaps with passages that may have so many parts."""
        sum_ = self._whole.sum_above(parts)
        words = self._known.get(sum_)
        if words is None:
            words = self._known[sum_] = (self._whole.reaching(sum_) != 0).nonzero()[0]
        return words

    def _parts(self, least: float) -> int:
        # Rounding the score down and what lists add up, never loses a passage.
        return math.floor((least - self._granted) / self._part * (1 - _ROUNDING))


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

    @cached_property
    def _sums(self) -> list[int]:
        """All that passages may add up to, sorted."""
        sums = {0}
        for tiers in self._tiers:
            sums |= {added + most for added in sums for _, most in tiers}
        return sorted(sums)

    def sum_above(self, wanted: int) -> int:
        """Return the least that a passage adds up to that has so much."""
        wanted = max(wanted, 1)
        at = bisect_left(self._sums, wanted)
        return self._sums[at] if at < len(self._sums) else wanted

    def highest(self, wanted: int) -> int:
        """Return the most that so many passages may have, or the least if they are fewer."""
        falling = self._sums[:0:-1] or [1]
        at = bisect_left(
            falling,
            True,
            # As many words, or more.
            key=lambda sum_: int(np.count_nonzero(self.reaching(sum_))) >= wanted,
        )
        return falling[min(at, len(falling) - 1)]

    def reaching(self, wanted: int) -> Bits:
        """Return who may have so much."""
        found = self._from(0, wanted)
        return np.zeros_like(self._tiers[0][0][0]) if found is None else found

    def _from(self, at: int, wanted: int) -> Bits | None:
        """Return who may have so much in the lists from one on; None if nobody can."""
        if self._left[at] < wanted:
            return None
        if (at, wanted) in self._known:
            return self._known[at, wanted]
        found = self._from(at + 1, wanted)
        for bits, most in self._tiers[at]:
            if wanted > most:
                also = self._from(at + 1, wanted - most)
                if also is None:
                    break  # nor with a lower tier
                bits = bits & also
            found = bits if found is None else found | bits
        self._known[at, wanted] = found
        return found
