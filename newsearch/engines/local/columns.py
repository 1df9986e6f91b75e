"""A file of named arrays: written once and synced, then only memory-mapped.

The file holds nothing but the arrays, one after the other. What is where, and a checksum of each,
is in the `Directory`, which the manifest keeps.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from newsearch.engines.local import durable
from newsearch.errors import EngineError

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
# For each array: its type, where it begins, how many items it has, the CRC-32 of its bytes.
Directory = dict[str, tuple[str, int, int, int]]

# Little-endian everywhere, so that an index can be copied to another machine.
TYPES = frozenset(("|u1", "<u2", "<u4", "<u8"))
_ALIGN = 8
_PIECE = 1 << 20  # bytes that are read together


def write_columns(path: Path, arrays: Arrays) -> tuple[Directory, int]:
    """Write arrays to a new file, durably.

    Args:
        path: The file; a leftover of that name is replaced.
        arrays: Flat arrays of unsigned integers.

    Returns:
        What is where, and the size of the file in bytes.
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
        self._file = path.open("wb")
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
        self._end += -self._end % _ALIGN
        self._columns.append(column)
        return column

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a column of bytes of which nobody knows yet how many they are."""
        column = self.reserve(name, np.uint8, 0)
        for piece in pieces:
            column.count += len(piece)
            self._end += len(piece)
            column.write(np.frombuffer(piece, np.uint8))
        self._end += -self._end % _ALIGN

    def put(self, at: int, data: memoryview) -> None:
        """Write bytes at a place in the file."""
        if at != self._at:
            self._file.seek(at)
        durable.write_piece(self._file, data)
        self._at = at + data.nbytes

    def finish(self) -> tuple[Directory, int]:
        """Make the file durable; return what is where, and its size in bytes.

        Raises:
            ValueError: A column has not as many items as it was to have.
        """
        if any(column.written != column.count for column in self._columns):
            raise ValueError("a column was not written to its end")
        self._file.truncate(self._end)  # with zeros after the last column
        durable.sync_file(self._file)
        return {
            column.name: (column.kind.str, column.offset, column.count, column.crc)
            for column in self._columns
        }, self._end


class Column:
    """One column of a `ColumnFile`; its pieces follow one another."""

    def __init__(
        self, file: ColumnFile, name: str, kind: np.dtype[Any], offset: int, count: int
    ) -> None:
        self.name, self.kind, self.offset, self.count = name, kind, offset, count
        self.written = 0
        self.crc = 0
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
        self.crc = zlib.crc32(data, self.crc)
        self.written += piece.size


def map_columns(path: Path, directory: Directory, size: int) -> dict[str, Array]:
    """Open the arrays of a file, read-only, without reading them.

    Raises:
        EngineError: The file has not the size it was written with.
        OSError: There is no such file.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != size:
            raise EngineError(f"{path} is not as long as it was written; make the index anew")
        if not size:
            return {name: np.zeros(0, kind) for name, (kind, *_) in directory.items()}
        mapped = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
    return {
        name: np.frombuffer(mapped, kind, count, offset)
        for name, (kind, offset, count, _) in directory.items()
    }


def read_directory(given: object, size: int) -> Directory:
    """Return a directory from a manifest that may be damaged or hostile.

    Raises:
        ValueError: It is not one, or an array in it would lie outside of the file.
    """
    if not isinstance(given, dict):
        raise ValueError("the columns are not a table")
    directory: Directory = {}
    for name, entry in given.items():
        kind, offset, count, crc = entry
        if kind not in TYPES or not all(type(each) is int for each in (offset, count, crc)):
            raise ValueError(f"column {name!r} is of no known kind")
        end = offset + count * np.dtype(kind).itemsize
        if offset < 0 or count < 0 or offset % _ALIGN or end > size:
            raise ValueError(f"column {name!r} lies outside of its file")
        directory[name] = (kind, offset, count, crc)
    return directory


def damaged_columns(path: Path, directory: Directory, size: int) -> list[str]:
    """Return the names of the columns whose bytes are not those that were written."""
    map_columns(path, directory, size)  # refuses another size
    with path.open("rb") as file:
        return [
            name
            for name, (kind, offset, count, crc) in directory.items()
            if _crc(file, offset, count * np.dtype(kind).itemsize) != crc
        ]


def _crc(file: BinaryIO, offset: int, size: int) -> int:
    """Return the CRC-32 of a part of a file, read a piece at a time."""
    file.seek(offset)
    crc = 0
    while size and (piece := file.read(min(size, _PIECE))):
        crc = zlib.crc32(piece, crc)
        size -= len(piece)
    return crc


def forget(arrays: Iterable[Array]) -> None:
    """Give back the memory of mapped files, of which one column each is given.

    They are read anew when they are used; until then they do not count for this process.
    """
    for array in arrays:
        mapped = getattr(array.base, "obj", None)
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)


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
    ends = np.cumsum([len(text) for text in texts], dtype=np.uint64)
    return np.frombuffer(b"".join(texts), np.uint8), small(ends)
