"""Plain text: one article a file, everything in it text."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.articles.encodings import text_of
from newsearch.articles.source import Problem, Source, read_whole
from newsearch.records import Article


def read_text(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the one article of a text file. Title and date are found in it by cleaning."""
    text = text_of(read_whole(source), source.path, report)
    yield Article(id=source.path, text=text, source=source.outlet, path=source.path)
