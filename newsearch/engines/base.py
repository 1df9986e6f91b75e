"""What newsearch asks of a storage engine; whatever keeps these promises can be one.

An engine stores articles and the terms of their passages, and finds passages for a query tree.
It cuts texts into tokens as `newsearch.analysis` says and is asked for their forms; it knows
nothing of files, cleaning, grammar or names.

The promises:

- What `Writer.commit` has returned from survives the process; what was not committed is as if it
  had never been. There is one writer at a time.
- A `Snapshot` shows the last commit before it was taken, whatever is written meanwhile, and may
  be used by several threads.
- Candidates come best first; equal scores in the order in which passages were added.
- Scores are BM25 (see `scoring`) over live passages: a deleted article leaves no trace in them.
- Only `newsearch.errors` come out of an engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from newsearch.query import FormCount
from newsearch.records import Article, Passage, Removal


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be stored.

    Attributes:
        article: As cleaned.
        fingerprint: Tells whether the same id brings the same content again.
        removed: What cleaning took out.
        passages: Its passages in order; at least one.
    """

    article: Article
    fingerprint: str
    removed: tuple[Removal, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that matches a query, as the engine ranks it.

    Attributes:
        score: BM25.
        order: Larger for passages that were added later; breaks ties.
        article_id, number, start, end: Which passage it is.
    """

    score: float
    order: int
    article_id: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The best candidates, and how many passages match in all."""

    candidates: tuple[Candidate, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What an index holds.

    Attributes:
        passages, words: How many.
        facts: The source and the date of each article.
    """

    passages: int
    words: int
    facts: tuple[tuple[str, str | None], ...]


class Snapshot(Protocol):
    """The index as one commit left it."""

    def search(self, tree: Any, limit: int) -> Matches:
        """Return the best `limit` passages for a tree of `whoosh.query` nodes."""

    def places(self, leaf: Any, orders: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Return where a leaf begins in some passages.

        Args:
            leaf: A `OneOf` or an `InOrder`.
            orders: The passages, by `Candidate.order`.

        Returns:
            For each of them that matches, token numbers in the leaf's field, sorted.
        """

    def weight(self, forms: tuple[str, ...]) -> float:
        """Return the idf of forms that count as one word, 0 where no passage holds them."""

    def forms(self, prefix: str) -> Iterator[FormCount]:
        """Yield the forms that begin with a prefix, sorted."""

    def article(self, article_id: str) -> Article | None:
        """Return an article as it is kept."""

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        """Return what cleaning took out of an article; empty for one that is not there."""

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles, in the order in which they were added."""

    def info(self) -> Counts:
        """Count what is there."""

    def close(self) -> None:
        """Let go of files."""


class Writer(Protocol):
    """One run of changes, all or nothing.

    Attributes:
        words: How many words were put, replaced ones included; complete after `commit`.
    """

    words: int

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
