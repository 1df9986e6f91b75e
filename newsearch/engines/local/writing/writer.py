"""The writer of the local engine: runs of changes, each made with one replaced manifest."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from newsearch.durable import sync_folder
from newsearch.engines.entry import Entry
from newsearch.engines.guard import guarded, write_lock
from newsearch.engines.local.files.manifest import (
    Manifest,
    SegmentEntry,
    read_manifest,
    write_manifest,
)
from newsearch.engines.local.opened import find, open_segments
from newsearch.engines.local.writing.merge_policy import due
from newsearch.engines.local.writing.part import LocalPart, fingerprint_at, place_of, placed
from newsearch.errors import NewsearchError
from newsearch.settings import Settings


class LocalWriter:
    """One run of changes."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._memory = settings.memory
        self._lock = write_lock(folder)
        try:
            with guarded("reading", folder):
                self._manifest, self._before = open_segments(folder)
        except BaseException:
            self._lock.release()
            raise
        self._number = self._manifest.next_number
        self.words = 0
        self._ended = False
        self._own = self.part(self._memory)
        # Where each article is that was taken over, and its fingerprint; see `placed`.
        self._written: dict[str, bytes] = {}
        self._segments: list[SegmentEntry] = []
        # The dead of each segment, those from before this run first.
        self._dead: dict[int, set[int]] = {}

    def fingerprint(self, article_id: str) -> str | None:
        if fingerprint := self._own.fingerprint(article_id):
            return fingerprint
        if article_id in self._written:
            return fingerprint_at(self._written[article_id])
        with self._guarded():
            place = find(self._before, article_id)
            if place is None or place[1] in self._dead.get(place[0], ()):
                return None
            return self._before[place[0]].fingerprint(place[1])

    def put(self, entry: Entry) -> None:
        self._own.put(entry)

    def delete(self, article_id: str) -> bool:
        with self._guarded():
            own = self._own.delete(article_id)
            return self._remove(article_id) or own

    def part(self, memory: int) -> LocalPart:
        # A process that outlives its caller must not write to a file of the next writer.
        return LocalPart(self._folder, f"part-{uuid4().hex}", memory)

    def take(self, part: LocalPart) -> None:
        own, self._own = self._own, self.part(self._memory)  # what was put before comes before
        own.close()
        self._take(own)
        self._take(part)

    def _take(self, part: LocalPart) -> None:
        with self._guarded():
            first = len(self._manifest.segments) + len(self._segments)
            while part.written:  # not both at once: there may be millions
                name, written = part.written.popitem()
                self._remove(name)
                segment, number = place_of(written)
                self._written[name] = placed(first + segment, number, fingerprint_at(written))
            for segment, dead in part.dead.items():
                self._dead[first + segment] = dead
            for entry in part.segments:
                path = self._folder / self._next_name("columns")
                (self._folder / entry.data.name).rename(path)
                self._segments.append(replace(entry, data=replace(entry.data, name=path.name)))
                self.words += entry.tokens

    def commit(self) -> None:
        try:
            with self._guarded():
                self._own.close()
                self._take(self._own)
                if self._segments or self._dead:
                    self._commit()
                self._tidy()
        except BaseException:
            self.cancel()
            raise
        self._release()

    def optimize(self) -> None:
        """Make one segment of all, without what is deleted; ends the run."""
        try:
            with self._guarded():
                entries = self._manifest.segments
                if len(entries) > 1 or any(entry.dead for entry in entries):
                    self._merge(self._manifest, (0, len(entries)))
        finally:
            self.cancel()  # whatever has come of it, what is no part of the index is removed

    def cancel(self) -> None:
        if not self._ended:
            # An error may come after the manifest was replaced: only what is on disk says which
            # files are the index. What can't be removed now is removed by the next commit.
            with suppress(OSError, NewsearchError):
                self._tidy()
            self._release()

    def _guarded(self) -> AbstractContextManager[None]:
        return guarded("writing to", self._folder)

    def _release(self) -> None:
        self._ended = True  # from here on, the files may be another writer's
        self._before = []
        self._lock.release()

    def _remove(self, article_id: str) -> bool:
        written = self._written.pop(article_id, None)
        place = place_of(written) if written else find(self._before, article_id)
        if place is None or place[1] in self._dead.get(place[0], ()):
            return False
        self._dead.setdefault(place[0], set()).add(place[1])
        return True

    def _next_name(self, kind: str) -> str:
        self._number += 1
        return f"{self._number - 1:06}.{kind}"

    def _commit(self) -> None:
        entries = [
            self._bury(entry, self._dead.get(at, set()))
            for at, entry in enumerate((*self._manifest.segments, *self._segments))
        ]
        manifest = self._publish(entries)
        new, self._segments = len(self._segments), []
        # What is committed is committed; merging only makes it smaller, and can wait where the disk
        # is full or an older segment is damaged. A fault of ours must not keep it waiting for ever.
        with suppress(NewsearchError, OSError, MemoryError):
            while neighbours := due(manifest.segments, new):
                manifest, new = self._merge(manifest, neighbours), 1

    def _merge(self, manifest: Manifest, neighbours: tuple[int, int]) -> Manifest:
        from newsearch.engines.local.writing.merging import merge  # which most runs need not load

        first, last = neighbours
        _, segments = open_segments(self._folder)
        path = self._folder / self._next_name("columns")
        merged = merge(path, segments[first:last], self._memory)
        new = [merged] if merged else []
        return self._publish([*manifest.segments[:first], *new, *manifest.segments[last:]])

    def _publish(self, entries: list[SegmentEntry]) -> Manifest:
        sync_folder(self._folder)
        manifest = Manifest(tuple(entries), self._number)
        write_manifest(self._folder, manifest)
        return manifest

    def _bury(self, entry: SegmentEntry, dead: set[int]) -> SegmentEntry:
        """Return a segment with these articles deleted, too."""
        if not dead:
            return entry
        from newsearch.engines.local.files.deletions import write_dead  # arrays that few runs need

        at = next(
            (at for at, each in enumerate(self._manifest.segments) if each.data == entry.data), None
        )
        known = None if at is None else self._before[at].dead
        path = self._folder / self._next_name("dead")
        return replace(entry, dead=write_dead(path, entry.articles, dead, known))

    def _tidy(self) -> None:
        """Remove files that the manifest does not name; readers that have them open keep them."""
        named = {file.name for file in read_manifest(self._folder).files()}
        for path in self._folder.iterdir():
            if path.suffix in (".columns", ".dead") and path.name not in named:
                with suppress(OSError):  # another system may not let go of an open file
                    path.unlink()
