"""A stock Whoosh index of passages, and one that newsearch has lived through, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import WeightScorer

from newsearch.analysis import tokenize
from newsearch.engines.entry import Entry
from newsearch.engines.scoring import idf
from newsearch.query.nodes import TEXT, TITLE
from oracle.bm25 import BM25, BM25Scorer


class StockBM25(BM25):
    """The oracle's BM25, also for the terms of Whoosh's own queries; in one segment only."""

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1.0) -> Any:
        if not isinstance(text, (str, bytes)):
            return super().scorer(searcher, fieldname, text, qf)
        if fieldname not in self.averages:
            return WeightScorer.for_(searcher, fieldname, text)
        weight = idf(self.passages, searcher.doc_frequency(fieldname, text))
        lengths = searcher.reader().column_reader(fieldname + "_length")
        return _TermScorer(self, qf * weight, lengths, self.averages[fieldname])


class _TermScorer(BM25Scorer):
    def max_quality(self) -> float:
        return self.weight  # Whoosh's AndMaybe asks, whether this is known or not


class OwnStorage(RamStorage):
    """Memory, also for what Whoosh would put into a folder that other processes use as well."""

    def temp_storage(self, name: str | None = None) -> OwnStorage:
        return OwnStorage()


def stock_index(entries: Iterable[Entry]) -> Any:
    """Return a Whoosh index in memory, of one segment, of the passages of some articles."""
    words = fields.FieldType(format=formats.Positions(), analyzer=None, scorable=True)
    # Sentences are looked for in the text itself.
    stored = fields.FieldType(words.format, None, scorable=True, stored=True)
    schema = fields.Schema(
        article_id=fields.ID(stored=True, sortable=True),
        source=fields.ID(stored=True, sortable=True),
        author=fields.ID(stored=True, sortable=True),
        date=fields.DATETIME(stored=True, sortable=True),
        passage=fields.NUMERIC(stored=True, sortable=True),
        text_length=fields.COLUMN(columns.NumericColumn("I")),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
        **{TEXT: stored, TITLE: words},
    )
    index = OwnStorage().create_index(schema)
    writer = index.writer()
    for entry in entries:
        article = entry.article
        title = [token.form for token in tokenize(article.title)]
        for passage in entry.passages:
            text = [token.form for token in tokenize(passage.text)]
            writer.add_document(
                article_id=article.id,
                source=article.source or None,
                author=article.author or None,
                date=datetime.fromisoformat(article.date) if article.date else None,
                passage=passage.number,
                text=text,
                _stored_text=passage.text,
                title=title,
                text_length=len(text),
                title_length=len(title),
            )
    writer.commit()
    return index


def stock_searcher(index: Any, entries: Iterable[Entry], k1: float, b: float) -> Any:
    """Return a searcher over a stock index that scores as newsearch does."""
    lengths: dict[str, list[int]] = {TEXT: [], TITLE: []}
    for entry in entries:
        for passage in entry.passages:
            lengths[TEXT].append(len(tokenize(passage.text)))
            lengths[TITLE].append(len(tokenize(entry.article.title)))
    passages = len(lengths[TEXT])
    averages = {name: max(sum(each), 1) / max(passages, 1) for name, each in lengths.items()}
    return index.searcher(weighting=StockBM25(k1, b, passages, averages))
