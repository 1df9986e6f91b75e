"""A file of columns, memory-mapped, of which nothing is used before its checksum was looked at.

A file may be large, and a query looks at little of it: opening it reads the table of checksums
only, and a page is verified when it is first touched. What was verified once is trusted from then
on.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from newsearch.durable import open_file
from newsearch.engines.local.files.columns import Array, as_bytes
from newsearch.engines.local.files.directory import PAGE, FileEntry, pages, table_size
from newsearch.errors import IndexDamaged

_TOGETHER = 256  # pages that are verified before their memory is given back


class Paged:
    """A column whose pages are verified when they are first touched.

    Numbers of items are 0 or more; as in a slice, those beyond the end are none.

    Attributes:
        unchecked: The column as it is in the file: for what has checksums of its own.
    """

    __slots__ = ("_bytes", "_checks", "_name", "_seen", "_shift", "_whole", "unchecked")

    def __init__(self, name: str, array: Array, data: memoryview, checks: Array) -> None:
        self.unchecked = array
        self._name = name
        self._bytes = data
        self._checks = checks
        self._seen = bytearray(len(checks))
        self._shift = (PAGE // array.itemsize).bit_length() - 1
        self._whole = False

    def __len__(self) -> int:
        return len(self.unchecked)

    def __getitem__(self, at: int) -> int:
        """Return one item.

        Raises:
            IndexDamaged: Its page is not as it was written.
            IndexError: There is none.
        """
        if at < 0:
            raise IndexError
        page = at >> self._shift
        if not self._seen[page]:
            self._verify(page, page + 1)
        item: int = self.unchecked.item(at)
        return item

    def part(self, first: int, last: int) -> Array:
        """Return the items from `first` up to, not with, `last`.

        Raises:
            IndexDamaged: A page with one of them is not as it was written.
        """
        begin, end = first >> self._shift, ((last - 1) >> self._shift) + 1
        if self._seen.find(0, begin, end) >= 0:
            self._verify(begin, end)
        return self.unchecked[first:last]

    def items(self, places: Array) -> Array:
        """Return the items at some places, in an array of the same shape.

        Raises:
            IndexDamaged: A page with one of them is not as it was written.
            IndexError: There is none at one of them.
        """
        pages = places >> self._shift
        unseen = pages[np.frombuffer(self._seen, np.uint8)[pages] == 0]
        if unseen.size:
            for page in set(unseen.tolist()):
                self._verify(page, page + 1)
        return self.unchecked[places]

    def whole(self) -> Array:
        """Return all items.

        Raises:
            IndexDamaged: A page is not as it was written.
        """
        if not self._whole:
            self._verify(0, len(self._seen))
            self._whole = True
        return self.unchecked

    def is_damaged(self) -> bool:
        """Read all pages, keeping none in memory, and tell whether one is not as written."""
        for begin in range(0, len(self._seen), _TOGETHER):
            sound = self._sound(begin, begin + _TOGETHER)
            forget([self.unchecked])
            if not sound:
                return True
        return False

    def _verify(self, begin: int, end: int) -> None:
        if not self._sound(begin, end):
            raise IndexDamaged(f"column {self._name} is damaged")

    def _sound(self, begin: int, end: int) -> bool:
        """Whether pages are as they were written, which is looked up once for each."""
        data = self._bytes
        for page in range(begin, min(end, len(self._seen))):
            if not self._seen[page]:
                if zlib.crc32(data[page * PAGE : (page + 1) * PAGE]) != self._checks.item(page):
                    return False
                self._seen[page] = 1
        return True


class Columns(Mapping[str, Array]):
    """The columns of a file by name; what `columns[name]` gives was verified as a whole."""

    def __init__(self, path: Path, columns: dict[str, Paged]) -> None:
        self.path = path
        self._columns = columns

    def __getitem__(self, name: str) -> Array:
        return self._columns[name].whole()

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def paged(self, name: str) -> Paged:
        """Return a column of which only what is touched is verified."""
        return self._columns[name]

    def damaged(self) -> list[str]:
        """Read all, and return the names of the columns that are not as they were written."""
        return [name for name, column in self._columns.items() if column.is_damaged()]


def map_columns(folder: Path, entry: FileEntry) -> Columns:
    """Open the columns of a file, read-only, without reading them.

    Raises:
        IndexDamaged: The file has not the size it was written with, or its checksums are damaged.
        OSError: There is no such file.
    """
    path = folder / entry.name
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size != entry.size:
            raise IndexDamaged(f"{path} is not as long as it was written")
        # Nothing can't be mapped.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if entry.size else b""
    data = memoryview(mapped)
    checks = np.frombuffer(mapped, "<u4", offset=entry.size - table_size(entry.columns))
    if zlib.crc32(as_bytes(checks)) != entry.check:
        raise IndexDamaged(f"the checksums of {path} are damaged")
    columns, page = {}, 0
    for name, (kind, offset, count) in entry.columns.items():
        many = pages(kind, count)
        array = np.frombuffer(mapped, kind, count, offset)
        own = data[offset : offset + array.nbytes]
        columns[name] = Paged(f"{name} of {path}", array, own, checks[page : page + many])
        page += many
    return Columns(path, columns)


def forget(arrays: Iterable[Array]) -> None:
    """Give back the memory of mapped files, of which one column each is given.

    They are read anew when they are used; until then they do not count for this process.
    """
    for array in arrays:
        mapped = getattr(array.base, "obj", None)
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)
