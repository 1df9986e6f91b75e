"""The postings of several segments to those of one, some terms at a time.

Documents rise from segment to segment, so those of a term are the first segment's, then the
second's, and so on. What is held at a time is bounded, however large the segments are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import ragged, steps
from newsearch.engines.local.files.columns import Array, Column, ColumnFile, smallest
from newsearch.engines.local.files.narrow import DOCUMENTS, POSITIONS, NarrowWriter
from newsearch.engines.local.files.pages import forget
from newsearch.engines.local.segment import Field
from newsearch.errors import IndexDamaged

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Source:
    """The postings of one of the segments.

    Attributes:
        field: Them.
        new: The new number of each document, -1 for the dead.
        rank: The new number of each term; rises.
    """

    field: Field
    new: Numbers
    rank: Numbers


def interleave(
    sources: Sequence[Source], terms: int, tokens: int, name: str, file: ColumnFile, most: int
) -> Numbers:
    """Write the postings of a field of several segments to the file of one.

    Args:
        sources: The segments, in order.
        terms: How many terms there are in all.
        tokens: How many tokens there are in all, the dead left out.
        name: What the names of the columns begin with.
        file: Where they go.
        most: How many postings and positions are held at a time, about.

    Returns:
        How often each term stands in the field.
    """
    fields = [source.field for source in sources]
    postings = sum(_living(source, most) for source in sources)
    widest = np.result_type(*(field.counts.unchecked for field in fields))
    out = _Out(
        NarrowWriter(DOCUMENTS, name, file, postings),
        file.reserve(f"{name}_counts", widest, postings),
        NarrowWriter(POSITIONS, name, file, tokens),
    )
    documents_of, tokens_of = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    for first, end in _ranges(sources, terms, most):
        for piece in _pieces(sources, first, end, most):
            out.write(piece.sorted())
            many = np.bincount(piece.terms - first, minlength=end - first)
            documents_of[first:end] += many
            often = np.bincount(piece.terms - first, piece.counts, minlength=end - first)
            tokens_of[first:end] += often.astype(np.int64)
        forget([field.counts.unchecked for field in fields])
    out.close()
    for kind, many in (("first", documents_of), ("position_first", tokens_of)):
        ends = np.concatenate(([0], np.cumsum(many)))
        file.add(f"{name}_{kind}", ends.astype(smallest(int(ends[-1]))))
    return tokens_of


@dataclass(frozen=True, slots=True)
class _Piece:
    """Postings, and the positions that belong to them, in the same order."""

    terms: Numbers
    documents: Numbers
    counts: Numbers
    positions: Array

    def sorted(self) -> _Piece:
        """Return the same in the order of the terms, those of a term in the order they had."""
        if not (self.terms[1:] < self.terms[:-1]).any():
            return self
        order = np.argsort(self.terms, kind="stable")
        begins = np.cumsum(self.counts) - self.counts
        counts = self.counts[order]
        positions = self.positions[ragged(begins[order], counts)]
        return _Piece(self.terms[order], self.documents[order], counts, positions)


@dataclass(frozen=True, slots=True)
class _Out:
    """Where postings go."""

    documents: NarrowWriter
    counts: Column
    positions: NarrowWriter

    def write(self, piece: _Piece) -> None:
        self.documents.write(piece.documents)
        self.counts.write(piece.counts)
        self.positions.write(piece.positions)

    def close(self) -> None:
        self.documents.close()
        self.positions.close()


def _living(source: Source, most: int) -> int:
    """Return how many postings are of living documents."""
    documents = source.field.documents
    if source.new.min(initial=0) >= 0:
        return len(documents)
    return sum(
        int(np.count_nonzero(source.new[documents.part(at, at + most)] >= 0))
        for at in range(0, len(documents), most)
    )


def _ranges(sources: Sequence[Source], terms: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms that have together no more than `most`, or one term that has more."""
    size = np.zeros(terms, np.int64)
    for source in sources:
        for begins in (source.field.first, source.field.position_first):
            size[source.rank] += steps(begins.whole())
    ends = np.cumsum(size)
    first = 0
    while first < terms:
        before = int(ends[first - 1]) if first else 0
        end = max(int(np.searchsorted(ends, before + most, "right")), first + 1)
        yield first, end
        first = end


def _pieces(sources: Sequence[Source], first: int, end: int, most: int) -> Iterator[_Piece]:
    """Yield the living postings of a range of terms: all at once, or those of one in pieces."""
    if end - first > 1:
        parts = [part for source in sources for part in _of_terms(source, first, end, None)]
        if parts:
            yield _Piece(
                np.concatenate([part.terms for part in parts]),
                np.concatenate([part.documents for part in parts]),
                np.concatenate([part.counts for part in parts]),
                np.concatenate([part.positions for part in parts]),
            )
    else:
        for source in sources:
            yield from _of_terms(source, first, end, most)


def _of_terms(source: Source, first: int, end: int, most: int | None) -> Iterator[_Piece]:
    """Yield the living postings of a segment for a range of terms, `most` at a time."""
    field = source.field
    low, high = np.searchsorted(source.rank, (first, end)).tolist()
    begin, stop = field.first[low], field.first[high]
    at, last = field.position_first[low], field.position_first[high]
    terms = source.rank[low:high]
    if most is None:
        terms = np.repeat(terms, steps(field.first.part(low, high + 1)))
    step = max(stop - begin, 1) if most is None else most
    for start in range(begin, stop, step):
        counts = field.counts.part(start, min(start + step, stop)).astype(np.int64)
        size = int(counts.sum())
        # What is added up here may be anything; nothing is made that the columns do not hold.
        if counts.min() < 0 or counts.max() > last - at or not 0 <= size <= last - at:
            raise IndexDamaged("the postings of a term are damaged")
        documents = source.new[field.documents.part(start, start + len(counts))]
        positions = field.positions.part(at, at + size)
        at += size
        of = terms if most is None else np.repeat(terms, len(counts))
        alive = documents >= 0
        if not alive.all():
            positions = positions[np.repeat(alive, counts)]
            of, documents, counts = of[alive], documents[alive], counts[alive]
        yield _Piece(of, documents, counts, positions)
    if at != last:
        raise IndexDamaged("the postings of a term are damaged")
