"""Passages with their scores, in which others can be looked up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Documents = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Found = tuple[Documents, Scores]

_LONG = 64  # a list with one passage of so many, or more, has levels: a byte for each passage
_LEVELS = 254  # above 0; a score is at most its level + 1 in so many parts of the highest
_LITTLE = 0.1  # of the highest score
_FEW = 256  # passages that are looked up one by one
_MANY = 4096  # passages for which even that would take long
# Rounding makes two sums of the same numbers differ by less than this share.
_ROUNDING = 1e-9
_END = np.array([np.iinfo(np.int64).max])
_NOTHING = np.zeros(1)


class Listed:
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
        self._known_levels: npt.NDArray[np.uint8] | None = None
        self._known_steps: npt.NDArray[np.uint8] | None = None

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds at most."""
        return 2 * len(self.documents) + (self._passages // 4 if self._is_long else 0)

    def __len__(self) -> int:
        return len(self.documents)

    def holds(self, wanted: Documents) -> Truths:
        """Return which of some passages are in the list."""
        if self._is_long and len(wanted) > _FEW:
            there: Truths = self._levels[wanted] != 0
        else:
            there = self._ended[self._ended.searchsorted(wanted)] == wanted
        return there

    def of(self, wanted: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that are not in the list."""
        at = self._ended.searchsorted(wanted)
        scores: Scores = self._scored[at] * (self._ended[at] == wanted)
        return scores

    def most_of(self, wanted: Documents) -> Scores | float:
        """Return what some passages score at most, quickly."""
        if self._is_long and len(wanted) > _FEW:
            step = np.float64(self.most * (1 + _ROUNDING) / _LEVELS)
            return self._levels[wanted] * step
        return self.of(wanted) if len(wanted) <= _MANY else self.most

    def above(self, least: float) -> Found:
        """Return the passages that score at least so much, and maybe more."""
        if least <= self.most * _LITTLE:  # most do
            return self.documents, self.scores
        if least > self.most:
            return self.documents[:0], self.scores[:0]
        if self._is_long:
            step = int(least * _LEVELS / self.most * (1 - _ROUNDING))
            at = (self._steps > step).nonzero()[0]
        else:
            at = (self.scores >= least).nonzero()[0]
        return self.documents[at], self.scores[at]

    @property
    def _is_long(self) -> bool:
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

    def least(self, limit: int) -> float:
        """Return the score that `limit` passages reach, 0 where there are fewer."""
        if limit > len(self.scores):
            return 0.0
        known = self._least.get(limit)
        if known is None:
            at = len(self.scores) - limit
            known = self._least[limit] = float(np.partition(self.scores, at)[at])
        return known
