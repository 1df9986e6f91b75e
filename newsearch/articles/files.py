"""Paths to open files: walking folders, suffixes, decompression."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from newsearch.articles.source import Problem
from newsearch.errors import InputError

OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: its absolute path, or "-", and what its name says of its format."""

    path: str
    suffix: str
    gzipped: bool = False


def find_files(path: str, report: Problem) -> Iterator[File]:
    """Yield the files at a path, those of a folder in the order of their names.

    Hidden files and folders are left out, and links to folders are not followed.

    Raises:
        InputError: There is nothing at that path.
    """
    if path == "-":
        yield File("-", ".jsonl")
        return
    whole = os.path.abspath(path)
    if not os.path.exists(whole):
        raise InputError(path, "no such file or folder")
    if not os.path.isdir(whole):
        yield _file(whole)
        return

    def unreadable(error: OSError) -> None:
        report(InputError(error.filename or path, "this folder can't be read; left out"))

    for folder, folders, names in os.walk(whole, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and os.path.isfile(os.path.join(folder, name)):
                yield _file(os.path.join(folder, name))


def _file(path: str) -> File:
    stem, suffix = os.path.splitext(path)
    if suffix.lower() == ".gz":
        return File(path, os.path.splitext(stem)[1].lower(), gzipped=True)
    return File(path, suffix.lower())


@contextmanager
def open_file(file: File, on_bytes: OnBytes | None = None) -> Iterator[IO[bytes]]:
    """Open a file for reading, decompressed; standard input stays open afterwards.

    Args:
        file: Which.
        on_bytes: Told of bytes read from the disk, before they are decompressed.
    """
    if file.path == "-":
        yield sys.stdin.buffer
        return
    with io.BufferedReader(_Counted(file.path, on_bytes)) as stream:
        if not file.gzipped:
            yield stream
            return
        import gzip  # it brings four more modules, which most runs don't need

        with gzip.open(stream) as unpacked:
            yield cast(IO[bytes], unpacked)


class _Counted(io.FileIO):
    """A file that tells how many of its bytes were read."""

    def __init__(self, path: str, on_bytes: OnBytes | None) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes

    def readinto(self, buffer: Any) -> int:
        many = super().readinto(buffer)
        if self._on_bytes:
            self._on_bytes(many)
        return many
