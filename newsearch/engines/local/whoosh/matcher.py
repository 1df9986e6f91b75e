"""The passages that hold a term, one after the other, as Whoosh's matchers walk through them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from typing import Any

from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from newsearch.engines.local.whoosh.terms import Postings


class PostingsMatcher(LeafMatcher):
    """Walks through the postings of one term.

    For Whoosh's optimisations they are one block, whose bounds are those of the term.

    Args:
        postings: Of the term.
        term: Its field and its bytes.
        format: The field's, which says what can be asked of a posting.
        scorer: Scores a posting, or None.
        info: What bounds the scores, or None without a scorer.
    """

    def __init__(
        self,
        postings: Postings,
        term: tuple[str, bytes],
        format: Any,
        scorer: Any = None,
        info: Any = None,
    ) -> None:
        self._postings = postings
        self._term = term
        self.format = format
        self.scorer = scorer
        self._info = info
        # Numbers of Python's: those of numpy are slow one by one. The last is no passage's: some
        # of Whoosh's matchers ask for the number of a matcher that has come to its end.
        self._ids: list[int] = [*postings.documents.tolist(), -1]
        self._weights: list[int] = postings.counts.tolist()
        self._end = len(self._weights)
        self._at = 0

    def is_active(self) -> bool:
        return self._at < self._end

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> PostingsMatcher:
        return copy(self)

    def id(self) -> int:
        return self._ids[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids[self._at : self._end])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, id, self._at, self._end)
        return not self.is_active()

    def weight(self) -> float:
        return float(self._weights[self._at])

    def score(self) -> float:
        return float(self.scorer.score(self))

    def value(self) -> bytes:
        positions = self._positions()
        return bytes(self.format.encode(positions)) if positions else b""

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._positions()
        return super().value_as(astype)

    def spans(self) -> list[Any]:
        if not self.supports("positions"):
            return list(super().spans())  # raises what Whoosh raises
        return [Span(position) for position in self._positions()]

    def _positions(self) -> list[int]:
        positions, at = self._postings.positions, self._at
        if positions is None:
            return []
        first = int(self._postings.first[at])
        found: list[int] = positions[first : first + self._weights[at]].tolist()
        return found

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def skip_to_quality(self, minquality: float) -> int:
        if self.is_active() and self.block_quality() <= minquality:
            self._at = self._end
            return 1
        return 0
