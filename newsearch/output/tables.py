"""Hits as tables and runs: one line a hit, for spreadsheets, data frames and evaluation.

What a spreadsheet could take for a formula is marked as text (see `safety.cell`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from newsearch.evaluating import run_line
from newsearch.output.answers import Answer
from newsearch.output.safety import cell
from newsearch.records import Hit

COLUMNS = (
    "rank", "title", "source", "author", "date", "url", "snippet", "spellings", "score",
    "article_id", "passage", "start", "end", "text",
)  # fmt: skip


def csv_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield a heading and a line for each hit, as RFC 4180 has it, without line ends."""
    return _hit_lines(answers, ",")


def tsv_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the same with tabs; no cell holds a tab or a line end."""
    return _hit_lines(answers, "\t")


def trec_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield a TREC run: query, "Q0", passage or article, rank, score, "newsearch"."""
    for answer in answers:
        for rank, hit in answer.ranked():
            yield run_line(answer.name or "1", answer.document(hit), rank, hit.score)


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ","
) -> Iterator[str]:
    """Yield a table as lines; None is an empty cell, and texts are made harmless."""
    writer = csv.writer(_Echo(), delimiter=delimiter, lineterminator="")
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([cell(each) if isinstance(each, str) else each for each in row])


class _Echo:
    """What a csv writer writes to, so that it gives its lines back."""

    def write(self, line: str) -> str:
        return line


def _hit_lines(answers: Iterable[Answer], delimiter: str) -> Iterator[str]:
    given = iter(answers)
    first = next(given, None)
    named = first is not None and first.name is not None
    rows = (
        (answer.name, *_row(rank, hit)) if named else _row(rank, hit)
        for answer in chain(() if first is None else (first,), given)
        for rank, hit in answer.ranked()
    )
    return table_lines(("query", *COLUMNS) if named else COLUMNS, rows, delimiter)


def _row(rank: int, hit: Hit) -> tuple[object, ...]:
    snippet, spellings = hit.snippet.text, ", ".join(hit.spellings)
    facts = (hit.title, hit.source, hit.author, hit.date or "", hit.url, snippet, spellings)
    return (rank, *facts, hit.score, hit.article_id, hit.passage, hit.start, hit.end, hit.text)
