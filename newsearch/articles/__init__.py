"""Files to articles: what can be read, and how each kind of file becomes `Article`s.

In: paths of files and folders, or "-". Out: a stream of articles as they stand in the files;
nothing is cleaned here. What can't be read is reported with its place and the rest goes on.
"""

from __future__ import annotations

import os
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from newsearch.articles.files import File, find_files, open_file
from newsearch.articles.json_lines import read_json_lines
from newsearch.articles.markdown import read_markdown
from newsearch.articles.source import Problem, Reader, Source
from newsearch.articles.text import read_text
from newsearch.errors import InputError, UnknownFormat
from newsearch.records import Article

__all__ = [
    "READERS",
    "READING",
    "File",
    "Problem",
    "count_bytes",
    "read_articles",
    "read_file",
    "readable_files",
]

# Where a new format is added: its suffix, and a function from an open file to articles.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".jsonl": read_json_lines,
}

# Files that an index knows are read again where this is another number: raise it by one when a
# reader gets something else than before out of the same file.
READING = 1


def read_articles(
    path: str | os.PathLike[str],
    *,
    on_problem: Callable[[InputError], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of a file, of every file in a folder, or of standard input.

    Args:
        path: A file, a folder (searched through, in the order of names, without hidden files),
            or "-" for JSON lines on standard input.
        on_problem: Called with each thing that could not be read; reading then goes on. If None,
            each is given as a warning.
        on_bytes: Called, for showing progress, with the length of each piece that was read of a
            file, in bytes on the disk; `count_bytes` says how many there are in all.

    Yields:
        Articles in the order of the files. An article of a file of its own has the file's
        absolute path as its id; one of a .jsonl file has its field `id`, else its `url`, else
        the file's path and line (on standard input, a hash of the line).

    Raises:
        InputError: There is nothing at that path.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("The ferry runs again.")
    >>> [article.text for article in read_articles(folder)]
    ['The ferry runs again.']
    """
    report = on_problem or _warn
    for file in readable_files(path, report):
        yield from read_file(file, report, on_bytes)


def readable_files(path: str | os.PathLike[str], report: Problem) -> Iterator[File]:
    """Yield the files at a path that `read_file` can read; report the others.

    Args:
        path: As for `read_articles`.
        report: Called with each thing that is left out.

    Raises:
        InputError: There is nothing at that path.
    """
    for file in find_files(os.fspath(path), report):
        if file.suffix in READERS:
            yield file
        else:
            kinds = " ".join(READERS)
            report(UnknownFormat(file.path, f"not one of {kinds} (or these with .gz); passed over"))


def read_file(
    file: File, report: Problem, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Article]:
    """Yield the articles of one file.

    Args:
        file: One that `readable_files` has found.
        report: Called with each thing that can't be read; reading then goes on.
        on_bytes: As for `read_articles`.
    """
    try:
        with open_file(file, on_bytes) as stream:
            yield from READERS[file.suffix](Source(file.path, stream), report)
    except InputError as problem:
        report(problem)
    except (OSError, EOFError, zlib.error) as error:
        report(InputError(file.path, f"{_reason(error)}; the rest of this file is left out"))


def count_bytes(path: str | os.PathLike[str]) -> int | None:
    """Return how many bytes there are to read at a path; None for standard input.

    Args:
        path: As for `read_articles`. No file is opened.

    Raises:
        InputError: There is nothing at that path.
    """
    total = 0
    for file in readable_files(path, lambda _: None):
        if file.path == "-":
            return None
        with suppress(OSError):  # reading it will say what is wrong with it
            total += os.path.getsize(file.path)
    return total


def _warn(problem: InputError) -> None:
    warnings.warn(str(problem), stacklevel=4)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "the compressed file is damaged or cut short"
