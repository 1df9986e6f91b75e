"""One segment, open for reading: its columns under the names of what they mean."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Array, map_columns
from newsearch.engines.local.inverting import ragged
from newsearch.engines.local.manifest import SegmentEntry
from newsearch.errors import EngineError

Documents = npt.NDArray[np.int64]

# How many items each column has: as many as there are articles, passages or terms, or one more,
# or as many as another column, or any number (None).
LENGTHS: dict[str, tuple[str, int] | None] = {
    "terms": None,
    "term_ends": ("terms", 0),
    "text_first": ("terms", 1),
    "text_documents": None,
    "text_counts": ("text_documents", 0),
    "text_position_first": ("terms", 1),
    "text_positions": ("tokens", 0),
    "title_first": ("terms", 1),
    "title_documents": None,
    "title_counts": ("title_documents", 0),
    "title_position_first": ("terms", 1),
    "title_positions": None,
    "capitals": ("terms", 0),
    "unsure": ("terms", 0),
    "passage_length": ("passages", 0),
    "passage_start": ("passages", 0),
    "passage_end": ("passages", 0),
    "article_first": ("articles", 1),
    "title_length": ("articles", 0),
    "ids": None,
    "id_ends": ("articles", 0),
    "id_order": ("articles", 0),
    "fingerprints": None,
    "fingerprint_ends": ("articles", 0),
    "sources": None,
    "source_ends": ("articles", 0),
    "dates": ("articles", 0),
    "record_blocks": None,
    "record_block_first": None,
    "record_block": ("articles", 0),
    "record_start": ("articles", 0),
    "record_size": ("articles", 0),
}
# What rises, and whose length it ends at.
ENDS = {
    "term_ends": "terms",
    "text_first": "text_documents",
    "text_position_first": "text_positions",
    "title_first": "title_documents",
    "title_position_first": "title_positions",
    "article_first": "passage_length",
    "id_ends": "ids",
    "fingerprint_ends": "fingerprints",
    "source_ends": "sources",
    "record_block_first": "record_blocks",
}


class Strings:
    """Strings in one array of bytes, sorted or not."""

    def __init__(self, data: Array, ends: Array) -> None:
        self._data = data
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return self._data[start : int(self._ends[number])].tobytes()

    def slice(self, first: int, last: int) -> list[bytes]:
        """Return the strings with numbers from `first` up to, not with, `last`."""
        if first >= last:
            return []
        ends = [int(self._ends[first - 1]) if first else 0, *self._ends[first:last].tolist()]
        data = self._data[ends[0] : ends[-1]].tobytes()
        at = ends[0]
        return [data[a - at : b - at] for a, b in zip(ends, ends[1:], strict=False)]

    def place(self, text: bytes, order: Array | None = None) -> int:
        """Return how many strings are smaller, by bisection; they must be sorted.

        Args:
            text: What to look for.
            order: The numbers of the strings in their sorted order, where they are not sorted.
        """
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle if order is None else int(order[middle])] < text:
                low = middle + 1
            else:
                high = middle
        return low


class Field:
    """The postings of one field: of passages for the text, of articles for the title."""

    def __init__(self, columns: dict[str, Array], name: str) -> None:
        self.first = columns[f"{name}_first"]
        self.documents = columns[f"{name}_documents"]
        self.counts = columns[f"{name}_counts"]
        self.position_first = columns[f"{name}_position_first"]
        self.positions = columns[f"{name}_positions"]

    def postings(self, term: int) -> tuple[Array, Array]:
        """Return the documents that hold a term, sorted, and how often each does."""
        first, last = int(self.first[term]), int(self.first[term + 1])
        return self.documents[first:last], self.counts[first:last]

    def occurrences(self, term: int) -> int:
        """Return how often a term stands in all documents."""
        return int(self.position_first[term + 1]) - int(self.position_first[term])

    def spots(self, term: int, wanted: Documents) -> tuple[Documents, Documents]:
        """Return where a term stands in some documents.

        Args:
            term: The term's number.
            wanted: Documents, sorted.

        Returns:
            For each occurrence, its document and its token number there; sorted.
        """
        documents, counts = self.postings(term)
        if not len(documents) or not len(wanted):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        # Numpy would crash on counts of more than 64 bits together.
        if int(counts.max()) > len(self.positions) or int(counts.sum()) != self.occurrences(term):
            raise EngineError("the postings of a term are damaged; make the index anew")
        begins = np.cumsum(counts, dtype=np.int64) - counts + int(self.position_first[term])
        if len(wanted) < len(documents):
            at = np.minimum(np.searchsorted(documents, wanted), len(documents) - 1)
            at = at[documents[at] == wanted]
        else:
            place = np.minimum(np.searchsorted(wanted, documents), len(wanted) - 1)
            at = np.flatnonzero(wanted[place] == documents)
        often = counts[at]
        spots = self.positions[ragged(begins[at], often)].astype(np.int64)
        return np.repeat(documents[at].astype(np.int64), often), spots


class Segment:
    """A segment's columns, mapped into memory, and its deletions."""

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        self.entry = entry
        columns = map_columns(folder / entry.data.name, entry.data.columns, entry.data.size)
        self.columns = columns
        _check_lengths(folder / entry.data.name, entry, columns)
        self.terms = Strings(columns["terms"], columns["term_ends"])
        self.ids = Strings(columns["ids"], columns["id_ends"])
        self.sources = Strings(columns["sources"], columns["source_ends"])
        self.fields = {"text": Field(columns, "text"), "title": Field(columns, "title")}
        self.dead: npt.NDArray[np.bool_] | None = None
        if entry.dead is not None:
            bits = map_columns(folder / entry.dead.name, entry.dead.columns, entry.dead.size)
            if len(bits["dead"]) != -(-entry.articles // 8):
                raise EngineError(f"{folder / entry.dead.name} is damaged; make the index anew")
            self.dead = np.unpackbits(bits["dead"], count=entry.articles).astype(bool)
        self._block = -1, b""
        self.text_length = columns["passage_length"]
        self.article_first = columns["article_first"]

    @cached_property
    def article_of(self) -> npt.NDArray[np.uint32]:
        """The article of each passage."""
        first = self.article_first.astype(np.int64)
        return np.repeat(np.arange(self.entry.articles, dtype=np.uint32), first[1:] - first[:-1])

    @cached_property
    def title_length(self) -> Array:
        """The length of the title of each passage's article."""
        return self.columns["title_length"][self.article_of]

    @cached_property
    def live(self) -> npt.NDArray[np.bool_] | None:
        """Whether each passage's article is there still; None where all are."""
        return None if self.dead is None else ~self.dead[self.article_of]

    def term(self, form: str) -> int | None:
        """Return the number of a form, or None if no passage and no title holds it."""
        text = form.encode()
        number = self.terms.place(text)
        return number if number < len(self.terms) and self.terms[number] == text else None

    def prefixed(self, prefix: str) -> range:
        """Return the numbers of the forms that begin with a prefix."""
        if not prefix:
            return range(len(self.terms))
        first = self.terms.place(prefix.encode())
        return range(first, self.terms.place(prefix.encode() + b"\xff"))

    def article(self, article_id: str) -> int | None:
        """Return the number of the article with an id, or None if none that lives has it."""
        order = self.columns["id_order"]
        text = article_id.encode()
        place = self.ids.place(text, order)
        # An id may stand here twice, if a run put it twice; one of them lives at most.
        while place < len(order) and self.ids[int(order[place])] == text:
            number = int(order[place])
            if self.dead is None or not self.dead[number]:
                return number
            place += 1
        return None

    def fingerprint(self, article: int) -> str:
        prints = Strings(self.columns["fingerprints"], self.columns["fingerprint_ends"])
        return prints[article].decode()

    def record(self, article: int) -> bytes:
        """Return an article as it is stored."""
        columns = self.columns
        block = int(columns["record_block"][article])
        first, last = columns["record_block_first"][block : block + 2].tolist()
        start = int(columns["record_start"][article])
        last_read, whole = self._block
        if last_read != block:
            whole = self._decompressed(block, columns["record_blocks"][first:last].tobytes())
            self._block = block, whole
        return whole[start : start + int(columns["record_size"][article])]

    def _decompressed(self, block: int, packed: bytes) -> bytes:
        """Return a block of records, which is as long as its last record says, or refuse it."""
        blocks = self.columns["record_block"]
        last = int(np.searchsorted(blocks, blocks.dtype.type(block), side="right")) - 1
        size = int(self.columns["record_start"][last]) + int(self.columns["record_size"][last])
        reader = zlib.decompressobj()
        whole = reader.decompress(packed, size + 1)
        if len(whole) != size or not reader.eof:
            raise EngineError(f"record block {block} is damaged; make the index anew")
        return whole


def _check_lengths(path: Path, entry: SegmentEntry, columns: dict[str, Array]) -> None:
    """Refuse columns that do not fit together, by what can be told without reading them."""
    known = {name: len(column) for name, column in columns.items()}
    known |= {"terms": len(columns["term_ends"]), "articles": entry.articles}
    known |= {"passages": entry.passages, "tokens": entry.tokens}
    for name, length in LENGTHS.items():
        if length and len(columns[name]) != known[length[0]] + length[1]:
            raise EngineError(f"column {name} of {path} is of a wrong length; make the index anew")
    for name, of in ENDS.items():
        if len(columns[name]) and int(columns[name][-1]) != len(columns[of]):
            raise EngineError(f"column {name} of {path} ends in a wrong place; make the index anew")
    first = columns["article_first"]
    if (first[1:] < first[:-1]).any():
        raise EngineError(f"column article_first of {path} does not rise; make the index anew")
