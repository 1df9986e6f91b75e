"""The words around the forms of an index, which tell spellings of a name from other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from newsearch.analysis import tokenize
from newsearch.candidates import EVERY
from newsearch.engines import Snapshot
from newsearch.query import OneOf
from newsearch.query.nodes import TEXT

if TYPE_CHECKING:
    from newsearch.names import PassageContexts


class Company:
    """The company of forms in a snapshot (see `newsearch.names.contexts`), read when asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _contexts(self) -> PassageContexts:
        from newsearch.names import PassageContexts

        return PassageContexts(self._passages, lambda word: self._snapshot.weight((word,)))

    def words(self, form: str) -> Mapping[str, float]:
        return self._contexts.words(form)

    def weight(self, word: str) -> float:
        return self._contexts.weight(word)

    def _passages(self, form: str, most: int) -> Iterator[list[str]]:
        """Yield the forms of the words of some passages with a form, spread over all of them."""
        orders = np.sort(self._snapshot.search(OneOf(TEXT, (form,)), EVERY).orders)
        for order in orders[:: max(1, -(-len(orders) // most))].tolist():
            yield [token.form for token in tokenize(self._snapshot.passage(order).text())]
