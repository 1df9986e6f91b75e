"""The best passages of a union of lists, without scoring all of it.

In: lists of passages with their scores. Out: some passages with their whole scores, the best ones
among them.

MaxScore (Turtle and Flood 1995) on whole arrays: with the lists in the order of their highest
scores, a passage that is first met in one of them scores what it does there and what the later
ones add; where that can't reach what enough passages are known to reach, it is left out. What a
long list adds to a passage at most is looked up in an array of one byte for each passage.
"""

from __future__ import annotations

from operator import attrgetter

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import add_up, opens
from newsearch.engines.local.listed import Documents, Found, Listed, Scores

# Rounding makes two sums of the same numbers differ by less than this share.
_ROUNDING = 1e-9
_MANY = 400  # passages of which not all are looked up at once
_most = attrgetter("most")


def best_of_union(lists: list[Listed], limit: int) -> Found:
    """Return passages with their scores, sorted by number, the `limit` best ones among them.

    Args:
        lists: The lists, none empty; scores are added in this order.
        limit: How many are wanted, > 0.
    """
    ordered = sorted(lists, key=_most, reverse=True)
    needed = max([listed.least(limit) for listed in lists], default=0.0) * (1 - _ROUNDING)
    rest = sum([listed.most for listed in ordered])
    found = []
    for place, listed in enumerate(ordered, 1):
        if rest < needed:
            break
        rest -= listed.most
        documents, own = listed.above(needed - rest)
        reach = own
        for later in ordered[place:]:
            reach = reach + later.most_of(documents)
        kept = (reach >= needed).nonzero()[0]  # numbers take faster than truths, where few do
        if len(kept) > max(
            _MANY, limit
        ):  # the likeliest of them may tell that few others are needed
            reach = reach[kept]
            likely = kept[reach >= np.partition(reach, -limit)[-limit]]
            needed = _reached(sum_of(lists, documents[likely]), limit, needed)
            kept = kept[reach >= needed]
        if not len(kept):
            continue
        documents = documents[kept]
        scores = sum_of(lists, documents, listed, own[kept])
        if len(documents) > limit:
            needed = _reached(scores, limit, needed)
            kept = (scores >= needed).nonzero()[0]
            documents, scores = documents[kept], scores[kept]
        found.append((documents, scores))
    return add_up(found, np.maximum)  # a passage in two of them has the same score in both


def _reached(scores: Scores, limit: int, needed: float) -> float:
    """Return what a passage needs, given the scores of more than `limit`."""
    return max(needed, float(np.partition(scores, -limit)[-limit]) * (1 - _ROUNDING))


def sum_of(
    lists: list[Listed],
    documents: Documents,
    known: Listed | None = None,
    own: Scores | float = 0.0,
) -> Scores:
    """Return what passages score in several lists together, added in the order of the lists.

    Args:
        lists: The lists.
        documents: The passages.
        known, own: One of the lists, if what they score there is known already; and that.
    """
    scores = np.zeros(len(documents))
    for listed in lists:
        scores += own if listed is known else listed.of(documents)
    return scores


def union(parts: list[Documents]) -> Documents:
    """Return all documents of several sorted arrays, sorted."""
    if len(parts) < 2:
        return parts[0] if parts else np.zeros(0, np.int64)
    merged = np.concatenate(parts)
    merged.sort(kind="stable")  # merges runs that are sorted already
    return merged[opens(merged)]


def only_best(documents: Documents, scores: Scores, limit: int) -> Found:
    """Return the passages of the highest scores; of equal ones at the limit, the first."""
    if len(scores) <= limit:
        return documents, scores
    if not limit:
        return documents[:0], scores[:0]
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    chosen: npt.NDArray[np.bool_] = scores > least
    chosen[np.flatnonzero(scores == least)[: limit - int(np.count_nonzero(chosen))]] = True
    return documents[chosen], scores[chosen]
