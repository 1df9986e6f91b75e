"""What can go wrong, as one small tree.

    NewsearchError
    ├── InputError      an article or a file that can't be read, with its place
    │   ├── UnknownFormat   a file of a kind that newsearch does not read
    │   ├── ReaderMissing   a file of a kind for which a package must be installed first
    │   └── Doubt           an article was read, but not all that was said of it is believed
    ├── IndexMissing    no index in that folder
    ├── IndexExists     an index already, where a new one was to be made
    ├── IndexMismatch   an index, but not one that this version can open
    └── EngineError     the storage failed (full disk, a second writer)
        └── IndexDamaged    its files are not as they were written, or do not fit together

Every message is one sentence for a person: what is wrong, where, and what to do.
"""

from __future__ import annotations


class NewsearchError(Exception):
    """Base of every error that newsearch raises on purpose."""


class InputError(NewsearchError):
    """Raised or reported when an article or a file can't be read.

    Attributes:
        path: The file, or "-" for standard input.
        line: The line in it, counted from 1, or None where the whole file is meant.
        reason: What is wrong and what to do, without the place.
    """

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {reason}")


class UnknownFormat(InputError):
    """Reported for a file of a kind that newsearch does not read."""


class ReaderMissing(InputError):
    """Reported for a file that could be read if a package were installed."""


class Doubt(InputError):
    """Reported for an article that is read without something that is not believed."""


class IndexMissing(NewsearchError):
    """Raised when there is no index in a folder that should hold one."""


class IndexExists(NewsearchError):
    """Raised when a new index was to be made where there is one."""


class IndexMismatch(NewsearchError):
    """Raised when an index was made by another version or with other settings."""


class EngineError(NewsearchError):
    """Raised when the storage fails; the storage's own error is its cause."""


class IndexDamaged(EngineError):
    """Raised when files of an index are not as they were written, or do not fit together.

    Attributes:
        problem: What is wrong, and where.
        place: What to delete before the index is made anew; "" while that is not known.
    """

    def __init__(self, problem: str, place: str = "") -> None:
        self.problem = problem
        self.place = place
        super().__init__(f"{problem}; {anew(place)}" if place else problem)


def anew(place: str) -> str:
    """Return how an index is made anew, as the end of a sentence.

    >>> anew("index/segments")
    'delete index/segments, and run newsearch index again'
    """
    return f"delete {place}, and run newsearch index again"
