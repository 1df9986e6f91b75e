"""Views for a person, as lines, and for programs, as rows of a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from newsearch.output.safety import one_line
from newsearch.output.wrapping import wrapped

if TYPE_CHECKING:
    from newsearch.views import Bar, Outlet, Sources, TermFacts, Terms, Timeline

_WIDEST = 100  # characters
_NARROW = 60  # below it, only the most important numbers have room
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LABELS = {"day": 10, "week": 10, "month": 7, "year": 4}  # characters of an ISO day
_OTHERS = 4  # spellings beside the word itself


def bar(share: float, width: int, blocks: bool) -> str:
    """Return a bar for a share of the greatest, 0 to 1, that is at most so many characters wide.

    >>> bar(0.55, 4, True), bar(0.55, 4, False)
    ('██▎', '##')
    """
    if not blocks:
        return "#" * round(share * width)
    whole, rest = divmod(round(share * width * 8), 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def view_lines(view: Timeline | Sources | Terms, width: int) -> Iterator[str]:
    """Yield the lines of a view, for a terminal of that width."""
    from newsearch.views import Sources, Timeline

    if isinstance(view, Timeline):
        return timeline_lines(view, width)
    return sources_lines(view, width) if isinstance(view, Sources) else terms_lines(view, width)


def timeline_lines(timeline: Timeline, width: int) -> Iterator[str]:
    """Yield a heading and a line with a bar for each stretch of time; the undated come last."""
    label = "week of" if timeline.by == "week" else timeline.by
    wide = width >= _NARROW
    undated = [timeline.undated] if timeline.undated.passages else []
    yield _columns(label, ["passages", "articles", "of all"] if wide else ["passages"])
    most = max((each.passages for each in timeline.bars), default=0)
    blocks = (sys.stdout.encoding or "").lower().startswith("utf")
    for each in [*timeline.bars, *undated]:
        first = (each.first or "undated")[: _LABELS[timeline.by] if each.first else None]
        numbers = [each.passages, each.articles, each.corpus] if wide else [each.passages]
        line = _columns(first, [f"{number:,}" for number in numbers])
        room = min(width, _WIDEST) - len(line) - 2
        drawn = bar(each.passages / most, room, blocks) if each.first else ""
        yield f"{line}  {drawn}".rstrip()


def _columns(first: str, others: Sequence[str]) -> str:
    return f"{first:<10}" + "".join(f"{each:>10}" for each in others)


def sources_lines(sources: Sources, width: int) -> Iterator[str]:
    """Yield for each outlet its name and, below, how much it has, since when, in which words."""
    for outlet in sources.outlets:
        yield one_line(outlet.source) or "(source not known)"
        passages = f"{outlet.passages:,} passage{'s' * (outlet.passages != 1)}"
        every = f"{outlet.corpus:,} article{'s' * (outlet.corpus != 1)}"
        parts = [f"{passages} in {outlet.articles:,} of its {every}"]
        if outlet.first_date == outlet.last_date:
            parts += filter(None, [outlet.first_date])
        else:
            parts.append(f"{outlet.first_date} to {outlet.last_date}")
        yield from _moved_in(" · ".join(parts), width)
        if outlet.words:
            yield from _moved_in(
                f"more than others: {', '.join(map(one_line, outlet.words))}", width
            )
    if len(sources.outlets) < sources.all:
        yield f"and {sources.all - len(sources.outlets):,} more (--limit 0 shows all)"


def _moved_in(line: str, width: int) -> list[str]:
    return [f"   {row}" for row in wrapped(line, min(width, _WIDEST) - 3)]


def terms_lines(terms: Terms, width: int) -> Iterator[str]:
    """Yield a line for each word: in how many of the passages it is, here and in the index."""
    widest = max((len(one_line(each.word)) for each in terms.terms), default=0)
    label = min(max(widest, 4), 24)
    yield f"{'word':<{label}}{'here':>8}{'all':>8}"
    for each in terms.terms:
        here, corpus = each.passages / terms.read, each.corpus / terms.corpus
        word = one_line(each.word)
        line = f"{word:<{label}}{_percent(here):>8}{_percent(corpus):>8}"
        others = ", ".join(_others(each))
        room = min(width, _WIDEST) - len(line) - 2
        yield f"{line}  {others}" if others and len(others) <= room else line


def _others(term: TermFacts) -> list[str]:
    own = term.word.lower()
    others = [one_line(form) for form in term.forms if form.lower() != own]
    more = [f"+{len(others) - _OTHERS}"] if len(others) > _OTHERS else []
    return others[:_OTHERS] + more


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 else f"{share:.1%}" if share >= 0.001 else f"{share:.2%}"


def rows(view: Timeline | Sources | Terms) -> list[dict[str, Any]]:
    """Return a view as rows for programs: its bars, outlets or words, with their fields.

    Of a timeline, what is undated is a row, too, if there is any.
    """
    return [asdict(each) for each in _records(view)]


def columns(view: Timeline | Sources | Terms) -> tuple[str, ...]:
    """Return the names of the fields of the rows of a view."""
    from dataclasses import fields

    from newsearch.views import Bar, Outlet, Sources, TermFacts, Timeline

    kind = Bar if isinstance(view, Timeline) else Outlet if isinstance(view, Sources) else TermFacts
    return tuple(each.name for each in fields(kind))


def _records(view: Timeline | Sources | Terms) -> Sequence[Bar | Outlet | TermFacts]:
    from newsearch.views import Sources, Timeline

    if isinstance(view, Timeline):
        return [*view.bars, *([view.undated] if view.undated.passages else [])]
    return view.outlets if isinstance(view, Sources) else view.terms
