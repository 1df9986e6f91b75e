"""The command about page furniture."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    NOTHING,
    IndexOption,
    JsonOption,
    print_json,
    reporting,
    say_line,
)

boilerplate_app = typer.Typer()


@boilerplate_app.command("boilerplate")
def boilerplate_command(
    index: IndexOption = DEFAULT_INDEX,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="PATTERN",
            help="Bring back what holds this text (* for anything), or what this rule took out.",
        ),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Show only this source's.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")] = 40,
    json: JsonOption = False,
) -> None:
    """Show what was set aside as page furniture: in how many articles, by which rule, an example.

    Nothing is thrown away: --keep brings it back, for good, in all articles.

    \b
      newsearch boilerplate
      newsearch boilerplate --source harbour.example
      newsearch boilerplate --keep 'live coverage*has moved' --keep credit
    """
    with reporting():
        import newsearch
        from newsearch.output.boilerplate import boilerplate_lines, kept_line

        with newsearch.open(index) as news:
            if keep:
                done = news.learn_boilerplate(keep)
                if json:
                    print_json(asdict(done))
                else:
                    print(kept_line(done))
                return
            kinds = news.boilerplate()
        kinds = [each for each in kinds if source in (None, each.source)]
        if not kinds:
            say_line("nothing was set aside")
            raise typer.Exit(NOTHING)
        if json:
            for each in kinds[:limit]:
                print_json(asdict(each))
            return
        for line in boilerplate_lines(kinds, limit):
            print(line)
