"""Commands that show an answer as a whole, more like something, or a whole article."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    NOTHING,
    Color,
    ColorOption,
    IndexOption,
    JsonOption,
    PagerOption,
    print_json,
    reporting,
    say_line,
)
from newsearch.output.formats import Format, TableFormat

if TYPE_CHECKING:
    from newsearch import NewsIndex
    from newsearch.views import Sources, Terms, Timeline

views_app = typer.Typer()


class By(StrEnum):
    """How long a bar of a timeline is."""

    auto = "auto"
    day = "day"
    week = "week"
    month = "month"
    year = "year"


Query = Annotated[list[str], typer.Argument(metavar="TEXT", help="As for newsearch query.")]
ExactNames = Annotated[
    bool, typer.Option("--exact-names", help="Look for names only as they are spelled here.")
]
FormOption = Annotated[TableFormat, typer.Option("--format", help="How to print.")]


@views_app.command("timeline")
def timeline_command(
    text: Query,
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
    with reporting():
        from newsearch.output.charts import timeline_lines

        unit: Any = None if by is By.auto else by.value
        with _opened(index) as news:
            started = time.perf_counter()
            found = news.views.timeline(" ".join(text), unit, exact_names=exact_names)
        _print_view(found, started, form, json, pager, lambda width: timeline_lines(found, width))


@views_app.command("sources")
def sources_command(
    text: Query,
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
    with reporting():
        from newsearch.output.charts import sources_lines

        with _opened(index) as news:
            started = time.perf_counter()
            query = " ".join(text)
            found = news.views.sources(query, limit=limit or None, exact_names=exact_names)
        _print_view(found, started, form, json, pager, lambda width: sources_lines(found, width))


@views_app.command("terms")
def terms_command(
    text: Query,
    index: IndexOption = DEFAULT_INDEX,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many at most.")] = 20,
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
    with reporting():
        from newsearch.output.charts import terms_lines

        with _opened(index) as news:
            started = time.perf_counter()
            found = news.views.terms(" ".join(text), limit=limit, exact_names=exact_names)
        _print_view(found, started, form, json, pager, lambda width: terms_lines(found, width))


@views_app.command("like")
def like_command(
    text: Annotated[list[str], typer.Argument(metavar="ID|TEXT", help="An article, or a text.")],
    index: IndexOption = DEFAULT_INDEX,
    passage: Annotated[
        int | None, typer.Option(min=0, help="Only that passage of the article, as JSON has it.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")] = 10,
    articles: Annotated[
        bool, typer.Option("--articles", help="Show articles, with their best passages.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
    json: JsonOption = False,
    color: ColorOption = Color.auto,
    pager: PagerOption = True,
) -> None:
    """Show what is about the same as an article of the index, or as any text.

    An article goes by its id, or by the name of its file.

    \b
      newsearch like tpa-20250313-0552
      newsearch like tpa-20250313-0552 --articles
      newsearch like "ships wait for insurers to cover the grain route"
    """
    with reporting():
        from newsearch.cli.answers import Printing, form_of, print_like
        from newsearch.cli.shared import Order

        printing = Printing(form_of(form, json, Order.score), articles, False, color.value, pager)
        with _opened(index) as news:
            article_id = _one_id(news, " ".join(text), quiet=passage is None)
            found = news.views.like(
                " ".join(text),
                article_id=article_id,
                passage=passage,
                limit=limit,
                per_article=3 if articles else 1,
                articles=articles,
            )
        if found is None:
            say_line(f"the article has no passage {passage}; they are counted from 0")
            raise typer.Exit(NOTHING)
        print_like(found, printing)


@views_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, or the name of its file.")],
    query: Annotated[str, typer.Option("--query", "-q", help="Mark what answers this.")] = "",
    index: IndexOption = DEFAULT_INDEX,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what cleaning set aside, too.")
    ] = False,
    exact_names: ExactNames = False,
    json: JsonOption = False,
    color: ColorOption = Color.auto,
    pager: PagerOption = True,
) -> None:
    """Show a whole article, with the words of a query marked.

    \b
      newsearch show tpa-20250313-0552 --query "grain corridor"
      newsearch show 003_2d6ef01493bc785a.txt --removed
    """
    with reporting():
        from newsearch.cli.answers import Printing, print_marked

        form = Format.json if json else Format.text
        printing = Printing(form, False, False, color.value, pager)
        with _opened(index) as news:
            article_id = _one_id(news, name)
            marked = article_id and news.views.article(article_id, query, exact_names=exact_names)
        if not marked:
            raise typer.Exit(NOTHING)
        print_marked(marked, removed, printing)


def _opened(index: object) -> NewsIndex:
    import newsearch

    return newsearch.open(str(index))


def _one_id(news: NewsIndex, name: str, quiet: bool = False) -> str | None:
    """Return the id of the article that goes by a name, or None; say what is wrong with it."""
    found = news.views.ids(name)
    if len(found) > 1:
        say_line(f"{name} may be any of {len(found):,} articles; take one by its id:")
        for each in found[:_IDS_AT_MOST]:
            say_line(each)
        raise typer.Exit(ERROR)
    if not found and not quiet:
        say_line(f"there is no article with the id {name}; `newsearch query --json` shows ids")
    return found[0] if found else None


_IDS_AT_MOST = 10


def _print_view(
    view: Timeline | Sources | Terms,
    started: float,
    form: TableFormat,
    json: bool,
    pager: bool,
    text_lines: Callable[[int], Iterator[str]],
) -> None:
    """Print a view, and below it what it is about."""
    seconds = time.perf_counter() - started
    scope = view.scope
    for note in scope.notes:
        say_line(note)
    if not (scope.words or scope.filtered):
        say_line("there is no word to look for; try: newsearch timeline security guarantees")
        raise typer.Exit(ERROR)
    if json or form is not TableFormat.text:
        _print_rows(view, TableFormat.json if json else form)
    elif scope.passages:
        _print_lines(text_lines, pager)
    if not scope.passages:
        some = f"no passage has all the words; {scope.partly:,} have some: put OR between them"
        say_line(some if scope.partly else "nothing found")
        raise typer.Exit(NOTHING)
    if form is TableFormat.text and not json:
        from newsearch.output.charts import scope_line
        from newsearch.output.last_lines import name_notes, print_below

        took = f"{seconds * 1000:.0f} ms"
        print_below([" · ".join([scope_line(scope), took, *name_notes(scope.names)])])


def _print_rows(view: Timeline | Sources | Terms, form: TableFormat) -> None:
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


def _print_lines(text_lines: Callable[[int], Iterator[str]], pager: bool) -> None:
    import shutil

    from newsearch.output.paging import paged

    width = shutil.get_terminal_size().columns
    lines = list(text_lines(width))
    with paged(pager):
        for line in lines:
            print(line)
