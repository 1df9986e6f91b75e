"""What bringing an index up to date is asked for, and what it tells.

Records only; `indexing` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Protocol

from newsearch.indexing.reading import Listener as ReadingListener
from newsearch.records import AddReport


@dataclass(frozen=True, slots=True)
class How:
    """How files are indexed.

    Attributes:
        jobs: How many processes work on it.
        commit_every: After so many seconds of reading, what was read is committed.
        reread: Whether files that have not changed are read, too.
        prune: Whether articles are deleted whose file, or whose place in it, is gone.
        fields: What the fields of articles are called, as for `read_articles`.
    """

    jobs: int = 1
    commit_every: float = 60.0
    reread: bool = False
    prune: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What has come of one file; all are counts of articles.

    Attributes:
        path: Absolute, or "-" for standard input.
        added, changed, unchanged, empty: As in `AddReport`.
        unreadable: Lines or members that could not be read.
        passed_over: Whether the file was not read, as it has not changed.
    """

    path: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    empty: int = 0
    unreadable: int = 0
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run of `index_files` did.

    Attributes:
        articles: Counts of articles, those of files that were passed over included.
        pruned: Ids of articles that were deleted, as their file or their place in it is gone.
        files_read: How many files were read.
        files_unchanged: How many were passed over, as they have not changed.
        stopped: Whether the run was asked to end before it had read all.
        copied: How many passages of the index say to the word what another says, as
            `NewsIndex.copied` counts them; 0 if nothing was changed, or stopped.
    """

    articles: AddReport = AddReport()
    pruned: tuple[str, ...] = ()
    files_read: int = 0
    files_unchanged: int = 0
    stopped: bool = False
    copied: int = 0

    def counts(self) -> dict[str, int]:
        """Return what was done as numbers."""
        return {
            **asdict(self.articles),
            "copied": self.copied,
            "pruned": len(self.pruned),
            "files_read": self.files_read,
            "files_unchanged": self.files_unchanged,
        }


class Listener(ReadingListener, Protocol):
    """What is told how it goes, while it goes."""

    def file(self, report: FileReport) -> None:
        """What came of a file is in the index."""

    def committed(self, so_far: AddReport) -> None:
        """This much of the run is in the index, whatever happens now."""

    def note(self, sentence: str) -> None:
        """Something else that a person should know."""
