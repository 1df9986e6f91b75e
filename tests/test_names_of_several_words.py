"""Names of several words in queries, from the query to the articles found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, NewsIndex

TEXTS = {
    "president": "Volodymyr Zelensky met the press on Monday in Selvinar.",
    "german": "Wolodymyr Selenskyj traf die Presse, so President Zelenskyy.",
    "baker": "Volodymyr Zelinsky, a baker, sells bread in Selvinar.",
    "family": "The Zelenskys arrived in Orlund with their children.",
    "capitals": "ZELENSKY’S speech was long.",
    "al": "Bashar al-Assad fled. The ruler was gone.",
    "bare": "Bashar Assad spoke to the nation.",
    "el": "Bachar el-Assad is gone; later Al Assad flew to Moscow.",
    "son": "The ruler Assad, son of Hafez, and his doctor Bashar Khoury.",
    "leyen": "Ursula von der Leyen visited Kyiv.",
    "mayor": "The mayor VON DER LEYEN in capitals.",
    "osama": "Osama bin Laden was found.",
    "usama": "Others wrote of Usama bin Ladin instead.",
    "cork": "O'Brien met a friend in Cork.",
    "curly": "In the harbour O’Brien sold two boats.",
    "joined": "Jean-Claude Juncker spoke.",
    "spaced": "Nobody but Jean Claude Juncker was there.",
    "gore": "Al Gore spoke on the climate.",
    "shabaab": "Fighters of ash-Shabaab, or Al-Shabaab, fled.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    path: Path = tmp_path_factory.mktemp("names") / "index"
    more = [Article(id=f"more-{at}", text=f"Zelensky said so, {at}.") for at in range(40)]
    with newsearch.create(path) as made:
        made.add([*(Article(id=name, text=text) for name, text in TEXTS.items()), *more])
        yield made


def found(index: NewsIndex, query: str) -> set[str]:
    hits = index.search(query, limit=100)
    return {hit.article_id for hit in hits if not hit.article_id.startswith("more")}


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ('"Volodymyr Zelensky"', "president german"),
        ('"Wolodymyr Selenskyj"', "president german"),
        ('"President Zelensky"', "german"),
        ('"Volodymyr Zelinsky"', "baker"),
        ("Zelenskyy NEAR/6 press", "president"),
        ("Zelensky's", "president german family capitals"),
        ("ZELENSKY’S", "president german family capitals"),
        ("Zelenskys", "president german family capitals"),
        ('"the Zelenskys"', "family"),
        ("Al-Assad", "al bare el son"),
        ("al-assad", "al bare el son"),
        ("el-Assad", "al bare el son"),
        ("Assad", "al bare el son"),
        ('"Bashar al-Assad"', "al bare el"),
        ('"Bachar el-Assad"', "al bare el"),
        ('"Bashar Assad"', "al bare el"),
        ('"bachar assad"', "al bare el"),
        ('"al Assad"', "al el"),
        ('"=al-Assad"', "al el"),
        ("ash-Shabaab", "shabaab"),
        ("al-Shabaab", "shabaab"),
        ('"Al Gore"', "gore"),
        ('"von der Leyen"', "leyen mayor"),
        ('"Ursula von der Leyen"', "leyen"),
        ('"bin Laden"', "osama usama"),
        ('"Usama bin Ladin"', "osama usama"),
        ("O'Brien", "cork curly"),
        ("O’Brien", "cork curly"),
        ("OBrien", "cork curly"),
        ('"Jean-Claude Juncker"', "joined spaced"),
        ('"Jean Claude Juncker"', "joined spaced"),
    ],
)
def test_names_of_several_words(index: NewsIndex, query: str, articles: str) -> None:
    """Phrases and nearness go over all spellings; articles and hyphens do not matter."""
    assert found(index, query) == set(articles.split())


def test_exact_names_keep_their_article(index: NewsIndex) -> None:
    """Who asks for names as they are spelled gets them so."""
    hits = index.search('"Bashar al-Assad"', exact_names=True)
    assert {hit.article_id for hit in hits} == {"al"}


def test_a_first_name_tells_who_is_meant(index: NewsIndex) -> None:
    """A look-alike of that first name is offered; without the first name it is not."""
    offered = index.search("Volodymyr Zelinsky", suggest=True).suggestions
    assert ("Zelinsky", ("zelensky",)) in [(each.word, each.spellings[:1]) for each in offered]
    assert index.search("Zelinsky bread", suggest=True).suggestions == ()


def test_no_other_word_tells_who_is_meant(tmp_path: Path) -> None:
    """What stands beside both look-alikes does not make one of them the other."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(
            Article(id=f"{land}-{at}", text=f"{way} on {land} were lifted, {at} said. {way} stay.")
            for at in range(10)
            for land, way in (("Iran", "Sanctions"), ("Iraq", "The sanctions"))
        )
        assert index.search("iran sanctions", suggest=True).suggestions == ()
