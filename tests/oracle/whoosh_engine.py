"""An engine on a stock Whoosh index: small, slow, and plain enough to be believed.

Each passage is one Whoosh document. The first passage of an article also carries the article
itself, as JSON. Terms come ready-made: no analyzer of Whoosh's sees any text.

Whoosh keeps its table of contents as a pickle, so only open indexes that you trust.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from whoosh import columns, fields, formats, index
from whoosh.writing import SegmentWriter

from newsearch.analysis import Case, tokenize
from newsearch.engines.entry import Entry
from newsearch.engines.guard import guarded, write_lock
from newsearch.query.nodes import TEXT, TITLE
from newsearch.settings import Settings
from oracle.whoosh_snapshot import CAPITALS, UNSURE, WhooshSnapshot

_MEMORY = 256  # MB of postings that Whoosh gathers before it writes a run to disk


def _schema() -> fields.Schema:
    def terms(fmt: formats.Format) -> fields.FieldType:
        return fields.FieldType(format=fmt, analyzer=None, scorable=True)

    return fields.Schema(
        article=fields.ID,
        number=fields.STORED,
        start=fields.STORED,
        end=fields.STORED,
        record=fields.STORED,
        name=fields.STORED,
        text_length=fields.COLUMN(columns.NumericColumn("I")),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
        # Which passage of all that were ever added; Whoosh's own numbers change as it merges.
        order=fields.COLUMN(columns.NumericColumn("Q")),
        **{
            TEXT: terms(formats.Positions()),
            TITLE: terms(formats.Positions()),
            CAPITALS: terms(formats.Frequency()),
            UNSURE: terms(formats.Frequency()),
        },
    )


class WhooshEngine:
    """An index in one folder.

    Args:
        folder: Where Whoosh keeps its files.
        settings: For BM25's numbers.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    @classmethod
    def create(cls, folder: Path, settings: Settings) -> WhooshEngine:
        """Make a new, empty index in a folder that holds none."""
        with guarded("making", folder):
            folder.mkdir(parents=True, exist_ok=True)
            index.create_in(folder, _schema())
        return cls(folder, settings)

    def snapshot(self) -> WhooshSnapshot:
        return WhooshSnapshot(self.folder, self.settings)

    def writer(self) -> WhooshWriter:
        return WhooshWriter(self.folder)

    def optimize(self) -> None:
        index.open_dir(self.folder).optimize()


@dataclass(frozen=True, slots=True)
class _Written:
    """An article that a run has written: its fingerprint, and its documents in the new segment."""

    fingerprint: str
    numbers: range


class WhooshPart:
    """Articles from another process, as they are to be put."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def fingerprint(self, article_id: str) -> str | None:
        entry = self.entries.get(article_id)
        return entry.fingerprint if entry else None

    def put(self, entry: Entry) -> None:
        self.entries[entry.article.id] = entry

    def close(self) -> None:
        pass


class WhooshWriter:
    """One run of changes to a Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = write_lock(folder)
        self.words = 0
        self._written: dict[str, _Written] = {}
        self._gone: set[str] = set()
        try:
            self._before = WhooshSnapshot(folder, Settings())
            self._order = self._before.next_order()
            with self._guarded():
                # Whoosh's own lock, which `_lk` leaves out, stays taken if its writer fails early.
                self._writer = SegmentWriter(index.open_dir(folder), limitmb=_MEMORY, _lk=False)
        except BaseException:
            self._lock.release()
            raise

    def part(self, memory: int) -> WhooshPart:
        return WhooshPart()

    def take(self, part: WhooshPart) -> None:
        for entry in part.entries.values():
            self.put(entry)

    def fingerprint(self, article_id: str) -> str | None:
        if article_id in self._written:
            return self._written[article_id].fingerprint
        if article_id in self._gone:
            return None
        record = self._before.record(article_id)
        return None if record is None else str(record["fingerprint"])

    def put(self, entry: Entry) -> None:
        with self._guarded():
            self._remove(entry.article.id)
            first = self._writer.docnum
            self._write(entry)
            numbers = range(first, self._writer.docnum)
            self._written[entry.article.id] = _Written(entry.fingerprint, numbers)

    def delete(self, article_id: str) -> bool:
        if self.fingerprint(article_id) is None:
            return False
        with self._guarded():
            self._remove(article_id)
        return True

    def commit(self) -> None:
        try:
            with self._guarded():
                self._writer.commit()
        except BaseException:
            self.cancel()
            raise
        self._release()

    def cancel(self) -> None:
        with suppress(Exception):  # a writer that failed may fail again while giving up
            self._writer.cancel()
        self._release()

    def _release(self) -> None:
        self._before.close()
        self._lock.release()

    def _guarded(self) -> AbstractContextManager[None]:
        return guarded("writing to", self._folder)

    def _remove(self, article_id: str) -> None:
        """Leave out what is there of an article, from before this run or from this run."""
        if article_id not in self._gone:
            self._writer.delete_by_term("article", article_id)
            self._gone.add(article_id)
        if article_id in self._written:
            # Whoosh's writer deletes nothing that it has written itself, but its segment can.
            for number in self._written.pop(article_id).numbers:
                self._writer.get_segment().delete_document(number)

    def _write(self, entry: Entry) -> None:
        article = entry.article
        record = {
            "article": asdict(article),
            "fingerprint": entry.fingerprint,
            "removed": [[each.rule, each.text, each.at] for each in entry.removed],
        }
        title = [token.form for token in tokenize(article.title)]
        for passage in entry.passages:
            tokens = tokenize(passage.text)
            self.words += len(tokens)
            self._writer.add_document(
                article=article.id,
                name=article.id,
                order=self._order,
                number=passage.number,
                start=passage.start,
                end=passage.end,
                record=json.dumps(record) if passage.number == 0 else None,
                text=[token.form for token in tokens],
                title=title,
                text_length=len(tokens),
                title_length=len(title),
                capitals=[token.form for token in tokens if token.case is Case.CAPITAL],
                unsure=[token.form for token in tokens if token.case is Case.UNSURE],
            )
            self._order += 1
