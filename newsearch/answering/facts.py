"""What an index holds, by the facts of its articles: counted at once, over whole arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from newsearch.engines.base import Snapshot
from newsearch.insights import Searched
from newsearch.query.days import iso
from newsearch.query.known import KnownNames


def known(snapshot: Snapshot, field: str) -> KnownNames:
    """Return the outlets, or the authors, that articles name.

    Args:
        snapshot: The index.
        field: SOURCE or AUTHOR.
    """
    of, names = snapshot.named(field, snapshot.firsts())
    counts = np.bincount(of, minlength=len(names)).tolist()
    there = zip(names, counts, strict=True)
    return KnownNames(field, {name: count for name, count in there if name and count})


def searched(snapshot: Snapshot, known: Mapping[str, int]) -> Searched:
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
