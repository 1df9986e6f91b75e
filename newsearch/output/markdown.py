"""Hits and articles as Markdown, to be pasted into notes, with what was found in bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from newsearch.output.answers import Answer, also_in, pieces, short_title
from newsearch.output.safety import level, one_line, web_link
from newsearch.records import Hit, Span

if TYPE_CHECKING:
    from newsearch.views import MarkedArticle

# What means something within a line, in CommonMark and in GitHub's Markdown.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_OPENING = re.compile(r"^(\d*)([-+=.)])")  # what would begin a list or a heading
# What would end an address, or make an entity of a part of it.
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", ";": "%3B"})


def markdown_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield a heading for each query and a list item for each of its hits."""
    for number, answer in enumerate(answers):
        if number:
            yield ""
        yield f"# {escaped(answer.results.query)}"
        for rank, hit in answer.ranked():
            yield ""
            yield from _item(rank, hit)


def markdown_article(marked: MarkedArticle, removed: bool) -> Iterator[str]:
    """Yield an article: its title, what is known of it, its paragraphs; set aside is quoted."""
    from newsearch.output.article import blocks, copy_line, facts_line

    article = marked.article
    yield f"# {_linked(article.title or article.id, article.url)}"
    if facts := facts_line(marked):
        yield ""
        yield escaped(facts)
    for block in blocks(marked, removed):
        yield ""
        if block.rule:
            yield f"> {escaped(f'[{block.rule}] {block.text}')}"
        else:
            yield _marked(block.text, block.spans)
    for copy in marked.copies:
        yield ""
        yield escaped(copy_line(copy))


def escaped(text: str) -> str:
    """Return a text on one line in which Markdown finds nothing to do.

    >>> escaped("*not* <b>bold</b>")
    '\\\\*not\\\\* \\\\<b\\\\>bold\\\\</b\\\\>'
    """
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def _item(rank: int, hit: Hit) -> Iterator[str]:
    first = f"{rank}. "
    margin = " " * len(first)
    heading = _linked(short_title(hit), hit.url)
    if not heading.startswith("["):
        heading = f"**{heading}**"
    name = "" if hit.source else PurePath(hit.article_id).name
    said = (escaped(hit.source), hit.date, escaped(name), escaped(hit.author))
    facts = " · ".join(filter(None, said))
    yield first + heading + ("\\" if facts else "")
    if facts:
        yield margin + facts
    for each in (hit, *hit.others):
        yield ""
        yield margin + _marked(each.snippet.text, each.snippet.spans)
    if also := also_in(hit):
        yield ""
        yield margin + escaped(also)


def _linked(title: str, url: str) -> str:
    """Return a title that leads to a page on the web, if there is one."""
    address = web_link(url).translate(_IN_ADDRESS)
    return f"[{escaped(title)}]({address})" if address else escaped(title)


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    shown = pieces(level(text), spans)
    text = "".join(f"**{_inside(piece)}**" if on else _inside(piece) for piece, on in shown)
    return _OPENING.sub(r"\1\\\2", text.strip())


def _inside(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
