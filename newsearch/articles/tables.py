"""Tables, as spreadsheets and databases write them: one article a row, its fields in columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from newsearch.articles.encodings import guess
from newsearch.articles.fields import article_from, no_text
from newsearch.articles.source import (
    ARTICLE_AT_MOST,
    Problem,
    Source,
    is_too_long,
    lines,
    too_long,
)
from newsearch.errors import Doubt, InputError
from newsearch.records import Article

_MARKS = ",\t;|"  # what stands between columns, the most usual first
_NO_MARK = "\x1f"  # a table of one column has none; this one, made for it, nobody uses


def read_table(source: Source, report: Problem) -> Iterator[Article]:
    """Yield an article for each row but the first, which names the columns.

    An article with neither id nor URL is known by the file and the line in which its row begins.
    """
    # The module keeps one number for all tables that this program reads.
    csv.field_size_limit(max(csv.field_size_limit(), ARTICLE_AT_MOST))
    text = _Lines(source, report)
    first = next(text, "")
    columns, mark = max(
        ((_cells(first, mark), mark) for mark in _MARKS), key=lambda each: _known(source, each[0])
    )
    if not _known(source, columns)[0]:
        raise InputError(source.path, f"{no_text(source, dict.fromkeys(columns))}; left out")
    rows = csv.reader(text, delimiter=mark if len(columns) > 1 else _NO_MARK)
    while True:
        line = text.number + 1
        try:
            row = next(rows, None)
            if row is None:
                return
            if row:
                made_id = f"{source.path}#{line}"
                fields = _fields(source, columns, row)
                yield article_from(source, fields, report, made_id=made_id, line=line)
        except csv.Error:
            reason = f"a cell {too_long(ARTICLE_AT_MOST)}; is a quotation mark not closed? Left out"
            report(InputError(source.path, reason, line))
        except InputError as problem:
            report(InputError(source.path, problem.reason, line))


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]


def _known(source: Source, columns: list[str]) -> tuple[bool, int]:
    """Return whether one of some columns has the text, and how many are of use."""
    found = source.naming.of(tuple(columns))
    known = [part for part, names in found.items() if any(name in columns for name in names)]
    return any(part in known for part in ("text", "html", "summary")), len(known)


def _fields(source: Source, columns: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(columns) and any(row[len(columns) :]):
        raise InputError(
            source.path, f"{len(row)} cells in a table of {len(columns)} columns; left out"
        )
    return dict(zip(columns, row, strict=False))


class _Lines:
    """The lines of a table as text, and the number of the last one."""

    def __init__(self, source: Source, report: Problem) -> None:
        self.number = 0
        self._source = source
        self._report = report
        self._pieces = self._split()
        self._encoding = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def _split(self) -> Iterator[str]:
        for number, line in enumerate(lines(self._source.stream), 1):
            self.number = number
            if is_too_long(line, number, self._source, self._report):
                continue
            text = self._decoded(line)
            if "\r" in text:  # which ends lines, too, on machines of long ago
                yield from _LINE.findall(text)
            else:
                yield text

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode().removeprefix("\ufeff")
        except UnicodeDecodeError:
            if not self._encoding:
                self._encoding = guess(line) or "cp1252"
                reason = f"not UTF-8; read as {self._encoding}, which is a guess"
                self._report(Doubt(self._source.path, reason, self.number))
            return line.decode(self._encoding, "replace")


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
