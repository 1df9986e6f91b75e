"""Paths to the articles that have to be looked at: files that have not changed are passed over.

In: paths, and the register of files. Out: a stream of articles, in portions, and for each file
what came out of it. Nothing is written here.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import Protocol

import numpy as np

from newsearch.adding import has_word
from newsearch.articles import find_files, read_file
from newsearch.articles.files import files_of
from newsearch.articles.naming import Naming
from newsearch.articles.numbers import Numbers
from newsearch.errors import Doubt, InputError, ReaderMissing, UnknownFormat
from newsearch.indexing.register import UNSURE, Known, Register, hashed, unpacked
from newsearch.indexing.stopping import Stop
from newsearch.records import Article


class Listener(Protocol):
    """What is told how reading goes, while it goes."""

    def problem(self, problem: InputError) -> None:
        """Something can't be read and is left out."""

    def read(self, articles: int, size: int) -> None:
        """So many more articles, and bytes on the disk, were read or passed over."""

    def writing(self) -> None:
        """Enough was read for now; it is being written."""


class Reading:
    """The articles at some paths, but those of files that are as they were.

    Args:
        paths: Files, folders, or "-"; something is there at each.
        register: What is known of files.
        own: The folder of the index, in which no articles are looked for.
        listener: Told of problems, and how far it is.
        stop: Asked to end reading early.
        reread: Whether no file is passed over.
        fields: What the fields of articles are called, as for `read_articles`.

    Attributes:
        over: Whether all was read, or reading was stopped.
        finished: The paths of files that were read to their ends, and what is known of each;
            to be taken away by the caller.
        passed: What is known of the files that were passed over; to be taken away, too.
        troubled: Paths of files and folders of which something could not be read.
        empty: Those of `paths` with no file to read.
    """

    def __init__(
        self,
        paths: Iterable[str],
        register: Register,
        own: Path,
        listener: Listener,
        stop: Stop,
        reread: bool = False,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self._naming = Naming(fields)
        self._register = register
        self._own = os.path.join(os.path.abspath(own), "")
        self._listener = listener
        self._stop = stop
        self._reread = reread
        # Ids that files of this run have brought. Where two files bring the same, the later one
        # counts: it has to be read again, though it has not changed.
        self._brought: set[int] = set()
        self._met: set[str] = set()
        self._numbers = Numbers(register.is_taken)
        self._unread: set[str] = set()  # of no known kind, or of one that needs a package
        self._stream = self._all(list(paths))
        self.over = False
        self.finished: list[tuple[str, Known]] = []
        self.passed: list[tuple[str, Known]] = []
        self.troubled: Counter[str] = Counter()
        self.empty: list[str] = []

    def portion(self, seconds: float) -> Iterator[Article]:
        """Yield articles for about so long; more come from the next call, until it is `over`."""
        end = time.monotonic() + seconds
        for article in self._stop.until(self._stream):
            yield article
            if time.monotonic() >= end:
                break
        else:
            self.over = True
        self._listener.writing()

    def was_met(self, path: str) -> bool:
        """Tell whether a file was there, to be read or passed over."""
        return path in self._met

    def is_troubled(self, path: str) -> bool:
        """Tell whether a file, or a folder that it is in, could not be read whole."""
        return any(
            each in self.troubled
            for file in files_of(path)
            for each in (file, *map(str, PurePath(file).parents))
        )

    def _all(self, paths: list[str]) -> Iterator[Article]:
        for path in paths:
            found = False
            for file in find_files(path, self._problem):
                if file.startswith(self._own):
                    continue
                if file not in self._met:
                    self._met.add(file)
                    yield from self._file(file)
                found = found or file not in self._unread
            if not found:
                self.empty.append(path)

    def _file(self, file: str) -> Iterator[Article]:
        status = _status(file)
        known = self._register.get(file)
        way = repr(sorted(self._naming.given.items()))
        if status and known and not self._reread and self._is_there(known, status, way):
            self.passed.append((file, known))
            self._listener.read(len(known.ids) + known.empty, status.st_size)
            return
        ids = bytearray()
        empty = 0
        problems = self.troubled[file]
        counted = self._listener.read
        report = partial(self._problem, file=file)
        articles = read_file(file, self._naming, report, lambda size: counted(0, size))
        for article in map(self._numbers.apart, articles):
            if has_word(article.text):
                ids += hashed(article.id)
            else:  # the earlier version stays, as that of an article does that is gone
                empty += 1
            yield article
            counted(1, 0)
        if file in self._unread and not ids:
            return
        unreadable = self.troubled[file] - problems
        known = Known(0, UNSURE, way, np.unique(unpacked(ids)), empty, unreadable)
        read = _dated(known, file, status)
        self._brought.update(read.ids.tolist())
        self.finished.append((file, read))

    def _is_there(self, known: Known, status: os.stat_result, way: str) -> bool:
        there = known.is_of(status) and known.way == way
        return there and self._brought.isdisjoint(known.ids.tolist())

    def _problem(self, problem: InputError, file: str = "") -> None:
        """Take note of a problem with a file, or with a member of it, or with a folder."""
        if problem.path.startswith(self._own):
            return
        if isinstance(problem, ReaderMissing) or (
            isinstance(problem, UnknownFormat) and problem.path == file
        ):
            self._unread.add(file)
        if not isinstance(problem, (UnknownFormat, Doubt)):
            self.troubled[file or problem.path] += 1
        self._listener.problem(problem)


def _status(path: str) -> os.stat_result | None:
    """Return size and time of a file; None for standard input, or if it can't be told."""
    try:
        return None if path == "-" else os.stat(path)
    except OSError:
        return None


def _dated(known: Known, path: str, before: os.stat_result | None) -> Known:
    """Return what is known of a file with its size and time, where these can be relied on."""
    after = _status(path)
    if before is None or after is None:
        return known
    dated = replace(known, size=before.st_size, changed_ns=before.st_mtime_ns)
    # A file that is written to twice within one tick of its clock, the second time after it was
    # read, would look unchanged.
    if dated.is_of(after) and time.time_ns() - dated.changed_ns > _TICK:
        return dated
    return known


_TICK = 2_000_000_000  # nanoseconds; FAT counts time in steps of two seconds, others in finer ones
