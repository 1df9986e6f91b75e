"""Passages to an order a reader would choose.

In: what the engine found, scored by BM25, and what each leaf of the query matches in each passage.
Out: a score for each, as a sum of parts, all of them arrays with one item for each passage:

    bm25        of the passage, and of the title at a lower weight
    coverage    passages that hold all of the query's words come first
    proximity   the nearer the words stand together, the better

With W the sum of the leaves' idf, no passage's BM25 is above W (1 + title weight), and so a
coverage part of 2 W for all words, falling steeply as words are missing, puts short queries in
strict order and forgives a long question a common word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

# How steeply coverage falls: half of the weight present gives 1/256 of the part.
_STEEP = 8
# A word in the title alone counts half towards coverage.
_TITLE_COVERS = 0.5
_PROXIMITY = 0.5

_SHIFT = 32
_NEVER = np.int64(1) << 62  # above any token number, and no sum with one overflows


@dataclass(frozen=True)
class LeafMatches:
    """Where one leaf of the query matches in some passages.

    Attributes:
        weight: The leaf's idf, summed over its words.
        length: How many tokens it is long.
        begins: For each place where it begins `n << 32 | token number` in the n-th passage; sorted.
        titled: For each passage whether its article's title holds it.
    """

    weight: float
    length: int
    begins: Numbers
    titled: Truths

    @cached_property
    def _keys(self) -> list[int]:
        return list(self.begins.tolist())

    def places(self, passage: int) -> list[int]:
        """Return the token numbers at which it begins in one of the passages."""
        first = bisect_left(self._keys, passage << _SHIFT)
        last = bisect_left(self._keys, (passage + 1) << _SHIFT, first)
        return [key - (passage << _SHIFT) for key in self._keys[first:last]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The scores of some passages in parts.

    Attributes:
        bm25, coverage, proximity: The parts, >= 0.
        said: Whether any leaf stands in the passage itself, not in the title alone.
    """

    bm25: Scores
    coverage: Scores
    proximity: Scores
    said: Truths

    @property
    def total(self) -> Scores:
        return self.bm25 + self.coverage + self.proximity


def rank(bm25: Scores, leaves: Sequence[LeafMatches]) -> Ranked:
    """Return the final scores of passages.

    Args:
        bm25: The engine's scores, >= 0.
        leaves: One for each leaf of the query.

    >>> ferry = LeafMatches(1.0, 1, np.array([4, 1 << 32 | 4, 2 << 32 | 4]), np.zeros(3, bool))
    >>> night = LeafMatches(1.0, 1, np.array([5, 1 << 32 | 50]), np.zeros(3, bool))
    >>> near, far, one = rank(np.full(3, 2.0), [ferry, night]).total
    >>> bool(near > far > one)
    True
    """
    passages = len(bm25)
    present = np.empty((len(leaves), passages), bool)
    for row, leaf in zip(present, leaves, strict=True):
        row[:] = False
        row[leaf.begins >> _SHIFT] = True
    weights = np.array([leaf.weight for leaf in leaves])
    weight = float(weights.sum())
    said: Truths = np.logical_or.reduce(present, axis=0)
    if not weight:
        return Ranked(bm25, np.zeros(passages), np.zeros(passages), said)
    covers = np.maximum(present, _TITLE_COVERS * np.array([leaf.titled for leaf in leaves]))
    coverage = 2 * weight * (weights @ covers / weight) ** _STEEP
    near = _nearness(leaves, present) * (weights @ present)
    return Ranked(bm25, coverage, _PROXIMITY * near, said)


def _nearness(leaves: Sequence[LeafMatches], present: Truths) -> Scores:
    """Return for each passage how near together its leaves stand at their nearest, 0 to 1.

    The words of the leaves divided by the length of the shortest window that holds them all
    (the span measure of Tao and Zhai 2007, and of Rasolofo and Savoy 2003 for pairs): 1 where they
    touch, 0 where there are fewer than two.
    """
    near = np.zeros(present.shape[1])
    several = np.count_nonzero(present, axis=0) > 1
    if not several.any():
        return near
    lengths = np.array([leaf.length for leaf in leaves])
    keys = np.concatenate([leaf.begins for leaf in leaves])
    which = np.arange(len(leaves)).repeat([len(leaf.begins) for leaf in leaves])
    kept = several[keys >> _SHIFT]
    keys, which = keys[kept], which[kept]
    order = np.argsort(keys, kind="stable")
    keys, which = keys[order], which[order]
    passage = keys >> _SHIFT
    windows = _windows(keys, which, passage, lengths, present)
    first = np.flatnonzero(np.diff(passage, prepend=-1))
    shortest = np.minimum.reduceat(windows, first)
    words = lengths @ present
    at = passage[first]
    near[at] = np.minimum(1.0, words[at] / shortest)
    return near


def _windows(
    keys: Numbers, which: Numbers, passage: Numbers, lengths: Numbers, present: Truths
) -> Numbers:
    """Return the length of the window that ends with each place, and holds every leaf present.

    Args:
        keys, which: Each place, and whose it is; sorted.
        passage: The passage of each place.
        lengths: Of the leaves.
        present: Which leaf is in which passage.

    Returns:
        Window lengths in tokens; more than any where a leaf has not yet come.
    """
    leaf = np.arange(len(lengths))[:, None]
    # The last place of each leaf at or before each place.
    last = np.maximum.accumulate(np.where(which == leaf, keys, -1), axis=1)
    here = last >= passage << _SHIFT
    wanted = present[:, passage]
    begin = np.where(here, last, _NEVER).min(axis=0)
    end = np.where(here, last + lengths[:, None], -1).max(axis=0)
    complete = (here | ~wanted).all(axis=0)
    return np.where(complete, end - begin, _NEVER)
