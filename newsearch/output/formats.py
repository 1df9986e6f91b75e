"""The formats in which answers and articles can be taken elsewhere, by name.

A new one is a function from answers, or from an article, to lines, and an entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newsearch.output.answers import Answer
    from newsearch.views import MarkedArticle


class Format(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    md = "md"
    trec = "trec"
    html = "html"


class TableFormat(StrEnum):
    """How a table is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    tsv = "tsv"


class ArticleFormat(StrEnum):
    """How a whole article is printed."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"


# Where each format's function is: only the one that is asked for is loaded.
FORMATS = {
    Format.json: ("json_lines", "json_lines"),
    Format.csv: ("tables", "csv_lines"),
    Format.tsv: ("tables", "tsv_lines"),
    Format.md: ("markdown", "markdown_lines"),
    Format.trec: ("tables", "trec_lines"),
    Format.html: ("html", "html_lines"),
}
ARTICLE_FORMATS = {
    ArticleFormat.json: ("json_lines", "json_article"),
    ArticleFormat.md: ("markdown", "markdown_article"),
    ArticleFormat.html: ("html", "html_article"),
}


def lines(form: Format, answers: Iterable[Answer]) -> Iterator[str]:
    """Return the lines of answers in a format other than text, without line ends."""
    return cast("Callable[[Iterable[Answer]], Iterator[str]]", _function(*FORMATS[form]))(answers)


def article_lines(form: ArticleFormat, marked: MarkedArticle, removed: bool) -> Iterator[str]:
    """Return the lines of an article in a format other than text, without line ends.

    Args:
        form: The format.
        marked: The article.
        removed: Whether to have what cleaning set aside, too.
    """
    write = _function(*ARTICLE_FORMATS[form])
    return cast("Callable[[MarkedArticle, bool], Iterator[str]]", write)(marked, removed)


def _function(module: str, name: str) -> object:
    return getattr(import_module(f"newsearch.output.{module}"), name)
