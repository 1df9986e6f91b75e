"""Which passages an answer is chosen from: the best ones, or the newest ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from newsearch.engines.base import Matches, Snapshot

EVERY = 1 << 40  # more passages than there can be


def candidates(snapshot: Snapshot, tree: Any, most: int, count: bool, newest: bool) -> Matches:
    """Return the passages that match a tree, the best or the newest ones of them.

    Args:
        snapshot: Where to look.
        tree: What to look for.
        most: The most passages.
        count: Whether all must be counted, which takes longer.
        newest: Whether to take those of the latest days, of one day the best; the undated come
            last.
    """
    if not newest:
        return snapshot.search(tree, most, count)
    found = snapshot.search(tree, EVERY, count=True)
    by_order = np.argsort(found.orders)
    orders, scores = found.orders[by_order], found.scores[by_order]
    latest = np.lexsort((-scores, -snapshot.days(orders)))[:most]
    return Matches(orders[latest], scores[latest], found.total)
