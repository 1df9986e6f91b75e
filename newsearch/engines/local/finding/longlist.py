"""Many passages of a large segment, in which others can be looked up: bitmaps.

With a byte for how often each passage holds a word, a list of 36,000 of a million passages takes a
tenth of the memory that two arrays for frequencies and two for scores take, and a passage is found
at once. What it scores is worked out again when it is asked for, which is for few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import Documents, Found, Scores, Truths, only_best, ragged
from newsearch.engines.local.finding.bitmaps import (
    Sought,
    are_in,
    bitmap,
    documents_of,
    places_in,
    ranks,
    tiers,
)
from newsearch.engines.local.finding.shortlist import ShortList
from newsearch.query.nodes import FAINT

Score = Callable[[Sought, Scores], Scores]
"""From passages, and how often each holds something, to what they score for it."""

_BEST = 256  # passages that are remembered as the best of a list
_NOTHING = np.zeros(1)


class LongList:
    """Many passages, each with how often it holds something.

    Attributes:
        bits: The passages as a bitmap.
    """

    __slots__ = ("_before", "_scores", "_step", "_sums", "bits")

    def __init__(self, documents: Documents, scores: Scores, passages: int) -> None:
        self.bits = bitmap(documents, passages)
        self._before = ranks(self.bits)
        stored, self._step = _packed(scores)
        # One more at the end, so that whatever is looked for has a place.
        self._scores = np.concatenate((stored, _NOTHING.astype(stored.dtype)))
        self._sums: Documents | None = None

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds at most."""
        return (2 * self.bits.nbytes + self._before.nbytes + self._scores.nbytes) // 8

    def __len__(self) -> int:
        return len(self._scores) - 1

    @property
    def documents(self) -> Documents:
        """The passages, sorted; made anew each time."""
        return documents_of(self.bits)

    @property
    def scores(self) -> Scores:
        """What each holds."""
        return self._scores[:-1] * self._step

    def holds(self, wanted: Documents) -> Truths:
        """Return which of some passages are in the list."""
        return are_in(self.bits, wanted)

    def of(self, sought: Sought) -> Scores:
        """Return what some passages hold, 0 for those that are not in the list."""
        places, there = places_in(self.bits, self._before, sought)
        found: Scores = self._scores[places] * self._step
        found *= there
        return found

    def occurrences(self, sought: Sought) -> tuple[Documents, Documents]:
        """Return how many occurrences come before some passages, and how many are in each.

        Only for a list of one form, of which every occurrence counts one.
        """
        if self._sums is None:
            sums = np.zeros(len(self._scores), np.int64)
            self._counts(slice(-1)).cumsum(out=sums[1:])
            self._sums = sums[self._before]
        places, there = places_in(self.bits, self._before, sought)
        # From the first passage of each one's word up to itself.
        words = sought.documents >> 6
        first = self._before[words].astype(np.int64)
        many = places - first
        ends = many.cumsum()
        inside = np.zeros(int(many.sum()) + 1, np.int64)
        self._counts(ragged(first, many)).cumsum(out=inside[1:])
        before = self._sums[words] + inside[ends] - inside[ends - many]
        return before, self._counts(places) * there

    def _counts(self, places: Any) -> Documents:
        counts: Documents = (self._scores[places] * self._step).astype(np.int64)
        return counts


Listed = ShortList | LongList
"""Passages with how often each holds something."""


class LongScores:
    """Many passages, of which each is scored when it is asked for.

    Args:
        parts: What scores are sums of: lists of frequencies, and how passages score for these.
        documents, scores: All passages, and what they score.
        passages: How many the segment has.

    Attributes:
        bits: The passages as a bitmap.
        tiers: Those of high scores, and all of them.
        most: The highest score.
    """

    __slots__ = ("_best", "_length", "_parts", "bits", "most", "tiers")

    def __init__(
        self,
        parts: Sequence[tuple[Listed, Score]],
        documents: Documents,
        scores: Scores,
        passages: int,
    ) -> None:
        self._parts = parts
        self._length, self.most = len(scores), float(scores.max())
        self.bits = reduce(np.bitwise_or, [held.bits for held, _ in parts])
        self.tiers = tiers(documents, scores, self.bits, passages)
        self._best: Found | None = None

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds at most, beside its tiers and its parts."""
        return 2 * _BEST

    def __len__(self) -> int:
        return self._length

    @property
    def documents(self) -> Documents:
        """The passages, sorted; made anew each time."""
        return documents_of(self.bits)

    @property
    def scores(self) -> Scores:
        """The score of each; made anew each time."""
        return self.of(Sought(self.documents))

    def holds(self, wanted: Documents) -> Truths:
        """Return which of some passages are in the list."""
        return are_in(self.bits, wanted)

    def of(self, sought: Sought) -> Scores:
        """Return the scores of some passages, 0 for those that are not in the list."""
        (held, score), *others = self._parts
        total = score(sought, held.of(sought))
        for held, score in others:
            total += score(sought, held.of(sought))
        return total

    def best(self, limit: int) -> Found:
        """Return the passages of the highest scores, sorted by number."""
        if self._best is None or limit > _BEST:
            documents = self.documents
            scores = self.of(Sought(documents))
            if limit > _BEST:
                return only_best(documents, scores, limit)
            self._best = only_best(documents, scores, _BEST)
        return only_best(*self._best, limit)


def _packed(frequencies: Scores) -> tuple[npt.NDArray[Any], float]:
    """Return frequencies in as few bytes as they need, and what these are multiplied by."""
    if frequencies.max() <= np.iinfo(np.uint8).max * FAINT:
        stored = (frequencies / FAINT).astype(np.uint8)
        if (stored * FAINT == frequencies).all():
            return stored, FAINT
    return frequencies, 1.0
