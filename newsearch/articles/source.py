"""What every reader is given, and the type of a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from newsearch.errors import InputError
from newsearch.records import Article

Problem = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class Source:
    """An open file.

    Attributes:
        path: Absolute, or "-".
        stream: Its bytes, decompressed.
    """

    path: str
    stream: IO[bytes]


Reader = Callable[[Source, Problem], Iterator[Article]]

# One article longer than this is something else: the Bible has 4 MB.
ARTICLE_AT_MOST = 50_000_000  # bytes


def read_whole(source: Source) -> str:
    """Return the text of a file that holds one article.

    Raises:
        InputError: It is not text, or too long to be an article.
    """
    data = source.stream.read(ARTICLE_AT_MOST + 1)
    if len(data) > ARTICLE_AT_MOST:
        raise InputError(source.path, "longer than 50 MB, too long for one article; left out")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return decode(data, source.path, None, "utf-16")
    if b"\0" in data:
        raise InputError(source.path, "a binary file, not text; left out")
    return decode(data, source.path)


def decode(data: bytes, path: str, line: int | None = None, encoding: str = "utf-8") -> str:
    """Return bytes as text, without a byte order mark.

    Raises:
        InputError: They are not in that encoding; the message says where the first wrong byte is.
    """
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is not {encoding.upper()}; left out"
        advice = "convert it first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        raise InputError(path, f"{place} ({advice})", line) from error
