"""How often a segment uses the forms of its vocabulary."""

from __future__ import annotations

import numpy as np

from newsearch.engines.local.segment import Segment
from newsearch.query.nodes import TEXT


def holding(segment: Segment, form: str) -> int:
    """Return how many live passages of a segment hold a form."""
    term = segment.term(form)
    if term is None:
        return 0
    field = segment.fields[TEXT]
    if segment.live is None:
        return int(field.first[term + 1]) - int(field.first[term])
    return int(np.count_nonzero(segment.live[field.postings(term)[0]]))


def count_forms(segment: Segment, prefix: str, counts: dict[str, tuple[int, int, int]]) -> None:
    """Add to counts how the forms of a segment with a prefix are used; see `told`."""
    numbers = segment.prefixed(prefix)
    first, last = numbers.start, numbers.stop
    occurs = np.diff(segment.fields[TEXT].position_first.part(first, last + 1).astype(np.int64))
    capitals = segment.columns.paged("capitals").part(first, last).tolist()
    unsure = segment.columns.paged("unsure").part(first, last).tolist()
    texts = segment.terms.slice(first, last)
    for text, said, upper, not_told in zip(texts, occurs.tolist(), capitals, unsure, strict=True):
        if said:
            form = text.decode()
            before = counts.get(form, (0, 0, 0))
            counts[form] = before[0] + said, before[1] + upper, before[2] + not_told


def told(occurrences: int, capitals: int, unsure: int) -> tuple[int, int, int]:
    """Return the counts of a form as `FormCount` has them."""
    return occurrences, capitals, occurrences - capitals - unsure
