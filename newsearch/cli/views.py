"""Commands that show an answer as a whole: by time, by outlet, by word."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    NO_WORD,
    NOTHING,
    ExactNames,
    IndexOption,
    JsonOption,
    LimitOption,
    PagerOption,
    QueryText,
    one_format,
    print_json,
    print_searched,
    reporting,
    say_line,
)
from newsearch.output.formats import TableFormat

if TYPE_CHECKING:
    from newsearch.views import Sources, Terms, Timeline, Views

    _View = Timeline | Sources | Terms

views_app = typer.Typer()
FormOption = Annotated[TableFormat, typer.Option("--format", help="How to print.")]


class By(StrEnum):
    """How long a bar of a timeline is."""

    auto = "auto"
    day = "day"
    week = "week"
    month = "month"
    year = "year"


@views_app.command("timeline")
def timeline_command(
    text: QueryText,
    index: IndexOption = DEFAULT_INDEX,
    by: Annotated[By, typer.Option(help="How long a bar is.")] = By.auto,
    exact_names: ExactNames = False,
    form: FormOption = TableFormat.text,
    json: JsonOption = False,
    pager: PagerOption = True,
) -> None:
    """Show when it was in the news: passages with all of the words, by day, week, month or year.

    \b
      newsearch timeline grain corridor
      newsearch timeline zelensky --by month
      newsearch timeline zelensky --format csv > zelensky.csv
    """
    unit: Any = None if by is By.auto else by.value
    query = " ".join(text)
    with reporting():
        _show(
            index,
            lambda views: views.timeline(query, unit, exact_names=exact_names),
            one_format(form, json),
            pager,
        )


@views_app.command("sources")
def sources_command(
    text: QueryText,
    index: IndexOption = DEFAULT_INDEX,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="At most; 0 for all.")] = 20,
    exact_names: ExactNames = False,
    form: FormOption = TableFormat.text,
    json: JsonOption = False,
    pager: PagerOption = True,
) -> None:
    """Show who has it: outlets with their passages, articles, first and last day, own words.

    \b
      newsearch sources grain corridor
      newsearch sources zelensky --limit 0 --format csv > outlets.csv
    """
    query = " ".join(text)
    with reporting():
        _show(
            index,
            lambda views: views.sources(query, limit=limit or None, exact_names=exact_names),
            one_format(form, json),
            pager,
        )


@views_app.command("terms")
def terms_command(
    text: QueryText,
    index: IndexOption = DEFAULT_INDEX,
    limit: LimitOption = 20,
    exact_names: ExactNames = False,
    form: FormOption = TableFormat.text,
    json: JsonOption = False,
    pager: PagerOption = True,
) -> None:
    """Show which words go with it: more frequent in its passages than in the whole index.

    \b
      newsearch terms grain corridor
      newsearch terms zelensky --limit 50
    """
    query = " ".join(text)
    with reporting():
        _show(
            index,
            lambda views: views.terms(query, limit=limit, exact_names=exact_names),
            one_format(form, json),
            pager,
        )


def _show(index: Path, ask: Callable[[Views], _View], form: TableFormat, pager: bool) -> None:
    """Print a view of an index, and below it what it is about."""
    import newsearch

    with newsearch.open(index) as news:
        started = time.perf_counter()
        view = ask(news.views)
    seconds = time.perf_counter() - started
    scope = view.scope
    for note in scope.notes:
        say_line(note)
    if not (scope.words or scope.filtered):
        say_line(NO_WORD)
        raise typer.Exit(ERROR)
    if form is not TableFormat.text:
        _print_rows(view, form)
    elif scope.passages:
        _print_lines(view, pager)
    if not scope.passages:
        some = f"no passage matches in full, {scope.partly:,} do in part: put OR between the words"
        say_line(some if scope.partly else "nothing found")
        print_searched(scope.searched)
        raise typer.Exit(NOTHING)
    if form is TableFormat.text:
        from newsearch.output.last_lines import print_below, scope_line, searched_lines

        print_below([scope_line(scope, seconds), *searched_lines(scope.searched)])


def _print_rows(view: _View, form: TableFormat) -> None:
    from newsearch.output.charts import columns, rows
    from newsearch.output.tables import table_lines

    if form is TableFormat.json:
        for row in rows(view):
            print_json(row)
        return
    delimiter = "," if form is TableFormat.csv else "\t"
    cells = (
        [", ".join(each) if isinstance(each, tuple) else each for each in row.values()]
        for row in rows(view)
    )
    for line in table_lines(columns(view), cells, delimiter):
        print(line)


def _print_lines(view: _View, pager: bool) -> None:
    import shutil

    from newsearch.output.charts import view_lines
    from newsearch.output.paging import paged

    width = shutil.get_terminal_size().columns
    lines = list(
        view_lines(view, width)
    )  # looks at the real stdout, not at what gathers for a pager
    with paged(pager):
        for line in lines:
            print(line)
