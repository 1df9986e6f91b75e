"""Passages to an order a reader would choose.

In: what each leaf of the query is in each of the passages that the engine found. Out: a score for
each, as a sum of parts, all of them arrays with one item for each passage:

    passage     BM25 of the passage
    title       BM25 of its article's title
    article     how much of the whole article is about it
    coverage    passages that hold all of the query's words come first
    proximity   neighbours in the query that are neighbours in the passage

A leaf's weight is its idf over articles: what a long article says in ten passages is one subject.
A passage of an article that is about the query is a better answer than the same words said in
passing (Callan 1994; Bendersky and Kurland 2008): the article's part saturates in the sum of its
passages' strengths as BM25 does in the term frequency, and is normalised by their number.

With W the sum of the weights, each of the first three parts is below W and proximity is below
W / 5. A coverage part of 3 W for all words that falls steeply as words are missing keeps passages
without words of an eighth of the weight, or more, behind those with all; and it forgives a long
question a common word.

Tried on judged collections, and left out because some of them lost by it: words of the best
articles added to the query (RM3), or its words weighed by them; the beginning of an article
weighed more than the rest; the frequency of a word in the query; the sum of an article's best
passages; the shortest window with all words (Tao and Zhai 2007); neighbours in the title and the
rest of the article.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsearch.engines.base import Begins, Numbers, Scores, Truths

_COVERAGE = 3
# How steeply coverage falls: nine tenths of the weight present give a twelfth of the part.
_STEEP = 24
# A word in the title alone counts half towards coverage, and half a passage for the article.
_TITLE_COVERS = 0.5
_PROXIMITY = 0.2
# The saturation of the article's part, and how much the number of its passages counts.
_ARTICLE_K = 1.0
_ARTICLE_B = 0.75

_SHIFT = 32
_LONG = 1 << 31  # tokens, more than a passage has and fewer than there are between two


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
    proximity = _PROXIMITY * whole * _nearness(matches)
    total = passage + title + article + coverage + proximity
    said: Truths = np.logical_or.reduce(present, axis=0)
    return Ranked(passage, title, article, coverage, proximity, said, total)


def _weighed(weights: Scores, rows: Scores | Truths) -> Scores:
    """Return the sum of rows, each times its weight.

    A product of matrices would round the same column otherwise in another place.
    """
    found: Scores = np.add.reduce(weights[:, None] * rows)
    return found


def _nearness(matches: LeafMatches) -> Scores:
    """Return for each passage how near the query's neighbours stand to each other, 0 to 1.

    Words that stand side by side in a query belong together more often than others (the sequential
    dependence of Metzler and Croft 2005). Where two leaves follow one another, it counts 1; less
    with the square of the distance (Buettcher, Clarke and Lushman 2006), and the other way round
    it counts as one token farther. The counts of a pair saturate as BM25 does; it weighs what the
    rarer of the two does, because it is at least as rare.
    """
    pairs = np.maximum(matches.weights[:-1], matches.weights[1:])
    keys, leaves = matches.begins
    before, after = leaves[:-1], leaves[1:]
    gaps = keys[1:] - keys[:-1] - matches.lengths[before] + 1
    neighbours = (np.abs(after - before) == 1) & (gaps > 0) & (gaps < _LONG)
    before, after = before[neighbours], after[neighbours]
    distances = gaps[neighbours] + (after < before)
    passages = matches.strengths.shape[1]
    at = np.minimum(before, after) * passages + (keys[1:][neighbours] >> _SHIFT)
    counts = np.bincount(at, distances**-2.0, len(pairs) * passages)
    counts = counts.reshape(len(pairs), passages)
    return _weighed(pairs, counts / (counts + 1)) / (pairs.sum() or 1.0)
