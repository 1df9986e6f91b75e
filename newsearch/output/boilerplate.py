"""What was set aside as page furniture, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from newsearch.output.safety import safe

if TYPE_CHECKING:
    from newsearch.cleaning.furniture import Relearned, SetAside

_TEXT_AT_MOST = 90  # characters of an example


def boilerplate_lines(kinds: list[SetAside], limit: int) -> Iterator[str]:
    """Yield a line for each kind: how many articles, of which source, the rule, an example."""
    shown = kinds[:limit]
    rows = [(f"{each.articles:,}", _source(each), each.rule, _example(each)) for each in shown]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for count, source, rule, text in rows:
        yield f"{count:>{widths[0]}}  {source:<{widths[1]}}  {rule:<{widths[2]}}  {text}"
    if len(kinds) > limit:
        yield f"and {len(kinds) - limit:,} more kinds (--limit)"


def _source(each: SetAside) -> str:
    return safe(each.source) or "no source"


def _example(each: SetAside) -> str:
    text = " ".join(safe(each.text).split())
    if len(text) > _TEXT_AT_MOST:
        text = text[: _TEXT_AT_MOST - 2] + " …"
    return f"{text}  ({safe(PurePath(each.article_id).name)})"


def changed_line(done: Relearned) -> str:
    """Return what has changed, in one line."""
    articles = f"{done.articles:,} article{'s' * (done.articles != 1)}"
    if done.pieces > 0:
        return f"{done.pieces:,} more set aside, in {articles}"
    return f"{-done.pieces:,} brought back, in {articles}"


def kept_line(patterns: Iterable[str]) -> str:
    """Return what is never set aside, in one line."""
    return f"kept, until --drop: {', '.join(map(repr, map(safe, patterns)))}"
