"""A file of queries, to be asked one after the other.

In: a text file with a query on each line, or JSON lines with `text` and, if wanted, `id`. Out:
queries, each with the name that it is known by in the answers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsearch.articles.encodings import decode
from newsearch.articles.files import open_file, size_of
from newsearch.articles.unpacking import Budget, unpacked
from newsearch.errors import InputError


@dataclass(frozen=True, slots=True)
class Query:
    """A query of a file.

    Attributes:
        id: As the file says, or the number of its line, counted from 1.
        text: What to look for.
    """

    id: str
    text: str


def read_queries(path: str, on_problem: Callable[[InputError], None]) -> Iterator[Query]:
    """Yield the queries of a file, in its order; empty lines are passed over.

    Args:
        path: A file, perhaps compressed, or "-" for standard input.
        on_problem: Told of each line that can't be read, and of an id that was there before;
            these are left out.

    Raises:
        InputError: There is no such file, or it can't be read.
    """
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            query = _read(line, number, path)
            if query is None:
                continue
            if query.id in seen:
                reason = f"the id {query.id} was there before; this line is left out"
                raise InputError(path, reason, number)
        except InputError as problem:
            on_problem(problem)
        else:
            seen.add(query.id)
            yield query


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    if path != "-" and not os.path.isfile(path):
        raise InputError(path, "no such file; a file with a query on each line is wanted")
    try:
        with open_file(path) as stream:
            whole, _ = unpacked(stream, path, path, Budget(path, size_of(stream)))
            yield from enumerate(whole, 1)
    except OSError as error:
        raise InputError(path, f"this file can't be read ({error})") from error


def _read(line: bytes, number: int, path: str) -> Query | None:
    text = decode(line, path, number).strip()
    if not text.startswith("{"):
        return Query(str(number), text) if text else None
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "not a JSON object, though it begins as one; this line is left out"
        raise InputError(path, reason, number) from error
    name, wanted = fields.get("id", number), fields.get("text")
    if not isinstance(wanted, str) or not isinstance(name, str | int) or isinstance(name, bool):
        reason = 'a query is {"id": "…", "text": "…"}; this line is left out'
        raise InputError(path, reason, number)
    return Query(str(name), wanted)
