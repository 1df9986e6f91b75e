"""JSON lines: one article a line, an object with the fields of `Article`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from newsearch.articles.fields import article_from, plain
from newsearch.articles.source import Problem, Source, decode
from newsearch.errors import InputError
from newsearch.records import Article


def read_json_lines(source: Source, report: Problem) -> Iterator[Article]:
    """Yield an article for each line; a line that can't be read is reported and left out."""
    for number, line in enumerate(source.stream, 1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, number, source.path, report)
        except InputError as problem:
            report(problem)


def _read_line(line: bytes, number: int, path: str, report: Problem) -> Article:
    text = decode(line, path, number)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"not JSON at column {error.colno} ({error.msg}); this line is left out"
        raise InputError(path, reason, number) from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits
        raise InputError(path, "a number too long; this line is left out", number) from error
    except RecursionError as error:
        raise InputError(path, "nested too deeply; this line is left out", number) from error
    if not isinstance(fields, dict):
        raise InputError(path, "not a JSON object; this line is left out", number)
    if not isinstance(fields.get("text"), str):
        found = ", ".join(map(str, list(fields)[:8])) or "none"
        reason = f'no field "text" with an article\'s text (fields: {found}); left out'
        raise InputError(path, reason, number)
    given = plain(fields.get("id")) or plain(fields.get("url")) or _made_id(line, number, path)
    return article_from({**fields, "id": given}, path, number, report)


def _made_id(line: bytes, number: int, path: str) -> str:
    # Lines of standard input have no place to be known by: the next run's first line is another.
    name = hashlib.blake2b(line.strip(), digest_size=8).hexdigest() if path == "-" else number
    return f"{path}#{name}"
