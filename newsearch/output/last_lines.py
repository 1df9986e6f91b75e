"""What stands below an answer: counts, time, and the spellings that were taken as one name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsearch.insights import NameGroup, Searched
from newsearch.output.safety import one_line
from newsearch.output.wrapping import GLUE, print_wrapped
from newsearch.records import Results

if TYPE_CHECKING:
    from newsearch.views import Scope

_SPELLINGS_AT_MOST = 6


def print_below(lines: Iterable[str]) -> None:
    """Print lines to stderr, after an empty one, wrapped where it is a terminal."""
    sys.stdout.flush()  # where both go to one place, these come last
    print(file=sys.stderr)
    for line in lines:
        print_wrapped(line, sys.stderr)


def summary(results: Results) -> str:
    """Return the last line: counts, time, and the spellings that were taken as one."""
    took = f"{results.seconds * 1000:.0f}{GLUE}ms"
    return " · ".join([counts(results), took, *name_notes(results.names)])


def scope_line(scope: Scope, seconds: float) -> str:
    """Return the last line of a view: how much it is about, time, and spellings."""
    passages = f"{scope.passages:,} passage{'s' * (scope.passages != 1)}"
    articles = f"{scope.articles:,} article{'s' * (scope.articles != 1)}"
    took = f"{seconds * 1000:.0f}{GLUE}ms"
    return " · ".join([f"{passages} in {articles}", took, *name_notes(scope.names)])


def searched_lines(searched: Searched | None) -> Iterator[str]:
    """Yield what was looked through, if that is known: what counts are to be compared with."""
    if searched is not None:
        articles = f"{searched.articles:,} article{'s' * (searched.articles != 1)}"
        sources = dates = ""
        if searched.sources:
            sources = f" from {searched.sources:,} source{'s' * (searched.sources != 1)}"
        if searched.first_date:
            dates = f", dated {searched.first_date} to {searched.last_date}"
        yield f"searched {articles}{sources}{dates}"


def like_line(results: Results) -> str:
    """Return the last line of what is like something: the words that were looked for."""
    articles = len({hit.article_id for hit in results})
    passages = sum(1 + len(hit.others) for hit in results)
    found = f"{passages:,} passage{'s' * (passages != 1)} from {articles:,} "
    found += f"article{'s' * (articles != 1)}"
    words = ", ".join(one_line(results.query).split())
    return f"{found} · {results.seconds * 1000:.0f}{GLUE}ms · looked for: {words}"


def name_notes(names: Iterable[NameGroup], most: int = _SPELLINGS_AT_MOST) -> Iterator[str]:
    """Yield what was taken as one name, for each name; of more spellings, the most frequent."""
    return (f"one name: {_counted(group, most)}" for group in names)


def suggestion_lines(results: Results) -> Iterator[str]:
    """Yield a line for each name that may have other spellings, which were not looked for."""
    for group in results.suggestions:
        word = one_line(group.word)
        yield f"perhaps {word}, too, but left out: {_counted(group)} (newsearch names {word})"


def counts(results: Results) -> str:
    """Return how much was found."""
    if not results.total:
        return "nothing found"
    shown = len(results)
    articles = len({hit.article_id for hit in results})
    where = f"from {articles:,} article{'s' * (articles != 1)}"
    if results.words <= 1:
        return f"{shown:,} of {results.total:,} passage{'s' * (results.total != 1)} {where}"
    if not results.complete:
        return f"no passage matches in full; {shown:,} of {results.total:,} in part, {where}"
    matching = "passage matches" if results.complete == 1 else "passages match"
    return f"{shown:,} shown {where}; {results.complete:,} {matching} in full"


def _counted(group: NameGroup, most: int = _SPELLINGS_AT_MOST) -> str:
    """Return spellings with their counts; of many only the most frequent."""
    each = [
        f"{one_line(spelling).capitalize()}{GLUE}{count:,}"
        for spelling, count in zip(group.spellings, group.counts, strict=True)
    ]
    if len(each) <= most:
        return ", ".join(each)
    shown = each[: most - 1]
    more = f"+{len(each) - len(shown)} more: newsearch names {one_line(group.word).lower()}"
    return ", ".join([*shown, more])
