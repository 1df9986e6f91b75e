"""How often a segment uses the forms of its vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np

from newsearch.engines.local.segment import Segment
from newsearch.query import Among, FormCount
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


def count_forms(segments: Iterable[Segment], prefix: str, among: Among | None) -> list[FormCount]:
    """Return how the forms with a prefix are used, as `Words.forms` does."""
    counts: Uses = {}
    for segment in segments:
        _count(segment, prefix, among, counts)
    return [_told(form, counts) for form in sorted(counts)]


def count_form(segments: Iterable[Segment], form: str) -> FormCount | None:
    """Return how one form is used, None where it is not."""
    said = upper = unsure = 0
    for segment in segments:
        term = segment.term(form)
        if term is not None and (occurs := segment.fields[TEXT].occurrences(term)):
            said += occurs
            upper += segment.columns.paged("capitals")[term]
            unsure += segment.columns.paged("unsure")[term]
    return _told(form, {form: (said, upper, unsure)}) if said else None


def forms_under(segments: Iterable[Segment], keys: Collection[int]) -> set[str]:
    """Return the forms with some keys of names (see `namekeys`)."""
    wanted = np.array(sorted(keys), np.int64)
    return set().union(*(each.terms.chosen(each.keys.find(wanted)) for each in segments))


def _count(segment: Segment, prefix: str, among: Among | None, counts: Uses) -> None:
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


def _told(form: str, counts: Uses) -> FormCount:
    said, upper, unsure = counts[form]
    return FormCount(form, said, upper, said - upper - unsure)
