"""A snapshot of the local engine as Whoosh sees it: any `whoosh.query` runs over the columns.

One document of Whoosh's is one live passage, numbered in the order in which it was added. All
segments are one reader, so that a query that asks what else there is (`Otherwise`, the nested
ones) asks the whole index, and neither segments nor deletions change an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.columns import TranslatingColumnReader
from whoosh.reading import IndexReader, ReaderClosed, TermInfo, TermNotFound
from whoosh.searching import Searcher

from newsearch.analysis.edits import within
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.segment import Segment
from newsearch.engines.local.whoosh.columns import FactColumn
from newsearch.engines.local.whoosh.fields import schema
from newsearch.engines.local.whoosh.matcher import PostingsMatcher
from newsearch.engines.local.whoosh.scoring import BM25
from newsearch.engines.local.whoosh.terms import Numbering, Postings, Terms, Words, values
from newsearch.memory import Memory
from newsearch.query.nodes import TEXT, TITLE
from newsearch.settings import Settings

_REMEMBERED = 10_000  # counts of terms


def searcher(segments: Sequence[Segment], generation: int, settings: Settings) -> Any:
    """Return a `whoosh.searching.Searcher` over segments, which scores as newsearch does.

    Args:
        segments: Of one snapshot.
        generation: The number of the commit.
        settings: For BM25's numbers.
    """
    reader = SnapshotReader(segments, generation)
    averages = {
        name: max(reader.field_length(name), 1) / max(reader.doc_count(), 1)
        for name in (TEXT, TITLE)
    }
    model = BM25(settings.k1, settings.b, reader.doc_count(), averages)
    return Searcher(reader, weighting=model)


class SnapshotReader(IndexReader):
    """Reads the segments of one snapshot.

    Args:
        segments: In the order of their passages. They are kept open until `close`.
        generation: The number of the commit.
    """

    def __init__(self, segments: Sequence[Segment], generation: int) -> None:
        self.schema = schema()
        self.is_closed = False
        self._generation = generation
        self.numbering = Numbering(tuple(segments))
        self._fields: dict[str, Terms] = {
            TEXT: Words(self.numbering, TEXT),
            TITLE: Words(self.numbering, TITLE),
            **values(self.numbering, self.schema),
        }
        self._lengths: dict[str, Array] = {}
        self._known = Memory(8_000_000)
        self._holding: dict[tuple[str, tuple[Any, ...]], int] = {}

    def close(self) -> None:
        """Let go of the segments' files; closing again does nothing."""
        self.is_closed = True
        self._fields, self._lengths, self.numbering = {}, {}, Numbering(())
        self._known = Memory(8_000_000)

    def generation(self) -> int:
        return self._generation

    # Passages

    def doc_count_all(self) -> int:
        return len(self.numbering)

    def doc_count(self) -> int:
        return len(self.numbering)

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, docnum: int) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return what is known of a passage; `date` is an ISO day, and left out if unknown."""
        segment, number = self._place(docnum)
        article = int(segment.article_of[number])
        start, end = segment.starts[number], segment.ends[number]
        stored = {
            "article_id": segment.ids[article].decode(),
            "title": segment.title(article),
            "source": segment.source(article),
            "author": segment.authors.text(article),
            "date": segment.date(article),
            "passage": number - int(segment.article_first[article]),
            "start": start,
            "end": end,
            "text": segment.text(article)[start:end],
        }
        return {name: value for name, value in stored.items() if value is not None}

    def _place(self, docnum: int) -> tuple[Segment, int]:
        if self.is_closed:
            raise ReaderClosed
        if not 0 <= docnum < len(self.numbering):
            raise KeyError(f"there is no passage number {docnum}")
        return self.numbering.place(docnum)

    # Lengths

    def lengths(self, fieldname: str) -> Array:
        """Return the number of tokens that each passage has in a field of words."""
        known = self._lengths.get(fieldname)
        if known is None:
            parts = [segment.lengths(fieldname) for segment in self.numbering.segments]
            known = self.numbering.kept(np.concatenate([np.zeros(0, np.uint8), *parts]))
            self._lengths[fieldname] = known
        return known

    def field_length(self, fieldname: str) -> int:
        return int(self.lengths(fieldname).sum(dtype=np.int64)) if self._scorable(fieldname) else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(self.lengths(fieldname).min(initial=0)) if self._scorable(fieldname) else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self.lengths(fieldname).max(initial=0)) if self._scorable(fieldname) else 0

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self.lengths(fieldname)[docnum]) if self._scorable(fieldname) else default

    def _scorable(self, fieldname: str) -> bool:
        return bool(self.schema[fieldname].scorable)

    # Terms

    def _terms(self, fieldname: str) -> Terms:
        if self.is_closed:
            raise ReaderClosed
        if fieldname not in self._fields:
            raise TermNotFound(f"no field {fieldname!r} is indexed")
        return self._fields[fieldname]

    def indexed_field_names(self) -> list[str]:
        return sorted(self._fields)

    def __contains__(self, term: tuple[str, Any]) -> bool:
        fieldname, text = term
        if self.is_closed:
            raise ReaderClosed
        return fieldname in self._fields and self.doc_frequency(fieldname, text) > 0

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in self.indexed_field_names():
            for text in self._terms(fieldname).starting(b""):
                yield fieldname, text

    def terms_from(self, fieldname: str, prefix: Any) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of a field from one on, then those of the fields that come after it."""
        for text in self._terms(fieldname).starting(self._text_to_bytes(fieldname, prefix)):
            yield fieldname, text
        for other in self.indexed_field_names():
            if other > fieldname:
                for text in self._terms(other).starting(b""):
                    yield other, text

    def expand_prefix(self, fieldname: str, prefix: Any) -> Iterator[bytes]:
        begin = self._text_to_bytes(fieldname, prefix)
        for text in self._terms(fieldname).starting(begin):
            if not text.startswith(begin):
                return
            yield text

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        return self._terms(fieldname).starting(b"")

    def terms_within(
        self, fieldname: str, text: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        """Yield the terms at most so far from a text, sorted; see `edits` for the distance."""
        terms = self.expand_prefix(fieldname, text[:prefix])
        texts = [self.schema[fieldname].from_bytes(term) for term in terms]
        return iter(within(texts, text, int(maxdist), prefix))

    def frequency(self, fieldname: str, text: Any) -> int:
        return int(self._postings(fieldname, text).counts.sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: Any) -> int:
        return len(self._postings(fieldname, text).documents)

    def term_info(self, fieldname: str, text: Any) -> Any:
        found = self._postings(fieldname, text)
        if not len(found.documents):
            raise TermNotFound(f"{fieldname}:{text!r}")
        lengths = self.lengths(fieldname)[found.documents] if self._scorable(fieldname) else None
        return TermInfo(
            weight=int(found.counts.sum(dtype=np.int64)),
            df=len(found.documents),
            minlength=1 if lengths is None else int(lengths.min()),
            maxlength=1 if lengths is None else int(lengths.max()),
            maxweight=int(found.counts.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def holding(self, fieldname: str, forms: tuple[Any, ...]) -> int:
        """Return how many passages hold one of some terms."""
        known = self._holding.get((fieldname, forms))
        if known is None:
            if len(self._holding) >= _REMEMBERED:
                self._holding.clear()
            found = [self._postings(fieldname, form).documents for form in forms]
            many = len(found[0]) if len(found) == 1 else len(np.unique(np.concatenate(found)))
            known = self._holding[fieldname, forms] = many
        return known

    def postings(self, fieldname: str, text: Any, scorer: Any = None) -> Any:
        term = self._text_to_bytes(fieldname, text)
        found = self._postings(fieldname, term)
        if not len(found.documents):
            raise TermNotFound(f"{fieldname}:{text!r}")
        info = None if scorer is None else self.term_info(fieldname, term)
        format_ = self.schema[fieldname].format
        return PostingsMatcher(found, (fieldname, term), format_, scorer, info)

    def _postings(self, fieldname: str, text: Any) -> Postings:
        """Return the passages that hold a term; none where no passage does."""
        terms, term = self._terms(fieldname), self._text_to_bytes(fieldname, text)
        known: Postings | None = self._known.kept.get((fieldname, term))
        if known is None:
            found = terms.postings(term)
            # Whoosh asks for each term several times while it prepares a query.
            known = self._known.keep((fieldname, term), found, 3 * len(found.documents) + 100)
        return known

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    # Columns

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.schema and self.schema[fieldname].column_type is not None

    def column_reader(
        self, fieldname: str, column: Any = None, reverse: bool = False, translate: bool = True
    ) -> Any:
        """Return a fact of each passage, or its number, for sorting and grouping."""
        if not self.has_column(fieldname):
            raise KeyError(f"the field {fieldname!r} has no column")
        field = self.schema[fieldname]
        found = FactColumn(self._place, len(self.numbering), fieldname, field)
        if reverse:
            found.set_reverse()
        return TranslatingColumnReader(found, field.from_column_value) if translate else found
