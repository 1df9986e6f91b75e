"""Articles to the columns of a new segment, with a bounded amount of memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.analysis import Case
from newsearch.analysis.encoding import Encoded, Encoder
from newsearch.engines.base import Entry
from newsearch.engines.local.columns import Array, pack, small
from newsearch.engines.local.inverting import invert
from newsearch.engines.local.records import RecordWriter, to_bytes

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
        self._ids: list[bytes] = []
        self._fingerprints: list[bytes] = []
        self._sources: list[bytes] = []
        self._dates: list[int] = []
        self._passages: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._records = RecordWriter()
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
        record = to_bytes(article, entry.removed)
        self._records.add(record)
        self._stored += len(record) // 2
        self._ids.append(article.id.encode())
        self._fingerprints.append(entry.fingerprint.encode())
        self._sources.append(article.source.encode())
        self._dates.append(int((article.date or "0").replace("-", "")))
        self._titles.append(article.title)
        self._passages.append(len(entry.passages))
        for passage in entry.passages:
            self._texts.append(passage.text)
            self._starts.append(passage.start)
            self._ends.append(passage.end)
            self._waiting += len(passage.text)
        if self._waiting >= _BATCH:
            self._encode()

    def columns(self) -> dict[str, Array]:
        """Return the segment. Nothing can be added after."""
        self._encode()
        titles = self._encoder.encode(self._titles)
        forms, cases, ends = _joined(self._encoded)
        order, rank = self._ranks(forms, titles.forms)
        terms, term_ends = pack([self._encoder.forms[number].encode() for number in order])
        ids, id_ends = pack(self._ids)
        prints, print_ends = pack(self._fingerprints)
        sources, source_ends = pack(self._sources)
        ranks = rank[forms]

        def written(case: Case) -> Array:
            return small(np.bincount(ranks[cases == case], minlength=len(order)))

        return {
            "terms": terms,
            "term_ends": term_ends,
            **invert(ranks, ends, len(order), "text"),
            **invert(rank[titles.forms], titles.ends, len(order), "title"),
            "capitals": written(Case.CAPITAL),
            "unsure": written(Case.UNSURE),
            "passage_length": small(np.diff(ends, prepend=0)),
            "passage_start": small(np.array(self._starts, np.uint64)),
            "passage_end": small(np.array(self._ends, np.uint64)),
            "article_first": np.cumsum([0, *self._passages], dtype=np.uint32),
            "title_length": small(np.diff(titles.ends, prepend=0)),
            "ids": ids,
            "id_ends": id_ends,
            "id_order": np.array(sorted(range(len(self)), key=self._ids.__getitem__), np.uint32),
            "fingerprints": prints,
            "fingerprint_ends": print_ends,
            "sources": sources,
            "source_ends": source_ends,
            "dates": np.array(self._dates, np.uint32),
            **self._records.columns(),
        }

    def _encode(self) -> None:
        if self._texts:
            encoded = self._encoder.encode(self._texts)
            self._tokens += len(encoded.forms)
            self._encoded.append(encoded)
            self._texts, self._waiting = [], 0

    def _ranks(self, *used: Array) -> tuple[list[int], npt.NDArray[np.uint32]]:
        """Return the numbers of the forms that occur, sorted by form, and each one's rank."""
        occurs = np.zeros(len(self._encoder.forms), bool)
        for numbers in used:
            occurs[numbers] = True
        order = sorted(np.flatnonzero(occurs).tolist(), key=self._encoder.forms.__getitem__)
        rank = np.zeros(len(self._encoder.forms), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        return order, rank


def _joined(parts: list[Encoded]) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    if not parts:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.int64)
    before = np.cumsum([0, *(len(part.forms) for part in parts)])
    ends = [part.ends + offset for part, offset in zip(parts, before, strict=False)]
    forms = np.concatenate([part.forms for part in parts])
    return forms, np.concatenate([part.cases for part in parts]), np.concatenate(ends)
