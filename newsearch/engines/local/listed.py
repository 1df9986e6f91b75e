"""Passages with how often each holds something, or with their scores, as the lists that suit them.

Of a list of many passages bitmaps tell most sooner. In a small segment, where a byte for each
passage fits a processor's cache, arrays are as quick with lists of any length.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.engines.local.arrays import Documents, Scores, add_up
from newsearch.engines.local.bitmaps import Sought
from newsearch.engines.local.longlist import Listed, LongList, LongScores, Score
from newsearch.engines.local.shortlist import ShortList

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
    if _is_long(len(documents), passages):
        return LongScores(parts, documents, scores, passages)
    return ShortList(documents, scores, passages)


def _is_long(many: int, passages: int) -> bool:
    return many >= MANY and passages >= LARGE
