"""Hits for a person: title, source, date and the marked words; numbers come last.

Texts of articles are untrusted: whatever a terminal could take for a command is taken out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from newsearch.output.answers import Answer, also_in, short_title
from newsearch.output.safety import level, link, one_line, safe
from newsearch.output.wrapping import wrapped
from newsearch.records import Hit, IndexInfo, Removal, Results, Span

if TYPE_CHECKING:
    from rich.console import Console

# As grep marks: it can be read on black and on white. What says something is never dim: on a white
# ground, many terminals make that a pale grey.
_MARKED = "bold red"
_WIDEST = 100  # characters; longer lines are hard to follow


def print_hits(results: Results, console: Console | None) -> None:
    """Print every hit, best first.

    Args:
        results: What was found.
        console: A terminal, on which lines are wrapped and words are marked; None for anything
            else, where each part of a hit is one plain line.
    """
    begin = results.offset + 1
    margin = len(str(results.offset + len(results))) + 2
    for number, hit in enumerate(results, begin):
        if number > begin:
            print()
        first = f"{number:>{margin - 2}}  "
        for part in filter(None, _parts(hit)):
            print_part(part, console, first)
            first = " " * margin


def print_lines(lines: Iterable[str], console: Console | None) -> None:
    """Print lines to stdout, wrapped where it is a terminal."""
    for line in lines:
        for row in wrapped(line, console.width if console else None) or [""]:
            print(row)


def print_query(answer: Answer, console: Console | None) -> None:
    """Print a heading for the answer to one of several queries."""
    name = one_line(answer.name or "")
    query = one_line(answer.results.query)
    text = query if name == query else f"{name}  {query}"
    print()
    print_part(Part(text, "bold underline"), console, "== " if console is None else "")
    print()


def terminal(color: str) -> Console | None:
    """Return a terminal to print to, or None where plain lines are wanted.

    Args:
        color: "auto" for colours on a terminal only, "always" or "never".
    """
    if color != "always" and not sys.stdout.isatty():
        return None
    from rich.console import Console  # 20 ms that a pipe need not pay

    return Console(
        force_terminal=True,  # stdout may be gathered for a pager meanwhile
        no_color=True if color == "never" else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph as it is shown: safe text with a style, what is marked in it, and a link."""

    text: str
    style: str = ""
    spans: tuple[Span, ...] = ()
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def _parts(hit: Hit) -> Iterator[Part]:
    yield _heading(hit)
    yield _facts(hit)
    yield from map(_snippet, (hit, *hit.others))
    yield _copies(hit)


def _heading(hit: Hit) -> Part:
    return Part(short_title(hit), "bold", (), link(hit.url, hit.article_id))


def _facts(hit: Hit) -> Part:
    name = "" if hit.source else one_line(PurePath(hit.article_id).name)
    return Part(" · ".join(filter(None, (one_line(hit.source), hit.date, name))))


def _snippet(hit: Hit) -> Part:
    return Part(level(hit.snippet.text), "", hit.snippet.spans)


def _copies(hit: Hit) -> Part:
    return Part(also_in(hit))


def print_part(part: Part, console: Console | None, margin: str = "") -> None:
    """Print a paragraph: on a terminal wrapped and marked, anywhere else as one plain line.

    Args:
        part: The paragraph.
        console: The terminal, or None.
        margin: What stands before its first line; the others are moved in as far.
    """
    if console is None:
        print(margin + part.text)
        return
    from rich.style import Style
    from rich.text import Text

    style = Style.parse(part.style) + Style(link=part.link or None)
    text = Text(part.text, style=style)
    for start, end in part.spans:
        text.stylize(_MARKED, start, end)
    for line in text.wrap(console, max(20, min(console.width, _WIDEST) - len(margin))):
        line.rstrip()
        console.print(Text(margin, style="dim"), line, sep="", soft_wrap=True)
        margin = " " * len(margin)


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
    origins = ", ".join(f"{origin} {many:,}" for origin, many in info.dates_from)
    return f"{info.first_date} to {info.last_date}{undated} (from {origins})"
