"""What is said on stderr while articles are read: problems one by one, and how far it is."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from newsearch.articles import READERS
from newsearch.errors import InputError, UnknownFormat
from newsearch.output.terminal import safe
from newsearch.records import Article

Watch = Callable[[Iterable[Article]], Iterator[Article]]


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
def watching() -> Iterator[Watch]:
    """Show how many articles have gone by, on a terminal only."""
    if not sys.stderr.isatty():
        yield iter
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} articles"),
        TextColumn("{task.fields[speed]}", style="dim"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, speed="")

        def watch(articles: Iterable[Article]) -> Iterator[Article]:
            for article in articles:
                yield article
                speed = progress.tasks[0].speed
                shown = f"{speed:,.0f} a second" if speed else ""
                progress.update(task, advance=1, speed=shown)

        yield watch
