"""Whether the postings of one field fit together: a part of `checking`.

In: the columns of a field. Out: in which of them something is wrong, and what.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.segment import Field

Problems = Iterator[tuple[str, str]]

PIECE = 1 << 16
"""Items that are looked at together."""


def pieces(array: Array, more: int = 0) -> Iterator[tuple[int, Array]]:
    """Yield pieces of an array and where each begins; each goes `more` items into the next."""
    for at in range(0, len(array), PIECE):
        yield at, array[at : at + PIECE + more]


def check_postings(kind: str, field: Field, lengths: Array) -> Problems:
    """Look at one field's postings.

    Args:
        kind: What the names of its columns begin with.
        field: Its columns.
        lengths: How many tokens each document has.
    """
    for name, column in (("turns", field.documents), ("far", field.positions)):
        if not column.as_written(PIECE):
            yield f"{kind}_{name}", "does not go with the postings"
            return
    tokens = sum(int(piece.sum(dtype=np.uint64)) for _, piece in pieces(lengths))
    if tokens != len(field.positions):
        yield f"{kind}_positions", "has not as many tokens as the documents"
        return
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    taken = np.zeros(tokens, bool)  # whether a token's place has its term
    at = 0
    for begin in range(0, len(field.documents), PIECE):
        documents = field.documents.part(begin, begin + PIECE + 1)
        problem = _postings_problem(field, lengths, documents, begin, at)
        if problem:
            yield f"{kind}_{problem[0]}", problem[1]
            return
        counts = field.counts.part(begin, begin + PIECE).astype(np.int64)
        many = int(counts.sum())
        of = np.repeat(starts[documents[: len(counts)]], counts)
        taken[of + field.positions.part(at, at + many)] = True
        at += many
    if at != tokens:
        yield f"{kind}_counts", "counts fewer than there are positions"
    elif not taken.all():
        yield f"{kind}_positions", "has two words in one place"


def _postings_problem(
    field: Field, lengths: Array, documents: Array, begin: int, at: int
) -> tuple[str, str] | None:
    """Return what is wrong in a piece of the postings, and in which column.

    Args:
        field: The columns.
        lengths: How many tokens each document has.
        documents: The piece, and the first document after it.
        begin: Where it begins among the documents.
        at: Where it begins among the positions.
    """
    counts = field.counts.part(begin, begin + PIECE)
    here = documents[: len(counts)]
    if here.max() >= len(lengths):
        return "documents", "points beyond the last document"
    if not _rise(documents, field.first.whole(), begin):
        return "documents", "does not rise within a term"
    if counts.min() < 1 or (counts > lengths[here]).any():
        return "counts", "holds numbers that can't be"
    ends = np.cumsum(counts, dtype=np.int64)
    positions = field.positions.part(at, at + int(ends[-1]))
    if len(positions) != ends[-1]:
        return "counts", "counts more than there are positions"
    if not _positions_begin(field, begin, at, ends):
        return "position_first", "does not go with the counts"
    if (positions >= np.repeat(lengths[here], counts.astype(np.int64))).any():
        return "positions", "points beyond the end of a document"
    opens = np.zeros(len(positions), bool)
    opens[ends[:-1]] = True
    if not opens[_drops(positions)].all():
        return "positions", "does not rise within a document"
    return None


def _drops(numbers: Array) -> Array:
    """Return where numbers do not rise."""
    return np.flatnonzero(numbers[1:] <= numbers[:-1]) + 1


def _rise(documents: Array, first: Array, begin: int) -> bool:
    """Whether documents, from place `begin` on, rise wherever no new term begins."""
    drops = (_drops(documents) + begin).astype(first.dtype)
    return bool((first[np.searchsorted(first, drops)] == drops).all())


def _positions_begin(field: Field, begin: int, at: int, ends: Array) -> bool:
    """Whether the positions of the terms that begin in a piece begin where the counts say."""
    first = field.first.whole()
    low, high = np.searchsorted(first, np.array([begin, begin + len(ends)], first.dtype))
    places = first[low:high].astype(np.int64) - begin
    begins = np.concatenate(([0], ends))[places] + at
    return bool((field.position_first.whole()[low:high] == begins.astype(np.uint64)).all())
