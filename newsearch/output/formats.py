"""The formats in which answers can be taken elsewhere, by name.

A new one is a function from answers to lines, and an entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newsearch.output.answers import Answer


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


# Where each format's function is: only the one that is asked for is loaded.
FORMATS = {
    Format.json: ("json_lines", "json_lines"),
    Format.csv: ("tables", "csv_lines"),
    Format.tsv: ("tables", "tsv_lines"),
    Format.md: ("markdown", "markdown_lines"),
    Format.trec: ("tables", "trec_lines"),
    Format.html: ("html", "html_lines"),
}


def lines(form: Format, answers: Iterable[Answer]) -> Iterator[str]:
    """Return the lines of answers in a format other than text, without line ends."""
    module, name = FORMATS[form]
    write = getattr(import_module(f"newsearch.output.{module}"), name)
    return cast("Callable[[Iterable[Answer]], Iterator[str]]", write)(answers)
