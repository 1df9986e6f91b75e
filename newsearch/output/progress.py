"""What is said on stderr while articles are read: problems one by one, and how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath

from newsearch.articles import READERS, count_bytes, read_articles
from newsearch.errors import InputError, UnknownFormat
from newsearch.output.safety import safe
from newsearch.records import Article


def say(sentence: str) -> None:
    """Print one line for a person to stderr."""
    print(f"newsearch: {safe(sentence)}", file=sys.stderr, flush=True)


class Problems:
    """Counts what could not be read, and says each at once.

    Attributes:
        missing: Paths with nothing there.
        unreadable: Files or lines that were left out.
        others: Files of kinds that are not read, by suffix; said together at the end.
    """

    def __init__(self) -> None:
        self.missing = 0
        self.unreadable = 0
        self.others: Counter[str] = Counter()

    def report(self, problem: InputError) -> None:
        if isinstance(problem, UnknownFormat):
            self.others[PurePath(problem.path).suffix.lower() or "no suffix"] += 1
            return
        self.unreadable += 1
        say(str(problem))

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
        return {"missing": self.missing, "unreadable": self.unreadable, "passed_over": others}

    def sum_up(self) -> None:
        count = self.others.total()
        if count:
            kinds = ", ".join(f"{suffix} {many}" for suffix, many in self.others.most_common(8))
            files = "file" if count == 1 else "files"
            say(f"passed over {count} {files} of other kinds than {' '.join(READERS)} ({kinds})")


@contextmanager
def reading(paths: list[str], problems: Problems) -> Iterator[Iterator[Article]]:
    """Give the articles at some paths and show how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        yield _articles(paths, problems)
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
        yield _watched(paths, problems, partial(progress.update, task))


def _articles(
    paths: list[str], problems: Problems, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Article]:
    for path in paths:
        yield from read_articles(path, on_problem=problems.report, on_bytes=on_bytes)


def _watched(paths: list[str], problems: Problems, show: Callable[..., None]) -> Iterator[Article]:
    """Yield articles and show now and then how many there were, and how many bytes were read."""
    begun = shown = time.monotonic()
    pieces: list[int] = []
    many = 0
    for article in _articles(paths, problems, pieces.append):
        yield article
        many += 1
        now = time.monotonic()
        if now - shown >= _SHOW_EVERY:
            speed = f"{many / (now - begun):,.0f} a second"
            show(advance=sum(pieces), articles=many, now=speed)
            pieces.clear()
            shown = now
    show(advance=sum(pieces), articles=many, now="writing")


_SHOW_EVERY = 0.1  # seconds; telling the display of every article would take as long as reading it
