"""SQLite's FTS5: Porter's stems, `bm25()`, `snippet()`; one transaction, SQLite's defaults."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers.base import SNIPPET
from benchmarks.records import AND, KINDS, PHRASE, PREFIX, Answer, Query, Ready

_FILE = "passages.db"
_TABLE = """
CREATE VIRTUAL TABLE passages
USING fts5(id UNINDEXED, title UNINDEXED, text, tokenize = 'porter unicode61')
"""
_FIND = "SELECT id, title, -rank, '' FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
_SHOW = f"""
SELECT id, title, -rank, snippet(passages, 2, '[', ']', '…', {SNIPPET // 6})
FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?
"""
_COUNT = "SELECT count(*) FROM passages WHERE passages MATCH ?"


class Fts5:
    """FTS5 as its documentation shows it."""

    kinds = KINDS
    snippets = True

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        connection = sqlite3.connect(folder / _FILE)
        connection.execute(_TABLE)
        with connection:
            connection.executemany("INSERT INTO passages VALUES (?, ?, ?)", passages)
        connection.close()

    def open(self, folder: Path) -> Searcher:
        return Searcher(folder)


class Searcher:
    """An open database."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / _FILE)

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        found = self._connection.execute(_SHOW if snippets else _FIND, (_match(query), k))
        return [Answer(*row) for row in found]

    def count(self, query: Query) -> int:
        found = self._connection.execute(_COUNT, (_match(query),)).fetchone()
        return int(found[0])

    def close(self) -> None:
        self._connection.close()


def _match(query: Query) -> str:
    words = [f'"{word}"' for word in query.words]
    if query.kind == PHRASE:
        return '"' + " ".join(query.words) + '"'
    if query.kind == PREFIX:
        return words[0] + " *"
    return (" AND " if query.kind == AND else " OR ").join(words)
