"""The best passages of a union of lists, without scoring all of it.

In: lists of passages with their scores. Out: some passages with their whole scores, the best ones
among them.

MaxScore (Turtle and Flood 1995) on whole arrays, where all lists are short: with the lists in the
order of their highest scores, a passage that is first met in one of them scores what it does there
and what the later ones add; where that can't reach what enough passages are known to reach, it is
left out. What a long list adds to a passage at most is looked up in an array of one byte for each
passage. Of long lists, bitmaps tell which passages are in enough of them (see `reaching`).
"""

from __future__ import annotations

from itertools import accumulate
from operator import attrgetter

import numpy as np

from newsearch.engines.local.arrays import Documents, Found, Scores, add_up
from newsearch.engines.local.finding.bitmaps import Sought
from newsearch.engines.local.finding.listed import Scored
from newsearch.engines.local.finding.reaching import Reaching
from newsearch.engines.local.finding.shortlist import ROUNDING, ShortList

_MANY = 400  # passages of which not all are looked up at once
_CROWD = 4096  # words of bitmaps in which passages may be among the best
_TIMES = 4  # as many passages as are wanted, so that what the best of them reach is high
_most = attrgetter("most")


def best_of_union(lists: list[Scored], limit: int) -> Found:
    """Return passages with their scores, sorted by number, the `limit` best ones among them.

    Args:
        lists: The lists, none empty; scores are added in this order.
        limit: How many are wanted, > 0.
    """
    if len(lists) == 1:
        return lists[0].best(limit)
    short = [listed for listed in lists if isinstance(listed, ShortList)]
    return _best_of_short(short, limit) if len(short) == len(lists) else _best_of_any(lists, limit)


def _best_of_short(lists: list[ShortList], limit: int) -> Found:
    ordered = sorted(lists, key=_most, reverse=True)
    needed = max([listed.least(limit) for listed in lists], default=0.0) * (1 - ROUNDING)
    # What a list and all later ones add up to; the last is 0, not what rounding leaves of it.
    rests = [*accumulate([listed.most for listed in reversed(ordered)], initial=0.0)][::-1]
    found = []
    for place, listed in enumerate(ordered, 1):
        if rests[place - 1] < needed:
            break
        rest = rests[place]
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


def _best_of_any(lists: list[Scored], limit: int) -> Found:
    ordered = sorted(lists, key=_most, reverse=True)
    reaching = Reaching(ordered)
    needed = _reached(sum_of(lists, reaching.likely(limit)), limit, 0.0)
    if reaching.crowd(needed) > _CROWD:  # then it pays to know better what the best ones reach
        likeliest = reaching.likeliest(_TIMES * limit)
        needed = _reached(sum_of(lists, likeliest), limit, needed)
    documents = reaching.documents(needed)
    reach = np.full(len(documents), sum([listed.most for listed in ordered]))
    for listed in ordered:  # those are left out early that can't be among the best
        if not needed or len(documents) <= max(_MANY, limit):
            break
        reach += listed.of(Sought(documents))
        reach -= listed.most
        kept = (reach >= needed).nonzero()[0]
        documents, reach = documents[kept], reach[kept]
    scores = sum_of(lists, documents)
    kept = (scores >= needed).nonzero()[0]
    return documents[kept], scores[kept]


def _reached(scores: Scores, limit: int, needed: float) -> float:
    """Return what a passage needs, given the scores of some."""
    if len(scores) < limit:
        return needed
    return max(needed, float(np.partition(scores, -limit)[-limit]) * (1 - ROUNDING))


def sum_of(
    lists: list[Scored] | list[ShortList],
    documents: Documents,
    known: Scored | None = None,
    own: Scores | float = 0.0,
) -> Scores:
    """Return what passages score in several lists together, added in the order of the lists.

    Args:
        lists: The lists.
        documents: The passages.
        known, own: One of the lists, if what they score there is known already; and that.
    """
    sought = Sought(documents)
    scores = np.zeros(len(documents))
    for listed in lists:
        scores += own if listed is known else listed.of(sought)
    return scores
