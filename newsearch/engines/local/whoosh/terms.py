"""The terms of each field and the passages that hold them, as Whoosh wants them.

In: the columns of the segments of one snapshot. Out: for each field its terms, sorted as UTF-8,
and for a term its postings: one list over all segments, of the passages that live, numbered in
the order in which they were added. Words come from the postings of the index; all other fields, of
which no postings are kept, are looked up in the columns of the articles.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from heapq import merge
from typing import Any, Protocol

import numpy as np

from newsearch.engines.local.arrays import ragged
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.finding.filtering import Facts
from newsearch.engines.local.segment import Documents, Segment
from newsearch.engines.local.whoosh.fields import microseconds, number_of
from newsearch.errors import IndexDamaged
from newsearch.query.filters import NAMED
from newsearch.query.nodes import TITLE

_CHUNK = 1024  # terms that are read at a time


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a term.

    Attributes:
        documents: Their numbers, sorted.
        counts: How often each holds it.
        first: For each, where its token numbers begin in `positions`.
        positions: Token numbers, those of one passage side by side and sorted; None where the
            field has none.
    """

    documents: Documents
    counts: Array
    first: Documents
    positions: Array | None


class Numbering:
    """How the live passages of a snapshot are numbered: from 0, without gaps.

    Whoosh has deleted documents, but its `InverseMatcher` and `ColumnMatcher` return them, and its
    statistics count them. So it is not told of any.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._bases = np.cumsum([0, *(segment.entry.passages for segment in segments)])
        self._live: Array | None = None
        self._numbers: Documents | None = None
        if any(segment.live is not None for segment in segments):
            live = [np.ones(s.entry.passages, bool) if s.live is None else s.live for s in segments]
            self._live = np.concatenate(live)
            self._numbers = np.cumsum(self._live) - 1
            self._orders = np.flatnonzero(self._live)

    def __len__(self) -> int:
        return int(self._bases[-1]) if self._live is None else len(self._orders)

    def base(self, segment: int) -> int:
        """Return the order of the first passage of a segment."""
        return int(self._bases[segment])

    def orders(self, numbers: Documents) -> Documents:
        """Return the snapshot's own numbers (`order`) of passages."""
        return numbers if self._live is None else self._orders[numbers]

    def place(self, number: int) -> tuple[Segment, int]:
        """Return the segment of a passage, and its number there."""
        order = int(self.orders(np.array([number]))[0])
        at = int(np.searchsorted(self._bases, order, side="right")) - 1
        return self.segments[at], order - int(self._bases[at])

    def kept(self, column: Array) -> Array:
        """Return what a column over all passages has for the live ones."""
        return column if self._live is None else column[self._live]

    def numbered(self, found: Postings) -> Postings:
        """Return the postings of live passages, under their numbers, from those of all."""
        if self._live is None or self._numbers is None:
            return found
        kept = self._live[found.documents]
        documents = self._numbers[found.documents[kept]]
        return Postings(documents, found.counts[kept], found.first[kept], found.positions)


class Terms(Protocol):
    """The terms of one field."""

    def starting(self, start: bytes) -> Iterator[bytes]:
        """Yield all terms from `start` on, sorted."""

    def postings(self, term: bytes) -> Postings:
        """Return the passages that hold a term."""


class Words:
    """The forms that stand in the texts, or in the titles."""

    def __init__(self, numbering: Numbering, name: str) -> None:
        self._numbering = numbering
        self._segments = numbering.segments
        self._name = name

    def starting(self, start: bytes) -> Iterator[bytes]:
        return _merged([self._of_segment(segment, start) for segment in self._segments])

    def _of_segment(self, segment: Segment, start: bytes) -> Iterator[bytes]:
        for place in range(segment.terms.place(start), len(segment.terms), _CHUNK):
            texts = segment.terms.slice(place, min(place + _CHUNK, len(segment.terms)))
            used = self._used(segment, place, place + len(texts)).tolist()
            yield from (text for text, there in zip(texts, used, strict=True) if there)

    def _used(self, segment: Segment, begin: int, end: int) -> Array:
        """Return for each of some terms whether a live passage holds it."""
        field = segment.fields[self._name]
        first = field.first.part(begin, end + 1).astype(np.int64)
        if segment.dead is None or segment.live is None:
            return first[1:] > first[:-1]
        live = ~segment.dead if self._name == TITLE else segment.live
        documents = field.documents.part(int(first[0]), int(first[-1]))
        before = np.cumsum([0, *live[documents]])[first - first[0]]
        used: Array = before[1:] > before[:-1]
        return used

    def postings(self, term: bytes) -> Postings:
        parts = []
        for at, segment in enumerate(self._segments):
            number = segment.terms.place(term)
            if number < len(segment.terms) and segment.terms[number] == term:
                parts.append(self._in_segment(segment, number, self._numbering.base(at)))
        return self._numbering.numbered(_joined(parts))

    def _in_segment(self, segment: Segment, number: int, base: int) -> Postings:
        field = segment.fields[self._name]
        documents, counts = field.postings(number)
        begin, end = field.position_first[number], field.position_first[number + 1]
        if int(counts.sum()) != end - begin:
            raise IndexDamaged("the postings of a term are damaged")
        first = np.cumsum(counts, dtype=np.int64) - counts
        if self._name == TITLE:
            begins, many = _passages_of(segment, documents)
            documents, counts, first = ragged(begins, many), counts.repeat(many), first.repeat(many)
        numbers = documents.astype(np.int64) + base
        return Postings(numbers, counts, first, field.positions.part(begin, end))


class Values:
    """The values of a field of which each passage has one, or none.

    Args:
        numbering: Of the snapshot.
        all_of: Returns the values that live passages of a segment have, as terms, sorted.
        holding: Returns the passages of a segment that have a value, deleted ones, too; sorted.
    """

    def __init__(
        self,
        numbering: Numbering,
        all_of: Callable[[Segment], Any],
        holding: Callable[[Segment, bytes], Documents],
    ) -> None:
        self._numbering = numbering
        self._all_of = all_of
        self._holding = holding

    @cached_property
    def _terms(self) -> list[bytes]:
        return list(_merged([iter(self._all_of(each)) for each in self._numbering.segments]))

    def starting(self, start: bytes) -> Iterator[bytes]:
        return iter(self._terms[bisect_left(self._terms, start) :])

    def postings(self, term: bytes) -> Postings:
        parts = []
        for at, segment in enumerate(self._numbering.segments):
            found = self._holding(segment, term) + self._numbering.base(at)
            once = np.ones(len(found), np.uint8)
            parts.append(Postings(found, once, np.zeros(len(found), np.int64), None))
        return self._numbering.numbered(_joined(parts))


def values(numbering: Numbering, schema: Any) -> dict[str, Values]:
    """Return the fields that hold one value for each passage."""
    facts = {segment: Facts(segment) for segment in numbering.segments}

    def named(field: str) -> Values:
        return Values(
            numbering,
            lambda segment: facts[segment].names(field),
            lambda segment, name: _of_articles(segment, facts[segment].of_name(field, name)),
        )

    def days(segment: Segment) -> list[bytes]:
        return [schema["date"].to_bytes(microseconds(day)) for day in facts[segment].days]

    def of_day(segment: Segment, term: bytes) -> Documents:
        return _of_articles(segment, facts[segment].of_day(_day(schema["date"], term)))

    def ids(segment: Segment) -> list[bytes]:
        texts = segment.ids.slice(0, len(segment.ids))
        dead = [False] * len(texts) if segment.dead is None else segment.dead.tolist()
        return sorted(text for text, gone in zip(texts, dead, strict=True) if not gone)

    def of_article(segment: Segment, term: bytes) -> Documents:
        articles = sorted(each for each in segment.with_check(term) if segment.ids[each] == term)
        return _of_articles(segment, np.array(articles, np.int64))

    def numbers(segment: Segment) -> list[bytes]:
        many = np.diff(segment.article_first.astype(np.int64))
        most = int(many[slice(None) if segment.dead is None else ~segment.dead].max(initial=0))
        return [schema["passage"].to_bytes(number) for number in range(most)]

    def of_number(segment: Segment, term: bytes) -> Documents:
        number = schema["passage"].from_bytes(term)
        first = segment.article_first.astype(np.int64)
        here = first[:-1] + number
        found: Documents = here[(number >= 0) & (here < first[1:])]
        return found

    return {
        "article_id": Values(numbering, ids, of_article),
        **{field: named(field) for field in sorted(NAMED)},
        "date": Values(numbering, days, of_day),
        "passage": Values(numbering, numbers, of_number),
    }


def _day(field: Any, term: bytes) -> int:
    """Return the day YYYYMMDD that a term stands for; 0 if it is no midnight, or no time."""
    try:
        moment = field.from_bytes(term)
    except (struct.error, OverflowError):
        return 0
    return 0 if moment.time() != time() else number_of(moment)


def _of_articles(segment: Segment, articles: Documents) -> Documents:
    return ragged(*_passages_of(segment, articles))


def _passages_of(segment: Segment, articles: Array) -> tuple[Documents, Documents]:
    """Return the first passage of each article, and how many it has."""
    first = segment.article_first.astype(np.int64)
    return first[articles], first[articles + 1] - first[articles]


def _merged(sorted_terms: list[Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the terms of several sorted runs in order, each once."""
    if len(sorted_terms) == 1:
        yield from sorted_terms[0]
        return
    last = None
    for term in merge(*sorted_terms):
        if term != last:
            yield term
        last = term


def _joined(parts: list[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    nothing = np.zeros(0, np.int64)
    if not parts:
        return Postings(nothing, nothing, nothing, nothing)
    positions = [part.positions for part in parts if part.positions is not None]
    sizes = [len(each) for each in positions] or [0] * len(parts)
    before = np.cumsum([0, *sizes[:-1]])
    return Postings(
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.first + offset for part, offset in zip(parts, before, strict=True)]),
        np.concatenate(positions) if positions else None,
    )
