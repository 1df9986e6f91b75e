"""A whole article for a person, with the words of a query marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from newsearch.output.safety import level, link, one_line
from newsearch.output.terminal import Part, print_part
from newsearch.records import Removal, Span
from newsearch.related import LinkedArticle

if TYPE_CHECKING:
    from rich.console import Console

    from newsearch.views import MarkedArticle

_LINES = re.compile(r"[^\n]*[^\s][^\n]*")


def print_article(marked: MarkedArticle, console: Console | None, removed: bool) -> None:
    """Print what is known of an article and its text.

    Args:
        marked: The article.
        console: A terminal, or None for plain lines.
        removed: Whether to show what cleaning set aside, each before the lines it stood before.
    """
    for part in _head(marked):
        print_part(part, console)
    set_aside = list(marked.removed) if removed else []
    for start, end in _paragraphs(marked.article.text):
        while set_aside and set_aside[0].at <= start:
            print()
            print_part(_aside(set_aside.pop(0)), console)
        print()
        print_part(_paragraph(marked, start, end), console)
    for removal in set_aside:
        print()
        print_part(_aside(removal), console)
    if marked.copies:
        print()
    for copy in marked.copies:
        print_part(_copy(copy), console)


def article_facts(marked: MarkedArticle) -> dict[str, Any]:
    """Return an article as JSON has it: the fields of `Article`, `spans`, `removed`, `copies`."""
    from dataclasses import asdict

    removed = [asdict(each) for each in marked.removed]
    copies = [asdict(each) for each in marked.copies]
    return {**asdict(marked.article), "spans": marked.spans, "removed": removed, "copies": copies}


def _head(marked: MarkedArticle) -> Iterator[Part]:
    article = marked.article
    title = one_line(article.title) or one_line(article.id)
    yield Part(title, "bold", (), link(article.url, article.path))
    facts = (article.source, article.date or "", article.author)
    told = [" · ".join(filter(None, map(one_line, facts))), article.url, article.path, article.id]
    for line in dict.fromkeys(map(one_line, told)):
        if line:
            yield Part(line, "dim")


def _paragraphs(text: str) -> Iterator[Span]:
    return (match.span() for match in _LINES.finditer(text))


def _paragraph(marked: MarkedArticle, start: int, end: int) -> Part:
    spans = tuple([(a - start, b - start) for a, b in marked.spans if start <= a and b <= end])
    return Part(level(marked.article.text[start:end]), "", spans)


def _copy(copy: LinkedArticle) -> Part:
    facts = map(one_line, (copy.source, copy.date or "", copy.article_id))
    kind = _KINDS.get(copy.kind, copy.kind)
    return Part(f"{kind}: {' · '.join(filter(None, facts))}", "dim", (), link(copy.url, ""))


_KINDS = {"copy": "the same", "update": "a later version", "earlier": "an earlier version"}


def _aside(removal: Removal) -> Part:
    return Part(f"[{one_line(removal.rule)}] {one_line(removal.text)}", "dim italic")
