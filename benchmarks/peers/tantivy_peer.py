"""tantivy-py: the "en_stem" tokenizer, texts stored, one thread that writes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.peers.base import MEMORY, SNIPPET
from benchmarks.records import AND, KINDS, PHRASE, PREFIX, Answer, Query, Ready


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    return builder.build()


class Tantivy:
    """tantivy as its documentation shows it."""

    kinds = KINDS
    snippets = True

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        index = tantivy.Index(_schema(), path=str(folder), reuse=False)
        writer = index.writer(heap_size=MEMORY, num_threads=1)
        for ready in passages:
            writer.add_document(tantivy.Document(id=ready.id, title=ready.title, text=ready.text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Searcher:
        return Searcher(folder)


class Searcher:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        parsed = self._parsed(query)
        found = self._searcher.search(parsed, k, count=False)
        documents = [(score, self._searcher.doc(address)) for score, address in found.hits]
        if not snippets:
            return [_answer(score, document, "") for score, document in documents]
        generator = tantivy.SnippetGenerator.create(self._searcher, parsed, self._schema, "text")
        generator.set_max_num_chars(SNIPPET)
        return [
            _answer(score, document, generator.snippet_from_doc(document).to_html())
            for score, document in documents
        ]

    def count(self, query: Query) -> int:
        found: Any = self._searcher.search(self._parsed(query), 1, count=True)
        return int(found.count)  # which its stub leaves out

    def close(self) -> None:
        return None

    def _parsed(self, query: Query) -> tantivy.Query:
        if query.kind == PREFIX:  # its parser takes prefixes at the end of phrases only
            return tantivy.Query.regex_query(self._schema, "text", query.words[0] + ".*")
        text = (" AND " if query.kind == AND else " ").join(query.words)
        text = f'"{text}"' if query.kind == PHRASE else text
        return self._index.parse_query(text, ["text"])


def _answer(score: float, document: tantivy.Document, snippet: str) -> Answer:
    return Answer(document["id"][0], document["title"][0], score, snippet)
