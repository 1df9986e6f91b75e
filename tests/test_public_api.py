"""The names that the library promises."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex


def test_all_is_sorted_and_short() -> None:
    """The public surface fits on a screen."""
    assert sorted(newsearch.__all__) == newsearch.__all__
    assert len(newsearch.__all__) <= 16


@pytest.mark.parametrize("name", newsearch.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """Each public name says what it is in one sentence."""
    first = (inspect.getdoc(getattr(newsearch, name)) or "").split("\n\n")[0]
    assert first.endswith((".", ":"))


def test_article_and_hit_have_the_promised_fields(newsroom: NewsIndex) -> None:
    """Programs rely on these names and, for Article, on their order."""
    article = [field.name for field in dataclasses.fields(newsearch.Article)]
    assert article[:7] == ["id", "title", "text", "source", "date", "url", "author"]
    hit = newsroom.search("security guarantees")[0]
    facts = hit.facts()
    assert list(facts) == [
        "score", "article_id", "title", "source", "author", "date", "date_from", "url",
        "passage", "start", "end", "text", "spans", "snippet", "spellings", "others",
        "copies",
    ]  # fmt: skip
    assert dataclasses.asdict(hit.snippet) == facts.pop("snippet")
    assert facts.pop("others") == facts.pop("copies") == []
    assert {name: getattr(hit, name) for name in facts} == facts


def test_hits_outlive_their_index(tmp_path: Path) -> None:
    """A hit that was not looked at yet can be read after closing, and be sent to a process."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([newsearch.Article(id="1", text="The night ferry runs again.")])
        [hit] = index.search("ferry")
        index.delete(["1"])
    again = pickle.loads(pickle.dumps(hit))
    assert again == hit
    assert again.facts() == hit.facts()
    assert hit.text == "The night ferry runs again."
