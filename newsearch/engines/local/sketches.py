"""The sketches of a segment's passages.

A passage's sketch is found by its number, the passages with some key by looking at all: for a
million passages that takes half a millisecond. Keeping them sorted, too, was tried: it made the
index 3 % larger, and looking up was slower below some 200,000 passages.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Array
from newsearch.engines.local.pages import Columns
from newsearch.engines.sketching import KEYS, WIDTH, Sketches

Documents = npt.NDArray[np.int64]


def sketch_columns(sketches: Sketches) -> dict[str, Array]:
    """Return sketches as columns.

    Returns:
        `sketch_keys`: the first key of all passages, then the second, and so on;
        `sketch_checks`: the checksum of each.
    """
    return {
        "sketch_keys": sketches[:, :KEYS].ravel(order="F"),
        "sketch_checks": sketches[:, KEYS].astype(np.uint16),
    }


class SketchReader:
    """Looks sketches up.

    Args:
        columns: Those of a segment.
    """

    def __init__(self, columns: Columns) -> None:
        self._keys = columns.paged("sketch_keys")
        self._checks = columns.paged("sketch_checks")

    def of(self, passages: Documents) -> Sketches:
        """Return the sketches of some passages."""
        rows = np.empty((len(passages), WIDTH), np.uint32)
        firsts = np.arange(KEYS) * len(self._checks)
        rows[:, :KEYS] = self._keys.items(passages[:, None] + firsts)
        rows[:, KEYS] = self._checks.items(passages)
        return rows

    def sharing(self, sketch: Sketches) -> Documents:
        """Return the passages that share a key with a sketch, sorted."""
        keys = self._keys.whole().reshape(KEYS, -1)
        same = [np.flatnonzero(keys[at] == key) for at, key in enumerate(sketch[:KEYS]) if key]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *same]))
