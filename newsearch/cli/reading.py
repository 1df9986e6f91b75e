"""Commands about one article: what is in it, and what is like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    NO_WORD,
    NOTHING,
    Color,
    ColorOption,
    ExactNames,
    FormOption,
    IndexOption,
    JsonOption,
    LimitOption,
    PagerOption,
    one_format,
    reporting,
    say_line,
)
from newsearch.output.formats import ArticleFormat, Format

if TYPE_CHECKING:
    from newsearch import NewsIndex

reading_app = typer.Typer()
_IDS_AT_MOST = 10


@reading_app.command("like")
def like_command(
    text: Annotated[list[str], typer.Argument(metavar="ID|TEXT", help="An article, or a text.")],
    index: IndexOption = DEFAULT_INDEX,
    passage: Annotated[
        int | None, typer.Option(min=0, help="Only that passage of the article, as JSON has it.")
    ] = None,
    limit: LimitOption = 10,
    articles: Annotated[
        bool, typer.Option("--articles", help="Show articles, with their best passages.")
    ] = False,
    form: FormOption = Format.text,
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
        import newsearch
        from newsearch.cli.answers import Printing, print_like

        printing = Printing(one_format(form, json), articles, False, color.value, pager)
        with newsearch.open(index) as news:
            article_id = _one_id(news, " ".join(text), quiet=passage is None)
            found = news.views.like(
                " ".join(text),
                article_id=article_id,
                passage=passage,
                limit=limit,
                per_article=3 if articles else 1,
                articles=articles,
            )
        if not "".join(text).strip():
            say_line(NO_WORD)
            raise typer.Exit(ERROR)
        if found is None:
            say_line(f"the article has no passage {passage}; they are counted from 0")
            raise typer.Exit(NOTHING)
        print_like(found, printing)


@reading_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, or the name of its file.")],
    query: Annotated[str, typer.Option("--query", "-q", help="Mark what answers this.")] = "",
    index: IndexOption = DEFAULT_INDEX,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what cleaning set aside, too.")
    ] = False,
    exact_names: ExactNames = False,
    form: Annotated[
        ArticleFormat, typer.Option("--format", help="How to print.")
    ] = ArticleFormat.text,
    json: JsonOption = False,
    color: ColorOption = Color.auto,
    pager: PagerOption = True,
) -> None:
    """Show a whole article, with the words of a query marked.

    \b
      newsearch show tpa-20250313-0552 --query "grain corridor"
      newsearch show 003_2d6ef01493bc785a.txt --removed
      newsearch show tpa-20250313-0552 --format md >> notes.md
    """
    with reporting():
        import newsearch
        from newsearch.cli.answers import print_marked

        form = one_format(form, json)
        with newsearch.open(index) as news:
            article_id = _one_id(news, name)
            marked = article_id and news.views.article(article_id, query, exact_names=exact_names)
        if not marked:
            raise typer.Exit(NOTHING)
        print_marked(marked, removed, form, color.value, pager)


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
