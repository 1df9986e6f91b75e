"""A file of named arrays: written once and synced, then only memory-mapped.

The file holds nothing but the arrays, one after the other. What is where, and a checksum of each,
is in the `Directory`, which the manifest keeps.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.durable import write_file
from newsearch.errors import EngineError

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
# For each array: its type, where it begins, how many items it has, the CRC-32 of its bytes.
Directory = dict[str, tuple[str, int, int, int]]

# Little-endian everywhere, so that an index can be copied to another machine.
TYPES = frozenset(("|u1", "<u2", "<u4", "<u8"))
_ALIGN = 8


def write_columns(path: Path, arrays: Arrays) -> tuple[Directory, int]:
    """Write arrays to a new file, durably.

    Args:
        path: The file; a leftover of that name is replaced.
        arrays: Flat arrays of unsigned integers.

    Returns:
        What is where, and the size of the file in bytes.
    """
    directory: Directory = {}
    pieces: list[memoryview | bytes] = []
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        raw = as_bytes(data)
        directory[name] = (data.dtype.str, offset, int(data.size), zlib.crc32(raw))
        padding = -raw.nbytes % _ALIGN
        pieces += [raw, bytes(padding)]
        offset += raw.nbytes + padding
    write_file(path, pieces)
    return directory, offset


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
    arrays = map_columns(path, directory, size)
    return [
        name
        for name, (_, _, _, crc) in directory.items()
        if zlib.crc32(as_bytes(arrays[name])) != crc
    ]


def as_bytes(array: Array) -> memoryview:
    """Return the bytes of a flat array, without copying them."""
    return array.view(np.uint8).data if array.size else memoryview(b"")


def small(array: Array) -> Array:
    """Return an array of unsigned integers in the smallest type that holds them."""
    most = int(array.max()) if array.size else 0
    kind = next(kind for kind in ("|u1", "<u2", "<u4", "<u8") if most <= np.iinfo(kind).max)
    return array.astype(kind)


def pack(texts: list[bytes]) -> tuple[Array, Array]:
    """Return strings as one array of bytes, and where each ends."""
    ends = np.cumsum([len(text) for text in texts], dtype=np.uint64)
    return np.frombuffer(b"".join(texts), np.uint8), ends
