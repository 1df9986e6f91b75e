"""What is said on stderr while files are read: problems one by one, and how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from newsearch.articles import READERS, count_bytes
from newsearch.articles.files import files_of
from newsearch.errors import Doubt, InputError, ReaderMissing, UnknownFormat
from newsearch.output.indexed import file_line
from newsearch.output.safety import safe
from newsearch.output.wrapping import print_wrapped

if TYPE_CHECKING:
    from newsearch.indexing.reports import FileReport
    from newsearch.records import AddReport


def say(sentence: str) -> None:
    """Print one line for a person to stderr."""
    print_wrapped(f"newsearch: {safe(sentence)}", sys.stderr)


class Watch:
    """Listens to `index_files`: counts what was left out, and says each thing, within bounds.

    Args:
        verbose: Whether every file is spoken of.

    Attributes:
        missing: Paths with nothing there.
        unreadable: Files, lines or members that were left out.
        doubted: Articles of which something was not believed.
        others: Files of kinds that are not read, by suffix; said together at the end.
        done: How many articles the index has from this run, or had already.
    """

    def __init__(self, verbose: bool = False) -> None:
        self._verbose = verbose
        self._show: Callable[..., None] | None = None
        self._begun = self._shown = time.monotonic()
        self._articles = self._unshown = 0
        self._unsaid = 0
        self.missing = 0
        self.unreadable = 0
        self.doubted = 0
        self.others: Counter[str] = Counter()
        self.done = 0
        self._wanting: Counter[str] = Counter()
        self._said: Counter[str] = Counter()

    def problem(self, problem: InputError) -> None:
        if isinstance(problem, UnknownFormat):
            self.others[PurePath(problem.path).suffix.lower() or "no suffix"] += 1
            if not self._verbose:
                return
        elif isinstance(problem, Doubt):
            self.doubted += 1
        else:
            self.unreadable += 1
        if isinstance(problem, ReaderMissing) and not self._verbose:
            self._wanting[problem.reason] += 1
            return
        file = list(files_of(problem.path))[-1]
        self._said[file] += 1
        if self._said[file] <= _SAID_OF_A_FILE:
            say(str(problem))

    def read(self, articles: int, size: int) -> None:
        self._articles += articles
        self._unshown += size
        # Telling the display of every article would take as long as reading it.
        if self._show and time.monotonic() - self._shown >= _SHOW_EVERY:
            self._shown = time.monotonic()
            speed = self._articles / (self._shown - self._begun)
            self._update(f"{speed:,.0f} a second")

    def writing(self) -> None:
        self._update("writing")

    def file(self, report: FileReport) -> None:
        if report.passed_over:
            self.unreadable += report.unreadable
            self._unsaid += report.unreadable
        if self._verbose:
            print(file_line(report), file=sys.stderr)

    def committed(self, so_far: AddReport) -> None:
        self.done = so_far.added + so_far.changed + so_far.unchanged

    def note(self, sentence: str) -> None:
        say(sentence)

    def existing(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield the paths that lead to something; say which do not."""
        for path in paths:
            if path == "-" or os.path.exists(path):
                yield path
            else:
                self.missing += 1
                say(f"{path}: no such file or folder")

    def counts(self) -> dict[str, int]:
        """Return what was left out, by kind."""
        others = self.others.total()
        return {
            "missing": self.missing,
            "unreadable": self.unreadable,
            "doubted": self.doubted,
            "passed_over": others,
        }

    def sum_up(self) -> None:
        """Say at the end what was not said of single files."""
        for file, many in self._said.items():
            if many > _SAID_OF_A_FILE:
                say(f"{file}: {many - _SAID_OF_A_FILE:,} more problems of this kind or another")
        for reason, many in self._wanting.items():
            say(f"left out {many:,} file{'s' * (many != 1)} or pages: {reason}")
        count = self.others.total()
        if count:
            kinds = ", ".join(f"{suffix} {many}" for suffix, many in self.others.most_common(8))
            files = "file" if count == 1 else "files"
            say(f"passed over {count} {files} of other kinds than {' '.join(READERS)} ({kinds})")
        if self._unsaid:
            say(
                f"{self._unsaid:,} unreadable in files that have not changed since it was said; "
                "--reread says it again"
            )

    @contextmanager
    def showing(self, paths: list[str]) -> Iterator[None]:
        """Show how far it is, on a terminal only."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        sizes = [count_bytes(path) for path in paths]
        total = None if None in sizes else sum(filter(None, sizes))
        columns = (
            SpinnerColumn(),
            *((BarColumn(bar_width=16), DownloadColumn()) if total else ()),
            TextColumn("{task.fields[articles]:,} articles"),
            TextColumn("{task.fields[now]}", style="dim"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=total, articles=0, now="")
            self._show = partial(progress.update, task)
            yield
            self._show = None

    def _update(self, now: str) -> None:
        if self._show:
            self._show(advance=self._unshown, articles=self._articles, now=now)
            self._unshown = 0


_SHOW_EVERY = 0.1  # seconds
_SAID_OF_A_FILE = 20  # lines; whoever reads more of them knows already what is wrong with it
