"""The keys of a segment's names, by which a query finds what may be another spelling.

In: the terms of a segment as it is written, with how often each is capitalised. Out: columns with
every key (see `newsearch.names.keys`) and its term, in the order of the keys. Keys lie in buckets
of some ten; a bucket is known by the first bits of its keys, so only their last bits are written.
`keying` makes, arranges and checks them.

A word that a segment mostly writes in lower case has no keys in it. If it is a name over all, it is
one in some segment, and is found there: the names and the ordinary words of all can't add up to
more names than any of them has.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import ragged
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.files.pages import Columns
from newsearch.errors import IndexDamaged

Numbers = npt.NDArray[np.int64]
NUMBER = 0xFFFFFFFF  # of a term, below its key


def are_names(
    occurrences: Array, capitals: Array, unsure: Array, listed: Numbers
) -> npt.NDArray[np.bool_]:
    """Return for each term whether it stands in the text as a name may.

    Args:
        occurrences: How often it stands there.
        capitals, unsure: How often with a capital, and how often neither with nor without.
        listed: The numbers of those that are names however they are written.
    """
    upper = capitals.astype(np.int64)
    names: npt.NDArray[np.bool_] = 2 * upper + unsure >= occurrences
    names[listed] = True
    return names & (occurrences > 0)


class NameKeys:
    """The keys of one segment.

    Args:
        columns: The segment's.
        terms: How many terms it has.
    """

    def __init__(self, columns: Columns, terms: int) -> None:
        self._first = columns.paged("key_first")
        self._rest = columns.paged("key_rest")
        self._terms = columns.paged("key_terms")
        self._most = terms

    @cached_property
    def _bits(self) -> int:
        """How many bits of a key are not told by its bucket."""
        from newsearch.names.keys import KEY_BITS  # whoever has keys has loaded it

        buckets = len(self._first) - 1
        bits = buckets.bit_length() - 1
        if not 1 <= bits < KEY_BITS or buckets != 1 << bits:
            raise _damaged()
        return KEY_BITS - bits

    def find(self, keys: Array) -> Numbers:
        """Return the numbers of the terms under some keys, each once, sorted."""
        first = self._first.whole()
        buckets = keys >> self._bits
        begins, ends = first[buckets].astype(np.int64), first[buckets + 1].astype(np.int64)
        many = ends - begins
        if len(many) and (min(begins.min(), many.min()) < 0 or ends.max() > len(self._rest)):
            raise _damaged()
        places = ragged(begins, many)
        wanted = np.repeat(keys & ((1 << self._bits) - 1), many)
        return self._numbers(places[self._rest.items(places) == wanted])

    def _numbers(self, places: Numbers) -> Numbers:
        numbers = np.unique(self._terms.items(places).astype(np.int64))
        if len(numbers) and (numbers[0] < 0 or numbers[-1] >= self._most):
            raise _damaged()
        return numbers

    def all(self) -> Numbers:
        """Return all keys, each as key << 32 | number of the term, in their order."""
        first = self._first.whole().astype(np.int64)
        if first[0] or first[-1] != len(self._rest) or (first[1:] < first[:-1]).any():
            raise _damaged()
        buckets = np.repeat(np.arange(len(first) - 1), first[1:] - first[:-1])
        terms = self._terms.whole().astype(np.int64)
        if len(terms) and (terms.min() < 0 or terms.max() >= self._most):
            raise _damaged()
        keys = buckets << self._bits | self._rest.whole().astype(np.int64)
        return keys << 32 | terms


def _damaged() -> IndexDamaged:
    return IndexDamaged("the keys of names are damaged")
