"""A whole article with the words of a query marked: in pieces for all formats, and for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsearch.output.safety import level, link, one_line
from newsearch.output.terminal import Part, print_part
from newsearch.records import Span
from newsearch.related import LinkedArticle

if TYPE_CHECKING:
    from rich.console import Console

    from newsearch.views import MarkedArticle

_LINES = re.compile(r"[^\n]*[^\s][^\n]*")
_KINDS = {"copy": "the same", "update": "a later version", "earlier": "an earlier version"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article, or a piece of page furniture that stood there.

    Attributes:
        text: As it is in the article.
        spans: What is marked in it.
        rule: By which rule it was set aside; "" for a paragraph.
    """

    text: str
    spans: tuple[Span, ...] = ()
    rule: str = ""


def blocks(marked: MarkedArticle, removed: bool) -> Iterator[Block]:
    """Yield the paragraphs of an article in order.

    Args:
        marked: The article.
        removed: Whether to have what cleaning set aside, too, each before what it stood before.
    """
    aside = [(each.at, Block(each.text, rule=each.rule)) for each in marked.removed if removed]
    text = marked.article.text
    for start, end in (match.span() for match in _LINES.finditer(text)):
        while aside and aside[0][0] <= start:
            yield aside.pop(0)[1]
        spans = tuple([(a - start, b - start) for a, b in marked.spans if start <= a and b <= end])
        yield Block(text[start:end], spans)
    yield from (block for _, block in aside)


def facts_line(marked: MarkedArticle) -> str:
    """Return outlet, day and author, safe for a terminal."""
    article = marked.article
    facts = (article.source, article.date or "", article.author)
    return " · ".join(filter(None, map(one_line, facts)))


def copy_line(copy: LinkedArticle) -> str:
    """Say which article carries the same story; safe for a terminal."""
    facts = map(one_line, (copy.source, copy.date or "", copy.article_id))
    return f"{_KINDS.get(copy.kind, copy.kind)}: {' · '.join(filter(None, facts))}"


def print_article(marked: MarkedArticle, console: Console | None, removed: bool) -> None:
    """Print what is known of an article and its text.

    Args:
        marked: The article.
        console: A terminal, or None for plain lines.
        removed: Whether to show what cleaning set aside.
    """
    for part in _head(marked):
        print_part(part, console)
    for block in blocks(marked, removed):
        print()
        if block.rule:
            print_part(Part(f"[{one_line(block.rule)}] {one_line(block.text)}", "italic"), console)
        else:
            print_part(Part(level(block.text), "", block.spans), console)
    if marked.copies:
        print()
    for copy in marked.copies:
        print_part(Part(copy_line(copy), "", (), link(copy.url, "")), console)


def _head(marked: MarkedArticle) -> Iterator[Part]:
    article = marked.article
    title = one_line(article.title) or one_line(article.id)
    yield Part(title, "bold", (), link(article.url, article.path))
    told = [facts_line(marked), *map(one_line, (article.url, article.path, article.id))]
    for line in dict.fromkeys(told):
        if line:
            yield Part(line)
