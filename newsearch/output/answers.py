"""What every format is given: answers, each with the name of its query where there are several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from newsearch.output.safety import one_line
from newsearch.records import Hit, Results, Span


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query.

    Attributes:
        results: What was found.
        name: What the query is known by where several were asked, or None.
        articles: Whether a hit is an article, not a passage.
    """

    results: Results
    name: str | None = None
    articles: bool = False

    def ranked(self) -> Iterator[tuple[int, Hit]]:
        """Yield the hits with their ranks, counted from 1 and from those that were passed over."""
        return enumerate(self.results, self.results.offset + 1)

    def document(self, hit: Hit) -> str:
        """Return what tells a hit from all others: its article's id, of a passage "#" and number.

        It depends on nothing but the articles, so it is the same in every index of them.
        """
        return hit.article_id if self.articles else f"{hit.article_id}#{hit.passage}"


def short_title(hit: Hit) -> str:
    """Return the title above a hit, cut if it is a whole first sentence; safe for a terminal."""
    title = one_line(hit.title) or one_line(hit.article_id)
    if len(title) <= _TITLE_AT_MOST:
        return title
    return title[:_TITLE_AT_MOST].rsplit(maxsplit=1)[0] + " …"


_TITLE_AT_MOST = 120  # characters


def also_in(hit: Hit) -> str:
    """Say in which other articles the same stands: each outlet once, at its earliest; "" if none.

    What is returned is safe for a terminal.
    """
    there: dict[str, str] = {}
    for copy in chain(*(passage.copies for passage in (hit, *hit.others))):
        if copy.article_id != hit.article_id:
            name = one_line(copy.source or PurePath(copy.article_id).name)
            there.setdefault(name, f"{name} ({copy.date})" if copy.date else name)
    shown = list(there.values())[:_OUTLETS_AT_MOST]
    more = [f"+{len(there) - len(shown):,} more"] if len(there) > len(shown) else []
    return f"also in: {', '.join(shown + more)}" if shown else ""


_OUTLETS_AT_MOST = 3  # as many as a line holds


def pieces(text: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, and whether each is marked.

    >>> list(pieces("The ferry runs.", ((4, 9),)))
    [('The ', False), ('ferry', True), (' runs.', False)]
    """
    at = 0
    for start, end in spans:
        if at < start:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
