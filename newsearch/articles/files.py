"""Paths to open files: walking folders, suffixes, decompression."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import IO, cast

from newsearch.articles.source import Problem
from newsearch.errors import InputError


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


def open_file(file: File) -> AbstractContextManager[IO[bytes]]:
    """Open a file for reading, decompressed; standard input stays open afterwards."""
    if file.path == "-":
        return nullcontext(sys.stdin.buffer)
    if file.gzipped:
        import gzip  # it brings four more modules, which most runs don't need

        return cast(IO[bytes], gzip.open(file.path, "rb"))
    return open(file.path, "rb")
