"""A whole article in each format: the same words, and nothing in them does more than be text."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from markdown_it import MarkdownIt
from output.hostile import DRIVES, hostile_article

from newsearch import NewsIndex
from newsearch.output.article import print_article
from newsearch.output.formats import ARTICLE_FORMATS, ArticleFormat, article_lines
from newsearch.views import MarkedArticle

ARTICLE = "tpa-20250313-0552"


@pytest.fixture(scope="module")
def marked(newsroom: NewsIndex) -> MarkedArticle:
    found = newsroom.views.article(ARTICLE, "grain corridor")
    assert found is not None
    return found


def written(form: ArticleFormat, marked: MarkedArticle, removed: bool = False) -> str:
    return "\n".join(article_lines(form, marked, removed)) + "\n"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_all_but_text_are_in_the_table() -> None:
    """Whatever `--format` takes can be written."""
    assert set(ARTICLE_FORMATS) == set(ArticleFormat) - {ArticleFormat.text}


def test_markdown(marked: MarkedArticle) -> None:
    """The title leads to its page; the text is the article's, with what was asked for in bold."""
    page = MarkdownIt().render(written(ArticleFormat.md, marked))
    assert page.startswith(f'<h1><a href="{marked.article.url}">Black Sea grain corridor accord')
    assert page.count("<strong>") == len(marked.spans) == 2
    assert "Arvid Lindqvist-Rao" in page
    assert words(marked.article.text) == words(
        unescape(re.sub("<[^>]*>", "", page.split("Rao</p>")[1]))
    )


def test_html(marked: MarkedArticle) -> None:
    """One page with the article, marked."""
    page = written(ArticleFormat.html, marked)
    assert page.count("<mark>") == len(marked.spans)
    assert page.count("<p>") == len([line for line in marked.article.text.split("\n") if line])
    assert "<script" not in page and page.count("<article") == page.count("</article>") == 1


@pytest.mark.parametrize("form", [ArticleFormat.md, ArticleFormat.html])
def test_set_aside(form: ArticleFormat, newsroom: NewsIndex) -> None:
    """What was set aside is there if it is wanted."""
    [name] = newsroom.views.ids("002_95e1b8d3704fac62.txt")
    found = newsroom.views.article(name)
    assert found is not None and found.removed
    assert "Story continues below" not in written(form, found)
    assert "continues-below\\] Story continues below" in written(form, found, True).replace(
        "below] S", "below\\] S"
    )


@pytest.mark.parametrize("form", ARTICLE_FORMATS)
def test_hostile(form: ArticleFormat) -> None:
    """Nothing of an article drives a terminal, a page or what shows Markdown."""
    text = written(form, hostile_article(), True)
    assert not DRIVES & set(text) and text.count("owned") >= 5
    page = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    shown = {ArticleFormat.md: page, ArticleFormat.html: text}.get(form, "")
    assert not re.search(r"<(script|img|h[2-6])|href=.javascript", shown)
    if form is ArticleFormat.json:
        assert json.loads(text)["removed"]


def test_hostile_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor where it is read."""
    print_article(hostile_article(), None, removed=True)
    shown = capsys.readouterr().out
    assert not DRIVES & set(shown) and shown.count("owned") >= 8
