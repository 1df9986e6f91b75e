"""One segment, open for reading: its columns under the names of what they mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import steps
from newsearch.engines.local.files.blocks import RECORDS, TEXTS, BlockReader
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.files.layout import BLOCKS, id_check, refuse_misfits
from newsearch.engines.local.files.manifest import SegmentEntry
from newsearch.engines.local.files.narrow import DOCUMENTS, POSITIONS, NarrowColumn
from newsearch.engines.local.files.pages import Columns, map_columns
from newsearch.engines.local.files.records import from_bytes
from newsearch.engines.local.files.strings import Strings
from newsearch.engines.local.namekeys import NameKeys, are_names
from newsearch.engines.local.sketches import SketchReader
from newsearch.engines.sketching import Sketches
from newsearch.errors import IndexDamaged
from newsearch.memory import Memory
from newsearch.origins import DATE_ORIGINS
from newsearch.records import Article, Removal

Documents = npt.NDArray[np.int64]

_REMEMBERED = 10_000  # passages that were found, and forms that were looked up
_NONE = np.zeros(0, np.int64)


class Field:
    """The postings of one field: of passages for the text, of articles for the title."""

    def __init__(self, columns: Columns, name: str) -> None:
        self.first = columns.paged(f"{name}_first")
        self.documents = NarrowColumn(DOCUMENTS, name, columns)
        self.counts = columns.paged(f"{name}_counts")
        self.position_first = columns.paged(f"{name}_position_first")
        self.positions = NarrowColumn(POSITIONS, name, columns)

    def postings(self, term: int) -> tuple[Array, Array]:
        """Return the documents that hold a term, sorted, and how often each does."""
        first, last = self.first[term], self.first[term + 1]
        return self.documents.part(first, last), self.counts.part(first, last)

    def occurrences(self, term: int) -> int:
        """Return how often a term stands in all documents."""
        return self.position_first[term + 1] - self.position_first[term]

    def places(self, term: int) -> Documents:
        """Return where a term stands, as sorted numbers: document << 32 | token number there."""
        documents, counts = self.postings(term)
        first, last = self.position_first[term], self.position_first[term + 1]
        # Numpy would crash on counts of more than 64 bits together.
        if len(counts) and int(counts.max()) > last - first or int(counts.sum()) != last - first:
            raise IndexDamaged("the postings of a term are damaged")
        positions = self.positions.part(first, last)
        return np.repeat(documents.astype(np.int64, copy=False) << 32, counts) + positions

    def tokens(self, term: int, before: Documents, many: Documents) -> Documents:
        """Return the token numbers of some occurrences of a term.

        Args:
            before: How many of its occurrences come before each run of them.
            many: How many each run is of.
        """
        first = self.position_first[term]
        runs = zip((first + before).tolist(), (first + before + many).tolist(), strict=True)
        return np.concatenate([_NONE, *(self.positions.part(*run) for run in runs)])


class Segment:
    """A segment's columns, mapped into memory, and its deletions."""

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        self.entry = entry
        columns = map_columns(folder, entry.data)
        self.columns = columns
        refuse_misfits(entry, columns)
        self.terms = Strings(columns, "terms")
        self.keys = NameKeys(columns, len(self.terms))
        self.ids = Strings(columns, "ids")
        self.sources = Strings(columns, "sources")
        self.authors = Strings(columns, "authors")
        self.named = {"source": self.sources, "author": self.authors}
        self.headlines = Strings(columns, "headlines")
        self.urls = Strings(columns, "urls")
        self._fingerprints = Strings(columns, "fingerprints")
        self.dates = columns.paged("dates")
        self._date_origins = columns.paged("date_origins")
        self.fields = {"text": Field(columns, "text"), "title": Field(columns, "title")}
        self.dead: npt.NDArray[np.bool_] | None = None
        if entry.dead is not None:
            bits = map_columns(folder, entry.dead)
            if len(bits["dead"]) != -(-entry.articles // 8):
                raise IndexDamaged(f"{folder / entry.dead.name} is damaged")
            self.dead = np.unpackbits(bits["dead"], count=entry.articles).astype(bool)
        self.blocks = {packing: BlockReader(columns, packing) for packing in BLOCKS.values()}
        self.sketches = SketchReader(columns)
        self.text_length = columns["passage_length"]
        self.article_first = columns["article_first"]
        self._numbers: dict[str, int] = {}
        self.places = Memory(_REMEMBERED)
        self.starts, self.ends = columns.paged("passage_start"), columns.paged("passage_end")

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

    def lengths(self, fieldname: str) -> Array:
        """Return the length of a field of each passage, in tokens."""
        return self.title_length if fieldname == "title" else self.text_length

    def sizes(self, passages: Documents) -> Documents:
        """Return how many passages the article of each passage has."""
        first, articles = self.article_first, self.article_of[passages].astype(np.int64)
        return first[articles + 1].astype(np.int64) - first[articles]

    def term(self, form: str) -> int | None:
        """Return the number of a form, or None if no passage and no title holds it."""
        number = self._numbers.get(form)
        if number is None:
            text = form.encode()
            number = self.terms.place(text)
            if number == len(self.terms) or self.terms[number] != text:
                return None
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            self._numbers[form] = number
        return number

    def prefixed(self, prefix: str) -> range:
        """Return the numbers of the forms that begin with a prefix."""
        if not prefix:
            return range(len(self.terms))
        first = self.terms.place(prefix.encode())
        return range(first, self.terms.place(prefix.encode() + b"\xff"))

    def names(self) -> npt.NDArray[np.bool_]:
        """Return for each term whether the text writes it as a name."""
        occurrences = steps(self.fields["text"].position_first.whole())
        return are_names(occurrences, self.columns["capitals"], self.columns["unsure"], _NONE)

    def article(self, article_id: str) -> int | None:
        """Return the number of the article with an id, or None if none that lives has it."""
        text = article_id.encode()
        # An id may stand here twice, if a run put it twice; one of them lives at most.
        for number in self.with_check(text):
            if self.ids[number] == text and (self.dead is None or not self.dead[number]):
                return number
        return None

    def with_check(self, article_id: bytes) -> Iterator[int]:
        """Yield the numbers of the articles that may have an id."""
        checks, order = self.columns.paged("id_checks"), self.columns.paged("id_order")
        check = int(id_check(article_id))
        place = bisect_left(checks, check)
        while place < len(checks) and checks[place] == check:
            yield order[place]
            place += 1

    def alike(self, sketch: Sketches, least: int) -> Iterator[tuple[int, int]]:
        """Yield the living passages that share so many numbers, or more, with a sketch.

        Each comes with how many it shares, the checksum among them.
        """
        numbers = self.sketches.sharing(sketch, least)
        if self.live is not None:
            numbers = numbers[self.live[numbers]]
        shared = np.count_nonzero(self.sketches.of(numbers) == sketch, axis=1)
        return zip(numbers.tolist(), shared.tolist(), strict=True)

    def fingerprint(self, article: int) -> str:
        return self._fingerprints.text(article)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the fingerprint of each living article."""
        strings = (self.ids, self._fingerprints)
        rows = zip(*(each.slice(0, len(each)) for each in strings), strict=True)
        for number, (name, fingerprint) in enumerate(rows):
            if self.dead is None or not self.dead[number]:
                yield name.decode(), fingerprint.decode()

    def title(self, article: int) -> str:
        return self.headlines.text(article)

    def source(self, article: int) -> str:
        return self.sources.text(article)

    def date(self, article: int) -> str | None:
        """Return the ISO day of an article, or None where it is not known."""
        return iso_day(self.dates[article])

    def date_from(self, article: int) -> str:
        """Return what the date of an article comes from."""
        return DATE_ORIGINS[self._date_origins[article]]

    def known_of(self, article: int) -> tuple[str, str, str, str, str | None, str, str]:
        """Return what is known of an article beside its words, in the order of `Place`."""
        return (
            self.ids.text(article),
            self.headlines.text(article),
            self.sources.text(article),
            self.authors.text(article),
            self.date(article),
            self.date_from(article),
            self.urls.text(article),
        )

    def text(self, article: int) -> str:
        return self.blocks[TEXTS][article].decode()

    def passage_text(self, passage: int) -> str:
        """Return the text of a passage."""
        whole = self.text(self.article_of.item(passage))
        return whole[self.starts[passage] : self.ends[passage]]

    def facts(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield the source of each live article, its date, and what tells that."""
        sources = self.sources.slice(0, len(self.sources))
        dates, origins = (self.columns[name].tolist() for name in ("dates", "date_origins"))
        for number, (source, date, origin) in enumerate(zip(sources, dates, origins, strict=True)):
            if self.dead is None or not self.dead[number]:
                yield source.decode(), iso_day(date), DATE_ORIGINS[origin]

    def whole(self, article: int) -> tuple[Article, tuple[Removal, ...]]:
        """Return all that is kept of an article."""
        record = from_bytes(self.blocks[RECORDS][article])
        name, title, source, author, date, date_from, url = self.known_of(article)
        text = self.text(article)
        kept = Article(name, title, text, source, date, url, author, record.path, date_from)
        return kept, record.removed


def iso_day(date: int) -> str | None:
    """Return the ISO day of a number of eight digits; 0 is none.

    >>> iso_day(20250226), iso_day(0)
    ('2025-02-26', None)
    """
    return f"{date // 10000:04}-{date // 100 % 100:02}-{date % 100:02}" if date else None
