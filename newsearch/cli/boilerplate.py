"""The command about page furniture."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from newsearch.cli.shared import (
    ALL_OR_NOTHING,
    AS_BEFORE,
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
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="PATTERN", help="Take back a --keep of this pattern."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Show only this source's.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")] = 40,
    json: JsonOption = False,
) -> None:
    """Show what was set aside as page furniture: in how many articles, by which rule, an example.

    Nothing is thrown away: --keep brings it back in all articles, until --drop.

    \b
      newsearch boilerplate
      newsearch boilerplate --source harbour.example
      newsearch boilerplate --keep 'live coverage*has moved' --keep credit
      newsearch boilerplate --drop credit
    """
    with reporting(ALL_OR_NOTHING if keep or drop else AS_BEFORE):
        import newsearch
        from newsearch.cleaning.furniture_file import load_learned
        from newsearch.output.boilerplate import boilerplate_lines, changed_line, kept_line

        with newsearch.open(index) as news:
            if keep or drop:
                done = news.learn_boilerplate(keep or (), drop or ())
                if json:
                    print_json(asdict(done))
                else:
                    print(changed_line(done))
                return
            kinds = news.boilerplate()
            kept = load_learned(index).keep
        kinds = [each for each in kinds if source in (None, each.source)]
        if kept:
            say_line(kept_line(kept))
        if not kinds:
            say_line("nothing was set aside")
            raise typer.Exit(NOTHING)
        if json:
            for each in kinds[:limit]:
                print_json(asdict(each))
            return
        for line in boilerplate_lines(kinds, limit):
            print(line)
