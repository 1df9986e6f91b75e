"""newsearch, twice over one index: what its users call, and its engine alone.

`Newsearch` is `NewsIndex.search` with all that belongs to it: titles, passages with all words
first, nearness, marks, snippets. `EngineAlone` does the job that the other peers do: it reads the
query, ranks passages by BM25 over their text, and fetches titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.query import And, Or

import newsearch
from benchmarks.peers.base import SNIPPET, Searching
from benchmarks.records import AND, KINDS, PHRASE, PREFIX, Answer, Query, Ready
from newsearch.answering.matching import Places
from newsearch.answering.snippets import snippet
from newsearch.engines.base import Matches, Numbers, StoredPassage
from newsearch.engines.entry import Entry
from newsearch.query import Lexicon, Resolved, Resolver, parse
from newsearch.query.nodes import TEXT
from newsearch.query.resolved import words_in
from newsearch.records import Article, Passage


def as_typed(query: Query) -> str:
    """Return a query in newsearch's language.

    >>> as_typed(Query(PREFIX, ("guarant",))), as_typed(Query(AND, ("ferry", "quay")))
    ('guarant*', 'ferry AND quay')
    """
    if query.kind == PHRASE:
        return '"' + " ".join(query.words) + '"'
    if query.kind == PREFIX:
        return query.words[0] + "*"
    return (" AND " if query.kind == AND else " ").join(query.words)


def entries(passages: Iterable[Ready]) -> Iterable[Entry]:
    """Yield ready passages as entries; those of one article stand one after the other."""
    for article_id, group in groupby(passages, lambda ready: ready.id.rpartition("#")[0]):
        cut, title, at = [], "", 0
        for number, ready in enumerate(group):
            cut.append(Passage(number, at, at + len(ready.text), ready.text))
            title, at = ready.title, at + len(ready.text) + 1
        text = "\n".join(passage.text for passage in cut)
        yield Entry(Article(id=article_id, title=title, text=text), "", (), tuple(cut))


class Newsearch:
    """The public call."""

    kinds = KINDS
    snippets = True

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        with newsearch.create(folder) as index:
            # The only private name of newsearch here: ready passages have no public way in.
            writer = index._engine.writer()
            for entry in entries(passages):
                writer.put(entry)
            writer.commit()

    def open(self, folder: Path) -> Searching:
        return Answering(newsearch.open(folder))


class Answering:
    """An index that is open for `NewsIndex.search`."""

    def __init__(self, index: newsearch.NewsIndex) -> None:
        self._index = index

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        results = self._index.search(as_typed(query), limit=k, per_article=None)
        return [
            Answer(
                f"{hit.article_id}#{hit.passage}",
                hit.title,
                hit.score,
                hit.snippet.text if snippets else "",
            )
            for hit in results
        ]

    def count(self, query: Query) -> int:
        results = self._index.search(as_typed(query), limit=1, per_article=None, count=True)
        return results.complete if query.kind in (AND, PHRASE, PREFIX) else results.total

    def close(self) -> None:
        self._index.close()


class EngineAlone(Newsearch):
    """The engine over the index that `Newsearch` has built."""

    def open(self, folder: Path) -> Searching:
        return Ranking(newsearch.open(folder))


class Ranking:
    """An index that is open for `Snapshot.search`."""

    def __init__(self, index: newsearch.NewsIndex) -> None:
        self._index = index
        with index._current() as self._view:  # which is held by the index, too
            pass
        self._resolver = Resolver(Lexicon(self._view.snapshot), 0.0)

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        resolved = self._resolved(query)
        found = self._found(query, resolved, k, False)
        orders = found.orders.tolist()
        passages = [self._view.snapshot.passage(order) for order in orders]
        shown = self._snippets(resolved, orders, passages) if snippets else [""] * len(passages)
        return [
            Answer(f"{place.article_id}#{place.passage}", place.title, score, text)
            for place, score, text in zip(
                [passage.place() for passage in passages], found.scores.tolist(), shown, strict=True
            )
        ]

    def _snippets(
        self, resolved: Resolved, orders: list[int], passages: list[StoredPassage]
    ) -> list[str]:
        in_order = sorted(orders)
        leaves = self._places(resolved, np.array(in_order))
        shown = []
        for order, passage in zip(orders, passages, strict=True):
            layout = self._view.layouts.of(order, passage)
            marks = leaves.marks(in_order.index(order), layout, "")
            shown.append(snippet(layout, marks, SNIPPET).text)
        return shown

    def _places(self, resolved: Resolved, orders: Numbers) -> Places:
        """Return where the words of a query stand in some passages."""
        leaves = resolved.leaves
        begins = self._view.snapshot.begins([leaf.text for leaf in leaves], orders)
        return Places(begins, [len(leaf.places) for leaf in leaves], [1.0] * len(leaves))

    def count(self, query: Query) -> int:
        return self._found(query, self._resolved(query), 1, True).total

    def close(self) -> None:
        self._index.close()

    def _resolved(self, query: Query) -> Resolved:
        return self._resolver.resolve(parse(as_typed(query)).tree)

    def _found(self, query: Query, resolved: Resolved, k: int, count: bool) -> Matches:
        # To the other peers all forms of a word are the same, and all words are alike.
        leaves: list[Any] = [words_in(leaf.places, TEXT, 1.0) for leaf in resolved.leaves]
        tree = leaves[0] if len(leaves) == 1 else (And if query.kind == AND else Or)(leaves)
        return self._view.snapshot.search(tree, k, count)
