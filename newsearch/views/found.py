"""The passages that a view counts: all that have all of a query's words, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from newsearch.answering.view import View
from newsearch.engines.base import EVERY, Numbers, Snapshot
from newsearch.insights import Searched
from newsearch.query import Resolved
from newsearch.views.records import Scope


@dataclass(frozen=True)
class Found:
    """What was found of a query.

    Attributes:
        snapshot: Where.
        orders: The passages, sorted.
        resolved: What was looked for; None where the query asks for nothing.
        query, notes, searched, partly: As in `Scope`.
    """

    snapshot: Snapshot
    orders: Numbers
    resolved: Resolved | None
    query: str
    notes: tuple[str, ...]
    searched: Searched
    partly: int = 0

    @cached_property
    def opening(self) -> Numbers:
        """Places in `orders` of the first passage of each article."""
        return np.flatnonzero(np.diff(self.snapshot.articles(self.orders), prepend=-1))

    def scope(self) -> Scope:
        resolved = self.resolved
        if resolved is None:
            return Scope(self.query, notes=self.notes, searched=self.searched)
        return Scope(
            self.query,
            len(self.orders),
            len(self.opening),
            self.partly,
            len(resolved.leaves),
            resolved.filters,
            resolved.names,
            self.notes,
            self.searched,
        )


def find(view: View, query: str, exact_names: bool) -> Found:
    """Return the passages that have all of a query's words."""
    resolved, notes = view.read(query, names=not exact_names)
    snapshot = view.snapshot
    if resolved is None:
        return Found(snapshot, np.zeros(0, np.int64), None, query, notes, view.searched)
    orders = _all_of(snapshot, resolved.all)
    partly = 0 if len(orders) else snapshot.search(resolved.some, 0, count=True).total
    return Found(snapshot, orders, resolved, query, notes, view.searched, partly)


def _all_of(snapshot: Snapshot, tree: Any) -> Numbers:
    return np.sort(snapshot.search(tree, EVERY, count=True).orders)
