"""Tokens in the order of the text, to postings in the order of the vocabulary."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.columns import Array, small
from newsearch.engines.local.files.narrow import DOCUMENTS, POSITIONS


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
        and the exceptions of documents and positions (see `newsearch.engines.local.files.narrow`).
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
