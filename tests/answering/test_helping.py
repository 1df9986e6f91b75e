"""What is told where an answer is not what was hoped for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import newsearch
from newsearch import Article, NewsIndex
from newsearch.insights import Alone, Searched


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """Ten articles about ferries and trams, one of them about both, two about guarantees."""
    texts = [
        *["The ferry runs again."] * 4,
        *["The tram stands still."] * 3,
        "A ferry and a tram met.",
        "The harbour office gave guarantees.",
        "A lawyer asked for guarantees; a guarantor signed.",
    ]
    with newsearch.create(tmp_path_factory.mktemp("index")) as index:
        index.add(
            Article(
                id=str(number),
                title="News",
                text=text,
                source="Orlund Post" if number % 2 else "Bay Herald",
                date=f"2025-02-{number + 10}" if number else None,
            )
            for number, text in enumerate(texts)
        )
        yield index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", []),
        ("ferry tram", []),
        ("ferry guarantee", [("ferry", 5, 2), ("guarantee", 2, 5)]),
        ("ferry unicorn", [("ferry", 5, 0), ("unicorn", 0, 5)]),
        ('"ferry again" tram', [('"ferry again"', 0, 4), ("tram", 4, 0)]),
        ("tram AND guarantee -office", [("tram", 4, 1), ("guarantee", 2, 4), ("-office", 1, 0)]),
        ("guarantee source:post date:2025-01", None),
        ("(ferry OR tram) w/2 office", [("(ferry OR tram) w/2 office", 0, 0)]),
    ],
)
def test_alone(index: NewsIndex, query: str, expected: list[tuple[str, int, int]] | None) -> None:
    """What each part finds alone, and how many passages have all the rest."""
    found = index.search(query, suggest=True)
    assert found.searched is not None and found.searched.articles == 10
    if expected is None:
        expected = [("guarantee", 2, 0), ("source:post", 5, 0), ("date:2025-01", 0, 1)]
    assert expected == [(each.part, each.passages, each.without) for each in found.alone]
    assert () == index.search(query).alone


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("fery", [("ferry", 5)]),
        ("feryr", [("ferry", 5)]),
        ("garantees", [("guarantees", 2)]),
        ("guaranter", [("guarantor", 1), ("guarantees", 2)]),
        ("trm", [("tram", 4)]),
        ("tra", [("tram", 4)]),
        ("unicorn", []),
        ("offices", []),
        ("ferry", []),
        ("=fery", []),
        ("fery*", []),
        ("3456", []),
    ],
)
def test_instead(index: NewsIndex, word: str, instead: list[tuple[str, int]]) -> None:
    """Words near one that is not there, the likeliest first; none for one that is."""
    found = index.search(f"{word} nowhere", suggest=True)
    [part] = [each for each in found.alone if each.part == word]
    assert instead == list(part.instead)


def test_many_parts(index: NewsIndex) -> None:
    """A query of very many parts is not taken apart: that would take too long."""
    found = index.search(" ".join(f"word{number}" for number in range(30)), suggest=True)
    assert ((), 10) == (found.alone, found.searched and found.searched.articles)


def test_searched(index: NewsIndex) -> None:
    """What was looked through: articles, outlets, and the days of those with a date."""
    found = index.search("unicorn", suggest=True)
    assert Searched(10, 2, "2025-02-11", "2025-02-19") == found.searched
    assert (Alone("unicorn", 0),) == found.alone


def test_empty_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of an index with nothing in it there is nothing to tell."""
    with newsearch.create(tmp_path_factory.mktemp("empty")) as index:
        found = index.search("ferry source:post", suggest=True, explain=True)
        assert Searched(0, 0, None, None) == found.searched
        assert [0, 0] == [each.passages for each in found.alone]
