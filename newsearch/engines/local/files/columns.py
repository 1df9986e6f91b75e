"""A file of named arrays: written once and synced, then only memory-mapped (by `pages`).

The file holds the arrays, one after the other, and at last the CRC-32 of each page of each. What is
where, and the CRC-32 of those, is in the `FileEntry`, which the manifest keeps.
"""

from __future__ import annotations

import zlib
from array import array as numbers
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import newsearch.durable as durable
from newsearch.engines.local.files.directory import ALIGN, CHECK_SIZE, PAGE, FileEntry

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
_CHECK = np.dtype(f"<u{CHECK_SIZE}")


def write_columns(path: Path, arrays: Arrays) -> FileEntry:
    """Write arrays to a new file, durably.

    Args:
        path: The file; a leftover of that name is replaced.
        arrays: Flat arrays of unsigned integers.
    """
    with ColumnFile(path) as file:
        for name, array in arrays.items():
            file.add(name, array)
        return file.finish()


class ColumnFile:
    """A file of columns in the making; columns may be written piece by piece.

    Args:
        path: The file; a leftover of that name is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._file = durable.new_file(path)
        self._at = 0  # where the file stands
        self._end = 0  # of all columns
        self._columns: list[Column] = []

    def __enter__(self) -> ColumnFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, array: Array) -> None:
        """Write a whole column."""
        self.reserve(name, array.dtype, array.size).write(array)

    def reserve(self, name: str, kind: npt.DTypeLike, count: int) -> Column:
        """Return a column of so many items, which may be written beside others."""
        column = Column(self, name, np.dtype(kind).newbyteorder("<"), self._end, count)
        self._end += count * column.kind.itemsize
        self._end += -self._end % ALIGN
        self._columns.append(column)
        return column

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a column of bytes of which nobody knows yet how many they are."""
        column = self.reserve(name, np.uint8, 0)
        for piece in pieces:
            column.count += len(piece)
            self._end += len(piece)
            column.write(np.frombuffer(piece, np.uint8))
        self._end += -self._end % ALIGN

    def put(self, at: int, data: memoryview) -> None:
        """Write bytes at a place in the file."""
        if at != self._at:
            self._file.seek(at)
        durable.write_piece(self._file, data)
        self._at = at + data.nbytes

    def finish(self) -> FileEntry:
        """Make the file durable, and tell what is in it.

        Raises:
            ValueError: A column has not as many items as it was to have.
        """
        if any(column.written != column.count for column in self._columns):
            raise ValueError("a column was not written to its end")
        checks = np.concatenate([np.zeros(0, _CHECK), *(each.checks() for each in self._columns)])
        self._file.truncate(self._end)  # with zeros after the last column
        self.put(self._end, as_bytes(checks))
        durable.sync_file(self._file)
        columns = {each.name: (each.kind.str, each.offset, each.count) for each in self._columns}
        name, size = Path(self._file.name).name, self._end + checks.nbytes
        return FileEntry(name, size, columns, zlib.crc32(as_bytes(checks)))


class Column:
    """One column of a `ColumnFile`; its pieces follow one another."""

    def __init__(
        self, file: ColumnFile, name: str, kind: np.dtype[Any], offset: int, count: int
    ) -> None:
        self.name, self.kind, self.offset, self.count = name, kind, offset, count
        self.written = 0
        self._checks = numbers("I")  # of the full pages
        self._open = 0, 0  # the bytes of the page that is not full yet, and their CRC-32
        self._file = file

    def write(self, piece: Array) -> None:
        """Write the next items.

        Raises:
            ValueError: They are more than the column was to have.
        """
        if self.written + piece.size > self.count:
            raise ValueError(f"column {self.name} is longer than it was to be")
        data = as_bytes(np.ascontiguousarray(piece, self.kind))
        self._file.put(self.offset + self.written * self.kind.itemsize, data)
        self._sum(data)
        self.written += piece.size

    def _sum(self, data: memoryview) -> None:
        at, (filled, crc) = 0, self._open
        while at < len(data):
            piece = data[at : at + PAGE - filled]
            at, filled, crc = at + len(piece), filled + len(piece), zlib.crc32(piece, crc)
            if filled == PAGE:
                self._checks.append(crc)
                filled, crc = 0, 0
        self._open = filled, crc

    def checks(self) -> Array:
        """Return the CRC-32 of each page; nothing can be written after."""
        filled, crc = self._open
        return np.array([*self._checks, crc] if filled else self._checks, _CHECK)


def as_bytes(array: Array) -> memoryview:
    """Return the bytes of a flat array, without copying them."""
    return array.view(np.uint8).data if array.size else memoryview(b"")


def small(array: Array) -> Array:
    """Return an array of unsigned integers in the smallest type that holds them."""
    return array.astype(smallest(int(array.max()) if array.size else 0))


def smallest(most: int) -> str:
    """Return the smallest type that holds the numbers up to one."""
    return next(kind for kind in ("|u1", "<u2", "<u4", "<u8") if most <= np.iinfo(kind).max)


def pack(texts: list[bytes]) -> tuple[Array, Array]:
    """Return strings as one array of bytes, and where each ends."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.uint64, len(texts)))
    return np.frombuffer(b"".join(texts), np.uint8), small(ends)
