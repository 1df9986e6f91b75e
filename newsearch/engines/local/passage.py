"""A passage of an index, which can be read even when its snapshot is closed."""

from __future__ import annotations

import numpy as np

from newsearch.engines.base import Alike, Place, StoredPassage
from newsearch.engines.guard import guarded
from newsearch.engines.local.segment import Segment
from newsearch.engines.sketching import ENOUGH, WIDTH


class LocalPassage:
    """A passage of one of some segments; keeps their files open."""

    def __init__(self, reading: guarded, segments: list[Segment], at: int, number: int) -> None:
        self._reading = reading
        self._segments = segments
        self._segment = segments[at]
        self._at = at
        self._number = number

    def place(self) -> Place:
        known: Place | None = self._segment.places.kept.get(self._number)
        return self._read_place() if known is None else known

    def _read_place(self) -> Place:
        with self._reading:
            segment, number = self._segment, self._number
            article = segment.article_of.item(number)
            first = segment.article_first.item(article)
            span = segment.starts[number], segment.ends[number]
            place = Place(*segment.known_of(article), number - first, *span)
            segment.places.keep(number, place, 1)
            return place

    def text(self) -> str:
        with self._reading:
            return self._segment.passage_text(self._number)

    def alike(self, least: int = ENOUGH) -> Alike:
        with self._reading:
            own = self._segment.sketches.of(np.array([self._number]))[0]
            found = sorted(
                (-shared, at, number)
                for at, segment in enumerate(self._segments)
                for number, shared in segment.alike(own, least)
                if (at, number) != (self._at, self._number)
            )
        sorts: tuple[list[StoredPassage], list[StoredPassage]] = [], []
        for shared, at, number in found:
            other = LocalPassage(self._reading, self._segments, at, number)
            sorts[shared != -WIDTH].append(other)
        return Alike(*map(tuple, sorts))
