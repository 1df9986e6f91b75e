"""The commands about names: what is one name in an index, why, and what a person says of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    NOTHING,
    IndexOption,
    JsonOption,
    print_json,
    reporting,
    say_line,
)

if TYPE_CHECKING:
    from newsearch import NewsIndex


class _Words(TyperGroup):
    """A group of commands; what is none of them is a word for the command `show`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            args = ["show", *args]
        return super().resolve_command(ctx, args)


names_app = typer.Typer(
    name="names",
    cls=_Words,
    help="Show which spellings are one name, or say which are.",
    epilog="A word that is no command is looked up: newsearch names zelensky",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Words = Annotated[list[str], typer.Argument(metavar="WORD", help="Names, of one word each.")]
Why = Annotated[str, typer.Option(help="A reason, for the next reader of the file.")]
Everywhere = Annotated[
    bool, typer.Option("--everywhere", help="In your own file, for all indexes; not this one's.")
]


@names_app.command("show")
def show_command(
    words: Words, index: IndexOption = DEFAULT_INDEX, json: JsonOption = False
) -> None:
    """Show the spellings of a name: how often each stands, since when, and why it is one.

    \b
      newsearch names zelensky
      newsearch names zelensky --json
    """
    with reporting():
        import newsearch
        from newsearch.output.names import spelling_lines

        found = False
        with newsearch.open(index) as news:
            _say_problem(news)
            for word in words:
                spellings = news.names.spellings(word, level="suggested")
                found = found or bool(spellings)
                if json:
                    for each in spellings:
                        print_json({"word": word, **asdict(each)})
                elif spellings:
                    print("\n".join(spelling_lines(word, spellings)))
                else:
                    say_line(f"the index has no spelling of {word}")
        if not found:
            raise typer.Exit(NOTHING)


@names_app.command("list")
def list_command(
    index: IndexOption = DEFAULT_INDEX,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="At most; 0 for all.")] = 0,
    json: JsonOption = False,
) -> None:
    """List the names of the index that have several spellings, the most frequent first.

    \b
      newsearch names list
      newsearch names list --limit 20
    """
    with reporting():
        from itertools import islice

        import newsearch
        from newsearch.output.names import group_line

        listed = 0
        with newsearch.open(index) as news:
            _say_problem(news)
            for group in islice(news.names.groups(), limit or None):
                listed += 1
                if json:
                    print_json({"spellings": [asdict(each) for each in group]})
                else:
                    print(group_line(group))
        if not listed:
            say_line("no name of this index has several spellings")
            raise typer.Exit(NOTHING)


@names_app.command("same")
def same_command(
    words: Words, index: IndexOption = DEFAULT_INDEX, why: Why = "", everywhere: Everywhere = False
) -> None:
    """Say that spellings are one name; nothing has to be indexed again.

    \b
      newsearch names same Odesa Odessa --why "the Ukrainian and the Russian name"
    """
    _say("same", words, index, why, everywhere)


@names_app.command("apart")
def apart_command(
    words: Words, index: IndexOption = DEFAULT_INDEX, why: Why = "", everywhere: Everywhere = False
) -> None:
    """Say that names are not one, however alike they look.

    \b
      newsearch names apart Zelensky Zelinsky
    """
    _say("apart", words, index, why, everywhere)


@names_app.command("explain")
def explain_command(
    one: Annotated[str, typer.Argument(metavar="ONE")],
    other: Annotated[str, typer.Argument(metavar="OTHER")],
    index: IndexOption = DEFAULT_INDEX,
    json: JsonOption = False,
) -> None:
    """Show why two words are one name in this index, or are not.

    \b
      newsearch names explain Zelensky Selenskyj
    """
    with reporting():
        import newsearch
        from newsearch.output.names import judgement_line

        with newsearch.open(index) as news:
            _say_problem(news)
            judged = news.names.explain(one, other)
        if json:
            print_json({"one": one, "other": other, **asdict(judged)})
        else:
            print(judgement_line(one, other, judged))
        if judged.level != "folded":
            raise typer.Exit(NOTHING)


@names_app.command("export")
def export_command(index: IndexOption = DEFAULT_INDEX) -> None:
    """Print the names of the index as a names file, to be read, mended and used.

    \b
      newsearch names export > names.toml
    """
    with reporting():
        import newsearch

        with newsearch.open(index) as news:
            print(news.names.export(), end="")


def _say_problem(news: NewsIndex) -> None:
    problem = news.names.problem
    if problem:
        say_line(problem)


def _say(
    verdict: Literal["same", "apart"], words: list[str], index: Path, why: str, everywhere: bool
) -> None:
    """Write what a person says of some words to a names file, and print where it is."""
    with reporting():
        import newsearch

        with newsearch.open(index) as news:
            say = news.names.same if verdict == "same" else news.names.apart
            path = say(*words, why=why, everywhere=everywhere)
        print(f"{(' = ' if verdict == 'same' else ' ≠ ').join(words)} → {path}")
