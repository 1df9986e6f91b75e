"""A part of a run of changes: the segments that one process writes.

Their files have names that no other part has, and are nothing until the writer takes the part
and a manifest names them: whatever dies before, the next commit removes them.
"""

from __future__ import annotations

from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING

from newsearch.engines.entry import Entry
from newsearch.engines.guard import guarded
from newsearch.engines.local.files.manifest import SegmentEntry

if TYPE_CHECKING:
    from newsearch.engines.local.writing.building import Builder


class LocalPart:
    """Articles on their way into segments; while it is empty or closed, it can be pickled.

    Args:
        folder: Where the segments go.
        name: What its files' names begin with.
        memory: What may be held before a segment is written, in bytes.

    Attributes:
        segments: Those that are written.
        written: Where each article is, and its fingerprint; see `placed`.
        dead: The numbers of articles of each segment that were replaced or deleted.
    """

    def __init__(self, folder: Path, name: str, memory: int) -> None:
        self._folder = folder
        self._name = name
        self._memory = memory
        self._builder: Builder | None = None
        self.segments: list[SegmentEntry] = []
        self.written: dict[str, bytes] = {}
        self.dead: dict[int, set[int]] = {}

    def fingerprint(self, article_id: str) -> str | None:
        written = self.written.get(article_id)
        return fingerprint_at(written) if written else None

    def put(self, entry: Entry) -> None:
        with guarded("writing to", self._folder):
            self.delete(entry.article.id)
            if self._builder is None:
                # Only here, as who has others write needs nothing of it.
                from newsearch.engines.local.writing.building import Builder

                self._builder = Builder()
            place = len(self.segments), len(self._builder)
            self.written[entry.article.id] = placed(*place, entry.fingerprint)
            self._builder.add(entry)
            if self._builder.memory >= self._memory:
                self.close()

    def delete(self, article_id: str) -> bool:
        written = self.written.pop(article_id, None)
        if written:
            segment, number = place_of(written)
            self.dead.setdefault(segment, set()).add(number)
        return written is not None

    def close(self) -> None:
        """Write what was gathered as a segment."""
        if self._builder:
            with guarded("writing to", self._folder):
                builder, self._builder = self._builder, None
                name = f"{self._name}-{len(self.segments)}.columns"
                self.segments.append(builder.write(self._folder / name))


# There is one for each article of a run: as bytes, they take a third of the memory of a tuple.
_PLACE = Struct("<II")


def placed(segment: int, number: int, fingerprint: str) -> bytes:
    """Return in which segment an article is, its number there, and its fingerprint, as bytes.

    >>> place_of(placed(1, 70_000, "c0ffee")), fingerprint_at(placed(1, 70_000, "c0ffee"))
    ((1, 70000), 'c0ffee')
    """
    return _PLACE.pack(segment, number) + fingerprint.encode()


def place_of(written: bytes) -> tuple[int, int]:
    """Return the segment and the number of what `placed` has returned."""
    segment, number = _PLACE.unpack_from(written)
    return segment, number


def fingerprint_at(written: bytes) -> str:
    """Return the fingerprint of what `placed` has returned."""
    return written[_PLACE.size :].decode()
