"""Views as lines and rows fit, and are as harmless as all else that is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from output.hostile import DRIVES, MARKUP, TERMINAL

import newsearch
from newsearch import Article, NewsIndex
from newsearch.output import charts
from newsearch.output.article import print_article
from newsearch.output.json_lines import json_article, json_line
from newsearch.output.tables import table_lines
from newsearch.views import Bar, Outlet, Scope, Sources, TermFacts, Terms, Timeline

EVIL = "=" + TERMINAL + MARKUP
SCOPE = Scope(EVIL, 1, 1, 0, 1)
VIEWS = [
    Timeline(SCOPE, "week", (Bar("2025-03-10", "2025-03-16", 2, 1, 3),), Bar(None, None, 1, 1, 1)),
    Sources(SCOPE, (Outlet(EVIL, 1, 1, 1, None, None, (EVIL,)),), 2),
    Terms(SCOPE, 10, 100, (TermFacts(EVIL, (EVIL, "b"), 5, 6, 12.0),)),
]
WRITERS = [charts.timeline_lines, charts.sources_lines, charts.terms_lines]


@pytest.mark.parametrize(
    ("view", "write"), list(zip(VIEWS, WRITERS, strict=True)), ids=["time", "who", "words"]
)
def test_hostile(view: Any, write: Callable[[Any, int], Iterator[str]]) -> None:
    """Nothing of an outlet or a word drives a terminal, ends a line, or is a formula."""
    lines = list(write(view, 80))
    rows = charts.rows(view)
    cells = [[str(value) for value in row.values()] for row in rows]
    table = list(table_lines(charts.columns(view), cells))
    objects = [json_line(row) for row in rows]
    for line in [*lines, *table, *objects]:
        assert not (DRIVES | set("\n")) & set(line)
    assert tuple(rows[0]) == charts.columns(view)
    assert not re.search(r'(^|,|")=', "\n".join(table), re.MULTILINE)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_fit(newsroom: NewsIndex, width: int) -> None:
    """No line is longer than the terminal."""
    views = newsroom.views
    lines = [
        *charts.timeline_lines(views.timeline("zelensky"), width),
        *charts.sources_lines(views.sources("zelensky"), width),
        *charts.terms_lines(views.terms("zelensky"), width),
    ]
    assert max(map(len, lines)) <= width


def test_timeline(newsroom: NewsIndex) -> None:
    """The longest bar fills the line, the others are in proportion; the undated come last."""
    lines = list(charts.timeline_lines(newsroom.views.timeline("zelensky"), 60))
    assert lines[0].split() == ["day", "passages", "articles", "of", "all"]
    bars = [line.partition("  █")[2] for line in lines[1:]]
    assert max(map(len, lines)) == 60
    assert lines[-1].split()[0] == "undated" and not bars[-1]
    assert re.match(r"2025-03-11 +\d+ +\d+ +\d+  █", lines[1])


def test_bars_without_unicode() -> None:
    """Where there are no blocks, there are signs."""
    assert [charts.bar(share, 8, False) for share in (0, 0.5, 1)] == ["", "####", "########"]
    assert charts.bar(1, 8, True) == "█" * 8


def test_copies_of_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What carries the same story is named below it."""
    text = "The night ferry to Orlund runs again after the long strike of all of its crews."
    with newsearch.create(tmp_path / "index") as index:
        index.add(Article(name, text=text, source="Bay Herald", date="2025-03-12") for name in "ab")
        marked = index.views.article("a", "ferry")
    assert marked is not None
    print_article(marked, None, removed=False)
    assert capsys.readouterr().out.endswith("\nthe same: Bay Herald · 2025-03-12 · b\n")
    [line] = json_article(marked, removed=False)
    assert json.loads(line)["copies"][0]["article_id"] == "b"


def test_what_was_set_aside(newsroom: NewsIndex, capsys: pytest.CaptureFixture[str]) -> None:
    """It is shown if wanted, before the lines that it stood before."""
    [name] = newsroom.views.ids("002_95e1b8d3704fac62.txt")
    marked = newsroom.views.article(name)
    assert marked is not None
    print_article(marked, None, removed=False)
    assert "Story continues below" not in capsys.readouterr().out
    print_article(marked, None, removed=True)
    assert "[continues-below] Story continues below" in capsys.readouterr().out
