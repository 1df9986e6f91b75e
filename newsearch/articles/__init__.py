"""Files to articles: what can be read, and how each kind of file becomes `Article`s.

In: paths of files and folders, or "-". Out: a stream of articles as they stand in the files;
nothing is cleaned here. What can't be read is reported with its place and the rest goes on.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import IO

from newsearch.articles.archives import read_tar, read_zip
from newsearch.articles.feeds import read_feed
from newsearch.articles.files import find_files, open_file, size_of
from newsearch.articles.json_files import read_json
from newsearch.articles.json_lines import read_json_lines
from newsearch.articles.looking import kind
from newsearch.articles.markdown import read_markdown
from newsearch.articles.naming import Naming
from newsearch.articles.numbers import Numbers
from newsearch.articles.outlets import outlet_of
from newsearch.articles.pages import read_page
from newsearch.articles.source import Problem, Reader, Source
from newsearch.articles.tables import read_table
from newsearch.articles.text import read_text
from newsearch.articles.unpacking import Budget, as_utf8, buffered, unpacked
from newsearch.articles.warc import read_warc
from newsearch.errors import InputError, UnknownFormat
from newsearch.records import Article

__all__ = [
    "READERS",
    "READING",
    "Problem",
    "count_bytes",
    "find_files",
    "read_articles",
    "read_file",
]

# Where a new format is added: its suffix, and a function from an open file to articles.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_warc,
    ".wet": read_warc,
    ".zip": read_zip,
    ".tar": read_tar,
}
_DEEPEST = 3  # archives in archives

# Files that an index knows are read again where this is another number: raise it by one when a
# reader gets something else than before out of the same file.
READING = 3


def read_articles(
    path: str | os.PathLike[str],
    *,
    fields: Mapping[str, str] | None = None,
    on_problem: Callable[[InputError], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of a file, of every file in a folder, or of standard input.

    What a file is, its content says, and its name where the content does not: text, Markdown,
    HTML, JSON in any shape, JSON lines, tables (CSV), feeds, web archives; each also compressed
    (gzip, zstd, bzip2, xz) and in zip and tar archives.

    Args:
        path: A file, a folder (searched through, in the order of names, without hidden files),
            or "-" for JSON lines on standard input.
        fields: What the fields of an article are called in files that have fields, where it is
            nothing usual: `{"text": "corpo"}`; `{"source": "thread.site"}` for one in an object.
        on_problem: Called with each thing that could not be read; reading then goes on. If None,
            each is given as a warning.
        on_bytes: Called, for showing progress, with the length of each piece of a file that is
            done with, in bytes on the disk; `count_bytes` says how many there are in all.

    Yields:
        Articles in the order of the files. An article's id is its field `id`, else its URL, else
        its file's absolute path and its line or number there (`news.csv#7`; on standard input, a
        hash of the line). A number that an earlier file has had, too, comes with its own file:
        `news.csv#id=7`. Text, Markdown and HTML files have one article each, known by its path.
        The path of a member of an archive is the archive's, "!" and its name: `/a/b.zip!c.txt`.

    Raises:
        InputError: There is nothing at that path.
        NewsearchError: `fields` names what an article has not.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("The ferry runs again.")
    >>> [article.text for article in read_articles(folder)]
    ['The ferry runs again.']
    """
    report = on_problem or _warn
    naming = Naming(fields)
    numbers = Numbers()
    for file in find_files(os.fspath(path), report):
        yield from map(numbers.apart, read_file(file, naming, report, on_bytes))


def read_file(
    path: str,
    naming: Naming,
    report: Problem,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of one file.

    Args:
        path: One that `find_files` has found.
        naming: What the fields of articles are called.
        report: Called with each thing that can't be read; reading then goes on.
        on_bytes: As for `read_articles`.
    """
    try:
        with open_file(path, on_bytes) as stream:
            reading = _Reading(naming, report, Budget(path, size_of(stream)))
            if path == "-":
                yield from read_json_lines(reading.source(path, stream), report)
            else:
                yield from reading.read(path, stream, path, outlet_of(os.path.dirname(path)))
    except OSError as error:
        report(InputError(path, f"{_reason(error)}; left out"))


def count_bytes(path: str | os.PathLike[str]) -> int | None:
    """Return how many bytes there are to read at a path; None for standard input.

    Args:
        path: As for `read_articles`. No file is opened.

    Raises:
        InputError: There is nothing at that path.
    """
    total = 0
    for file in find_files(os.fspath(path), lambda _: None):
        if file == "-":
            return None
        with suppress(OSError):  # reading it will say what is wrong with it
            total += os.path.getsize(file)
    return total


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all that is in one file is read with."""

    naming: Naming
    report: Problem
    budget: Budget

    def read(
        self, name: str, stream: BufferedReader, path: str, outlet: str, depth: int = 0
    ) -> Iterator[Article]:
        """Yield the articles of an open file; what is wrong with it is reported.

        Args:
            name: What it is called, which may tell its kind.
            stream: As it is on the disk, or in an archive.
            path: Its place.
            outlet: What its folder says of the outlet.
            depth: How many archives it lies in.
        """
        try:
            stream, suffix = unpacked(stream, name, path, self.budget)
            stream = as_utf8(stream, path)
            reader = READERS.get(kind(suffix, stream.peek()))
            if reader is None:
                known = f"not one of {' '.join(READERS)} (or these compressed)"
                raise UnknownFormat(path, f"{known}; passed over")
            if depth > _DEEPEST:
                raise InputError(path, f"in more than {_DEEPEST} archives; left out")
            yield from reader(self.source(path, stream, outlet, depth), self.report)
        except InputError as problem:
            self.report(problem)
        except OSError as error:
            reason = f"{_reason(error)}; the rest of this file is left out"
            self.report(InputError(path, reason))

    def source(self, path: str, stream: IO[bytes], outlet: str = "", depth: int = 0) -> Source:
        """Return what a reader is given."""
        inner = partial(self._member, path, outlet, depth + 1)
        return Source(path, stream, inner, self.naming, outlet)

    def _member(
        self, archive: str, outlet: str, depth: int, name: str, stream: IO[bytes]
    ) -> Iterator[Article]:
        """Yield the articles of a member of an archive."""
        name = name.encode(errors="replace").decode()  # it may be in no encoding at all
        path = f"{archive}!{name}"
        folder = outlet_of(os.path.normpath(os.path.dirname(name))) or outlet
        yield from self.read(name, buffered(stream, path, self.budget), path, folder, depth)


def _warn(problem: InputError) -> None:
    warnings.warn(str(problem), stacklevel=5)


def _reason(error: OSError) -> str:
    reason = error.strerror or str(error) or "it can't be read"
    return reason[0].lower() + reason[1:]
