"""Commands that change an index or look after it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from newsearch.cli.shared import (
    ALL_OR_NOTHING,
    AS_BEFORE,
    DEFAULT_INDEX,
    ERROR,
    NOTHING,
    STOPPED,
    IndexOption,
    JsonOption,
    MapOption,
    mapping,
    print_json,
    reporting,
    say_line,
)

if TYPE_CHECKING:
    from newsearch.indexing.stopping import Stop
    from newsearch.output.progress import Watch

keeping_app = typer.Typer()


@keeping_app.command("index")
def index_command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for JSON lines.")
    ],
    fields: MapOption = None,
    index: IndexOption = DEFAULT_INDEX,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Use so many processes; by default one for each core."),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete articles whose file or place in it is gone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")
    ] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read files that have not changed, too.")
    ] = False,
    commit_every: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Keep what was read so often.")
    ] = 60,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say of every file what came of it.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Bring the index up to date: new articles are added, changed ones replaced.

    Files that have not changed are not read again. Ctrl-C ends a run and keeps what was read, a
    second one breaks it off; either way, the same command goes on where it was. What was done to
    which file is in the index's log.jsonl.

    \b
      newsearch index articles/
      newsearch index dump.jsonl.gz more.txt --index news.index
      newsearch index articles/ --prune --dry-run
      scraper | newsearch index -
      newsearch index crawl.csv --map text=corpo --map date=giorno
    """
    with reporting():
        from newsearch.indexing.reports import How
        from newsearch.indexing.run import index_files, try_files
        from newsearch.indexing.stopping import Stop
        from newsearch.opening import open_or_create
        from newsearch.output.indexed import index_line
        from newsearch.output.progress import Watch
        from newsearch.output.wrapping import print_wrapped
        from newsearch.workers import cores

        started = time.perf_counter()
        named = mapping(fields)
        watch = Watch(verbose)
        there = list(watch.existing(paths))
        if not there:
            raise typer.Exit(ERROR)
        how = How(jobs or cores(), commit_every, reread, prune, named)
        stop = Stop()
        with _stopping(stop, watch), watch.showing(there):
            if dry_run:
                report = try_files(index, there, how, watch, stop)
            else:
                with open_or_create(index) as news:
                    report = index_files(news, there, how, watch, stop)
        watch.sum_up()
        if json:
            print_json({**report.counts(), **watch.counts()})
        elif any(report.counts().values()):
            print_wrapped(index_line(report, index, time.perf_counter() - started, dry_run))
        if report.stopped:
            raise _stopped(0 if dry_run else watch.done)
        if watch.missing or (watch.unreadable and not watch.done):
            raise typer.Exit(ERROR)
        if not watch.done:
            say_line("there was no article to index")
            raise typer.Exit(NOTHING)


_STOPPING = b"newsearch: stopping, and keeping what was read; once more to stop at once\n"


@contextmanager
def _stopping(stop: Stop, watch: Watch) -> Iterator[None]:
    """Let a first Ctrl-C or SIGTERM end a run in good order, and a second one break it off."""

    def end(*_: object) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        try:
            stop.ask()
        finally:  # not by `print`, in the midst of which this may be called
            os.write(2, _STOPPING)

    handled = [
        each
        for each in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(each) is not signal.SIG_IGN  # in the background, of a shell's script
    ]
    before = [signal.signal(each, end) for each in handled]
    try:
        yield
    except KeyboardInterrupt:
        raise _stopped(watch.done) from None
    finally:
        for each, handler in zip(handled, before, strict=True):
            signal.signal(each, handler)


def _stopped(done: int) -> typer.Exit:
    """Say of a run that was stopped how far it has come, and return what ends the command."""
    from newsearch.output.indexed import many

    kept = f"stopped after {many(done, 'article')}, all kept; the same command goes on from there"
    say_line(kept if done else AS_BEFORE)
    return typer.Exit(STOPPED)


@keeping_app.command("delete")
def delete_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="As `query --json` shows them.")],
    index: IndexOption = DEFAULT_INDEX,
) -> None:
    """Delete articles from the index, by their ids.

    One whose file is still there comes back when that is indexed again.

    \b
      newsearch delete tpa-20250313-0552
    """
    with reporting(ALL_OR_NOTHING):
        import newsearch

        with newsearch.open(index) as news:
            there = [each for each in dict.fromkeys(ids) if news.article(each) is not None]
            deleted = news.delete(there)
        for missing in dict.fromkeys(ids):
            if missing not in there:
                say_line(f"there is no article with the id {missing}")
        print(f"{deleted:,} article{'s' * (deleted != 1)} deleted")
        if not deleted:
            raise typer.Exit(NOTHING)


@keeping_app.command("check")
def check_command(
    index: IndexOption = DEFAULT_INDEX,
    fast: Annotated[bool, typer.Option("--fast", help="Look at sizes of files only.")] = False,
) -> None:
    """Look for damage: every checksum, and whether all parts of the index fit together.

    \b
      newsearch check
    """
    with reporting():
        from newsearch.index_file import check
        from newsearch.output.safety import safe
        from newsearch.output.wrapping import print_wrapped

        problems = 0
        for problem in check(index, fast=fast):
            problems += 1
            print_wrapped(safe(problem))
        if problems:
            raise typer.Exit(ERROR)
        print(f"nothing is wrong with {index}")


@keeping_app.command("optimize")
def optimize_command(index: IndexOption = DEFAULT_INDEX) -> None:
    """Rewrite the index so that it is smallest and fastest; changes no answer.

    \b
      newsearch optimize
    """
    with reporting():
        import newsearch

        with newsearch.open(index) as news:
            before = news.info().bytes
            news.optimize()
            after = news.info().bytes
        was = "as before" if after == before else f"{before / 1e6:,.2f} MB before"
        print(f"{after / 1e6:,.2f} MB, {was}")
