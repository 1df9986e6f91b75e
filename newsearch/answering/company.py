"""The company of forms in one snapshot of an index, read when it is asked for.

In: a snapshot. Out: what `newsearch.names.contexts` asks of an index: words around a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from newsearch.analysis import token_forms
from newsearch.engines.base import EVERY, Numbers, Snapshot
from newsearch.query import OneOf
from newsearch.query.nodes import TEXT, Near

if TYPE_CHECKING:
    from newsearch.names.contexts import PassageContexts, Together

_BESIDE = 2  # words between which nothing or one word stands
_MOST = 1_000  # passages of a form in which other words are looked up


class Company:
    """The `Contexts` of a snapshot; nothing is loaded or read before the first question."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _contexts(self) -> PassageContexts:
        from newsearch.names.contexts import PassageContexts

        return PassageContexts(
            self._passages, lambda word: self._snapshot.weight((word,)), self._together
        )

    def words(self, form: str) -> Mapping[str, float]:
        return self._contexts.words(form)

    def weight(self, word: str) -> float:
        return self._contexts.weight(word)

    def together(
        self, form: str, words: Sequence[str], beside: Sequence[str], without: str
    ) -> Together | None:
        return self._contexts.together(form, words, beside, without)

    def _passages(self, form: str, most: int) -> Iterator[list[str]]:
        """Yield the forms of the words of some passages with a form, spread over all of them."""
        for order in self._orders(form, most).tolist():
            yield token_forms(self._snapshot.passage(order).text())

    def _together(
        self, form: str, words: Sequence[str], beside: Sequence[str], without: str
    ) -> Together:
        from newsearch.names.contexts import Together

        orders = self._orders(form, _MOST)
        orders = orders[~self._snapshot.holds(OneOf(TEXT, (without,)), orders)]
        counts = [
            int(np.count_nonzero(self._snapshot.holds(OneOf(TEXT, (word,)), orders)))
            for word in words
        ]
        near = (Near(TEXT, ((word,), (form,)), _BESIDE, ordered=False) for word in beside)
        return Together(
            len(orders), counts, any(self._snapshot.holds(each, orders).any() for each in near)
        )

    def _orders(self, form: str, most: int) -> Numbers:
        """Return some of the passages with a form, sorted."""
        orders = np.sort(self._snapshot.search(OneOf(TEXT, (form,)), EVERY).orders)
        return orders[:: max(1, -(-len(orders) // most))]
