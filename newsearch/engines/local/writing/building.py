"""Articles to the columns of a new segment, with a bounded amount of memory."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsearch.analysis import Case
from newsearch.analysis.encoding import Encoded, Encoder
from newsearch.engines.entry import Entry
from newsearch.engines.local.arrays import steps
from newsearch.engines.local.files.blocks import RECORDS, TEXTS
from newsearch.engines.local.files.columns import Array, pack, small, write_columns
from newsearch.engines.local.files.layout import id_order
from newsearch.engines.local.files.manifest import SegmentEntry
from newsearch.engines.local.files.packing import BlockWriter
from newsearch.engines.local.files.records import to_bytes
from newsearch.engines.local.namekeys import are_names
from newsearch.engines.local.sketches import sketch_columns
from newsearch.engines.local.writing.inverting import invert
from newsearch.engines.local.writing.keying import arranged, keys_of, listed_terms
from newsearch.engines.sketching import form_hashes, sketch
from newsearch.origins import DATE_ORIGINS

_BATCH = 4_000_000  # characters that are encoded at a time
# What one token takes while a segment is made: its numbers, its key, and what sorting copies.
_BYTES_A_TOKEN = 40


class Builder:
    """The articles of one segment in the making."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._texts: list[str] = []
        self._waiting = 0
        self._encoded: list[Encoded] = []
        self._titles: list[str] = []
        self._urls: list[bytes] = []
        self._ids: list[bytes] = []
        self._fingerprints: list[bytes] = []
        self._sources: list[bytes] = []
        self._authors: list[bytes] = []
        self._dates: list[int] = []
        self._date_origins: list[int] = []
        self._passages: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._bodies, self._records = bytearray(), bytearray()
        self._body_writer = BlockWriter(TEXTS, self._bodies.extend)
        self._record_writer = BlockWriter(RECORDS, self._records.extend)
        self._stored = 0
        self._tokens = 0

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def memory(self) -> int:
        """About how many bytes are held, and will be when the segment is written."""
        return self._tokens * _BYTES_A_TOKEN + self._waiting * 12 + self._stored

    def add(self, entry: Entry) -> None:
        article = entry.article
        text, record = article.text.encode(), to_bytes(article, entry.removed)
        self._body_writer.add(text)
        self._record_writer.add(record)
        self._stored += (len(text) + len(record)) // 2
        self._ids.append(article.id.encode())
        self._fingerprints.append(entry.fingerprint.encode())
        self._sources.append(article.source.encode())
        self._authors.append(article.author.encode())
        self._dates.append(int((article.date or "0").replace("-", "")))
        self._date_origins.append(DATE_ORIGINS.index(article.date_from))
        self._titles.append(article.title)
        self._urls.append(article.url.encode())
        self._passages.append(len(entry.passages))
        for passage in entry.passages:
            self._texts.append(passage.text)
            self._starts.append(passage.start)
            self._ends.append(passage.end)
            self._waiting += len(passage.text)
        if self._waiting >= _BATCH:
            self._encode()

    def write(self, path: Path) -> SegmentEntry:
        """Write the segment to a file of its own, durably. Nothing can be added after."""
        articles, columns = len(self), self.columns()
        passages, tokens = len(columns["passage_length"]), len(columns["text_positions"])
        return SegmentEntry(articles, passages, tokens, write_columns(path, columns))

    def columns(self) -> dict[str, Array]:
        """Return the segment. Nothing can be added after."""
        self._encode()
        titles = self._encoder.encode(self._titles)
        forms, cases, ends = _joined(self._encoded)
        self._encoded = []
        used, rank = self._ranks(forms, titles.forms)
        spelled = [form.encode() for form in used]
        terms, term_ends = pack(spelled)
        ids, id_ends = pack(self._ids)
        prints, print_ends = pack(self._fingerprints)
        sources, source_ends = pack(self._sources)
        authors, author_ends = pack(self._authors)
        headlines, headline_ends = pack([title.encode() for title in self._titles])
        urls, url_ends = pack(self._urls)
        ranks = rank.take(forms.astype(np.int64))
        capitals, unsure = (
            small(np.bincount(ranks[np.flatnonzero(cases == case)], minlength=len(used)))
            for case in (Case.CAPITAL, Case.UNSURE)
        )
        del forms, cases  # before the postings take as much again
        postings = invert(ranks, ends, len(used), "text")
        occurrences = steps(postings["text_position_first"])
        names = are_names(occurrences, capitals, unsure, listed_terms(spelled))

        return {
            "terms": terms,
            "term_ends": term_ends,
            **postings,
            **invert(rank[titles.forms], titles.ends, len(used), "title"),
            "capitals": capitals,
            "unsure": unsure,
            **sketch_columns(sketch(ranks, ends, form_hashes(spelled))),
            **arranged(keys_of(spelled, np.flatnonzero(names))),
            "passage_length": small(np.diff(ends, prepend=0)),
            "passage_start": small(np.array(self._starts, np.uint64)),
            "passage_end": small(np.array(self._ends, np.uint64)),
            "article_first": np.cumsum([0, *self._passages], dtype=np.uint32),
            "title_length": small(np.diff(titles.ends, prepend=0)),
            "ids": ids,
            "id_ends": id_ends,
            **id_order([zlib.crc32(each) for each in self._ids]),
            "fingerprints": prints,
            "fingerprint_ends": print_ends,
            "sources": sources,
            "source_ends": source_ends,
            "authors": authors,
            "author_ends": author_ends,
            "dates": np.array(self._dates, np.uint32),
            "date_origins": np.array(self._date_origins, np.uint8),
            "headlines": headlines,
            "headline_ends": headline_ends,
            "urls": urls,
            "url_ends": url_ends,
            **self._body_writer.columns(),
            "body_data": np.frombuffer(self._bodies, np.uint8),
            **self._record_writer.columns(),
            "record_data": np.frombuffer(self._records, np.uint8),
        }

    def _encode(self) -> None:
        if self._texts:
            encoded = self._encoder.encode(self._texts)
            self._tokens += len(encoded.forms)
            self._encoded.append(encoded)
            self._texts, self._waiting = [], 0

    def _ranks(self, *used: Array) -> tuple[list[str], npt.NDArray[np.uint32]]:
        """Return the forms that occur, sorted, and for each number of a form its place there."""
        forms = self._encoder.forms
        occurs = np.zeros(len(forms), bool)
        for numbers in used:
            occurs[numbers] = True
        order = sorted(np.flatnonzero(occurs).tolist(), key=forms.__getitem__)
        rank = np.zeros(len(forms), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        return [forms[number] for number in order], rank


def _joined(parts: list[Encoded]) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    if not parts:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.int64)
    before = np.cumsum([0, *(len(part.forms) for part in parts)])
    ends = [part.ends + offset for part, offset in zip(parts, before, strict=False)]
    forms = np.concatenate([part.forms for part in parts])
    return forms, np.concatenate([part.cases for part in parts]), np.concatenate(ends)
