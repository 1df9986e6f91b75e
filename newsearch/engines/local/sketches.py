"""The sketches of a segment's passages.

A passage's sketch is found by its number, the passages with one like it by looking at all: for a
million passages that takes about a millisecond. Keys of two numbers, kept sorted, were tried:
they find fewer, made the index 2 % larger, and were slower below some 200,000 passages.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.files.pages import Columns
from newsearch.engines.sketching import NUMBERS, WIDTH, Sketches

Documents = npt.NDArray[np.int64]


def sketch_columns(sketches: Sketches) -> dict[str, Array]:
    """Return sketches as a column: the first number of all passages, then the second, and so on."""
    return {"sketches": sketches.ravel(order="F")}


class SketchReader:
    """Looks sketches up.

    Args:
        columns: Those of a segment.
    """

    def __init__(self, columns: Columns) -> None:
        self._numbers = columns.paged("sketches")
        self._firsts = np.arange(WIDTH) * (len(self._numbers) // WIDTH)

    def of(self, passages: Documents) -> Sketches:
        """Return the sketches of some passages."""
        places = passages[:, None] + self._firsts
        return self._numbers.items(places).astype(np.uint16, copy=False)

    def sharing(self, sketch: Sketches, least: int) -> Documents:
        """Return the passages that share so many numbers, or more, with a sketch; sorted."""
        numbers = self._numbers.whole().reshape(WIDTH, -1)
        shared = np.zeros(numbers.shape[1], np.uint8)
        if sketch[0]:
            for own, each in zip(sketch[:NUMBERS], numbers, strict=False):
                shared += each == own
        return np.flatnonzero(shared >= least)
