"""How often a segment uses the forms of its vocabulary."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from newsearch.engines.local.segment import Segment
from newsearch.query import Among
from newsearch.query.nodes import TEXT

Uses = dict[str, tuple[int, int, int]]
_FEW = 1000  # forms that are looked up one by one


def holding(segment: Segment, form: str) -> int:
    """Return how many live passages of a segment hold a form."""
    term = segment.term(form)
    if term is None:
        return 0
    field = segment.fields[TEXT]
    if segment.live is None:
        return int(field.first[term + 1]) - int(field.first[term])
    return int(np.count_nonzero(segment.live[field.postings(term)[0]]))


def count_forms(segment: Segment, prefix: str, among: Among | None, counts: Uses) -> None:
    """Add to counts how the forms of a segment with a prefix are used; see `told`.

    Args:
        segment: Where.
        prefix: What the forms begin with.
        among: Given a list of forms, returns those that are wanted; None for all.
        counts: What to add to.
    """
    numbers = segment.prefixed(prefix)
    if among is None:
        _add(segment, numbers, counts, _any)
        return
    forms = [text.decode() for text in segment.terms.slice(numbers.start, numbers.stop)]
    wanted = set(among(forms))
    if len(wanted) > _FEW:
        _add(segment, numbers, counts, wanted.__contains__)
        return
    for number, form in enumerate(forms, numbers.start):
        if form in wanted:
            _add(segment, range(number, number + 1), counts, _any)


def _any(form: str) -> bool:
    return True


def _add(segment: Segment, numbers: range, counts: Uses, wanted: Callable[[str], bool]) -> None:
    first, last = numbers.start, numbers.stop
    occurs = np.diff(segment.fields[TEXT].position_first.part(first, last + 1).astype(np.int64))
    capitals = segment.columns.paged("capitals").part(first, last).tolist()
    unsure = segment.columns.paged("unsure").part(first, last).tolist()
    texts = segment.terms.slice(first, last)
    for text, said, upper, not_told in zip(texts, occurs.tolist(), capitals, unsure, strict=True):
        if said and wanted(form := text.decode()):
            before = counts.get(form, (0, 0, 0))
            counts[form] = before[0] + said, before[1] + upper, before[2] + not_told


def told(occurrences: int, capitals: int, unsure: int) -> tuple[int, int, int]:
    """Return the counts of a form as `FormCount` has them."""
    return occurrences, capitals, occurrences - capitals - unsure
