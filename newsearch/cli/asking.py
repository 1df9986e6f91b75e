"""Commands that answer."""

from __future__ import annotations

import sys
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

asking_app = typer.Typer()


@asking_app.command("query")
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


@asking_app.command("info")
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
