"""JSON in any shape: one article, a list, an object that holds a list, or one after another.

Articles are found by what they are, objects with a text, in lists and objects around them. A list
is read item by item, so a file may be of any length; so are the lists in an object that is too
long to be looked at as a whole.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import count
from typing import IO, Any

from newsearch.articles.fields import article_from, has_text
from newsearch.articles.json_lines import why_not_json
from newsearch.articles.source import ARTICLE_AT_MOST, Problem, Source, too_long
from newsearch.errors import InputError
from newsearch.records import Article

_PIECE = 1 << 18  # bytes that are read at a time
_DEEPEST = 8  # lists and objects around an article; programs write two or three


def read_json(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the articles of a JSON file; where it stops being JSON, the rest is left out.

    Articles are numbered in the file, for those that have neither id nor URL.
    """
    numbers = count(1)
    for value in _values(_Text(source), 0):
        found: list[Any] = list(_articles(source, value, 0)) or [value]
        for fields in found:
            number = next(numbers)
            try:
                if not isinstance(fields, dict):
                    raise InputError(source.path, f"item {number} is no JSON object; left out")
                made_id = f"{source.path}#{number}"
                yield article_from(source, fields, report, made_id=made_id)
            except InputError as problem:
                report(problem)


def _articles(source: Source, value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects that are articles, and those that stand among articles."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        items = [list(_articles(source, each, depth + 1)) for each in value]
        if any(items):
            for item, found in zip(value, items, strict=True):
                yield from found or ([item] if isinstance(item, dict) else [])
    elif isinstance(value, dict):
        inside = _inside(source, value, depth) if not has_text(source, value, whole=True) else []
        if inside:
            yield from inside
        elif has_text(source, value):
            yield value


def _inside(source: Source, value: dict[str, Any], depth: int) -> list[dict[str, Any]]:
    """Return the articles in an object that is none, or has a summary only."""
    parts = [part for part in value.values() if isinstance(part, (list, dict))]
    return [each for part in parts for each in _articles(source, part, depth + 1)]


def _values(text: _Text, depth: int) -> Iterator[object]:
    """Yield what may be articles: the values of a text, the items of lists one by one."""
    while text.next():
        yield from _value(text, depth)


def _value(text: _Text, depth: int) -> Iterator[object]:
    char = text.next()
    if char == "[" and depth < _DEEPEST:
        text.take("[")
        while text.next() != "]":
            yield from _value(text, depth + 1)
            if text.next() != "]":
                text.take(",")
        text.take("]")
    elif char == "{" and depth < _DEEPEST and not text.holds_value():
        yield from _members(text, depth)
    else:
        yield text.value()


def _members(text: _Text, depth: int) -> Iterator[object]:
    """Yield what is in the lists and objects of an object that is too long for one article."""
    text.take("{")
    while text.next() != "}":
        text.value()
        text.take(":")
        if text.next() in ("[", "{"):
            yield from _value(text, depth + 1)
        else:
            text.value()
        if text.next() != "}":
            text.take(",")
    text.take("}")


class _Text:
    """The text of a JSON file, of which a piece is held, and how far it was read."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        self._stream: IO[bytes] = source.stream
        first = self._stream.read(_PIECE)
        self._decoder = getincrementaldecoder("utf-8")()
        self._buffer = self._decode(first).removeprefix("\ufeff")
        self._at = 0
        self._ended = not first
        self._found: tuple[object, int] | None = None  # the value that begins here, its end

    def next(self) -> str:
        """Return the next character that is no white space, or "" at the end; it stays there."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def take(self, char: str) -> None:
        """Go on behind a character that must stand here."""
        if self.next() != char:
            raise self._broken(f"no {char!r} where there must be one")
        self._at += 1

    def holds_value(self) -> bool:
        """Tell whether the value that begins here is no longer than an article may be.

        Raises:
            InputError: It is no JSON.
        """
        self.next()
        while self._found is None:
            try:
                self._found = _DECODER.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._at > ARTICLE_AT_MOST:
                    return False
                if isinstance(error, RecursionError) or not self._more():
                    raise self._broken(why_not_json(error)) from error
        return True

    def value(self) -> object:
        """Return the value that begins here, and go on behind it."""
        if not self.holds_value():
            raise InputError(self._path, f"{too_long(ARTICLE_AT_MOST)}; the rest is left out")
        assert self._found is not None
        value, self._at = self._found
        self._found = None
        return value

    def _more(self) -> bool:
        """Read as much again as is held, and forget what was read; tell whether there was any."""
        if self._ended:
            return False
        held = self._buffer[self._at :]
        piece = self._stream.read(max(_PIECE, len(held)))
        self._ended = not piece
        self._buffer = held + self._decode(piece)
        self._at = 0
        return True

    def _decode(self, piece: bytes) -> str:
        try:
            return self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            raise self._broken(f"not {error.encoding.upper()}") from error

    def _broken(self, reason: str) -> InputError:
        return InputError(self._path, f"{reason}; the rest of this file is left out")


_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder(strict=False)  # line breaks in texts, which some programs leave there
