"""JSON lines: one article a line, an object with the fields of an article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from newsearch.articles.encodings import decode
from newsearch.articles.fields import article_from
from newsearch.articles.source import Problem, Source, is_too_long, lines
from newsearch.errors import InputError
from newsearch.records import Article


def read_json_lines(source: Source, report: Problem) -> Iterator[Article]:
    """Yield an article for each line; a line that can't be read is reported and left out."""
    for number, line in enumerate(lines(source.stream), 1):
        if is_too_long(line, number, source, report) or not line.strip():
            continue
        try:
            yield _read_line(source, line, number, report)
        except InputError as problem:
            report(problem)


def _read_line(source: Source, line: bytes, number: int, report: Problem) -> Article:
    text = decode(line, source.path, number)
    try:
        fields = _decode(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            source.path, f"{why_not_json(error)}; this line is left out", number
        ) from error
    if not isinstance(fields, dict):
        raise InputError(source.path, "not a JSON object; this line is left out", number)
    made_id = _made_id(line, number, source.path)
    return article_from(source, fields, report, line=number, made_id=made_id)


_decode = json.JSONDecoder().decode  # `json.loads` asks what it is given first, each time


def why_not_json(error: ValueError | RecursionError) -> str:
    """Return what keeps a text from being JSON, for a person."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON at column {error.colno} ({error.msg})"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return "a number too long"  # Python reads no integer of more than 4,300 digits


def _made_id(line: bytes, number: int, path: str) -> str:
    # Lines of standard input have no place to be known by: the next run's first line is another.
    name = hashlib.blake2b(line.strip(), digest_size=8).hexdigest() if path == "-" else number
    return f"{path}#{name}"
