"""A passage and what matched in it, to the part that is worth showing.

In: a passage's text and the spans of its matched words. Out: a `Snippet`: the run of whole
sentences in which most of the query stands, on one line, with clauses of the sentences beside it
where there is room; a sentence is cut, at words, only when it is too long by itself. Text and
spans stay apart; marking up is the output's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsearch.analysis import Layout
from newsearch.records import Snippet, Span

ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\S+")
# What is before the first beginning of a clause, and all up to the last end of one.
_BEGINS = re.compile(r"(?<=[,;:])\s+")
_ENDS = re.compile(r".*[,;:](?=\s)", re.DOTALL)
_CLAUSE_AT_LEAST = 15  # characters; a shorter one tells nothing
# What a leaf is worth that was there no, one, two, … times before; what decides between equals.
_AGAIN = (1.0, 0.1, 0.01, 0.001)
# What a stretch as long as the whole snippet takes from the worth of its marks, as a share of all.
_LOOSE = 0.5


class Mark(NamedTuple):
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


def snippet(layout: Layout, marks: Sequence[Mark], budget: int) -> Snippet:
    """Return the part of a passage to show.

    Args:
        layout: The passage, not empty.
        marks: Sorted by start, not overlapping.
        budget: The longest snippet, in characters, not counting the "…" at its ends.

    Returns:
        Never empty. Its spans are the marks that fall into the part, as offsets into the
        snippet's own text.

    >>> from newsearch.analysis import laid_out
    >>> layout = laid_out("Trams stand.  The ferry runs. Buses do, too.")
    >>> shown = snippet(layout, [Mark(18, 23, 0, 1.0)], 20)
    >>> shown.text, [shown.text[start:end] for start, end in shown.spans]
    ('… The ferry runs. …', ['ferry'])
    """
    text, parts = layout.text, layout.sentences
    if len(text) <= budget:
        start, end = parts[0][0], parts[-1][1]
    else:
        first, last = _best_run(parts, marks, budget)
        start, end = parts[first][0], parts[last][1]
        if end - start > budget:
            start, end = _cut(text, start, end, marks, budget)
        else:
            start, end = _filled(text, parts, first, last, budget)
    return _write(layout, start, end, marks)


def _best_run(parts: Sequence[Span], marks: Sequence[Mark], budget: int) -> tuple[int, int]:
    """Return the first and the last of the sentences within the budget that hold most.

    Of runs that hold the same it is the earliest, and of those with its beginning the longest,
    for context.
    """
    best, most = (0, 0), -1.0
    inside, left = _by_sentence(parts, marks), len(marks)
    for first, (start, _) in enumerate(parts):
        seen: dict[int, int] = {}
        value, held, latest = 0.0, 0, start + budget
        for last in range(first, len(parts)):
            if parts[last][1] > latest and last > first:
                break
            for mark in inside[last]:
                value += _worth(mark, seen)
                held += 1
            if value > most or (value == most and first == best[0]):
                best, most = (first, last), value
        if held == left:  # what begins later holds no more
            break
        left -= len(inside[first])
    return best


def _by_sentence(parts: Sequence[Span], marks: Sequence[Mark]) -> list[list[Mark]]:
    inside: list[list[Mark]] = [[] for _ in parts]
    at = 0
    for mark in marks:
        while at < len(parts) - 1 and parts[at][1] < mark.end:
            at += 1
        inside[at].append(mark)
    return inside


def _worth(mark: Mark, seen: dict[int, int]) -> float:
    """Return what one more mark is worth: a leaf in full once, and a little where it is again."""
    again = seen[mark.leaf] = seen.get(mark.leaf, -1) + 1
    return mark.weight * _AGAIN[min(again, 3)]


def _filled(text: str, parts: Sequence[Span], first: int, last: int, budget: int) -> Span:
    """Use the room that a run of sentences leaves for clauses of its neighbours."""
    start, end = parts[first][0], parts[last][1]
    if first:
        begin, before = parts[first - 1]
        clause = _BEGINS.search(text, max(begin, end - budget - 1), before)
        if clause and start - clause.end() > _CLAUSE_AT_LEAST:
            start = clause.end()
    if last + 1 < len(parts):
        after, stop = parts[last + 1]
        clause = _ENDS.match(text, after, min(stop, start + budget + 1))
        if clause and clause.end() - end > _CLAUSE_AT_LEAST:
            end = clause.end()
    return start, end


def _cut(text: str, start: int, end: int, marks: Sequence[Mark], budget: int) -> Span:
    """Cut a sentence that is too long, at words, around the marks that are worth most."""
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if not inside:
        return start, _last_end(words, start + 1, start + budget)
    first, last = _densest(inside, budget)
    room = max(0, budget - (last - first)) // 2
    wanted = max(start, min(first - room, end - budget))
    # Text without spaces, or one giant word, may offer no beginning: it is cut at the mark.
    begins = [begin for begin, _ in words if last - budget <= begin <= first] or [first]
    begin = next((each for each in begins if each >= wanted), begins[-1])
    return begin, _last_end(words, last, begin + budget)


def _densest(marks: Sequence[Mark], budget: int) -> Span:
    """Return from where to where marks stand near together that are worth most.

    What is asked for mostly stands by the words that are near each other, not where a last one
    can just be squeezed in.
    """
    loose = _LOOSE * sum({mark.leaf: mark.weight for mark in marks}.values()) / budget
    best: Span = (marks[0].start, marks[0].end)
    most = float("-inf")
    for first, begin in enumerate(marks):
        seen: dict[int, int] = {}
        value = 0.0
        for mark in marks[first:]:
            if mark.end - begin.start > budget and mark is not begin:
                break
            value += _worth(mark, seen)
            dense = value - loose * (mark.end - begin.start)
            if dense > most:
                best, most = (begin.start, mark.end), dense
    return best


def _last_end(words: Sequence[Span], least: int, most: int) -> int:
    """Return where the last word ends that ends between two offsets, the latter if none does."""
    return max((end for _, end in words if least <= end <= most), default=most)


def _write(layout: Layout, start: int, end: int, marks: Sequence[Mark]) -> Snippet:
    """Put a part of a text on one line, with its marks, and "…" where something is left out."""
    parts = layout.sentences
    before = ELLIPSIS + " " if start > parts[0][0] else ""
    after = " " + ELLIPSIS if end < parts[-1][1] else ""
    inside = [(first, last) for first, last, _, _ in marks if start <= first and last <= end]
    # A line break is a space, and leaves offsets as they are; little else is not even.
    line, shift = layout.text[start:end].replace("\n", " "), len(before) - start
    if "  " in line or not line.isprintable():
        line, inside = _evened(line, [(first - start, last - start) for first, last in inside])
        shift = len(before)
    return Snippet(
        before + line + after, tuple([(first + shift, last + shift) for first, last in inside])
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
