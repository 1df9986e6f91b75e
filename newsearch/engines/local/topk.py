"""The best passages of a union of lists, without scoring all of it.

In: lists of passages with their scores. Out: some passages with their whole scores, the best ones
among them.

MaxScore (Turtle and Flood 1995) on whole arrays: with the lists in the order of their highest
scores, a passage that is first met in one of them scores what it does there and what the later
ones add; where that can't reach what enough passages are known to reach, it is left out. What a
long list adds to a passage at most is looked up in an array of one byte for each passage.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.listed import Documents, Found, Listed, Scores

# Rounding makes two sums of the same numbers differ by less than this share.
_ROUNDING = 1e-9


def best_of_union(lists: list[Listed], limit: int) -> Found:
    """Return passages with their scores, sorted by number, the `limit` best ones among them.

    Args:
        lists: The lists, none empty; scores are added in this order.
        limit: How many are wanted, > 0.
    """
    ordered = sorted(lists, key=lambda listed: -listed.most)
    needed = max([listed.least(limit) for listed in lists], default=0.0) * (1 - _ROUNDING)
    rest = sum([listed.most for listed in ordered])
    found = []
    for place, listed in enumerate(ordered, 1):
        if rest < needed:
            break
        rest -= listed.most
        documents, reach = listed.above(needed - rest)
        for later in ordered[place:]:
            reach = reach + later.most_of(documents)
        kept = np.flatnonzero(reach >= needed)  # numbers take faster than truths, where few do
        documents, reach = documents[kept], reach[kept]
        if len(documents) > limit:
            at = len(documents) - limit
            likely = documents[reach >= np.partition(reach, at)[at]]
            sure = sum_of(lists, likely)
            at = len(sure) - limit
            needed = max(needed, float(np.partition(sure, at)[at]) * (1 - _ROUNDING))
        found.append(documents[reach >= needed])
    documents = union(found)
    return documents, sum_of(lists, documents)


def sum_of(lists: list[Listed], documents: Documents) -> Scores:
    """Return what passages score in several lists together, added in the order of the lists."""
    scores = np.zeros(len(documents))
    for listed in lists:
        scores += listed.of(documents)
    return scores


def union(parts: list[Documents]) -> Documents:
    """Return all documents of several sorted arrays, sorted."""
    if len(parts) < 2:
        return parts[0] if parts else np.zeros(0, np.int64)
    merged = np.concatenate(parts)
    merged.sort(kind="stable")  # merges runs that are sorted already
    opens = np.ones(len(merged), bool)
    np.not_equal(merged[1:], merged[:-1], out=opens[1:])
    return merged[opens]


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
