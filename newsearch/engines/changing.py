"""What newsearch asks of a storage engine for changing an index; `base` has the promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from newsearch.engines.entry import Entry

if TYPE_CHECKING:  # a process that only writes need not load what a query needs
    from newsearch.engines.base import Snapshot


class Part(Protocol):
    """Articles that another process gathers for a run of changes; pickled on both its ways."""

    def fingerprint(self, article_id: str) -> str | None:
        """Return the fingerprint of the article with that id, if it was put here."""

    def put(self, entry: Entry) -> None:
        """Add an article; one with the same id is replaced."""

    def close(self) -> None:
        """Make it ready to be taken over."""


class Writer(Protocol):
    """One run of changes, all or nothing.

    Attributes:
        words: How many words were put, replaced ones included; complete after `commit`.
    """

    words: int

    def part(self, memory: int) -> Any:
        """Return an empty `Part` of this run, which may hold so many bytes of memory."""

    def take(self, part: Any) -> None:
        """Make the articles of a closed `Part` changes of this run."""

    def fingerprint(self, article_id: str) -> str | None:
        """Return the fingerprint of the article with that id, changes of this run included."""

    def put(self, entry: Entry) -> None:
        """Add an article; one with the same id is replaced."""

    def delete(self, article_id: str) -> bool:
        """Delete an article; False where there is none of that id."""

    def commit(self) -> None:
        """Make all changes of this run durable and visible."""

    def cancel(self) -> None:
        """Forget all changes of this run."""


class Engine(Protocol):
    """An index at one place."""

    def snapshot(self) -> Snapshot:
        """Return the index as the last commit left it."""

    def writer(self) -> Writer:
        """Begin a run of changes.

        Raises:
            EngineError: Another writer is at work.
        """

    def optimize(self) -> None:
        """Rewrite the index so that it is smallest and fastest; changes no answer."""
