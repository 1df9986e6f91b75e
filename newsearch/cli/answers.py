"""What is done with answers: printed in the format that was asked for, or only counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from newsearch.cli.shared import ERROR, NO_WORD, NOTHING, say_line
from newsearch.errors import InputError
from newsearch.output.answers import Answer
from newsearch.output.formats import ArticleFormat, Format, article_lines, lines
from newsearch.records import Hit, Results

if TYPE_CHECKING:
    from newsearch.views import MarkedArticle


@dataclass(frozen=True, slots=True)
class Printing:
    """How answers are to be printed.

    Attributes:
        form: The format.
        articles: Whether hits are articles.
        count: Whether only the number of passages is wanted.
        color: When to use colours, as `Color` has it.
        pager: Whether a long answer may go through a pager.
    """

    form: Format
    articles: bool = False
    count: bool = False
    color: str = "auto"
    pager: bool = True


def print_answer(results: Results, printing: Printing) -> None:
    """Print the answer to one query."""
    for note in results.notes:
        say_line(note)
    if not (results.words or results.filtered):
        say_line(NO_WORD)
        raise typer.Exit(ERROR)
    if printing.count:
        print(results.complete)
        if not results.complete:
            raise typer.Exit(NOTHING)
        return
    if printing.form is not Format.text:
        for line in lines(printing.form, [Answer(results, articles=printing.articles)]):
            print(line)
    if not results:
        from newsearch.output.explaining import help_lines, reading_lines
        from newsearch.output.terminal import print_lines, terminal

        print_lines(reading_lines(results), terminal(printing.color))
        sys.stdout.flush()
        beyond = results.offset and results.total
        say_line(f"there are at most {results.offset:,} hits" if beyond else "nothing found")
        for line in help_lines(results):
            print(line, file=sys.stderr)
        raise typer.Exit(NOTHING)
    if printing.form is Format.text:
        _print_text(results, printing)


def print_like(results: Results, printing: Printing) -> None:
    """Print what is like something; the query is the words that were looked for."""
    if printing.form is not Format.text:
        for line in lines(printing.form, [Answer(results, articles=printing.articles)]):
            print(line)
    if not results:
        say_line("nothing like it was found")
        raise typer.Exit(NOTHING)
    if printing.form is Format.text:
        from newsearch.output.last_lines import like_line

        _print_hits(results, printing, [like_line(results)])


def _print_text(results: Results, printing: Printing) -> None:
    from newsearch.output.explaining import help_lines
    from newsearch.output.last_lines import suggestion_lines, summary

    below = [summary(results), *suggestion_lines(results), *help_lines(results)]
    _print_hits(results, printing, below)


def _print_hits(results: Results, printing: Printing, below: list[str]) -> None:
    from newsearch.output.explaining import reading_lines, score_lines
    from newsearch.output.last_lines import print_below
    from newsearch.output.paging import paged
    from newsearch.output.terminal import print_hits, print_lines, terminal

    console = terminal(printing.color)
    with paged(printing.pager):
        print_lines(reading_lines(results), console)
        print_hits(results, console)
        print_lines(score_lines(results), console)
    print_below(below)


def hit_of(results: Results, number: int) -> Hit:
    """Return the one hit of an answer that was asked for by its number."""
    if not (results.words or results.filtered):
        say_line(NO_WORD)
        raise typer.Exit(ERROR)
    if not results:
        say_line(f"there is no hit {number}")
        raise typer.Exit(NOTHING)
    return results[0]


def article_form(form: Format) -> ArticleFormat:
    """Return the same format for a whole article; that there is none is a usage error."""
    if form.value not in list(ArticleFormat):
        raise typer.BadParameter(f"a whole article is printed as {', '.join(ArticleFormat)}")
    return ArticleFormat(form.value)


def print_marked(
    marked: MarkedArticle | None, removed: bool, form: ArticleFormat, color: str, pager: bool
) -> None:
    """Print a whole article; see `print_article`."""
    if marked is None:
        say_line("the article was deleted meanwhile")
        raise typer.Exit(NOTHING)
    for note in marked.notes:
        say_line(note)
    if form is not ArticleFormat.text:
        for line in article_lines(form, marked, removed):
            print(line)
        return
    from newsearch.output.article import print_article
    from newsearch.output.paging import paged
    from newsearch.output.terminal import terminal

    console = terminal(color)
    with paged(pager):
        print_article(marked, console, removed)


def print_answers(search: Callable[[str], Results], path: str, printing: Printing) -> None:
    """Ask the queries of a file one after the other and print each answer as it comes."""
    asked = _Asked(search, path, printing.articles)
    if printing.count:
        for answer in asked.answers():
            print(f"{answer.name}\t{answer.results.complete}")
    elif printing.form is Format.text:
        from newsearch.output.paging import paged
        from newsearch.output.terminal import print_hits, print_query, terminal

        console = terminal(printing.color)
        with paged(printing.pager):
            for answer in asked.answers():
                print_query(answer, console)
                print_hits(answer.results, console)
                if not answer.results:
                    print("nothing found")
    else:
        for line in lines(printing.form, asked.answers()):
            print(line)
    if not (asked.asked or asked.problems):
        raise InputError(path, "no query is in it")
    if asked.problems:
        raise typer.Exit(ERROR)
    if not asked.found:
        say_line("nothing found")
        raise typer.Exit(NOTHING)


class _Asked:
    """Asks the queries of a file, says what can't be asked, and counts both.

    Attributes:
        asked: Queries that were asked.
        found: Those with an answer.
        problems: Lines, or queries, that could not be asked.
    """

    def __init__(self, search: Callable[[str], Results], path: str, articles: bool) -> None:
        self._search = search
        self._articles = articles
        self._path = path
        self.asked = 0
        self.found = 0
        self.problems = 0

    def answers(self) -> Iterator[Answer]:
        from newsearch.queries import read_queries

        for query in read_queries(self._path, self._report):
            results = self._search(query.text)
            for note in results.notes:
                say_line(f"query {query.id}: {note}")
            if not (results.words or results.filtered):
                self.problems += 1
                say_line(f"query {query.id}: there is no word to look for")
                continue
            self.asked += 1
            self.found += bool(results.hits or results.complete)
            yield Answer(results, query.id, self._articles)

    def _report(self, problem: InputError) -> None:
        self.problems += 1
        say_line(str(problem))
