"""Which words of a passage matched.

In: a passage's layout and where the query's leaves begin in it, as token numbers. Out: the words to
mark. A word of a phrase counts only where the whole phrase stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from newsearch.analysis import Layout
from newsearch.answering.snippets import Mark
from newsearch.engines.base import Begins
from newsearch.errors import IndexDamaged

_SHIFT = 32


class Places:
    """Where the leaves of a query stand in some passages.

    Args:
        begins: Where they begin.
        lengths: How many tokens each is long.
        weights: The idf of each, summed over its words.
    """

    def __init__(self, begins: Begins, lengths: Sequence[int], weights: Sequence[float]) -> None:
        self._begins = begins
        self._lengths = lengths
        self._shares = [
            max(weight, 1e-9) / length for weight, length in zip(weights, lengths, strict=True)
        ]

    @cached_property
    def _words(self) -> tuple[list[int], list[int]]:
        """The matched words, each once, as `Begins` has them: sorted, with the leaf of each."""
        keys, leaves = self._begins
        many = np.array(self._lengths, np.int64)[leaves]
        if many.max(initial=1) > 1:
            before = many.cumsum() - many
            keys, leaves = (keys - before).repeat(many) + np.arange(many.sum()), leaves.repeat(many)
            order = np.lexsort((leaves, keys))
            keys, leaves = keys[order], leaves[order]
        # A word that several leaves share belongs to the first of them.
        new = np.ones(len(keys), bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        return keys[new].tolist(), leaves[new].tolist()

    def marks(self, passage: int, layout: Layout, article_id: str) -> list[Mark]:
        """Return the matched words of one of the passages, sorted, each once.

        Args:
            passage: Which of them.
            layout: Its text.
            article_id: Of which article it is, for the error.

        Raises:
            IndexDamaged: The text has not so many words.

        >>> import numpy as np
        >>> from newsearch.analysis import laid_out
        >>> text = "Earth is rare earth."
        >>> places = Places(Begins(np.array([2]), np.array([0])), [2], [1.0])
        >>> [text[mark.start : mark.end] for mark in places.marks(0, laid_out(text), "1")]
        ['rare', 'earth']
        """
        keys, leaves = self._words
        before = passage << _SHIFT
        first = bisect_left(keys, before)
        last = bisect_left(keys, before + (1 << _SHIFT), first)
        starts, ends, shares = layout.starts, layout.ends, self._shares
        try:
            return [
                Mark(starts[key - before], ends[key - before], leaf, shares[leaf])
                for key, leaf in zip(keys[first:last], leaves[first:last], strict=True)
            ]
        except IndexError as error:
            raise IndexDamaged(
                f"the index and the text of article {article_id!r} differ", "its folder segments"
            ) from error
