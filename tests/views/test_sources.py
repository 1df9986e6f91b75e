"""An answer by outlet: who has it, since when, in which words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, NewsIndex


def test_counts(newsroom: NewsIndex) -> None:
    """The outlets' passages and articles are those of the answer, the most first."""
    hits = newsroom.search("zelensky", limit=999, per_article=None).hits
    said = [hit for hit in hits if hit.spans]
    found = newsroom.views.sources("zelensky")
    assert Counter(hit.source for hit in said) == {
        outlet.source: outlet.passages for outlet in found.outlets
    }
    for outlet in found.outlets:
        own = [hit for hit in said if hit.source == outlet.source]
        dates = sorted(hit.date for hit in own if hit.date)
        assert outlet.articles == len({hit.article_id for hit in own})
        assert (outlet.first_date, outlet.last_date) == (dates[0], dates[-1])
        assert outlet.corpus == dict(newsroom.info().sources).get(outlet.source, outlet.corpus)
    many = [outlet.passages for outlet in found.outlets]
    assert many == sorted(many, reverse=True)
    assert (found.all, found.scope.names[0].word) == (len(many), "zelensky")


def test_limit(newsroom: NewsIndex) -> None:
    """Those that are not shown are counted."""
    found = newsroom.views.sources("zelensky", limit=1)
    assert (len(found.outlets), found.all) == (1, 3)


@pytest.mark.parametrize("query", ["unicorn", "", "unicorn zelensky"])
def test_nothing(newsroom: NewsIndex, query: str) -> None:
    """Where nothing is found there is no outlet; passages with some of the words are told of."""
    found = newsroom.views.sources(query)
    assert (found.outlets, found.all, found.scope.passages) == ((), 0, 0)
    assert (found.scope.partly > 0) == (query == "unicorn zelensky")


def test_own_words(tmp_path: Path) -> None:
    """Words are an outlet's own if the others say them less, on the same matter."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(
            Article(f"{source}{n}", text=f"The ferry {word} number {n} today.", source=source)
            for source, word in (("Orlund Post", "sails"), ("Bay Herald", "drifts, orlund"))
            for n in range(12)
        )
        post, herald = sorted(
            index.views.sources("ferry").outlets, key=lambda each: -len(each.source)
        )
    assert (post.words, herald.words) == (("sails",), ("drifts", "orlund"))
