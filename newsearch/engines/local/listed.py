"""Passages with their scores, in which others can be looked up.

A list of few passages is two arrays. One of many is a bitmap, with a byte for how often each
passage holds the word: for 36,000 passages of a million that takes a tenth of the memory that two
arrays for frequencies and two for scores take, and a passage is found at once. What it scores is
worked out again when it is asked for, which is for few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import Documents, Found, Scores, Truths, add_up, only_best
from newsearch.engines.local.bitmaps import (
    Bits,
    Sought,
    are_in,
    bitmap,
    documents_of,
    places_in,
    ranks,
)
from newsearch.query.nodes import FAINT

Score = Callable[[Sought, Scores], Scores]
"""From passages, and how often each holds something, to what they score for it."""

MANY = 1 << 14  # passages of a list that becomes a bitmap
_LONG = 64  # a list with one passage of so many, or more, has levels: a byte for each passage
_LEVELS = 254  # above 0; a score is at most its level + 1 in so many parts of the highest
_LITTLE = 0.1  # of the highest score
_FEW = 256  # passages that are looked up one by one
_OFTEN = 4096  # passages for which even that would take long
_HIGH = 0.7  # of the highest score: a passage that scores so much is in the first tier
_BEST = 256  # passages of a long list that are remembered as its best
# Rounding makes two sums of the same numbers differ by less than this share.
ROUNDING = 1e-9
_END = np.array([np.iinfo(np.int64).max])
_NOTHING = np.zeros(1)


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
        """How many numbers of eight bytes it holds at most."""
        levels = len(self.documents) + self._passages if self._is_long else 0
        return 2 * len(self.documents) + levels // 8 + self._passages // 32

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def bits(self) -> Bits:
        """The passages as a bitmap."""
        return self.tiers[-1].bits

    @property
    def tiers(self) -> Tiers:
        """The passages of high scores, and all of them."""
        if self._known_tiers is None:
            every = bitmap(self.documents, self._passages)
            self._known_tiers = tiers(self.documents, self.scores, every, self._passages)
        return self._known_tiers

    def holds(self, wanted: Documents) -> Truths:
        """Return which of some passages are in the list."""
        if self._is_long and len(wanted) > _FEW:
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
        if self._is_long and len(wanted) > _FEW:
            step = np.float64(self.most * (1 + ROUNDING) / _LEVELS)
            return self._levels[wanted] * step
        return self.of(Sought(wanted)) if len(wanted) <= _OFTEN else self.most

    def above(self, least: float) -> Found:
        """Return the passages that score at least so much, and maybe more."""
        if least <= self.most * _LITTLE:  # most do
            return self.documents, self.scores
        if least > self.most:
            return self.documents[:0], self.scores[:0]
        if self._is_long:
            step = int(least * _LEVELS / self.most * (1 - ROUNDING))
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


class LongList:
    """Many passages, each with how often it holds something.

    Attributes:
        bits: The passages as a bitmap.
    """

    __slots__ = ("_before", "_scores", "_step", "bits")

    def __init__(self, documents: Documents, scores: Scores, passages: int) -> None:
        self.bits = bitmap(documents, passages)
        self._before = ranks(self.bits)
        stored, self._step = _packed(scores)
        # One more at the end, so that whatever is looked for has a place.
        self._scores = np.concatenate((stored, _NOTHING.astype(stored.dtype)))

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds."""
        return (self.bits.nbytes + self._before.nbytes + self._scores.nbytes) // 8

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
        """How many numbers of eight bytes it holds at most, beside the lists of frequencies."""
        return 2 * len(self.bits) + 2 * _BEST

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


Listed = ShortList | LongList
"""Passages with how often each holds something."""
Scored = ShortList | LongScores
"""Passages with their scores."""


def listed(documents: Documents, frequencies: Scores, passages: int) -> Listed:
    """Return some passages, sorted, with how often each holds something.

    Args:
        passages: How many the segment has.
    """
    kind = ShortList if len(documents) < MANY else LongList
    return kind(documents, frequencies, passages)


def scored(parts: Sequence[tuple[Listed, Score]], passages: int) -> Scored:
    """Return the passages of some lists of frequencies, with the sums of their scores.

    Args:
        parts: The lists, and for each how its passages score.
        passages: How many the segment has.
    """
    found = []
    for held, score in parts:
        documents = held.documents
        found.append((documents, score(Sought(documents), held.scores)))
    documents, scores = add_up(found)
    if len(documents) < MANY:
        return ShortList(documents, scores, passages)
    return LongScores(parts, documents, scores, passages)


def _packed(frequencies: Scores) -> tuple[npt.NDArray[Any], float]:
    """Return frequencies in as few bytes as they need, and what these are multiplied by."""
    if frequencies.max() <= np.iinfo(np.uint8).max * FAINT:
        stored = (frequencies / FAINT).astype(np.uint8)
        if (stored * FAINT == frequencies).all():
            return stored, FAINT
    return frequencies, 1.0
