"""Commands that answer."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    Color,
    ColorOption,
    ExactNames,
    FormOption,
    IndexOption,
    JsonOption,
    LimitOption,
    Order,
    PagerOption,
    one_format,
    print_json,
    reporting,
)
from newsearch.output.formats import Format

asking_app = typer.Typer()
_WHOLE = 1 << 30  # characters: more than any passage has


@asking_app.command("query")
def query_command(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What to look for.")
    ] = None,
    index: IndexOption = DEFAULT_INDEX,
    limit: LimitOption = 10,
    offset: Annotated[int, typer.Option(min=0, help="Pass over so many first.")] = 0,
    articles: Annotated[
        bool, typer.Option("--articles", help="Show each article once, with its best passages.")
    ] = False,
    per_article: Annotated[
        int, typer.Option(min=0, help="At most so many passages of one article; 0 for all.")
    ] = 3,
    sort: Annotated[Order, typer.Option(help="Best first, or newest first.")] = Order.score,
    exact_names: ExactNames = False,
    queries: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Ask each line, or JSON with id and text; - is stdin."),
    ] = None,
    count: Annotated[
        bool, typer.Option("--count", help="Only say how many passages match in full.")
    ] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="Show a passage once for each article that has it.")
    ] = False,
    open_hit: Annotated[
        int | None,
        typer.Option("--open", metavar="N", min=1, help="Show the N-th hit's whole article."),
    ] = None,
    snippet: Annotated[
        int | None, typer.Option(min=20, help="Show so many characters at most; mostly 240.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show whole passages.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how the query is read and hits are scored.")
    ] = False,
    form: FormOption = Format.text,
    json: JsonOption = False,
    color: ColorOption = Color.auto,
    pager: PagerOption = True,
) -> None:
    """Show the passages that answer best, best first.

    \b
      newsearch query security guarantees
      newsearch query '"president zelensky" -ferry'
      newsearch query 'kyiv OR (brannheim AND guarant*)' --limit 20
      newsearch query 'ferry w/5 (strike OR tram) source:bbc* after:2025-02' --explain
      newsearch query zelenskyy --articles --sort date
      newsearch query zelenskyy --open 2
      newsearch query zelenskyy --json | jq .title
      newsearch query zelenskyy --format html > zelenskyy.html
      newsearch query --queries questions.txt --format trec > run.txt
    """
    with reporting():
        import newsearch
        from newsearch.cli.answers import (
            Printing,
            article_form,
            hit_of,
            print_answer,
            print_answers,
            print_marked,
        )

        printing = Printing(one_format(form, json), articles, count, color.value, pager)
        if printing.form is Format.trec and sort is not Order.score:
            raise typer.BadParameter("a TREC run is in the order of scores; leave --sort out")
        if explain and (queries is not None or count or printing.form is not Format.text):
            raise typer.BadParameter("--explain goes with one query and the format text")
        if bool(text) == (queries is not None):
            raise typer.BadParameter("give words to look for, or --queries FILE")
        if open_hit is not None and (queries or count or offset):
            raise typer.BadParameter("--open shows one hit of one query, and --offset is in it")
        with newsearch.open(index) as news:
            search = partial(
                news.search,
                limit=0 if count else limit,
                per_article=per_article or None,
                count=True,
                exact_names=exact_names,
                articles=articles,
                offset=offset,
                sort=sort.value,
                # Whoever judges passages judges each.
                copies=copies or printing.form is Format.trec,
                snippet=_WHOLE if full else snippet,
            )
            if queries is not None:
                print_answers(search, queries, printing)
                return
            if open_hit is not None:
                shown_as = article_form(printing.form)
                results = search(" ".join(text or ()), offset=open_hit - 1, limit=1)
                hit = hit_of(results, open_hit)
                marked = news.views.article(hit.article_id, results.query, exact_names=exact_names)
                print_marked(marked, False, shown_as, color.value, pager)
                return
            readable = printing.form in (Format.text, Format.html) and not count
            print_answer(search(" ".join(text or ()), suggest=readable, explain=explain), printing)


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
