"""Candidates to an order a reader would choose.

In: what the engine found, scored by BM25, and what each query leaf matches in each passage. Out:
the same passages with the final score. A score is a sum of parts:

    bm25        of the passage, and of the title at a lower weight
    coverage    passages that hold all of the query's words come first
    proximity   the nearer the words stand together, the better

With W the sum of the leaves' idf, no passage's BM25 is above W (1 + title weight), and so a
coverage part of 2 W for all words, falling steeply as words are missing, puts short queries in
strict order and forgives a long question a common word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# How steeply coverage falls: half of the weight present gives 1/256 of the part.
_STEEP = 8
# A word in the title alone counts half towards coverage.
_TITLE_COVERS = 0.5
_PROXIMITY = 0.5


@dataclass(frozen=True, slots=True)
class LeafMatch:
    """Where one leaf of the query matches in one passage.

    Attributes:
        weight: The leaf's idf, summed over its words.
        places: Token numbers at which it begins in the passage, sorted.
        length: How many tokens it is long.
        in_title: Whether the article's title holds it.
    """

    weight: float
    places: tuple[int, ...]
    length: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class Score:
    """A score in parts."""

    bm25: float
    coverage: float
    proximity: float

    @property
    def total(self) -> float:
        return self.bm25 + self.coverage + self.proximity


def score(bm25: float, leaves: Sequence[LeafMatch]) -> Score:
    """Return a passage's final score in parts.

    Args:
        bm25: The engine's score, >= 0.
        leaves: One for each leaf of the query, matching or not.

    >>> near = score(2.0, [LeafMatch(1.0, (4,), 1, False), LeafMatch(1.0, (5,), 1, False)])
    >>> far = score(2.0, [LeafMatch(1.0, (4,), 1, False), LeafMatch(1.0, (50,), 1, False)])
    >>> one = score(2.0, [LeafMatch(1.0, (4,), 1, False), LeafMatch(1.0, (), 1, False)])
    >>> near.total > far.total > one.total
    True
    """
    weight = sum(leaf.weight for leaf in leaves)
    if not weight:
        return Score(bm25, 0.0, 0.0)
    covered = sum(
        leaf.weight * (1.0 if leaf.places else _TITLE_COVERS if leaf.in_title else 0.0)
        for leaf in leaves
    )
    present = [leaf for leaf in leaves if leaf.places]
    near = _nearness(present) * sum(leaf.weight for leaf in present)
    return Score(bm25, 2 * weight * (covered / weight) ** _STEEP, _PROXIMITY * near)


def _nearness(leaves: Sequence[LeafMatch]) -> float:
    """Return how near together leaves stand at their nearest, 0 to 1; 1 where they touch.

    The words of the leaves divided by the length of the shortest window that holds them all
    (the span measure of Tao and Zhai 2007, and of Rasolofo and Savoy 2003 for pairs).
    """
    if len(leaves) < 2:
        return 0.0
    events = sorted((place, which) for which, leaf in enumerate(leaves) for place in leaf.places)
    last: dict[int, int] = {}
    shortest = 0
    for place, which in events:
        last[which] = place
        if len(last) == len(leaves):
            end = max(begin + leaves[at].length for at, begin in last.items())
            window = end - min(last.values())
            shortest = min(shortest or window, window)
    return min(1.0, sum(leaf.length for leaf in leaves) / shortest)
