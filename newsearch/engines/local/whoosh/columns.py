"""The facts of passages as columns of Whoosh's, which sort, group and collapse what is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whoosh.columns import ColumnReader

from newsearch.engines.local.segment import Segment
from newsearch.engines.local.whoosh.fields import microseconds


class FactColumn(ColumnReader):
    """One fact of each passage, by its number.

    Args:
        place: Returns the segment of a passage and its number there.
        passages: How many there are.
        fieldname: article_id, source, author, date or passage.
        field: Its type.
    """

    def __init__(
        self,
        place: Callable[[int], tuple[Segment, int]],
        passages: int,
        fieldname: str,
        field: Any,
    ) -> None:
        self._place = place
        self._doccount = passages
        self._value = _VALUES[fieldname]
        self._field = field
        self._reversed = False

    def __getitem__(self, docnum: int) -> Any:
        return self._value(*self._place(docnum), self._field)

    def sort_key(self, docnum: int) -> Any:
        value = self[docnum]
        return -value if self._reversed else value

    def set_reverse(self) -> None:
        self._reversed = True  # Whoosh asks for it where values are numbers


def _article_id(segment: Segment, number: int, field: Any) -> bytes:
    return segment.ids[int(segment.article_of[number])]


def _source(segment: Segment, number: int, field: Any) -> bytes:
    return segment.sources[int(segment.article_of[number])]


def _author(segment: Segment, number: int, field: Any) -> bytes:
    return segment.authors[int(segment.article_of[number])]


def _date(segment: Segment, number: int, field: Any) -> int:
    day = int(segment.columns["dates"][segment.article_of[number]])
    return microseconds(day) if day else int(field.default)  # undated ones come last


def _passage(segment: Segment, number: int, field: Any) -> int:
    first = int(segment.article_first[segment.article_of[number]])
    return int(field.to_column_value(number - first))


_VALUES: dict[str, Callable[[Segment, int, Any], Any]] = {
    "article_id": _article_id,
    "source": _source,
    "author": _author,
    "date": _date,
    "passage": _passage,
}
