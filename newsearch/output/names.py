"""Names to lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsearch.output.safety import safe

if TYPE_CHECKING:
    from newsearch.names.judging import Judgement, Spelling
    from newsearch.naming import SpellingFacts

_EVIDENCE = {
    "itself": "as asked",
    "file": "a names file",
    "rule": "another spelling",
    "slip": "a slip",
    "plural": "its plural",
}


def spelling_lines(word: str, spellings: Sequence[SpellingFacts]) -> Iterator[str]:
    """Yield a table of the spellings of a name, those that count as one first."""
    folded = [each for each in spellings if each.level == "folded"]
    unsure = [each for each in spellings if each.level != "folded"]
    yield f"{safe(word)}: {len(folded)} spelling{'s' * (len(folded) != 1)} of one name"
    yield from _table(folded)
    if unsure:
        yield "perhaps the same name, and left apart:"
        yield from _table(unsure)


def _table(spellings: Sequence[SpellingFacts]) -> Iterator[str]:
    width = max((len(each.form) for each in spellings), default=0)
    for each in spellings:
        sources = f"{each.sources} source{'s' * (each.sources != 1)}, " if each.sources else ""
        since = f"since {each.first_date}, " if each.first_date else ""
        passages = f"{each.passages:,} passage{'s' * (each.passages != 1)}"
        yield (
            f"  {safe(each.form).capitalize():<{width}}  {passages}, {sources}{since}"
            f"{_EVIDENCE[each.evidence]}{_numbers(each.evidence, each.distance, each.likeness)}"
        )


def _numbers(evidence: str, distance: float | None, likeness: float | None) -> str:
    if evidence in ("itself", "file", "plural") or distance is None:
        return ""
    company = "" if likeness is None else f", company {likeness:.2f}"
    return f" ({distance:.2f} away{company})"


def group_line(group: Sequence[Spelling]) -> str:
    """Return the spellings of one name with their counts, in one line."""
    return ", ".join(f"{safe(each.form).capitalize()} {each.frequency:,}" for each in group)


def judgement_line(one: str, other: str, judged: Judgement) -> str:
    """Return why two words are one name, or are not, in one line."""
    verdict = {
        "folded": "are one name",
        "suggested": "may be one name, and are left apart",
        None: "are two names",
    }[judged.level]
    numbers = []
    if judged.distance is not None:
        limit = "" if judged.limit is None else f" of at most {judged.limit:.2f}"
        numbers.append(f"distance {judged.distance:.2f}{limit}")
    if judged.likeness is not None:
        least = "" if judged.needed is None else f" of at least {judged.needed:.2f}"
        numbers.append(f"company {judged.likeness:.2f}{least}")
    shown = f" ({', '.join(numbers)})" if numbers else ""
    return f"{safe(one)} and {safe(other)} {verdict}: {judged.reason}{shown}"
