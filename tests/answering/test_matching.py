"""Where a query's leaves match in a text, and what of it comes out in hits."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsearch import Article, NewsIndex, Results, Settings
from newsearch.adding import add
from newsearch.analysis import laid_out, tokenize
from newsearch.answering.answer import answer
from newsearch.answering.asked import Asked
from newsearch.answering.matching import Places
from newsearch.answering.view import View
from newsearch.engines.base import Begins
from newsearch.engines.local.engine import LocalEngine
from newsearch.errors import EngineError
from newsearch.query import Leaf, parse


def leaf(*words: str) -> Leaf:
    """Return the leaf for a word or a phrase; the forms of each word are parted by "/"."""
    return Leaf(tuple(tuple(word.split("/")) for word in words))


class At(NamedTuple):
    """Where a leaf of so many words begins."""

    length: int
    places: tuple[int, ...]


def at(*places: int, length: int = 1) -> At:
    return At(length, places)


def marked(text: str, *matches: At) -> list[str]:
    """Return the words that are marked in the second of two passages with such matches."""
    keys = sorted(
        (passage << 32 | place, which)
        for which, leaf in enumerate(matches)
        for place in leaf.places
        for passage in (0, 1)
    )
    begins = Begins(*np.array(keys, np.int64).reshape(-1, 2).T)
    places = Places(begins, [leaf.length for leaf in matches], [1.0] * len(matches))
    return [text[mark.start : mark.end] for mark in places.marks(1, laid_out(text), "1")]


@pytest.mark.parametrize(
    ("text", "matches", "expected"),
    [
        ("A rare-earth deal; earth is rare.", [at(1, length=2)], ["rare", "earth"]),
        ("The tram and the ferry.", [at(4), at(1)], ["tram", "ferry"]),
        ("so so so", [at(0, 1, length=2)], ["so", "so", "so"]),
        ("rare earth", [at(0, length=2), at(1)], ["rare", "earth"]),
        ("Harris’s ferry", [at(0)], ["Harris"]),
        ("the U.S.’s ferry", [at(1)], ["U.S."]),
        ("tram", [at()], []),
    ],
)
def test_marks(text: str, matches: list[At], expected: list[str]) -> None:
    """Matched words are marked once each, in order; a phrase's only where all of it stands."""
    assert expected == marked(text, *matches)


def test_a_text_that_is_not_the_indexed_one() -> None:
    """A place beyond the text's last word says that the index is damaged, and of which article."""
    with pytest.raises(EngineError, match="text of article '1' differ; delete"):
        marked("The ferry.", at(2))


# Hits, whatever the articles are.

GLUE = (
    " ",
    " ",
    " ",
    "\n",
    ". ",
    ".\n\n",
    "-",
    "’s ",
    "\u00a0",
    "\u00ad",
    " (",
    ") ",
    " “",
    "” ",
    ".",
)
WORDS = (
    "ferry",
    "Ferries",
    "Orlund",
    "US",
    "us",
    "U.S",
    "night",
    "Зеленський",
    "東京",
    "Erdog\u0306an",
)
WORDS += ("zelensky", "Zelenskyy", "$5bn", "F-16", "a", "the", "ﬁnance", "\ud83d", "AT&T", "x" * 70)

news = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), min_size=1, max_size=60
).map(lambda pairs: "".join(word + glue for word, glue in pairs))
wild = st.text(st.characters(), max_size=80)
articles = st.lists(
    st.builds(
        Article,
        id=st.sampled_from("abcdef"),
        title=st.one_of(st.just(""), news, wild).map(lambda title: title[:80]),
        text=st.one_of(news, wild, st.builds("{}\n{}".format, news, wild)),
    ),
    min_size=1,
    max_size=4,
)
SHORT = Settings(passage_words=6, passage_words_max=15, snippet_characters=40)


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[Article], str]:
    """Articles, and a query of words of theirs."""
    given_articles = draw(articles)
    said = [word for each in given_articles for word in re.findall(r"\S+", each.text + each.title)]
    word = st.sampled_from([*said, "ferry"])
    pieces = st.sampled_from(
        ["{}", "{}", "{}", '"{} {}"', "“{} {}”", "-{}", "{} OR", "{}*", "({} {})"]
    )
    query = " ".join(draw(st.lists(pieces, min_size=1, max_size=4)))
    return given_articles, re.sub(r"\{\}", lambda _: draw(word), query)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give a new folder each time it is called."""
    return lambda: tmp_path_factory.mktemp("index")


def view_of(given_articles: list[Article], folder: Path) -> View:
    engine = LocalEngine.create(folder / "engine", SHORT)
    writer = engine.writer()
    add(given_articles, writer, SHORT)
    writer.commit()
    return View(engine.snapshot(), SHORT)


@given(asked(), st.integers(0, 5), st.sampled_from([None, 1, 2]))
@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@example(([Article(id="a", text="The ferry.\nA ferry.", title="Ferry")], "ferry"), 3, 1)
def test_hits(folders: Any, case: tuple[list[Article], str], limit: int, most: int | None) -> None:
    """A hit's passage, spans and snippet are exactly where it says, and are what was asked for."""
    given_articles, query = case
    view = view_of(given_articles, folders())
    results = answer(view, query, Asked(limit, most))
    again = answer(view, query, Asked(limit, most, count=True))
    wanted = forms_of(query, view)
    for hit in results:
        article = view.snapshot.article(hit.article_id)
        assert article is not None
        assert article.text[hit.start : hit.end] == hit.text
        assert (article.title, article.source, article.date) == (hit.title, hit.source, hit.date)
        check_spans(hit.text, [(a - hit.start, b - hit.start) for a, b in hit.spans], wanted)
        check_snippet(hit)
    view.snapshot.close()
    check_choice(results, limit, most)
    assert list(again) == list(results)
    assert (again.complete, again.exact) == (results.complete, True)
    assert results.total == again.total if results.exact else results.total <= again.total


def forms_of(query: str, view: View) -> set[str]:
    """Return every form that a query asks for."""
    tree = parse(query).tree
    leaves = view.resolver().resolve(tree).leaves if tree is not None else ()
    return {form for each in leaves for forms in each.places for form in forms}


def check_spans(text: str, spans: list[tuple[int, int]], wanted: set[str]) -> None:
    forms = {(token.start, token.end): token.form for token in tokenize(text)}
    assert {forms[span] for span in spans} <= wanted
    flat = [place for span in spans for place in span]
    assert sorted(flat) == flat
    assert all(0 <= place <= len(text) for place in flat)


def check_snippet(hit: Any) -> None:
    shown = hit.snippet
    assert shown.text.strip("… ")
    assert len(shown.text) <= SHORT.snippet_characters + len("… ") + len(" …")
    words = [hit.text[a - hit.start : b - hit.start] for a, b in hit.spans]
    assert all(shown.text[start:end] in words for start, end in shown.spans)
    assert tuple(dict.fromkeys(words)) == hit.spellings


def check_choice(results: Results, limit: int, most: int | None) -> None:
    assert len(results) <= limit
    assert len(results) <= results.total
    assert results.complete <= results.total
    scores = [hit.score for hit in results]
    assert sorted(scores, reverse=True) == scores
    assert most is None or all(
        count <= most for count in Counter(hit.article_id for hit in results).values()
    )
    places = [(hit.article_id, hit.passage) for hit in results]
    assert len(set(places)) == len(places)


def test_newsroom_hits(newsroom: NewsIndex) -> None:
    """In the example newsroom, too, every hit is where it says."""
    for hit in newsroom.search("security guarantees -tram", limit=50, per_article=None):
        article = newsroom.article(hit.article_id)
        assert article is not None
        assert article.text[hit.start : hit.end] == hit.text
        forms = {token.form for a, b in hit.spans for token in tokenize(article.text[a:b])}
        assert forms <= {"security", "guarantee", "guarantees", "guaranteed", "guaranteeing"}
        assert "tram" not in [token.form for token in tokenize(hit.text)]
