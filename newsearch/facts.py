"""What an index holds, by the facts of its articles: counted at once, over whole arrays."""

from __future__ import annotations

import numpy as np

from newsearch.engines import Snapshot


def outlets(snapshot: Snapshot) -> dict[str, int]:
    """Return the outlets that articles name, with how many articles are from each."""
    of, names = snapshot.sources(snapshot.firsts())
    counts = np.bincount(of, minlength=len(names)).tolist()
    return {name: count for name, count in zip(names, counts, strict=True) if name and count}
