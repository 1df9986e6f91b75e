"""bm25s: scores worked out when indexing, as sparse numpy arrays; ranked words only.

It holds the whole corpus's tokens in memory while indexing, knows no AND, phrase or prefix, and
makes no snippets. Texts and titles are kept in its own JSON-lines corpus, read through mmap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import bm25s
import Stemmer

from benchmarks.peers.base import sync
from benchmarks.records import NAMES, RANKED, Answer, Query, Ready

_CORPUS = "corpus.jsonl"


def _tokenizer() -> Any:
    # Every word is kept, as by the other peers.
    return bm25s.tokenization.Tokenizer(
        splitter=r"(?u)\b\w+\b", stopwords=None, stemmer=Stemmer.Stemmer("english")
    )


class Bm25s:
    """bm25s with its numpy backend."""

    kinds = (RANKED, NAMES)
    snippets = False

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        tokenizer = _tokenizer()
        texts = _kept(passages, folder / _CORPUS)
        ids = list(tokenizer.streaming_tokenize(texts))
        model = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numpy")
        model.index((ids, tokenizer.get_vocab_dict()), show_progress=False)
        model.save(folder, show_progress=False)
        tokenizer.save_vocab(folder)
        # The places of the lines in the corpus, which it would make on opening.
        bm25s.utils.corpus.JsonlCorpus(folder / _CORPUS, show_progress=False).close()
        sync(folder)

    def open(self, folder: Path) -> Searcher:
        return Searcher(folder)


def _kept(passages: Iterable[Ready], file: Path) -> Iterator[str]:
    """Write passages to bm25s's corpus as they go by, and yield their texts."""
    with file.open("w", encoding="utf-8") as out:
        for ready in passages:
            out.write(json.dumps(ready._asdict()) + "\n")
            yield ready.text


class Searcher:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        self._model = bm25s.BM25.load(folder, mmap=True, load_corpus=True, show_progress=False)
        self._tokenizer = _tokenizer()
        self._tokenizer.load_vocab(folder)

    def search(self, query: Query, k: int, snippets: bool) -> list[Answer]:
        k = min(k, self._model.scores["num_docs"])
        tokens = self._tokens(query)
        found, scores = self._model.retrieve(tokens, k=k, n_threads=0, show_progress=False)
        rows = zip(found[0], scores[0], strict=True)
        return [Answer(row["id"], row["title"], float(score)) for row, score in rows if score > 0]

    def count(self, query: Query) -> int:
        return int((self._model.get_scores(self._tokens(query)[0]) > 0).sum())

    def close(self) -> None:
        self._model.corpus.close()

    def _tokens(self, query: Query) -> Any:
        return self._tokenizer.tokenize(
            [" ".join(query.words)], update_vocab=False, show_progress=False
        )
