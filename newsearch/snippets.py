"""A passage and what matched in it, to the part that is worth showing.

In: a passage's text and the spans of its matched words. Out: a `Snippet`: the run of whole
sentences in which most of the query stands, on one line; a sentence is cut, at words, only when
it is too long by itself. Text and spans stay apart; marking up is the output's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsearch.analysis import sentences
from newsearch.records import Snippet, Span

ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")
_UNEVEN = re.compile(r"[^\S ]|  ")  # white space that is not one single space


@dataclass(frozen=True, slots=True)
class Mark:
    """A matched word.

    Attributes:
        start, end: Offsets into the passage's text.
        leaf: Which part of the query it answers; words of different parts are worth more.
        weight: How much that part says, > 0.
    """

    start: int
    end: int
    leaf: int
    weight: float


def snippet(text: str, marks: Sequence[Mark], budget: int) -> Snippet:
    """Return the part of a passage to show.

    Args:
        text: The passage, not empty.
        marks: Sorted by start, not overlapping.
        budget: The longest snippet, in characters, not counting the "…" at its ends.

    Returns:
        Never empty. Its spans are the marks that fall into the part, as offsets into the
        snippet's own text.

    >>> shown = snippet("Trams stand.  The ferry runs. Buses do, too.", [Mark(18, 23, 0, 1.0)], 20)
    >>> shown.text, [shown.text[start:end] for start, end in shown.spans]
    ('… The ferry runs. …', ['ferry'])
    """
    start, end = _best_run(text, marks, budget)
    if end - start > budget:
        start, end = _cut(text, start, end, marks, budget)
    return _write(text, start, end, [(mark.start, mark.end) for mark in marks])


def _best_run(text: str, marks: Sequence[Mark], budget: int) -> Span:
    """Return the consecutive sentences within the budget that hold most of the query."""
    if len(text) <= budget:
        return len(text) - len(text.lstrip()), len(text.rstrip())
    parts = sentences(text)
    best: Span = parts[0]
    most = -1.0
    for first, (start, _) in enumerate(parts):
        for last in range(first, len(parts)):
            end = parts[last][1]
            if last > first and end - start > budget:
                break
            value = _value([mark for mark in marks if start <= mark.start and mark.end <= end])
            # Equal values: the earliest run, and of its runs the longest, for context.
            if value > most or (value == most and start == best[0]):
                best, most = (start, end), value
    return best


def _value(marks: Sequence[Mark]) -> float:
    """Return what marks are worth: each leaf fully once, and a little for saying it again."""
    seen: dict[int, int] = {}
    total = 0.0
    for mark in marks:
        again = seen.get(mark.leaf, 0)
        total += mark.weight * (0.1 ** min(again, 3))
        seen[mark.leaf] = again + 1
    return total


def _cut(text: str, start: int, end: int, marks: Sequence[Mark], budget: int) -> Span:
    """Cut a sentence that is too long, at words, around the marks that are worth most."""
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    words = [match.span() for match in re.compile(r"\S+").finditer(text, start, end)]
    if not inside:
        return start, _last_end(words, start + 1, start + budget)
    groups = [
        [mark for mark in inside if first.start <= mark.start and mark.end - first.start <= budget]
        for first in inside
    ]
    group = max(groups, key=_value) or [inside[0]]
    first, last = group[0].start, group[-1].end
    room = max(0, budget - (last - first)) // 2
    wanted = max(start, min(first - room, end - budget))
    # Text without spaces, or one giant word, may offer no beginning: it is cut at the mark.
    begins = [begin for begin, _ in words if last - budget <= begin <= first] or [first]
    begin = next((each for each in begins if each >= wanted), begins[-1])
    return begin, _last_end(words, last, begin + budget)


def _last_end(words: Sequence[Span], least: int, most: int) -> int:
    """Return where the last word ends that ends between two offsets, the latter if none does."""
    return max((end for _, end in words if least <= end <= most), default=most)


def _write(text: str, start: int, end: int, spans: Sequence[Span]) -> Snippet:
    """Put a part of a text on one line, with its spans, and "…" where something is left out."""
    before = ELLIPSIS + " " if text[:start].strip() else ""
    after = " " + ELLIPSIS if text[end:].strip() else ""
    inside = [(first, last) for first, last in spans if start <= first and last <= end]
    line, marked = text[start:end], [(first - start, last - start) for first, last in inside]
    if _UNEVEN.search(line):
        line, marked = _evened(line, marked)
    shift = len(before)
    return Snippet(
        before + line + after, tuple([(first + shift, last + shift) for first, last in marked])
    )


def _evened(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Make one space of all white space that stands together, and move the spans with it."""
    pieces: list[str] = []
    marked = []
    length = at = 0
    for first, last in spans:
        before, word = _BLANKS.sub(" ", text[at:first]), _BLANKS.sub(" ", text[first:last])
        marked.append((length + len(before), length + len(before) + len(word)))
        pieces += [before, word]
        length += len(before) + len(word)
        at = last
    return "".join([*pieces, _BLANKS.sub(" ", text[at:])]), marked
