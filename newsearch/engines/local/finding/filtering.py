"""The facts of articles (source, author, date) as filters: bitmaps over the passages of a segment.

In: a segment's columns. Out: which of its articles, and so which of its passages, have a fact.
Deleted ones are among them; whoever uses a bitmap knows which live.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.segment import Segment
from newsearch.query.filters import Days, Named

Bits = npt.NDArray[np.bool_]
Articles = npt.NDArray[np.int64]
_REMEMBERED = 16  # filters, of a byte for each passage
Grouped = tuple[npt.NDArray[Any], Articles]


class Facts:
    """The facts of the articles of one segment; names are counted through once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._passages: dict[Named | Days, Bits] = {}
        self._numbered: dict[str, tuple[dict[bytes, int], npt.NDArray[np.int32]]] = {}
        self._by_name: dict[str, Grouped] = {}

    def numbered(self, field: str) -> tuple[dict[bytes, int], npt.NDArray[np.int32]]:
        """Return the names of a field, a number for each, and the number of each article."""
        found = self._numbered.get(field)
        if found is None:
            strings = self.segment.named[field]
            numbers: dict[bytes, int] = {}
            texts = strings.slice(0, len(strings))
            each = (numbers.setdefault(text, len(numbers)) for text in texts)
            found = self._numbered[field] = numbers, np.fromiter(each, np.int32, len(texts))
        return found

    def passages(self, node: Named | Days) -> Bits:
        """Return for each passage whether its article has a fact; remembered for a few."""
        found = self._passages.get(node)
        if found is None:
            if isinstance(node, Named):
                articles = self.of_names(node.fieldname, {name.encode() for name in node.names})
            else:
                articles = self.of_days(node.first, node.last)
            if len(self._passages) >= _REMEMBERED:
                self._passages.clear()
            found = self._passages[node] = articles[self.segment.article_of]
        return found

    def names(self, field: str) -> list[bytes]:
        """Return all names that live articles have in a field, sorted."""
        numbers, name_of = self.numbered(field)
        used = set(np.unique(name_of[self._live]).tolist())
        return sorted(name for name, number in numbers.items() if name and number in used)

    @cached_property
    def days(self) -> list[int]:
        """All days that live articles name, YYYYMMDD, sorted."""
        days = np.unique(self.segment.columns["dates"][self._live])
        return [int(day) for day in days if day]

    @property
    def _live(self) -> Any:
        return slice(None) if self.segment.dead is None else ~self.segment.dead

    @cached_property
    def _by_day(self) -> Grouped:
        return _grouped(self.segment.columns["dates"])

    def of_name(self, field: str, name: bytes) -> Articles:
        """Return the articles that have a name in a field, sorted."""
        numbers, name_of = self.numbered(field)
        if field not in self._by_name:
            self._by_name[field] = _grouped(name_of)
        number = numbers.get(name)
        return _of(self._by_name[field], number) if number is not None and name else _of_none()

    def of_day(self, day: int) -> Articles:
        """Return the articles of one day, YYYYMMDD, sorted."""
        return _of(self._by_day, day) if day else _of_none()

    def of_names(self, field: str, names: set[bytes]) -> Bits:
        """Return for each article whether it has one of some names in a field."""
        numbers, name_of = self.numbered(field)
        wanted = np.zeros(len(numbers) + 1, bool)
        wanted[[numbers[name] for name in names if name in numbers]] = True
        return wanted[name_of]

    def of_days(self, first: int, last: int) -> Bits:
        """Return for each article whether it is of a day from `first` to `last`, YYYYMMDD."""
        days = self.segment.columns["dates"]
        return (days >= max(first, 1)) & (days <= last)


def _grouped(values: npt.NDArray[Any]) -> Grouped:
    """Return the values of articles, sorted, and the articles in that order."""
    order = np.argsort(values, kind="stable")
    return values[order], order


def _of(grouped: Grouped, value: int) -> Articles:
    values, order = grouped
    first, last = (int(np.searchsorted(values, value, side)) for side in ("left", "right"))
    return order[first:last]


def _of_none() -> Articles:
    return np.zeros(0, np.int64)
