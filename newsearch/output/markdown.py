"""Hits as Markdown, to be pasted into notes: a numbered list with the words in bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from newsearch.output.answers import Answer, also_in, pieces
from newsearch.output.safety import level, one_line, web_link
from newsearch.records import Hit, Snippet

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


def escaped(text: str) -> str:
    """Return a text on one line in which Markdown finds nothing to do.

    >>> escaped("*not* <b>bold</b>")
    '\\\\*not\\\\* \\\\<b\\\\>bold\\\\</b\\\\>'
    """
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def _item(rank: int, hit: Hit) -> Iterator[str]:
    first = f"{rank}. "
    margin = " " * len(first)
    title = escaped(hit.title or hit.article_id)
    address = web_link(hit.url).translate(_IN_ADDRESS)
    heading = f"[{title}]({address})" if address else f"**{title}**"
    name = "" if hit.source else PurePath(hit.article_id).name
    said = (escaped(hit.source), hit.date, escaped(name), escaped(hit.author))
    facts = " · ".join(filter(None, said))
    yield first + heading + ("\\" if facts else "")
    if facts:
        yield margin + facts
    for each in (hit, *hit.others):
        yield ""
        yield margin + _marked(each.snippet)
    if also := also_in(hit):
        yield ""
        yield margin + escaped(also)


def _marked(snippet: Snippet) -> str:
    shown = pieces(level(snippet.text), snippet.spans)
    text = "".join(f"**{_inside(piece)}**" if on else _inside(piece) for piece, on in shown)
    return _OPENING.sub(r"\1\\\2", text.strip())


def _inside(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
