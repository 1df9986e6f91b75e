"""What stands below an answer: counts, time, and the spellings that were taken as one name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsearch.insights import NameGroup, Searched
from newsearch.output.safety import one_line
from newsearch.records import Results

if TYPE_CHECKING:
    from newsearch.views import Scope

_SPELLINGS_AT_MOST = 6
_GLUE = "\N{NO-BREAK SPACE}"  # between what must not be torn apart at the end of a line


def print_below(lines: Iterable[str]) -> None:
    """Print lines to stderr, after an empty one, wrapped where it is a terminal."""
    sys.stdout.flush()  # where both go to one place, these come last
    width = None
    if sys.stderr.isatty():
        import shutil

        # stdout may be a file or a pipe: what counts is where these lines go.
        width = shutil.get_terminal_size(os.get_terminal_size(sys.stderr.fileno())).columns or 80
    print(file=sys.stderr)
    for line in lines:
        for row in wrapped(line, width):
            print(row, file=sys.stderr)


def wrapped(line: str, width: int | None) -> list[str]:
    """Return a line as lines that fit, or as it is where the width is None.

    >>> wrapped("one name: Kyiv\\N{NO-BREAK SPACE}8, Kiev\\N{NO-BREAK SPACE}1", 18)
    ['one name: Kyiv 8,', '  Kiev 1']
    """
    if width is None:
        return [line.replace(_GLUE, " ")]
    import textwrap

    rows = textwrap.wrap(line, max(width, 20), subsequent_indent="  ", break_on_hyphens=False)
    return [row.replace(_GLUE, " ") for row in rows]


def summary(results: Results) -> str:
    """Return the last line: counts, time, and the spellings that were taken as one."""
    took = f"{results.seconds * 1000:.0f}{_GLUE}ms"
    return " · ".join([counts(results), took, *name_notes(results.names)])


def scope_line(scope: Scope, seconds: float) -> str:
    """Return the last line of a view: how much it is about, time, and spellings."""
    passages = f"{scope.passages:,} passage{'s' * (scope.passages != 1)}"
    articles = f"{scope.articles:,} article{'s' * (scope.articles != 1)}"
    took = f"{seconds * 1000:.0f}{_GLUE}ms"
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
    return f"{found} · {results.seconds * 1000:.0f}{_GLUE}ms · looked for: {words}"


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
        f"{one_line(spelling).capitalize()}{_GLUE}{count:,}"
        for spelling, count in zip(group.spellings, group.counts, strict=True)
    ]
    if len(each) <= most:
        return ", ".join(each)
    shown = each[: most - 1]
    more = f"+{len(each) - len(shown)} more: newsearch names {one_line(group.word).lower()}"
    return ", ".join([*shown, more])
