"""Hits or an article as one HTML file that can be mailed: no scripts, nothing from outside.

Everything that comes from an article or a query is escaped, and only http and https addresses
become links. The page forbids itself everything but its own style, should escaping ever fail.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

from newsearch.output.answers import Answer, also_in, pieces, short_title
from newsearch.output.last_lines import counts, name_notes, searched_lines
from newsearch.output.safety import one_line, safe, web_link
from newsearch.output.wrapping import wrapped
from newsearch.records import Hit, Span

if TYPE_CHECKING:
    from newsearch.views import MarkedArticle

STYLE = """
:root { color-scheme: light dark; --text: #1b1b1f; --soft: #5c5f66; --line: #d9dbe0;
  --page: #fff; --mark: #ffe58a; --link: #174ea6; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8ea; --soft: #a3a7b0; --line: #3a3d44;
  --page: #17181b; --mark: #6b5300; --link: #9dbdff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 46rem; background: var(--page);
  color: var(--text); font: 1rem/1.55 Georgia, "Noto Serif", serif; overflow-wrap: anywhere; }
h1, h2, h3, .facts, .summary, nav, summary { font-family: system-ui, sans-serif; }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .25rem; }
section + section { margin-top: 3rem; }
.summary, .facts { color: var(--soft); font-size: .85rem; margin: 0; }
ol { list-style: none; margin: 1.5rem 0 0; padding: 0; }
ol > li { border-top: 1px solid var(--line); padding: 1.1rem 0; }
h3 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 .15rem; font-weight: 600; }
h3 .rank { color: var(--soft); font-weight: 400; padding-inline-end: .4em; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
p { margin: .5rem 0 0; }
mark { background: var(--mark); color: inherit; padding: 0 .1em; border-radius: .15em; }
details { margin-top: .5rem; font-size: .95rem; }
summary { color: var(--soft); font-size: .85rem; cursor: pointer; }
details p { white-space: pre-line; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; background: none; }
  ol > li { break-inside: avoid; } mark { background: none; font-weight: 700; }
  details:not([open]) { display: none; }
  h3 a::after { content: " " attr(href); font-weight: 400; font-size: 8pt; } }
"""


_ALL = 1 << 30  # spellings: a page has room, and its reader no command to ask for them


def html_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the lines of a page: a section for each query, a list item for each hit."""
    answers = list(answers)
    yield from page_head(", ".join(one_line(each.results.query) for each in answers))
    if len(answers) > 1:
        yield "<nav><ul>"
        for number, answer in enumerate(answers, 1):
            yield f'<li><a href="#q{number}">{_text(answer.results.query)}</a></li>'
        yield "</ul></nav>"
    for number, answer in enumerate(answers, 1):
        yield f'<section id="q{number}">'
        yield f'<h1 dir="auto">{_text(answer.results.query)}</h1>'
        results = answer.results
        searched = searched_lines(results.searched)
        told = " · ".join([counts(results), *name_notes(results.names, _ALL), *searched])
        below = " ".join(wrapped(told, None))
        yield f'<p class="summary">{_text(below)}</p>'
        yield "<ol>"
        for rank, hit in answer.ranked():
            yield from _item(rank, hit)
        yield "</ol></section>"
    yield "</body></html>"


def html_article(marked_article: MarkedArticle, removed: bool) -> Iterator[str]:
    """Yield the lines of a page with one article; what was set aside is paler."""
    from newsearch.output.article import blocks, copy_line, facts_line

    article = marked_article.article
    title = article.title or article.id
    yield from page_head(one_line(title))
    yield f'<article class="whole" dir="auto"><h1>{_linked(title, article.url)}</h1>'
    if facts := facts_line(marked_article):
        yield f'<p class="facts">{_text(facts)}</p>'
    for block in blocks(marked_article, removed):
        if block.rule:
            yield f'<p class="facts">[{_text(block.rule)}] {_text(block.text)}</p>'
        else:
            yield f"<p>{marked(block.text, block.spans)}</p>"
    for copy in marked_article.copies:
        yield f'<p class="facts">{_text(copy_line(copy))}</p>'
    yield "</article></body></html>"


def page_head(title: str) -> Iterator[str]:
    """Yield the lines of a page down to the beginning of its body."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    allowed = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(title)} – newsearch</title>"
    yield f"<style>{STYLE}</style></head><body>"


def marked(text: str, spans: tuple[Span, ...]) -> str:
    """Return a text as HTML, with its marked words in `<mark>`.

    >>> marked("A <b> ferry.", ((6, 11),))
    'A &lt;b&gt; <mark>ferry</mark>.'
    """
    shown = ((escape(piece), on) for piece, on in pieces(safe(text), spans))
    return "".join(f"<mark>{piece}</mark>" if on else piece for piece, on in shown)


def _item(rank: int, hit: Hit) -> Iterator[str]:
    title = _linked(short_title(hit), hit.url)
    name = "" if hit.source else PurePath(hit.article_id).name
    facts = " · ".join(filter(None, (_text(hit.source), hit.date, _text(name), _text(hit.author))))
    yield f'<li><article dir="auto"><h3><span class="rank">{rank}</span>{title}</h3>'
    if facts:
        yield f'<p class="facts">{facts}</p>'
    for each in (hit, *hit.others):
        yield from _passage(each)
    if also := also_in(hit):
        yield f'<p class="facts">{_text(also)}</p>'
    yield "</article></li>"


def _passage(hit: Hit) -> Iterator[str]:
    yield f"<p>{marked(hit.snippet.text, hit.snippet.spans)}</p>"
    if len(hit.text) > len(hit.snippet.text):
        spans = tuple([(start - hit.start, end - hit.start) for start, end in hit.spans])
        yield f"<details><summary>whole passage</summary><p>{marked(hit.text, spans)}</p></details>"


def _linked(title: str, url: str) -> str:
    """Return a title that leads to a page on the web, if there is one."""
    address = web_link(url)
    if not address:
        return _text(title)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(title)}</a>'


def _text(text: str) -> str:
    return escape(one_line(text))
