"""The command `newsearch`: what was typed, to calls of the library, to output and an exit code.

Exit codes: 0 found, 1 nothing found, 2 error, 130 stopped. Results go to stdout, everything else
to stderr.
`keeping` has the commands that change an index, `asking` those that answer, `views` those that show
an answer as a whole, `reading` those about one article, `names` those about names, `measuring` the
one that measures answers; `shared` is what they have in common.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated

import typer

from newsearch.cli.asking import asking_app
from newsearch.cli.boilerplate import boilerplate_app
from newsearch.cli.keeping import keeping_app
from newsearch.cli.measuring import measuring_app
from newsearch.cli.names import names_app
from newsearch.cli.reading import reading_app
from newsearch.cli.views import views_app

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


for part in (
    keeping_app,
    boilerplate_app,
    asking_app,
    views_app,
    reading_app,
    names_app,
    measuring_app,
):
    app.add_typer(part)


_OF_WORDS = {"query", "timeline", "sources", "terms", "like"}  # the commands that take a query
_LEFT_OUT = re.compile(r"-[^\W\d]{2}")


def typed(arguments: list[str]) -> list[str]:
    """Return what was typed, with `-word` of a query as a part of it.

    Options of one letter are not followed by letters, so that nothing else looks like it.

    >>> typed(["query", "tram", "-zelensky", "-n3", "--json"])
    ['query', 'tram', ' -zelensky', '-n3', '--json']
    """
    if not arguments or arguments[0] not in _OF_WORDS:
        return arguments
    return [f" {each}" if _LEFT_OUT.match(each) else each for each in arguments]


def main() -> None:
    """Run the command."""
    # numpy's linear algebra, which nothing here uses, would start a thread for every core: 40 ms.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows "?"
    app(typed(sys.argv[1:]))
