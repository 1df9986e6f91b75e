"""What an index holds, by the facts of its articles: counted at once, over whole arrays."""

from __future__ import annotations

import numpy as np

from newsearch.engines.base import Snapshot
from newsearch.insights import Searched
from newsearch.query.days import iso


def outlets(snapshot: Snapshot) -> dict[str, int]:
    """Return the outlets that articles name, with how many articles are from each."""
    of, names = snapshot.sources(snapshot.firsts())
    counts = np.bincount(of, minlength=len(names)).tolist()
    return {name: count for name, count in zip(names, counts, strict=True) if name and count}


def searched(snapshot: Snapshot, known: dict[str, int]) -> Searched:
    """Return what there is to look through.

    Args:
        snapshot: The index.
        known: Its outlets.
    """
    firsts = snapshot.firsts()
    days = snapshot.days(firsts)
    dated = days[days > 0]
    first, last = (iso(int(dated.min())), iso(int(dated.max()))) if len(dated) else (None, None)
    return Searched(len(firsts), len(known), first, last)
