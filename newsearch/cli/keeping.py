"""Commands that change an index or look after it."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    NOTHING,
    IndexOption,
    JsonOption,
    print_json,
    reporting,
    say_line,
)

keeping_app = typer.Typer()


@keeping_app.command("index")
def index_command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for JSON lines.")
    ],
    index: IndexOption = DEFAULT_INDEX,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Use so many processes; by default one for each core."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Add articles to the index: new ones are added, changed ones replaced.

    \b
      newsearch index articles/
      newsearch index dump.jsonl.gz more.txt --index news.index
      scraper | newsearch index -
    """
    with reporting():
        from newsearch.index import open_or_create
        from newsearch.output.progress import Problems, reading
        from newsearch.output.terminal import index_line
        from newsearch.records import AddReport
        from newsearch.workers import cores

        started = time.perf_counter()
        problems = Problems()
        there = list(problems.existing(paths))
        if not there:
            raise typer.Exit(ERROR)
        with open_or_create(index) as news, reading(there, problems) as articles:
            report = news.add(articles, jobs=jobs or cores())
        problems.sum_up()
        if json:
            print_json({**asdict(report), **problems.counts()})
        elif report != AddReport():
            print(index_line(report, index, time.perf_counter() - started))
        seen = report.added + report.changed + report.unchanged
        if problems.missing or (problems.unreadable and not seen):
            raise typer.Exit(ERROR)
        if not seen:
            say_line("there was no article to index")
            raise typer.Exit(NOTHING)


@keeping_app.command("delete")
def delete_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="As `query --json` shows them.")],
    index: IndexOption = DEFAULT_INDEX,
) -> None:
    """Delete articles from the index, by their ids.

    \b
      newsearch delete tpa-20250313-0552
    """
    with reporting():
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

        problems = 0
        for problem in check(index, fast=fast):
            problems += 1
            print(safe(problem))
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
        print(f"{before / 1e6:,.1f} MB → {after / 1e6:,.1f} MB")
