"""Hits for a person: title, source, date and the marked words; numbers come last.

Texts of articles are untrusted: whatever a terminal could take for a command is taken out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from newsearch.records import AddReport, Hit, IndexInfo, NameGroup, Removal, Results, Span

if TYPE_CHECKING:
    from rich.console import Console

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MARKED = "bold yellow"
_TITLE_AT_MOST = 120  # characters; a title may be a whole first sentence


def safe(text: str) -> str:
    """Return a text with a space for each character that could drive a terminal.

    Each is replaced by exactly one, so offsets stay right.

    >>> safe("a\\x1b[31mred")
    'a [31mred'
    """
    return _UNSAFE.sub(" ", text)


def print_hits(results: Results, console: Console | None) -> None:
    """Print every hit, best first.

    Args:
        results: What was found.
        console: A terminal, on which lines are wrapped and words are marked; None for anything
            else, where each part of a hit is one plain line.
    """
    margin = len(str(len(results))) + 2
    for number, hit in enumerate(results, 1):
        if number > 1:
            print()
        first = f"{number:>{margin - 2}}  "
        for part in filter(None, (_heading(hit), _facts(hit), _snippet(hit))):
            if console is None:
                print(first + part.text)
            else:
                _print_wrapped(console, first, part)
            first = " " * margin


def terminal(color: str) -> Console | None:
    """Return a terminal to print to, or None where plain lines are wanted.

    Args:
        color: "auto" for colours on a terminal only, "always" or "never".
    """
    if color != "always" and not sys.stdout.isatty():
        return None
    from rich.console import Console  # 20 ms that a pipe need not pay

    return Console(
        force_terminal=True if color == "always" else None,
        no_color=True if color == "never" else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of a hit as it is shown."""

    text: str
    style: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


def _heading(hit: Hit) -> _Part:
    title = safe(hit.title) or safe(hit.article_id)
    if len(title) > _TITLE_AT_MOST:
        title = title[:_TITLE_AT_MOST].rsplit(maxsplit=1)[0] + " …"
    return _Part(title, "bold")


def _facts(hit: Hit) -> _Part:
    name = "" if hit.source else PurePath(hit.article_id).name
    return _Part(" · ".join(filter(None, (safe(hit.source), hit.date, safe(name)))), "dim")


def _snippet(hit: Hit) -> _Part:
    return _Part(safe(hit.snippet.text), "", hit.snippet.spans)


def _print_wrapped(console: Console, margin: str, part: _Part) -> None:
    from rich.text import Text

    text = Text(part.text, style=part.style)
    for start, end in part.spans:
        text.stylize(_MARKED, start, end)
    for line in text.wrap(console, max(20, console.width - len(margin))):
        line.rstrip()
        console.print(Text(margin, style="dim"), line, sep="", soft_wrap=True)
        margin = " " * len(margin)


def summary(results: Results) -> str:
    """Return the last line: counts, time, and the spellings that were taken as one."""
    parts = [_counts(results), f"{results.seconds * 1000:.0f} ms"]
    return " · ".join([*parts, *map(_spellings, results.names)])


def suggestion_lines(results: Results) -> Iterator[str]:
    """Yield a line for each name that may have other spellings, which were not looked for."""
    for group in results.suggestions:
        word = safe(group.word)
        yield f"perhaps {word}, too, but left out: {_counted(group)} (newsearch names {word})"


def _counts(results: Results) -> str:
    shown = len(results)
    articles = len({hit.article_id for hit in results})
    where = f"from {articles:,} article{'s' * (articles != 1)}"
    if results.words == 1:
        return f"{shown:,} of {results.total:,} passage{'s' * (results.total != 1)} {where}"
    if not results.complete:
        return f"no passage has all the words; {shown:,} of {results.total:,} with some, {where}"
    return f"{shown:,} shown {where}; {results.complete:,} passages have all the words"


def _spellings(group: NameGroup) -> str:
    return f"one name: {_counted(group)}"


def _counted(group: NameGroup) -> str:
    return ", ".join(
        f"{safe(spelling).capitalize()} {count:,}"
        for spelling, count in zip(group.spellings, group.counts, strict=True)
    )


def index_line(report: AddReport, place: Path, seconds: float) -> str:
    """Return what `newsearch index` did, in one line."""
    seen = report.added + report.changed + report.unchanged
    kinds = [
        f"{count:,} {kind}"
        for kind, count in (
            ("new", report.added),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("without text, left out", report.empty),
        )
        if count
    ]
    parts = [
        f"{seen:,} article{'s' * (seen != 1)} ({', '.join(kinds) or 'none'})",
        f"{report.passages:,} passages and {report.words:,} words written",
        f"{seconds:.1f} s",
    ]
    return f"{' · '.join(parts)} → {place}"


def removal_line(article_id: str, removal: Removal) -> str:
    """Return something that cleaning took out, in one line with its article and rule."""
    text = " ".join(safe(removal.text).split())
    return f"{safe(PurePath(article_id).name)}  {removal.rule}  {text}"


def info_lines(info: IndexInfo, place: Path) -> Iterator[str]:
    """Yield what an index holds, in lines of a name and a value."""
    shown = [f"{source} ({count:,})" for source, count in info.sources[:_SOURCES_AT_MOST]]
    if len(info.sources) > _SOURCES_AT_MOST:
        shown.append(f"and {len(info.sources) - _SOURCES_AT_MOST:,} more")
    rows = [
        ("index", str(place)),
        ("articles", f"{info.articles:,}"),
        ("passages", f"{info.passages:,}"),
        ("words", f"{info.words:,}"),
        ("dates", _dates(info)),
        ("sources", ", ".join(shown) or "none is known"),
        ("size", f"{info.bytes / 1e6:,.1f} MB"),
    ]
    return (f"{name:<9} {safe(value)}" for name, value in rows)


_SOURCES_AT_MOST = 20


def _dates(info: IndexInfo) -> str:
    if info.first_date is None:
        return "none is known"
    undated = f", {info.undated:,} undated" if info.undated else ""
    return f"{info.first_date} to {info.last_date}{undated}"
