"""What is where in a file of columns, as a manifest keeps it; no array is needed to know that."""

from __future__ import annotations

from dataclasses import dataclass

# For each array: its type, where it begins, how many items it has.
Directory = dict[str, tuple[str, int, int]]

# Little-endian everywhere, so that an index can be copied to another machine.
# Each type with the bytes of an item.
TYPES = {"|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8}
# Bytes that have one checksum: what is read to trust one number. A column begins a page.
PAGE = 1 << 12
ALIGN = 8
CHECK_SIZE = 4  # bytes of a checksum


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of columns.

    Attributes:
        name: Its name in the folder.
        size: Its length in bytes.
        columns: What is where in it.
        check: The CRC-32 of the checksums that it ends with.
    """

    name: str
    size: int
    columns: Directory
    check: int


def read_entry(name: str, size: int, columns: object, check: int) -> FileEntry:
    """Return a file of columns as a manifest tells of it that may be damaged or hostile.

    Raises:
        ValueError: It can't be, or an array in it would lie outside of the file.
    """
    if not isinstance(columns, dict):
        raise ValueError("the columns are not a table")
    directory: Directory = {}
    for column, entry in columns.items():
        kind, offset, count = entry
        if kind not in TYPES or type(offset) is not int or type(count) is not int:
            raise ValueError(f"column {column!r} is of no known kind")
        if offset < 0 or count < 0 or offset % ALIGN:
            raise ValueError(f"column {column!r} lies outside of its file")
        directory[column] = (kind, offset, count)
    end = size - table_size(directory)
    for column, (kind, offset, count) in directory.items():
        if offset + count * TYPES[kind] > end:
            raise ValueError(f"column {column!r} lies outside of its file")
    return FileEntry(name, size, directory, check)


def pages(kind: str, count: int) -> int:
    """Return how many pages so many items of a type have."""
    return -(-count * TYPES[kind] // PAGE)


def table_size(directory: Directory) -> int:
    """Return how many bytes the checksums at the end of a file of columns take."""
    return sum(pages(kind, count) for kind, _, count in directory.values()) * CHECK_SIZE
