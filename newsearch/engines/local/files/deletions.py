"""The deletions of a segment, a column of bits in a file of its own."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.columns import write_columns
from newsearch.engines.local.files.directory import FileEntry


def write_dead(
    path: Path, articles: int, dead: Collection[int], known: npt.NDArray[np.bool_] | None
) -> FileEntry:
    """Write which articles of a segment are deleted.

    Args:
        path: The file.
        articles: How many the segment has.
        dead: The numbers of some that are deleted now.
        known: Those that were deleted before, a bit for each article; None where none was.
    """
    bits = np.zeros(articles, bool) if known is None else known.copy()
    bits[list(dead)] = True
    return write_columns(path, {"dead": np.packbits(bits)})
