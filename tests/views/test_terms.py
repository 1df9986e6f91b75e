"""The distinctive words of an answer."""

from __future__ import annotations

from pathlib import Path

import newsearch
from newsearch import Article, NewsIndex
from newsearch.views.wording import surprise


def bay(tmp_path: Path) -> NewsIndex:
    """An index in which ferries have engines, and Mr Kovalenko, under two spellings."""
    names = ["Zelenskyy", "Zelensky"]
    index = newsearch.create(tmp_path / "index")
    index.add(
        Article(f"f{n}", text=f"Paper {n}: the ferry has an engine, said Mr {names[n % 2]}.")
        for n in range(20)
    )
    index.add(
        Article(f"t{n}", text=f"Paper {n}: the tram has a bell, said Ms Berg.") for n in range(60)
    )
    return index


def test_words(tmp_path: Path) -> None:
    """What most passages of the answer hold and few others; spellings of a name are one word."""
    with bay(tmp_path) as index:
        found = index.views.terms("ferry")
    words = {term.word: term for term in found.terms}
    assert set(words) == {"engine", "Mr", "Zelensky"}
    assert words["Zelensky"].forms == ("zelensky", "zelenskyy")
    assert {(term.passages, term.corpus) for term in found.terms} == {(20, 20)}
    assert (found.read, found.corpus, found.scope.passages) == (20, 80, 20)


def test_words_of_the_query_are_left_out(tmp_path: Path) -> None:
    """They would always be the first; neither they nor their other forms are news."""
    with bay(tmp_path) as index:
        words = {term.word.lower() for term in index.views.terms("engines zelenskyy").terms}
    assert words == {"ferry", "mr"}


def test_copies_count_once(tmp_path: Path) -> None:
    """A text that comes many times is read once."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(Article(str(n), text="The ferry has an odd engine.") for n in range(9))
        index.add(Article(f"t{n}", text=f"The tram {n} stands.") for n in range(9))
        found = index.views.terms("ferry")
    assert (found.read, found.scope.passages) == (1, 9)


def test_limit_and_nothing(newsroom: NewsIndex) -> None:
    """At most so many; none where nothing is found."""
    assert len(newsroom.views.terms("zelensky", limit=3).terms) == 3
    for query in ("unicorn", "", "("):
        assert newsroom.views.terms(query).terms == ()


def test_long_answers_are_sampled(tmp_path: Path) -> None:
    """Some hundred passages are read, however many there are, and spread over all of them."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(
            Article(str(n), text=f"The ferry {'sails' if n < 500 else 'drifts'} at {n}.")
            for n in range(1000)
        )
        index.add(Article(f"t{n}", text=f"A tram stands at {n}.") for n in range(1000))
        found = index.views.terms("ferry")
    assert found.read == 300
    words = {term.word: term.passages for term in found.terms}
    assert (words["sails"], words["drifts"]) == (150, 150)


def test_surprise() -> None:
    """Dunning's ratio, computed by hand; nothing for what is as frequent elsewhere, or less."""
    # Dunning 1993, table 2: "the swiss" 110, 2442, 111, 29114 has 270.72.
    assert round(surprise(110, 110 + 2442, 111, 111 + 29114), 2) == 270.72
    assert surprise(5, 10, 500, 1000) == surprise(4, 10, 500, 1000) == surprise(0, 0, 5, 10) == 0
    assert surprise(3, 3, 0, 97) > surprise(2, 3, 1, 97) > surprise(2, 3, 50, 97) > 0
