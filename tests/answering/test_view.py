"""Answers by articles: each once, with its best passages."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import Article, NewsIndex

CALM = " ".join(["calm water all along the bay"] * 12)
QUERIES = (
    "security guarantees",
    "zelensky",
    "ferry",
    "grain corridor accord",
    "the",
    '"insurance pool"',
)


def test_an_article_once(newsroom: NewsIndex) -> None:
    """Each article is in the answer once; its other passages follow the best one."""
    found = newsroom.search("security guarantees", articles=True)
    ids = [hit.article_id for hit in found]
    assert len(set(ids)) == len(ids) > 3
    assert any(hit.others for hit in found)
    for hit in found:
        passages = [hit, *hit.others]
        assert {other.article_id for other in passages} == {hit.article_id}
        assert len({other.passage for other in passages}) == len(passages) <= 3
        assert all(other.others == () for other in hit.others)
        scores = [other.score for other in passages]
        assert sorted(scores, reverse=True) == scores


@given(st.sampled_from(QUERIES), st.integers(0, 8), st.sampled_from([None, 1, 2, 5]))
@settings(deadline=None, max_examples=60)
def test_articles_in_the_order_of_passages(
    newsroom: NewsIndex, query: str, limit: int, most: int | None
) -> None:
    """Articles stand in the order of their best passages, and these come first in both answers."""
    articles = newsroom.search(query, limit=limit, per_article=most, articles=True)
    passages = newsroom.search(query, limit=1000, per_article=None)
    first = list({hit.article_id: hit for hit in reversed(list(passages))}.values())
    first.sort(key=lambda hit: -hit.score)
    assert [hit.score for hit in first][:limit] == [hit.score for hit in articles]
    every = set(passages)
    assert all(hit.passage == each.passage for hit, each in zip(articles, first, strict=False))
    assert all(other in every for hit in articles for other in hit.others)
    assert most is None or all(len(hit.others) < most for hit in articles)


def test_others_say_it_themselves(tmp_path: Path) -> None:
    """A passage that only the article's title speaks for is not one of the others."""
    text = f"The ferry runs. {CALM}.\n\nNothing else. {CALM}.\n\nA ferry sank. {CALM}."
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article(id="1", title="Ferry news", text=text)])
        [hit] = index.search("ferry", articles=True)
        assert [0, 2] == sorted(each.passage for each in (hit, *hit.others))


@pytest.mark.parametrize("limit", [1, 3])
def test_many_passages(tmp_path: Path, limit: int) -> None:
    """However many passages one article has, others get their places."""
    long = "\n\n".join(f"Ferry, ferry {number}. {CALM}." for number in range(250))
    with newsearch.create(tmp_path / "index") as index:
        index.add(
            Article(id=name, text=text)
            for name, text in [("a", long), ("b", "A ferry."), ("c", "A ferry, too.")]
        )
        found = index.search("ferry", articles=True, limit=limit)
        assert limit == len(found) == len({hit.article_id for hit in found})


def test_facts_of_articles(newsroom: NewsIndex) -> None:
    """As plain values, other passages say what is theirs alone; a hit is pickled with them."""
    [hit] = newsroom.search("security guarantees", articles=True, limit=1)
    facts = hit.facts()
    assert list(facts["others"][0]) == [
        "score", "passage", "start", "end", "text", "spans", "snippet", "spellings",
    ]  # fmt: skip
    assert [other.passage for other in hit.others] == [each["passage"] for each in facts["others"]]
    again = pickle.loads(pickle.dumps(hit))
    assert (again, again.facts()) == (hit, facts)


def test_length_of_snippets(newsroom: NewsIndex) -> None:
    """Snippets are as long as is asked for; the longest ones show all of a passage."""
    for length in (40, 120):
        for hit in newsroom.search("security guarantees", snippet=length):
            assert 0 < len(hit.snippet.text) <= length + len("… ") + len(" …")
    for hit in newsroom.search("security guarantees", snippet=1 << 20):
        assert " ".join(hit.text.split()) == hit.snippet.text
