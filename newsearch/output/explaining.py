"""How a query was read, and scores in parts, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.insights import Alone, FormReading
from newsearch.output.last_lines import searched_lines
from newsearch.output.safety import one_line
from newsearch.records import Results

_FORMS_AT_MOST = 12
_WHY = {
    "typed": "as typed",
    "stem": "another form of the word",
    "acronym": "the acronym",
    "pattern": "fits the pattern",
    "fuzzy": "near enough",
    "itself": "as typed",
    "file": "the same name, by a names file",
    "rule": "the same name, another spelling",
    "slip": "the same name, a slip",
}


def reading_lines(results: Results) -> Iterator[str]:
    """Yield how a query was read and what each word stands for, if that was asked for."""
    explanation = results.explanation
    if explanation is None:
        return
    yield f"read as: {one_line(explanation.query)}"
    yield f"that is: {one_line(explanation.reading)}"
    for word in explanation.words:
        yield f"{one_line(word.word)}:"
        shown = word.forms[:_FORMS_AT_MOST]
        width = max((len(each.form) for each in shown), default=0)
        for each in shown:
            yield f"  {one_line(each.form):<{width}}  {_passages(each.passages)}, {_why(each)}"
        if len(word.forms) > len(shown):
            yield f"  and {len(word.forms) - len(shown):,} more"
    yield ""


def score_lines(results: Results) -> Iterator[str]:
    """Yield the score of each hit in parts, if that was asked for."""
    if results.explanation is None:
        return
    yield ""
    for number, (hit, score) in enumerate(
        zip(results.hits, results.explanation.scores, strict=True), results.offset + 1
    ):
        parts = " + ".join(f"{name} {value:.2f}" for name, value in score.parts)
        yield f"{number}  {hit.score:.2f} = {parts}"
        leaves = [f"{one_line(name)} {value:.2f} ({where})" for name, where, value in score.leaves]
        if leaves:
            yield f"   words: {' + '.join(leaves)}"


def help_lines(results: Results) -> Iterator[str]:
    """Yield what each part of a query finds alone, where nothing has all of it."""
    parts = results.alone
    wanted = [part for part in parts if not part.left_out]
    if len(wanted) > 1:
        each = ", ".join(f"{one_line(part.part)} {part.passages:,}" for part in wanted)
        yield f"passages with each part alone: {each}"
    for part in parts:
        if part.instead:
            yield f"{_rarity(part)}; did you mean {_instead(part)}?"
    without = [part for part in parts if part.without]
    if without:
        best = max(without, key=lambda part: (not part.passages, part.without))
        yield f"without {one_line(best.part)}: {_passages(best.without)} with all the rest"
    yield from searched_lines(results.searched)


def _rarity(part: Alone) -> str:
    if part.passages:
        return f"{one_line(part.part)} is in {_passages(part.passages)} only"
    return f"{one_line(part.part)} is in no passage"


def _instead(part: Alone) -> str:
    return " or ".join(f"{one_line(form)} ({passages:,})" for form, passages in part.instead)


def _passages(count: int) -> str:
    return f"{count:,} passage{'s' * (count != 1)}"


def _why(form: FormReading) -> str:
    why = _WHY.get(form.why, form.why)
    if form.distance is None or form.why == "itself":
        return why
    company = "" if form.likeness is None else f", company {form.likeness:.2f}"
    return f"{why} ({form.distance:.2f} away{company})"
