"""Tokens in the order of the text, to postings in the order of the vocabulary."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Array, small

_LOW = np.uint64(0xFFFFFFFF)


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
        `position_first`: as `first`, for `positions`: the token numbers within the documents.
    """
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    lengths = ends - starts if len(ends) else ends
    document_of = np.repeat(np.arange(len(ends), dtype=np.uint32), lengths)
    # Sorting one 64-bit number for each token keeps a term's tokens in the order of the text.
    keys = ranks.astype(np.uint64) << np.uint64(32) | np.arange(len(ranks), dtype=np.uint64)
    keys.sort()
    term_of = (keys >> np.uint64(32)).astype(np.uint32)
    token_of = (keys & _LOW).astype(np.uint32)
    documents = document_of[token_of]
    positions = token_of - starts[documents].astype(np.uint32)
    opens = np.ones(len(keys), bool)
    opens[1:] = (term_of[1:] != term_of[:-1]) | (documents[1:] != documents[:-1])
    begins = np.flatnonzero(opens)
    all_terms = np.arange(terms + 1)
    return {
        f"{prefix}_first": np.searchsorted(term_of[begins], all_terms).astype(np.uint64),
        f"{prefix}_documents": small(documents[begins]),
        f"{prefix}_counts": small(np.diff(begins, append=len(keys))),
        f"{prefix}_position_first": np.searchsorted(term_of, all_terms).astype(np.uint64),
        f"{prefix}_positions": small(positions),
    }


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
