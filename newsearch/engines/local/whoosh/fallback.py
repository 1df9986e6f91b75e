"""What no array operation is written for: a query run by its Whoosh matcher, passage by passage.

In: any `whoosh.query` and a searcher over a snapshot. Out: a `Given`, a leaf that says which
passages match and what each scores, so that the rest of a tree runs on arrays all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import Documents
from newsearch.engines.local.finding.given import Given
from newsearch.errors import EngineError, NewsearchError


def run(query: Any, searcher: Any, boost: float = 1.0) -> Given:
    """Run a query by its own matcher.

    Args:
        query: Any query of Whoosh's.
        searcher: Over the snapshot, see `reader.searcher`.
        boost: What all scores are multiplied by.

    Raises:
        EngineError: Whoosh can't run it, or it asks for what the fields have not.
    """
    documents, scores = [], []
    with explained(query):
        matcher = query.matcher(searcher, searcher.context())
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
    numbers, first = np.unique(np.array(documents, np.int64), return_index=True)
    return given(numbers, boost * np.array(scores, np.float64)[first], searcher.reader())


def given(numbers: Documents, scores: npt.NDArray[np.float64], reader: Any) -> Given:
    """Return passages, by their sorted numbers in a `SnapshotReader`, as a leaf."""
    orders = reader.numbering.orders(numbers)
    found = {}
    for at, segment in enumerate(reader.numbering.segments):
        base = reader.numbering.base(at)
        here = slice(*np.searchsorted(orders, (base, base + segment.entry.passages)))
        found[segment] = orders[here] - base, scores[here]
    return Given(found)


@contextmanager
def explained(query: Any) -> Iterator[None]:
    """Say of what Whoosh raises which query it was about."""
    try:
        yield
    except (NewsearchError, OSError):
        raise
    except Exception as error:  # Whoosh raises Exception itself
        kind = type(query).__name__
        raise EngineError(f"this {kind} query can't be run: {error}") from error
