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

from dataclasses import dataclass

import numpy as np

from newsearch.engines.base import Begins, Numbers, Scores, Truths

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
_LONG = 1 << 31  # tokens, more than a passage has
_FAR = np.int64(1) << 61  # no key is so large, and no sum or difference with it too large


@dataclass(frozen=True, slots=True)
class LeafMatches:
    """What the leaves of a query are in some passages.

    Attributes:
        weights: How much each leaf says: its idf over articles, summed over its words.
        lengths: How many tokens each is long.
        begins: Where they begin.
        strengths: A row for each leaf: BM25 of each passage without the idf, 0 to 1; 0 where the
            leaf does not stand.
        titles: The same of the passages' titles.
        articles: The strengths of all passages of each passage's article, added up.
    """

    weights: Scores
    lengths: Numbers
    begins: Begins
    strengths: Scores
    titles: Scores
    articles: Scores


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


def rank(matches: LeafMatches, sizes: Scores, title_weight: float = 1.0) -> Ranked:
    """Return the final scores of passages.

    Args:
        matches: What the leaves of the query are in them.
        sizes: How many passages the article of each has, as multiples of the average.
        title_weight: What a match in the title counts beside one in the passage.

    >>> begins = Begins(np.array([4, 5, 1 << 32 | 4, 1 << 32 | 50]), np.array([0, 1, 0, 1]))
    >>> said, titles = np.array([[0.5, 0.5, 0.5], [0.5, 0.5, 0.0]]), np.zeros((2, 3))
    >>> ferry_night = LeafMatches(np.ones(2), np.ones(2, np.int64), begins, said, titles, said)
    >>> near, far, one = rank(ferry_night, np.ones(3)).total
    >>> bool(near > far > one)
    True
    """
    weights, strengths, titles = matches.weights, matches.strengths, matches.titles
    whole = float(weights.sum()) or 1.0
    present, titled = strengths > 0, _TITLE_COVERS * (titles > 0)
    gathered = matches.articles + titled
    passage, title = _weighed(weights, strengths), title_weight * _weighed(weights, titles)
    norm = _ARTICLE_K * (1 - _ARTICLE_B + _ARTICLE_B * sizes)
    article = _weighed(weights, gathered / (gathered + norm))
    covered = _weighed(weights, np.maximum(present, titled)) / whole
    coverage = _COVERAGE * whole * covered**_STEEP
    proximity = _PROXIMITY * _nearness(matches, present) * _weighed(weights, present)
    total = passage + title + article + coverage + proximity
    said: Truths = np.logical_or.reduce(present, axis=0)
    return Ranked(passage, title, article, coverage, proximity, said, total)


def _weighed(weights: Scores, rows: Scores | Truths) -> Scores:
    """Return the sum of rows, each times its weight.

    A product of matrices would round the same column otherwise in another place.
    """
    found: Scores = (weights[:, None] * rows).sum(axis=0)
    return found


def _nearness(matches: LeafMatches, present: Truths) -> Scores:
    """Return for each passage how near together its leaves stand at their nearest, 0 to 1.

    The words of the leaves divided by the length of the shortest window that holds them all
    (the span measure of Tao and Zhai 2007, and of Rasolofo and Savoy 2003 for pairs): 1 where they
    touch, 0 where there are fewer than two.
    """
    near = np.zeros(present.shape[1])
    several = np.add.reduce(present, axis=0) > 1
    if not several.any():
        return near
    keys, leaves = matches.begins
    passages = keys >> _SHIFT
    # The last place of each leaf at or before each place, in this passage or one before it.
    own = leaves == np.arange(len(present))[:, None]
    last = np.maximum.accumulate(np.where(own, keys, -_FAR), axis=1)
    # A window ends with each place. Where a leaf has not yet come in the passage, it reaches back
    # into the one before, and is longer than any.
    begin = np.where(present[:, passages], last, _FAR).min(axis=0)
    end = (last + matches.lengths[:, None]).max(axis=0)
    first = np.flatnonzero(np.diff(passages, prepend=-1))
    at = passages[first]
    shortest = np.minimum.reduceat(end - begin, first)
    there = several[at] & (shortest < _LONG)
    near[at] = np.minimum(1.0, (matches.lengths @ present)[at] / shortest) * there
    return near
