"""Which segments are to be merged: asked after each commit, when mostly there is nothing to do."""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.engines.local.files.manifest import SegmentEntry

# Tokens of a segment that is merged without being asked for: some twenty seconds' work, which
# nobody who adds one article should have to wait for more often.
_AT_MOST = 200_000_000
_TOGETHER = 4  # segments of one run that are left as they are: each costs a query some time


def due(entries: Sequence[SegmentEntry], new: int = 1) -> tuple[int, int] | None:
    """Return which neighbours are to be merged, as a range, or None.

    Newer segments are merged into an older one when together they are half as large; so each is
    more than twice as large as all that are newer, there are few, and each article is merged a
    few times only.

    Args:
        entries: All segments.
        new: How many of them, the last, one run has written. If they are few they are merged
            with an older one only: merging what several processes have just written would cost
            more than half of the time that they have saved.
    """
    run = len(entries) - new
    newer = sum(entry.tokens for entry in entries)
    for at, entry in enumerate(entries[: len(entries) - 1]):
        whole, newer = newer, newer - entry.tokens
        allowed = at < run or (at == run and new > _TOGETHER)
        if allowed and whole <= _AT_MOST and newer * 2 >= entry.tokens:
            return at, len(entries)
    return None
