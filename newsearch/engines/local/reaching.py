"""Which passages are in enough of several lists to reach a score, by operations on their bitmaps.

In: lists with their highest scores. Out: the passages that would reach a score if they had, of each
list that they are in, the highest. Whether a passage is in a list or not is one bit, so 64 passages
are judged at a time, and no posting is looked at: in a segment of a million passages, an operation
on two lists takes five microseconds, however long these are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate

import numpy as np

from newsearch.engines.local.arrays import Documents, union
from newsearch.engines.local.bitmaps import Bits, documents_of
from newsearch.engines.local.listed import Scored
from newsearch.engines.local.longlist import LongScores

_FEW = 5  # lists of which all sums of highest scores are told apart
_PARTS = 1 << 30  # in which highest scores are counted
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
        self._granted = sum([listed.most for listed in lists[_FEW:]])
        lists = lists[:_FEW]
        self._part = sum([listed.most for listed in lists]) / _PARTS or 1.0
        self._tiers = [
            [(tier.bits, math.ceil(tier.most / self._part)) for tier in listed.tiers]
            for listed in lists
        ]
        whole = [[(each[-1][0], each[0][1])] for each in self._tiers]
        self._whole = _Sum(whole)

    def likely(self, limit: int) -> Documents:
        """Return some passages of high scores, `limit` or more if so many are found soon."""
        most = [each[0][1] for each in self._tiers]
        # Who is in all lists, in all but the last or as good, and so on.
        for many in range(len(most), 0, -1):
            bits = self._whole.reaching(0, max(sum(most[:many]), 1))
            if bits is not None and np.count_nonzero(bits) >= limit:  # as many words, or more
                words = (bits != 0).nonzero()[0]
                together = bits[words]
                high = reduce(np.bitwise_and, [each[0][0][words] for each in self._tiers[:many]])
                enough = np.count_nonzero(high) >= limit
                documents = documents_of(high if enough else together, words)
                return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]
        return _NONE

    def documents(self, least: float) -> Documents:
        """Return the passages that may reach a score, sorted."""
        # Rounding the score down and what lists add up, never loses a passage.
        wanted = math.floor((least - self._granted) / self._part * (1 - _ROUNDING))
        if wanted < 1:
            return in_any(self._lists)
        bits = self._whole.reaching(0, wanted)
        if bits is None:
            return _NONE
        # Few words are left in which it matters what tier a passage is in.
        words = (bits != 0).nonzero()[0]
        few = [[(bits[words], parts) for bits, parts in each] for each in self._tiers]
        bits = _Sum(few).reaching(0, wanted)
        return _NONE if bits is None else documents_of(bits, words)


class _Sum:
    """What passages may add up to.

    Args:
        tiers: Of each list the tiers, each with what a passage there has at most.
    """

    def __init__(self, tiers: list[list[tuple[Bits, int]]]) -> None:
        self._tiers = tiers
        self._known: dict[tuple[int, int], Bits | None] = {}
        # What a list and all later ones add up to.
        self._left = [*accumulate([each[0][1] for each in reversed(tiers)], initial=0)][::-1]

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
