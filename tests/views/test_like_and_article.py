"""More like this, and whole articles with a query's words marked."""

from __future__ import annotations

import pytest

from newsearch import NewsIndex

WIRE = "tpa-20250313-0552"


def test_like_an_article(newsroom: NewsIndex) -> None:
    """The answer is about the same, without the article itself, with one hit an article."""
    found = newsroom.views.like(article_id=WIRE, limit=4)
    assert found is not None and len(found) == 4
    ids = [hit.article_id for hit in found]
    assert WIRE not in ids and len(set(ids)) == 4
    assert "Selvinar" in found[0].text and "corridor" in found.query.split()


def test_like_a_passage(newsroom: NewsIndex) -> None:
    """Of one passage only its own words count."""
    found = newsroom.views.like(article_id=WIRE, passage=0)
    assert found is not None
    passage = next(
        hit
        for hit in newsroom.search("selvinar", limit=99)
        if (hit.article_id, hit.passage) == (WIRE, 0)
    )
    assert [word for word in found.query.split() if word not in passage.text] == []


def test_like_a_text(newsroom: NewsIndex) -> None:
    """A text may be anything; common words are not looked for."""
    found = newsroom.views.like("The tram drivers of Brannheim walked out and the ferry did not.")
    assert found is not None
    assert "tram" in found[0].text.lower()
    assert not {"the", "and", "of", "not", "The"} & set(found.query.split())


@pytest.mark.parametrize("text", ["", "unicorn", "the", "AND OR NOT", "\x00\n"])
def test_like_nothing(newsroom: NewsIndex, text: str) -> None:
    """A text without a word that says anything is like nothing."""
    found = newsroom.views.like(text)
    assert found is not None and not found.hits


def test_like_what_is_not_there(newsroom: NewsIndex) -> None:
    """No article, no passage: no answer."""
    assert newsroom.views.like(article_id="nobody") is None
    assert newsroom.views.like(article_id=WIRE, passage=99) is None
    assert newsroom.views.like(article_id=WIRE, passage=-1) is None


def test_whole_articles(newsroom: NewsIndex) -> None:
    """Marked is in the article what is marked in its hits, each word once."""
    hits = newsroom.search("zelensky OR ferry", limit=999, per_article=None)
    for article_id in {hit.article_id for hit in hits}:
        marked = newsroom.views.article(article_id, "zelensky OR ferry")
        assert marked is not None and marked.article == newsroom.article(article_id)
        own = [hit for hit in hits if hit.article_id == article_id]
        assert marked.spans == tuple(sorted(span for hit in own for span in hit.spans))
        assert marked.removed == newsroom.removed(article_id)


def test_articles_without_a_query(newsroom: NewsIndex) -> None:
    """Nothing is asked, nothing is marked; an article that is not there is None."""
    for query in ("", "unicorn", '"'):
        marked = newsroom.views.article(WIRE, query)
        assert marked is not None and marked.spans == ()
    assert newsroom.views.article("nobody", "ferry") is None


def test_ids(newsroom: NewsIndex) -> None:
    """An article goes by its id, or by the name of its file."""
    assert newsroom.views.ids(WIRE) == (WIRE,)
    [path] = newsroom.views.ids("003_2d6ef01493bc785a.txt")
    assert path.endswith("/examples/articles/003_2d6ef01493bc785a.txt")
    assert newsroom.views.ids("3_2d6ef01493bc785a.txt") == newsroom.views.ids("") == ()
