"""The keys of a segment's names: the writing half of `namekeys`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.columns import Array, small
from newsearch.engines.local.namekeys import NUMBER, NameKeys, Numbers
from newsearch.names.key_arrays import all_keys
from newsearch.names.keys import KEY_BITS, can_be_name
from newsearch.names.names_file import listed_forms

_IN_BUCKET = 4  # bits of the number of keys in a bucket, about


def listed_terms(terms: Sequence[bytes]) -> Numbers:
    """Return the numbers of those of some sorted terms that the shipped names list."""
    listed = sorted(map(str.encode, listed_forms()))
    places = [(bisect_left(terms, form), form) for form in listed]
    found = [at for at, form in places if at < len(terms) and terms[at] == form]
    return np.array(found, np.int64)


def keys_of(terms: Sequence[bytes], numbers: Numbers) -> Numbers:
    """Return the keys of those of some terms that can be names: key << 32 | number of the term."""
    forms = [(at, form) for at in numbers.tolist() if can_be_name(form := terms[at].decode())]
    pairs: Numbers = all_keys([form for _, form in forms])
    of: Numbers = np.array([at for at, _ in forms], np.int64)
    named: Numbers = pairs & ~NUMBER | of[pairs & NUMBER]
    return named


def merged_keys(
    parts: Iterable[tuple[Numbers, Numbers]], names: npt.NDArray[np.bool_], terms: Sequence[bytes]
) -> Numbers:
    """Return the keys of the terms of several segments that are names in all of them together.

    They are those of the segments. Made anew are only those of words that the dead had written
    in lower case.

    Args:
        parts: The keys of each segment, as `keys_of` gives them, and the new number of each term.
        names: Which of all terms are names.
        terms: All terms.
    """
    missing, found = names.copy(), []
    for pairs, rank in parts:
        numbers = rank[pairs & NUMBER]
        missing[numbers] = False
        found.append((pairs & ~NUMBER | numbers)[names[numbers]])
    return np.concatenate([*found, keys_of(terms, np.flatnonzero(missing))])


def arranged(pairs: Numbers) -> dict[str, Array]:
    """Return the columns for keys, each as key << 32 | number of the term."""
    pairs = np.sort(pairs)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # `np.unique` would load masked arrays first
    keys, terms = pairs >> 32, pairs & NUMBER
    bits = min(max(len(pairs).bit_length() - _IN_BUCKET, 1), KEY_BITS - 1)
    rest = KEY_BITS - bits
    many = np.bincount(keys >> rest, minlength=1 << bits)
    return {
        "key_first": small(np.concatenate(([0], np.cumsum(many)))),
        "key_rest": small(keys & ((1 << rest) - 1)),
        "key_terms": small(terms),
    }


def key_problem(keys: NameKeys, texts: Iterable[bytes], names: npt.NDArray[np.bool_]) -> str | None:
    """Return what is wrong with the keys of a segment.

    Args:
        keys: They.
        texts: The terms.
        names: Which of them must have keys; others may.
    """
    pairs = keys.all()
    wanted = names.copy()
    wanted[pairs & NUMBER] = True
    right = keys_of(list(texts), np.flatnonzero(wanted))
    return None if np.array_equal(np.unique(right), pairs) else "is not made of the terms"
