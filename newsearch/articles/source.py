"""What every reader is given, the type of a reader, and the limits that all keep to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO

from newsearch.articles.naming import Naming
from newsearch.dates import FieldDates
from newsearch.errors import InputError
from newsearch.records import Article

Problem = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class Source:
    """An open file, or a member of an archive.

    Attributes:
        path: Absolute, or "-"; of a member of an archive, the archive's, "!" and its name there.
        stream: Its bytes, decompressed.
        inner: Reads a member of an archive, given its name and its bytes.
        naming: Which of an article's fields is called what.
        outlet: What its folder says of the outlet, or "".
        dates: Reads the dates in its fields.
    """

    path: str
    stream: IO[bytes]
    inner: Callable[[str, IO[bytes]], Iterator[Article]]
    naming: Naming
    outlet: str = ""
    dates: FieldDates = field(default_factory=FieldDates)


Reader = Callable[[Source, Problem], Iterator[Article]]

# One article longer than this is something else: the Bible has 4 MB. A line, a row or an item of
# a list holds one article and is no longer either; so this is also what is held of a file at once.
ARTICLE_AT_MOST = 20_000_000  # bytes


def read_whole(source: Source) -> bytes:
    """Return the bytes of a file that holds one article.

    Raises:
        InputError: It is not text, or too long to be an article.
    """
    data = source.stream.read(ARTICLE_AT_MOST + 1)
    if len(data) > ARTICLE_AT_MOST:
        raise InputError(source.path, f"{too_long(ARTICLE_AT_MOST)}; left out")
    return data


def too_long(most: int) -> str:
    """Return what is said of something too long."""
    return f"longer than {most / 1_000_000:g} MB, too long for one article"


def lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream; of one that is too long (see `is_too_long`), its beginning."""
    return iter(partial(stream.readline, ARTICLE_AT_MOST + 1), b"")


def is_too_long(line: bytes, number: int, source: Source, report: Problem) -> bool:
    """Tell whether a line is longer than an article; then report it, and go on behind it."""
    if len(line) <= ARTICLE_AT_MOST:
        return False
    report(InputError(source.path, f"{too_long(ARTICLE_AT_MOST)}; left out", number))
    while line and not line.endswith(b"\n"):
        line = source.stream.readline(1 << 20)
    return True
