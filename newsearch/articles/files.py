"""Paths to open files: walking folders, and counting what is read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from newsearch.articles.source import Problem
from newsearch.errors import InputError

OnBytes = Callable[[int], None]
BUFFER = 1 << 17  # bytes that are read at a time, and that may be looked at beforehand


def find_files(path: str, report: Problem) -> Iterator[str]:
    """Yield the absolute paths of files, those of a folder in the order of their names; "-" as is.

    Hidden files and folders are left out, and links to folders are not followed.

    Raises:
        InputError: There is nothing at that path.
    """
    if path == "-":
        yield path
        return
    whole = os.path.abspath(path)
    if not os.path.exists(whole):
        raise InputError(path, "no such file or folder")
    if not os.path.isdir(whole):
        yield whole
        return

    def unreadable(error: OSError) -> None:
        report(InputError(error.filename or path, "this folder can't be read; left out"))

    for folder, folders, names in os.walk(whole, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted(names):
            if not is_hidden(name) and os.path.isfile(os.path.join(folder, name)):
                yield os.path.join(folder, name)


def is_hidden(name: str) -> bool:
    """Tell whether a file is nobody's business, by its name."""
    return name.startswith((".", "__MACOSX"))


def files_of(path: str) -> Iterator[str]:
    """Yield the files that an article's path may be in: itself, and what may be an archive in it.

    >>> list(files_of("/news/a.zip!b.tar!c.txt"))
    ['/news/a.zip!b.tar!c.txt', '/news/a.zip!b.tar', '/news/a.zip']
    """
    while path:
        yield path
        path = path.rpartition("!")[0]


@contextmanager
def open_file(path: str, on_bytes: OnBytes | None = None) -> Iterator[Any]:
    """Open a file for reading; standard input stays open afterwards.

    Args:
        path: Absolute, or "-".
        on_bytes: Told of bytes read from the disk. In the end, it was told of all there are,
            whether they were read or not.
    """
    if path == "-":
        yield sys.stdin.buffer
        return
    raw = _Counted(path, on_bytes)
    with io.BufferedReader(raw, BUFFER) as stream:
        try:
            yield stream
        finally:
            raw.tell_rest()


def size_of(stream: IO[bytes] | io.FileIO) -> int:
    """Return how many bytes an open file has; 0 for a pipe, and what has no place on the disk."""
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        return 0


class _Counted(io.FileIO):
    """A file that tells how many of its bytes were read."""

    def __init__(self, path: str, on_bytes: OnBytes | None) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes
        self._told = 0

    def readinto(self, buffer: Any) -> int:
        many = super().readinto(buffer)
        self._tell(many)
        return many

    def tell_rest(self) -> None:
        """Tell of what was not read: a zip file is read in leaps, and some files not at all."""
        self._tell(size_of(self) - self._told)

    def _tell(self, many: int) -> None:
        if self._on_bytes and many > 0:
            self._told += many
            self._on_bytes(many)
