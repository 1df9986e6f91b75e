"""A passage of a segment, to be read when it is looked at."""

from __future__ import annotations

from newsearch.engines.base import Place
from newsearch.engines.guard import guarded
from newsearch.engines.local.segment import Segment, iso_day


class LocalPassage:
    """A passage of a segment; keeps the segment's files open."""

    def __init__(self, reading: guarded, segment: Segment, number: int) -> None:
        self._reading = reading
        self._segment = segment
        self._number = number

    def place(self) -> Place:
        with self._reading:
            segment, number = self._segment, self._number
            article = segment.article_of.item(number)
            return Place(
                segment.ids.text(article),
                segment.headlines.text(article),
                segment.sources.text(article),
                iso_day(segment.dates[article]),
                segment.urls.text(article),
                number - segment.article_first.item(article),
                segment.starts[number],
                segment.ends[number],
            )

    def text(self) -> str:
        with self._reading:
            return self._segment.passage_text(self._number)
