"""Passages to an order a reader would choose.

In: what each leaf of the query is in each of the passages that the engine found. Out: a score for
each, as a sum of parts, all of them arrays with one item for each passage:

    passage     BM25 of the passage
    title       BM25 of its article's title
    article     how much of the whole article is about it
    coverage    passages that hold all of the query's words come first
    proximity   the nearer the words stand together, the better

A leaf's weight is its idf over articles: what a long article says in ten passages is one subject.
A passage of an article that is about the query is a better answer than the same words said in
passing (Callan 1994; Bendersky and Kurland 2008): the article's part saturates in the sum of its
passages' strengths as BM25 does in the term frequency, and is normalised by their number.

With W the sum of the weights, each of the first three parts is below W and proximity is at most
W / 5. A coverage part of 3 W for all words that falls steeply as words are missing keeps passages
without words of a fifth of the weight, or more, behind those with all; and it forgives a long
question a common word.
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

_COVERAGE = 3
# How steeply coverage falls: half of the weight present gives 1/4096 of the part.
_STEEP = 12
# A word in the title alone counts half towards coverage, and half a passage for the article.
_TITLE_COVERS = 0.5
_PROXIMITY = 0.2
# The saturation of the article's part, and how much the number of its passages counts.
_ARTICLE_K = 1.0
_ARTICLE_B = 0.75

_SHIFT = 32
_NEVER = np.int64(1) << 62  # above any token number, and no sum with one overflows


@dataclass(frozen=True)
class LeafMatches:
    """What one leaf of the query is in some passages.

    Attributes:
        weight: How much it says: its idf over articles, summed over its words.
        length: How many tokens it is long.
        begins: For each place where it begins `n << 32 | token number` in the n-th passage; sorted.
        strengths: BM25 of each passage without the idf, 0 to 1; 0 where it does not stand.
        titles: The same of the passage's title.
        articles: The strengths of all passages of the passage's article, added up.
    """

    weight: float
    length: int
    begins: Numbers
    strengths: Scores
    titles: Scores
    articles: Scores

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
        passage, title, article, coverage, proximity: The parts, >= 0.
        said: Whether any leaf stands in the passage itself, not in the title alone.
        total: The sum of the parts.
    """

    passage: Scores
    title: Scores
    article: Scores
    coverage: Scores
    proximity: Scores
    said: Truths
    total: Scores


def rank(leaves: Sequence[LeafMatches], sizes: Scores, title_weight: float = 1.0) -> Ranked:
    """Return the final scores of passages.

    Args:
        leaves: One for each leaf of the query.
        sizes: How many passages the article of each has, as multiples of the average.
        title_weight: What a match in the title counts beside one in the passage.

    >>> said, none = np.full(3, 0.5), np.zeros(3)
    >>> ferry = LeafMatches(1.0, 1, np.array([4, 1 << 32 | 4, 2 << 32 | 4]), said, none, said)
    >>> some = np.array([0.5, 0.5, 0.0])
    >>> night = LeafMatches(1.0, 1, np.array([5, 1 << 32 | 50]), some, none, some)
    >>> near, far, one = rank([ferry, night], np.ones(3)).total
    >>> bool(near > far > one)
    True
    """
    weights = np.array([leaf.weight for leaf in leaves])
    whole = float(weights.sum()) or 1.0
    shape = (len(leaves), len(sizes))
    strengths = np.array([leaf.strengths for leaf in leaves]).reshape(shape)
    titles = np.array([leaf.titles for leaf in leaves]).reshape(shape)
    present, titled = strengths > 0, _TITLE_COVERS * (titles > 0)
    gathered = np.array([leaf.articles for leaf in leaves]).reshape(shape) + titled
    passage, title = weights @ strengths, title_weight * (weights @ titles)
    article = weights @ (gathered / (gathered + _ARTICLE_K * (1 - _ARTICLE_B + _ARTICLE_B * sizes)))
    coverage = _COVERAGE * whole * (weights @ np.maximum(present, titled) / whole) ** _STEEP
    proximity = _PROXIMITY * _nearness(leaves, present) * (weights @ present)
    total = passage + title + article + coverage + proximity
    said: Truths = np.logical_or.reduce(present, axis=0)
    return Ranked(passage, title, article, coverage, proximity, said, total)


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
