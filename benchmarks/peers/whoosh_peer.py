"""Stock Whoosh: its own index, BM25F and query parser, with its stemming analyzer.

The analyzer keeps all words, as those of the other peers do; the one that comes with Whoosh drops
"US", "may" and "not".
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, scoring
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import OrGroup, QueryParser

from benchmarks.peers.base import MEMORY, sync
from benchmarks.records import AND, KINDS, PHRASE, PREFIX, Answer, Query, Ready


def _schema() -> Any:
    analyzer = StemmingAnalyzer(stoplist=None, minsize=1)
    return fields.Schema(
        id=fields.ID(stored=True),
        title=fields.STORED,
        text=fields.TEXT(analyzer=analyzer, stored=True, phrase=True),
    )


class Whoosh:
    """Whoosh as its documentation shows it."""

    kinds = KINDS
    snippets = True

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        writer = index.create_in(folder, _schema()).writer(limitmb=MEMORY >> 20)
        for ready in passages:
            writer.add_document(id=ready.id, title=ready.title, text=ready.text)
        writer.commit()
        sync(folder)

    def open(self, folder: Path) -> Searcher:
        return Searcher(folder)


class Searcher:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(folder).searcher(weighting=scoring.BM25F(B=0.75, K1=1.2))
        self._parser = QueryParser("text", self._searcher.schema, group=OrGroup)

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        hits = self._searcher.search(self._parsed(query), limit=k)
        return [
            Answer(hit["id"], hit["title"], hit.score, hit.highlights("text") if snippets else "")
            for hit in hits
        ]

    def count(self, query: Query) -> int:
        return len(set(self._searcher.docs_for_query(self._parsed(query))))

    def close(self) -> None:
        self._searcher.close()

    def _parsed(self, query: Query) -> Any:
        if query.kind == PHRASE:
            return self._parser.parse('"' + " ".join(query.words) + '"')
        if query.kind == PREFIX:
            return self._parser.parse(query.words[0] + "*")
        return self._parser.parse((" AND " if query.kind == AND else " ").join(query.words))
