"""What newsearch asks of a storage engine; whatever keeps these promises can be one.

An engine stores articles and the terms of their passages, and finds passages for a query tree.
It cuts texts into tokens as `newsearch.analysis` says and is asked for their forms; it knows
nothing of files, cleaning, grammar or names.

The promises:

- What `Writer.commit` has returned from survives the process; what was not committed is as if it
  had never been. There is one writer at a time.
- A `Snapshot` shows the last commit before it was taken, whatever is written meanwhile, and may
  be used by several threads.
- Passages come best first; equal scores in the order in which passages were added.
- Scores are BM25 (see `scoring`) over live passages: a deleted article leaves no trace in them.
- Only `newsearch.errors` come out of an engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from newsearch.engines.sketching import ENOUGH, Sketches
from newsearch.query import Words
from newsearch.records import Article, Removal

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
EVERY = 1 << 40
"""More passages than there can be."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The best passages for a query, as the engine ranks them.

    Attributes:
        orders: Which passages: a number for each, larger for those added later; best first.
        scores: Their BM25.
        total: How many passages match in all; at least so many, where `exact` is False.
        exact: Whether all of them were counted.
    """

    orders: Numbers
    scores: Scores
    total: int
    exact: bool = True


class Begins(NamedTuple):
    """Where leaves begin in some passages.

    Attributes:
        keys: For each beginning `n << 32 | token number` in the n-th of the passages; sorted.
        leaves: Whose it is: the place of the leaf among those asked for; sorted for equal keys.
    """

    keys: Numbers
    leaves: Numbers


class Place(NamedTuple):
    """Where a passage stands, and what is known of its article.

    Attributes:
        article_id, title, source, author, date, date_from, url: As in `Article`.
        passage: Its number in the article, counted from 0.
        start, end: Where it stands in the article's text.
    """

    article_id: str
    title: str
    source: str
    author: str
    date: str | None
    date_from: str
    url: str
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alike:
    """The other passages whose sketches share some numbers with that of one.

    Attributes:
        same: Those with an equal sketch, which have the same shingles.
        perhaps: The others, those first that share most.
    """

    same: tuple[StoredPassage, ...]
    perhaps: tuple[StoredPassage, ...]


class StoredPassage(Protocol):
    """A passage that can be read, even when the snapshot it comes from is closed."""

    def place(self) -> Place:
        """Return where it stands."""

    def text(self) -> str:
        """Return its text."""

    def alike(self, least: int = ENOUGH) -> Alike:
        """Return the passages that may be copies of it; none for one without words.

        Args:
            least: How many numbers of their sketches they share at least, 1 to `NUMBERS`.
        """


@dataclass(frozen=True, slots=True)
class Counts:
    """What an index holds.

    Attributes:
        passages, words: How many.
        facts: The source and the date of each article, and what the date comes from.
    """

    passages: int
    words: int
    facts: tuple[tuple[str, str | None, str], ...]


class Snapshot(Words, Protocol):
    """The index as one commit left it, with its words."""

    def search(self, tree: Any, limit: int, count: bool = False) -> Matches:
        """Return the best `limit` passages for a tree of `whoosh.query` nodes.

        Args:
            tree: What is looked for.
            limit: The most passages, >= 0; `EVERY` for all.
            count: Whether the total must be exact; counting costs time where the best passages
                can be told without looking at all.
        """

    def holds(self, leaf: Any, orders: Numbers) -> Truths:
        """Return for each of some passages whether a leaf (`OneOf`, `InOrder`) matches in it.

        Args:
            leaf: A `OneOf` or an `InOrder`.
            orders: The passages, sorted.
        """

    def strengths(self, leaves: Sequence[Any], orders: Numbers) -> Scores:
        """Return how strongly some passages, sorted, or their titles, say some leaves.

        Returns:
            A row for each leaf: its score in each passage without its boost and idf, 0 to 1; 0
            where it does not match.
        """

    def gathered(self, leaves: Sequence[Any], orders: Numbers) -> tuple[Scores, Scores]:
        """Return these rows, and rows with the strengths of all passages of the article added up.

        It takes less time than asking for the first alone and for the others.
        """

    def sizes(self, orders: Numbers) -> Scores:
        """Return how many passages the article of each has, as multiples of the average."""

    def begins(self, leaves: Sequence[Any], orders: Numbers) -> Begins:
        """Return where some leaves of the text begin in some passages.

        Args:
            leaves: What stands for them in the text.
            orders: The passages, sorted.
        """

    def articles(self, orders: Numbers) -> Numbers:
        """Return a number for the article of each passage, the same for the same article.

        Args:
            orders: The passages, sorted.
        """

    def days(self, orders: Numbers) -> Numbers:
        """Return the day of each of some sorted passages, YYYYMMDD, 0 where it is not known."""

    def named(self, field: str, orders: Numbers) -> tuple[Numbers, tuple[str, ...]]:
        """Return the source, or the author, of the article of each passage.

        Args:
            field: SOURCE or AUTHOR.
            orders: The passages, sorted.

        Returns:
            For each passage a place in the names that follow; "" is among them if it is needed.
        """

    def count(self) -> int:
        """Return how many passages there are."""

    def firsts(self) -> Numbers:
        """Return the first passage of every article, sorted."""

    def passages(self, article_id: str) -> Numbers:
        """Return the passages of an article in their order; none if it is not there."""

    def holding(self, forms: Sequence[str]) -> Numbers:
        """Return for each form how many passages hold it in their text."""

    def passage(self, order: int) -> StoredPassage:
        """Return a passage."""

    def sketches(self, orders: Numbers) -> Sketches:
        """Return the sketches of some passages (see `sketching`), a row for each.

        Args:
            orders: The passages, sorted.
        """

    def weight(self, forms: tuple[str, ...]) -> float:
        """Return the idf of forms that count as one word, 0 where no passage holds them."""

    def spread(self, places: tuple[tuple[str, ...], ...], faint: tuple[str, ...] = ()) -> float:
        """Return the idf of words, summed up, with articles counted, not passages.

        A small index is taken as one of many articles, see `scoring.article_idf`.

        Args:
            places: The forms of each word.
            faint: Those that count less in a passage; they count the same here.
        """

    def searcher(self) -> Any:
        """Return a `whoosh.searching.Searcher` over the passages; see `NewsIndex.searcher`.

        It stays good when the snapshot is closed, and raises Whoosh's own errors.
        """

    def article(self, article_id: str) -> Article | None:
        """Return an article as it is kept."""

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        """Return what cleaning took out of an article; empty for one that is not there."""

    def whole(self, article_id: str) -> tuple[Article, tuple[Removal, ...]] | None:
        """Return both, or None."""

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles, in the order in which they were added."""

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the fingerprint of each article, in the order of `article_ids`."""

    def info(self) -> Counts:
        """Count what is there."""

    def close(self) -> None:
        """Let go of files."""
