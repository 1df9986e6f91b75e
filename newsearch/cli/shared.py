"""What the commands share: options, how they speak, and how errors end them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from newsearch.errors import NewsearchError
from newsearch.output.formats import ArticleFormat, Format, TableFormat

if TYPE_CHECKING:
    from newsearch.insights import Searched

NOTHING, ERROR, STOPPED = 1, 2, 130  # the last as shells have it for Ctrl-C
NO_WORD = "there is no word to look for; try: newsearch query security guarantees"
AS_BEFORE = "stopped; the index is as it was before"
ALL_OR_NOTHING = "stopped; all of this was done, or nothing"


class Color(StrEnum):
    """When to use colours."""

    auto = "auto"
    always = "always"
    never = "never"


class Order(StrEnum):
    """What comes first in an answer."""

    score = "score"
    date = "date"


IndexOption = Annotated[
    Path,
    typer.Option("--index", envvar="NEWSEARCH_INDEX", help="The folder of the index."),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME", help="What a field of articles is called there."),
]
QueryText = Annotated[list[str], typer.Argument(metavar="TEXT", help="As for newsearch query.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")]
ExactNames = Annotated[
    bool, typer.Option("--exact-names", help="Look for names only as they are spelled here.")
]
FormOption = Annotated[Format, typer.Option("--format", help="How to print.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON, for other programs.")]
ColorOption = Annotated[Color, typer.Option(help="Colours: auto is on a terminal only.")]
PagerOption = Annotated[
    bool, typer.Option("--pager/--no-pager", help="Whether a long answer goes through a pager.")
]
DEFAULT_INDEX = Path("index")


def mapping(given: list[str] | None) -> dict[str, str]:
    """Return the names that fields have in files, as they were typed: text=body.

    Raises:
        NewsearchError: One was typed otherwise, or an article has no such field.
    """
    from newsearch.articles.naming import Naming

    pairs = [each.partition("=") for each in given or ()]
    for field, equals, name in pairs:
        if not (field and equals and name):
            raise NewsearchError(f"--map {field}{equals}{name} is not FIELD=NAME, as text=body is")
    return Naming({field.strip(): name.strip() for field, _, name in pairs}).given


_Form = TypeVar("_Form", Format, TableFormat, ArticleFormat)


def one_format(form: _Form, json: bool) -> _Form:
    """Return the format that was asked for; `--json` and another one are a usage error."""
    if json and form not in ("text", "json"):
        raise typer.BadParameter(f"--json and --format {form} are two formats; choose one")
    return type(form)("json") if json else form


def print_json(facts: dict[str, object]) -> None:
    """Print one object as one line of JSON."""
    from newsearch.output.json_lines import json_line

    print(json_line(facts))


def print_searched(searched: Searched | None) -> None:
    """Say on stderr what was looked through."""
    from newsearch.output.last_lines import searched_lines

    for line in searched_lines(searched):
        print(line, file=sys.stderr)


def say_line(sentence: str) -> None:
    """Say one line on stderr."""
    from newsearch.output.progress import say

    say(sentence)


@contextmanager
def _heard() -> Iterator[None]:
    """Let Ctrl-C be an error that can be told, where it just ends the process before and after."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def reporting(stopped: str = AS_BEFORE) -> Iterator[None]:
    """Turn errors into one line and an exit code; a reader that has gone away is no error.

    Args:
        stopped: What is true of the index when Ctrl-C has ended the command.
    """
    try:
        with _heard():
            yield
            sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain again when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except NewsearchError as error:
        say_line(str(error))
        raise typer.Exit(ERROR) from error
    except KeyboardInterrupt:
        say_line(stopped)
        raise typer.Exit(STOPPED) from None
    except (typer.Exit, typer.BadParameter):
        raise
    except Exception as error:  # what nobody has foreseen is not shown as Python shows it
        from traceback import extract_tb

        last = extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}:{last.lineno}"
        say_line(
            f"{type(error).__name__} in {place} ({error}); newsearch check tells whether the index "
            "is damaged. If it is not, newsearch is at fault: please report it"
        )
        raise typer.Exit(ERROR) from error
