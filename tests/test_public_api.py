"""The names that the library promises."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

import newsearch


def test_all_is_sorted_and_short() -> None:
    """The public surface fits on a screen."""
    assert sorted(newsearch.__all__) == newsearch.__all__
    assert len(newsearch.__all__) <= 16


@pytest.mark.parametrize("name", newsearch.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """Each public name says what it is in one sentence."""
    first = (inspect.getdoc(getattr(newsearch, name)) or "").split("\n\n")[0]
    assert first.endswith((".", ":"))


def test_article_and_hit_have_the_promised_fields() -> None:
    """Programs rely on these names and, for Article, on their order."""
    article = [field.name for field in dataclasses.fields(newsearch.Article)]
    assert article[:7] == ["id", "title", "text", "source", "date", "url", "author"]
    hit = [field.name for field in dataclasses.fields(newsearch.Hit)]
    assert hit[:12] == [
        "score", "article_id", "title", "source", "date", "url",
        "passage", "start", "end", "text", "spans", "snippet",
    ]  # fmt: skip
