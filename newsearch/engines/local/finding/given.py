"""Passages that are known already, as a leaf of a query tree."""

from __future__ import annotations

from collections.abc import Mapping

from whoosh.query import Query

from newsearch.engines.local.arrays import Found
from newsearch.engines.local.segment import Segment


class Given(Query):
    """Passages that are known already.

    Attributes:
        found: For each segment its live passages that match, sorted, and a score for each.
    """

    fieldname = None
    boost = 1.0

    def __init__(self, found: Mapping[Segment, Found]) -> None:
        self.found = found

    def __repr__(self) -> str:
        return f"Given({sum(len(documents) for documents, _ in self.found.values())} passages)"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other
