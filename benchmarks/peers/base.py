"""What a peer is asked for, so that all of them do the same job.

A module for each peer implements `Peer`; it loads its own library and nothing else that is
heavy, because the cold start of a process is measured, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from benchmarks.records import Answer, Query, Ready

MEMORY = 256 * 2**20  # bytes that a peer may gather before it writes, where that can be said
SNIPPET = 240  # characters of a snippet, where that can be said


class Searching(Protocol):
    """An index that is open."""

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        """Return the best `k` passages, best first, as a user would ask the library for them."""

    def count(self, query: Query) -> int:
        """Return exactly how many passages match; never timed."""

    def close(self) -> None:
        """Let go of files."""


class Peer(Protocol):
    """A library that can be searched with.

    Attributes:
        kinds: The kinds of query that it can answer.
        snippets: Whether it can make snippets.
    """

    kinds: tuple[str, ...]
    snippets: bool

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        """Write an index of passages, texts and titles included, into an empty folder.

        It returns when the index would survive a power cut.
        """

    def open(self, folder: Path) -> Searching:
        """Open what `build` has written."""


def sync(folder: Path) -> None:
    """Make durable what a library wrote without doing so itself."""
    for path in (*(each for each in folder.rglob("*") if each.is_file()), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
