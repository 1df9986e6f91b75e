"""A part of a run of changes: the segments that one process writes.

Their files have names that no other part has, and are nothing until the writer takes the part
and a manifest names them: whatever dies before, the next commit removes them.
"""

from __future__ import annotations

from pathlib import Path

from newsearch.engines.entry import Entry
from newsearch.engines.guard import guarded
from newsearch.engines.local.building import Builder
from newsearch.engines.local.columns import Arrays, write_columns
from newsearch.engines.local.manifest import SegmentEntry


class LocalPart:
    """Articles on their way into segments; while it is empty or closed, it can be pickled.

    Args:
        folder: Where the segments go.
        name: What its files' names begin with.
        memory: What may be held before a segment is written, in bytes.

    Attributes:
        segments: Those that are written.
        written: Where each article is: in which of the segments, its number there, and its
            fingerprint.
        dead: The numbers of articles of each segment that were replaced or deleted.
    """

    def __init__(self, folder: Path, name: str, memory: int) -> None:
        self._folder = folder
        self._name = name
        self._memory = memory
        self._builder: Builder | None = None
        self.segments: list[SegmentEntry] = []
        self.written: dict[str, tuple[int, int, str]] = {}
        self.dead: dict[int, set[int]] = {}

    def fingerprint(self, article_id: str) -> str | None:
        written = self.written.get(article_id)
        return written[2] if written else None

    def put(self, entry: Entry) -> None:
        with guarded("writing to", self._folder):
            self.delete(entry.article.id)
            if self._builder is None:
                self._builder = Builder()
            place = (len(self.segments), len(self._builder), entry.fingerprint)
            self.written[entry.article.id] = place
            self._builder.add(entry)
            if self._builder.memory >= self._memory:
                self.close()

    def delete(self, article_id: str) -> bool:
        written = self.written.pop(article_id, None)
        if written:
            self.dead.setdefault(written[0], set()).add(written[1])
        return written is not None

    def close(self) -> None:
        """Write what was gathered as a segment."""
        if self._builder:
            with guarded("writing to", self._folder):
                articles, columns = len(self._builder), self._builder.columns()
                self._builder = None
                name = f"{self._name}-{len(self.segments)}.columns"
                self.segments.append(write_segment(self._folder / name, columns, articles))


def write_segment(path: Path, columns: Arrays, articles: int) -> SegmentEntry:
    """Write a segment to a file of its own, durably."""
    passages, tokens = len(columns["passage_length"]), len(columns["text_positions"])
    return SegmentEntry(articles, passages, tokens, write_columns(path, columns))
