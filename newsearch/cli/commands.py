"""The commands of `newsearch`, but those about names."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    NOTHING,
    Color,
    ColorOption,
    IndexOption,
    JsonOption,
    print_json,
    reporting,
    say_line,
)

app = typer.Typer(
    name="newsearch",
    help="Search a pile of news; find the passages that say it, however names are spelled.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from newsearch import __version__

        print(f"newsearch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command("index")
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


@app.command("query")
def query_command(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to look for.")],
    index: IndexOption = DEFAULT_INDEX,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")] = 10,
    per_article: Annotated[
        int, typer.Option(min=0, help="At most so many passages of one article; 0 for all.")
    ] = 3,
    exact_names: Annotated[
        bool, typer.Option("--exact-names", help="Look for names only as they are spelled here.")
    ] = False,
    json: JsonOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Show the passages that answer best, best first.

    \b
      newsearch query security guarantees
      newsearch query '"president zelensky" -ferry'
      newsearch query 'kyiv OR (brannheim AND guarant*)' --limit 20
      newsearch query zelenskyy --json | jq .title
    """
    with reporting():
        import newsearch

        with newsearch.open(index) as news:
            most = per_article or None
            results = news.search(
                " ".join(text),
                limit=limit,
                per_article=most,
                count=True,
                exact_names=exact_names,
                suggest=not (json or exact_names),
            )
        for note in results.notes:
            say_line(note)
        if not results.words:
            say_line("there is no word to look for; try: newsearch query security guarantees")
            raise typer.Exit(ERROR)
        if not results:
            say_line("nothing found")
            raise typer.Exit(NOTHING)
        if json:
            from newsearch.output.json_lines import json_lines

            for line in json_lines(results):
                print(line)
            return
        from newsearch.output.terminal import print_hits, suggestion_lines, summary, terminal

        print_hits(results, terminal(color.value))
        sys.stdout.flush()
        print(f"\n{summary(results)}", file=sys.stderr)
        for line in suggestion_lines(results):
            print(line, file=sys.stderr)


@app.command("info")
def info_command(
    index: IndexOption = DEFAULT_INDEX,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what cleaning took out of the articles.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show what the index holds.

    \b
      newsearch info
      newsearch info --removed
    """
    with reporting():
        import newsearch
        from newsearch.output.terminal import info_lines, removal_line

        with newsearch.open(index) as news:
            if not removed:
                info = news.info()
                if json:
                    print_json(asdict(info))
                else:
                    print("\n".join(info_lines(info, index)))
                return
            for article_id in news.article_ids():
                for each in news.removed(article_id):
                    if json:
                        print_json({"article_id": article_id, **asdict(each)})
                    else:
                        print(removal_line(article_id, each))


@app.command("delete")
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


@app.command("check")
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
        from newsearch.output.terminal import safe

        problems = 0
        for problem in check(index, fast=fast):
            problems += 1
            print(safe(problem))
        if problems:
            raise typer.Exit(ERROR)
        print(f"nothing is wrong with {index}")


@app.command("optimize")
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
