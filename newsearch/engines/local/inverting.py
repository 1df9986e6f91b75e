"""Tokens in the order of the text, to postings in the order of the vocabulary."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Array, small
from newsearch.engines.local.narrow import DOCUMENTS, POSITIONS


def invert(
    ranks: npt.NDArray[np.uint32], ends: npt.NDArray[np.int64], terms: int, prefix: str
) -> dict[str, Array]:
    """Return the postings of a run of documents.

    Args:
        ranks: Each token's term, a number below `terms`.
        ends: For each document, where its tokens end; sorted.
        terms: How many terms there are.
        prefix: What the names of the columns begin with.

    Returns:
        `first`: for each term, where its postings begin, and at last where they end;
        `documents` and `counts`: each posting's document and how often the term stands in it;
        `position_first`: as `first`, for `positions`: the token numbers within the documents;
        and the exceptions of documents and positions (see `newsearch.engines.local.narrow`).
    """
    starts = np.concatenate(([0], ends[:-1])).astype(np.uint32)
    document_of = np.repeat(np.arange(len(ends), dtype=np.uint32), np.diff(ends, prepend=0))
    # Sorting one 64-bit number for each token keeps a term's tokens in the order of the text.
    keys = ranks.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.arange(len(ranks), dtype=np.uint64)
    keys.sort()
    token_of = keys.astype(np.uint32)  # the lower half
    del keys
    documents = document_of[token_of]
    positions = token_of
    positions -= starts[documents]
    term_ends = np.cumsum(np.bincount(ranks, minlength=terms))
    opens = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=opens[1:])
    opens[term_ends[:-1][term_ends[:-1] < len(opens)]] = True
    begins = np.flatnonzero(opens)
    position_first = np.concatenate(([0], term_ends))
    return {
        f"{prefix}_first": small(np.searchsorted(begins, position_first)),
        **DOCUMENTS.columns(prefix, documents[begins]),
        f"{prefix}_counts": small(np.diff(begins, append=len(documents))),
        f"{prefix}_position_first": small(position_first),
        **POSITIONS.columns(prefix, positions),
    }


def steps(firsts: Array) -> npt.NDArray[np.int64]:
    """Return how many items lie between one number and the next.

    >>> steps(np.array([0, 2, 2, 5], np.uint8)).tolist()
    [2, 0, 3]
    """
    numbers: npt.NDArray[np.int64] = firsts.astype(np.int64)
    return numbers[1:] - numbers[:-1]


def ragged(starts: Array, counts: Array) -> npt.NDArray[np.int64]:
    """Return the numbers start, start + 1, … of each run, one run after the other.

    >>> ragged(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    if not len(ends):
        return np.zeros(0, np.int64)
    return np.repeat(starts.astype(np.int64) - (ends - counts), counts) + np.arange(ends[-1])
