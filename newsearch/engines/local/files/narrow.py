"""Numbers of which most are small, as a column of a small type and a few exceptions beside it.

So a posting's document takes two bytes, and a token number one, however large a segment is and
however long its passages are:

- Of documents the low bits are kept. Where the high bits are not those of the posting before (at
  a *turn*), they stand beside. Documents rise within a term, so there are few turns; in a segment
  of up to 65,536 documents there is none.
- Of token numbers, those from 255 on (the *far* ones) stand beside, and 255 in their place.

In: numbers, whole or piece by piece. Out: their three columns; and any range of them again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.columns import Array, ColumnFile, small, smallest
from newsearch.engines.local.files.pages import Columns
from newsearch.errors import IndexDamaged

LOW_BITS = 16  # of a document; what a posting keeps of it
FAR = 255  # the first token number that is kept beside

_PIECE = 1 << 16  # numbers that are narrowed together, so that little memory is taken

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How one sort of numbers is narrowed.

    Attributes:
        names: How the names of its columns end: the narrow numbers, the places of the exceptions,
            and what they are.
        kinds: The largest types of the first and of the last of these.
        split: Makes them, of some numbers and the one before these (0 before the first).
        join: Makes numbers of narrow ones, the exceptions among them, and the exception before
            these (0 before the first).
    """

    names: tuple[str, str, str]
    kinds: tuple[str, str]
    split: Callable[[Array, int], tuple[Array, Places, Array]]
    join: Callable[[Array, Places, Array, int], Array]

    def columns(self, prefix: str, numbers: Array) -> dict[str, Array]:
        """Return the columns of some numbers; their names begin with `prefix`."""
        parts = self.split(numbers, 0)
        return {f"{prefix}_{name}": small(p) for name, p in zip(self.names, parts, strict=True)}

    def misfit(self, prefix: str, columns: Columns) -> str | None:
        """Return the name of a column whose type is not what it may be, if there is one."""
        names = [f"{prefix}_{name}" for name in self.names]
        narrow, places, values = (columns.paged(name).unchecked for name in names)
        if narrow.itemsize > np.dtype(self.kinds[0]).itemsize:
            return names[0]
        if len(places) and np.iinfo(places.dtype).max < len(narrow):
            return names[1]
        return names[2] if values.itemsize > np.dtype(self.kinds[1]).itemsize else None


def _halved(documents: Array, before: int) -> tuple[Array, Places, Array]:
    """Return the low bits, the turns, and the high bits from there on."""
    highs = documents >> LOW_BITS
    turns = np.flatnonzero(highs[1:] != highs[:-1]) + 1
    if len(highs) and highs[0] != before >> LOW_BITS:
        turns = np.concatenate(([0], turns))
    return documents & np.uint32((1 << LOW_BITS) - 1), turns, highs[turns]


def _whole(lows: Array, turns: Places, highs: Array, before: int) -> Array:
    documents: Array
    if not len(turns):
        documents = lows.astype(np.int64) + (before << LOW_BITS)
        return documents
    lengths, bits = np.empty((2, len(turns) + 1), np.int64)
    lengths[0] = turns[0]
    lengths[1:-1] = turns[1:] - turns[:-1]
    lengths[-1] = len(lows) - turns[-1]
    bits[0] = before
    bits[1:] = highs
    bits <<= LOW_BITS
    documents = bits.repeat(lengths)
    documents += lows
    return documents


def _clipped(positions: Array, before: int) -> tuple[Array, Places, Array]:
    """Return token numbers of at most `FAR`, and what those are that were larger."""
    far = np.flatnonzero(positions >= FAR)
    return np.minimum(positions, FAR), far, positions[far]


def _unclipped(near: Array, far: Places, positions: Array, before: int) -> Array:
    if not len(far):
        return near
    whole: Array = near.astype(positions.dtype)
    whole[far] = positions
    return whole


DOCUMENTS = Narrowing(("documents", "turns", "turn_highs"), ("<u2", "<u2"), _halved, _whole)
POSITIONS = Narrowing(("positions", "far", "far_positions"), ("|u1", "<u4"), _clipped, _unclipped)


class NarrowColumn:
    """Numbers that were narrowed, as they were before.

    Args:
        narrowing: How.
        prefix: What the names of the columns begin with.
        columns: Where these are.
    """

    def __init__(self, narrowing: Narrowing, prefix: str, columns: Columns) -> None:
        self._narrowing = narrowing
        self._narrow, self._places, self._values = (
            columns.paged(f"{prefix}_{name}") for name in narrowing.names
        )

    def __len__(self) -> int:
        return len(self._narrow)

    def part(self, first: int, last: int) -> Array:
        """Return the numbers from `first` up to, not with, `last`.

        Raises:
            IndexDamaged: The columns are not as they were written, or do not go together.
        """
        narrow = self._narrow.part(first, last)
        if not len(self._places):
            return narrow
        unchecked = self._places.unchecked
        # Numbers of another type would have all places copied.
        ends = np.array((first, first + len(narrow)), unchecked.dtype)
        low, high = unchecked.searchsorted(ends).tolist()
        begin = max(low - 1, 0)
        # The search has looked at pages that nobody has verified. The neighbours of what it found
        # tell whether that is all; and that places rise keeps numpy from writing where it may not.
        places = self._places.part(begin, high + 1).astype(np.int64) - first
        found = places.searchsorted((0, len(narrow))).tolist()
        if found != [low - begin, high - begin] or (places[1:] <= places[:-1]).any():
            raise IndexDamaged("the postings of a segment are damaged")
        values = self._values.part(begin, high)
        before = values.item(0) if low else 0
        return self._narrowing.join(narrow, places[slice(*found)], values[low - begin :], before)

    def as_written(self, piece: int) -> bool:
        """Whether the columns are those that would be written for the numbers.

        Args:
            piece: How many are looked at together.
        """
        before = seen = 0
        for at in range(0, len(self), piece):
            numbers = self.part(at, at + piece)
            narrow, places, values = self._narrowing.split(numbers, before)
            end = seen + len(places)
            if not (
                np.array_equal(narrow, self._narrow.part(at, at + piece))
                and np.array_equal(places + at, self._places.part(seen, end))
                and np.array_equal(values, self._values.part(seen, end))
            ):
                return False
            before, seen = int(numbers[-1]), end
        return seen == len(self._places)


class NarrowWriter:
    """The columns of numbers that come piece by piece; only the exceptions are held.

    Args:
        narrowing: How they are narrowed.
        prefix: What the names of the columns begin with.
        file: Where they go.
        count: How many there will be.
    """

    def __init__(self, narrowing: Narrowing, prefix: str, file: ColumnFile, count: int) -> None:
        self._narrowing = narrowing
        self._file = file
        narrow, *self._names = (f"{prefix}_{name}" for name in narrowing.names)
        kind, widest = narrowing.kinds
        self._column = file.reserve(narrow, kind, count)
        self._places: list[Array] = [np.zeros(0, smallest(count))]
        self._values: list[Array] = [np.zeros(0, widest)]
        self._before = 0

    def write(self, numbers: Array) -> None:
        """Write the next numbers."""
        for at in range(0, len(numbers), _PIECE):
            piece = numbers[at : at + _PIECE]
            narrow, places, values = self._narrowing.split(piece, self._before)
            self._places.append((places + self._column.written).astype(self._places[0].dtype))
            self._values.append(values.astype(self._values[0].dtype))
            self._column.write(narrow)
            self._before = int(piece[-1])

    def close(self) -> None:
        """Write the exceptions."""
        for name, parts in zip(self._names, (self._places, self._values), strict=True):
            self._file.add(name, small(np.concatenate(parts)))
