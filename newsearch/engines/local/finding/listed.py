"""Passages with how often each holds something, or with their scores, as the lists that suit them.

Of a list of many passages bitmaps tell most sooner. In a small segment, where a byte for each
passage fits a processor's cache, arrays are as quick with lists of any length.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.engines.local.arrays import Documents, Scores, add_up
from newsearch.engines.local.finding.bitmaps import Sought
from newsearch.engines.local.finding.longlist import Listed, LongList, LongScores, Score
from newsearch.engines.local.finding.shortlist import ShortList

MANY = 1 << 14  # passages of a list
LARGE = 1 << 17  # passages of a segment

Scored = ShortList | LongScores
"""Passages with their scores."""


def listed(documents: Documents, frequencies: Scores, passages: int) -> Listed:
    """Return some passages, sorted, with how often each holds something.

    Args:
        passages: How many the segment has.
    """
    kind = LongList if _is_long(len(documents), passages) else ShortList
    return kind(documents, frequencies, passages)


def scored(
    parts: Sequence[tuple[Listed, Score]], documents: Sequence[Documents], passages: int
) -> Scored:
    """Return the passages of some lists of frequencies, with the sums of their scores.

    Args:
        parts: The lists, and for each how its passages score.
        documents: The passages of each.
        passages: How many the segment has.
    """
    found = [
        (of, score(Sought(of), held.scores))
        for (held, score), of in zip(parts, documents, strict=True)
    ]
    together, scores = add_up(found)
    if _is_long(len(together), passages):
        return LongScores(parts, together, scores, passages)
    return ShortList(together, scores, passages)


def _is_long(many: int, passages: int) -> bool:
    return many >= MANY and passages >= LARGE
