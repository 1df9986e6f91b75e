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
from newsearch.engines.local.listed import LongScores, Scored

_FEW = 5  # lists for which all their sums of highest scores are told apart
_EXACT = 1 << 30  # parts of the whole in which highest scores are counted, if there are few lists
_ROUGH = 24  # the same for many lists, of which there are too many sums
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


def likely(lists: Sequence[Scored], limit: int) -> Documents:
    """Return some passages of high scores, at least `limit` of them if so many are found soon.

    Args:
        lists: At least one, in the order of their highest scores, the highest first.
    """
    together = [*accumulate([listed.bits for listed in lists], np.bitwise_and)]
    # In all lists together, or in all but the last, and so on.
    for many in range(len(lists), 0, -1):
        words = (together[many - 1] != 0).nonzero()[0]
        if len(words) >= limit:  # so many passages, or more
            bits = together[many - 1][words]
            high = reduce(np.bitwise_and, [each.tiers[0].bits[words] for each in lists[:many]])
            enough = np.count_nonzero(high) >= limit
            documents = documents_of(high if enough else bits, words)
            return documents[:: len(documents) // (_SAMPLE + 2 * limit) + 1]
    return _NONE


def reaching(lists: Sequence[Scored], least: float) -> Documents:
    """Return the passages that may reach a score, sorted.

    Args:
        lists: At least one, in the order of their highest scores, the highest first.
        least: The score.
    """
    part = sum([listed.most for listed in lists]) / (_EXACT if len(lists) <= _FEW else _ROUGH)
    tiers = [
        [(tier.bits, math.ceil(tier.most / part)) for tier in listed.tiers] for listed in lists
    ]
    # Rounding the score down and what lists add up, never loses a passage.
    wanted = max(math.floor(least / part * (1 - _ROUNDING)), 1)
    whole = [[(each[-1][0], each[0][1])] for each in tiers]
    bits = _Sum(whole).reaching(0, wanted)
    if bits is None:
        return _NONE
    # Few words are left in which it matters what tier a passage is in.
    words = (bits != 0).nonzero()[0]
    few = [[(bits[words], parts) for bits, parts in each] for each in tiers]
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
