"""Few passages with their scores, in which others can be looked up: two arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import Documents, Found, Scores, Truths, only_best
from newsearch.engines.local.finding.bitmaps import Bits, Sought, Tiers, bitmap, tiers

_LONG = 64  # a list with one passage of so many, or more, has levels: a byte for each passage
_LEVELS = 254  # above 0; a score is at most its level + 1 in so many parts of the highest
_LITTLE = 0.1  # of the highest score
_FEW = 256  # passages that are looked up one by one
_OFTEN = 4096  # passages for which even that would take long
# Rounding makes two sums of the same numbers differ by less than this share.
ROUNDING = 1e-9
_END = np.array([np.iinfo(np.int64).max])
_NOTHING = np.zeros(1)


class ShortList:
    """Passages, sorted, each with its score.

    Args:
        documents, scores: As many of one as of the other.
        passages: How many the segment has.

    Attributes:
        documents, scores: As given.
        most: The highest score, 0 where there is none.
    """

    __slots__ = (
        "_ended",
        "_known_tiers",
        "_known_levels",
        "_known_steps",
        "_least",
        "_passages",
        "_scored",
        "documents",
        "most",
        "scores",
    )

    def __init__(self, documents: Documents, scores: Scores, passages: int) -> None:
        # One more at the end, so that whatever is looked for has a place.
        self._ended = np.concatenate((documents, _END))
        self._scored = np.concatenate((scores, _NOTHING))
        self._passages = passages
        self.documents = self._ended[:-1]
        self.scores = self._scored[:-1]
        self.most = float(scores.max()) if len(scores) else 0.0
        self._least: dict[int, float] = {}
        self._known_tiers: Tiers | None = None
        self._known_levels: npt.NDArray[np.uint8] | None = None
        self._known_steps: npt.NDArray[np.uint8] | None = None

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds at most, beside its tiers."""
        levels = len(self.documents) + self._passages if self._has_levels else 0
        return 2 * len(self.documents) + levels // 8

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def bits(self) -> Bits:
        """The passages as a bitmap; made anew each time."""
        return bitmap(self.documents, self._passages)

    @property
    def tiers(self) -> Tiers:
        """The passages of high scores, and all of them."""
        if self._known_tiers is None:
            self._known_tiers = tiers(self.documents, self.scores, self.bits, self._passages)
        return self._known_tiers

    def holds(self, wanted: Documents) -> Truths:
        """Return which of some passages are in the list."""
        if self._has_levels and len(wanted) > _FEW:
            there: Truths = self._levels[wanted] != 0
        else:
            there = self._ended[self._ended.searchsorted(wanted)] == wanted
        return there

    def of(self, sought: Sought) -> Scores:
        """Return the scores of some passages, 0 for those that are not in the list."""
        at = self._ended.searchsorted(sought.documents)
        scores: Scores = self._scored[at] * (self._ended[at] == sought.documents)
        return scores

    def best(self, limit: int) -> Found:
        """Return the passages of the highest scores, sorted by number."""
        if len(self.documents) <= limit:
            return self.documents, self.scores
        return only_best(*self.above(self.least(limit)), limit)

    def least(self, limit: int) -> float:
        """Return the score that `limit` passages reach, 0 where there are fewer."""
        if not 0 < limit <= len(self.scores):
            return 0.0
        known = self._least.get(limit)
        if known is None:
            at = len(self.scores) - limit
            known = self._least[limit] = float(np.partition(self.scores, at)[at])
        return known

    def most_of(self, wanted: Documents) -> Scores | float:
        """Return what some passages score at most, quickly."""
        if self._has_levels and len(wanted) > _FEW:
            step = np.float64(self.most * (1 + ROUNDING) / _LEVELS)
            return self._levels[wanted] * step
        return self.of(Sought(wanted)) if len(wanted) <= _OFTEN else self.most

    def above(self, least: float) -> Found:
        """Return the passages that score at least so much, and maybe more."""
        if least <= self.most * _LITTLE:  # most do
            return self.documents, self.scores
        if least > self.most:
            return self.documents[:0], self.scores[:0]
        if self._has_levels:
            step = int(least * _LEVELS / self.most * (1 - ROUNDING))
            at = (self._steps > step).nonzero()[0]
        else:
            at = (self.scores >= least).nonzero()[0]
        return self.documents[at], self.scores[at]

    @property
    def _has_levels(self) -> bool:
        return len(self.documents) * _LONG > self._passages

    @property
    def _steps(self) -> npt.NDArray[np.uint8]:
        """For each passage of the list its score in 254ths of the highest, rounded up, about."""
        steps = self._known_steps
        if steps is None:
            shares = self.scores * (_LEVELS / (self.most or 1.0))
            steps = self._known_steps = shares.astype(np.uint8)
            steps += 1
        return steps

    @property
    def _levels(self) -> npt.NDArray[np.uint8]:
        """The same for each passage of the segment, 0 for those that are not in the list."""
        levels = self._known_levels
        if levels is None:
            levels = np.zeros(self._passages, np.uint8)
            levels[self.documents] = self._steps
            self._known_levels = levels
        return levels
