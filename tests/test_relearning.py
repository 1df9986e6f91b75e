"""An index learns page furniture and sets it aside in all of its articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, EngineError, NewsearchError, NewsIndex, Settings, adding, relearning
from newsearch.cleaning.furniture import Relearned

SIGN_UP = "Sign up here for our newsletter."
MOVED = "Our live coverage has moved here."
WORDS = "ferry tram harbour bridge council storm market school river strike".split()


def news(first: int, last: int, source: str = "Post") -> list[Article]:
    """Return articles, half of which ask for something in their midst."""
    return [
        Article(
            id=f"{source} {n}",
            title=f"News {n}",
            text=f"The {WORDS[n % 10]} of the {WORDS[n // 10 % 10]} is closed. "
            + (f"{SIGN_UP} " if n % 2 else "")
            + (f"{MOVED} " if n % 4 == 0 else "")
            + f"It opens on day {n}.",
            source=source,
            date=f"2024-05-{n % 28 + 1:02}",
        )
        for n in range(first, last)
    ]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as made:
        yield made


def content(index: NewsIndex) -> dict[str, object]:
    return {each: (index.article(each), index.removed(each)) for each in index.article_ids()}


def holding(index: NewsIndex, phrase: str) -> int:
    return index.search(f'"{phrase}"', per_article=None, count=True).total


def test_articles_that_were_there_before(index: NewsIndex) -> None:
    """What is learned is set aside in all articles; its place is kept, and nothing else changes."""
    index.add(news(0, 60))
    before = content(index)
    assert 45 == holding(index, "newsletter") + holding(index, "live coverage")
    assert Relearned(articles=45, pieces=45) == index.learn_boilerplate()
    assert 0 == holding(index, "newsletter") + holding(index, "live coverage")
    article = index.article("Post 1")
    assert article and "The tram of the ferry is closed.\nIt opens on day 1." == article.text
    assert [("learned", SIGN_UP, 32)] == [
        (each.rule, each.text, each.at) for each in index.removed("Post 1")
    ]
    assert before["Post 2"] == content(index)["Post 2"]
    assert Relearned() == index.learn_boilerplate()


def test_articles_that_come_after(index: NewsIndex) -> None:
    """New articles come without what was learned; the same ones again are unchanged."""
    index.add(news(0, 60))
    index.learn_boilerplate()
    assert 3 == index.add(news(60, 64)).set_aside
    assert 0 == holding(index, "newsletter")
    assert 64 == index.add(news(0, 64)).unchanged


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_run_or_ten(index: NewsIndex, tmp_path: Path, jobs: int) -> None:
    """The same articles give the same index, however many runs or processes they come in."""
    articles = [*news(0, 60), *news(0, 30, "Herald")]
    index.add(articles)
    index.learn_boilerplate()
    with newsearch.create(tmp_path / "other") as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "_WORTHWHILE", 1)
        for start in range(0, 90, 9):
            other.add(articles[start : start + 9], jobs=jobs)
            other.learn_boilerplate()
        assert content(index) == content(other)


@pytest.mark.parametrize("held", [1, 700, 1 << 30])
def test_learning_first(
    index: NewsIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    """Learned before adding or after it, and from however many, it comes to the same."""
    articles = [*news(0, 60), *news(0, 30, "Herald"), *news(0, 9, "Voice")]
    index.add(articles)
    after = index.learn_boilerplate()
    with newsearch.create(tmp_path / "other") as other, monkeypatch.context() as patch:
        patch.setattr(relearning, "_HELD", held)
        report = other.add(articles, learn=True)
        assert held < 1 << 30 or Relearned() == other.learn_boilerplate()
        other.learn_boilerplate()
        assert after.pieces >= report.set_aside
        assert (content(index), index.boilerplate()) == (content(other), other.boilerplate())


def test_what_is_furniture_no_more(index: NewsIndex) -> None:
    """A block that stands in too few articles, after others were deleted, is put back."""
    index.add(news(0, 60))
    index.learn_boilerplate()
    index.delete(f"Post {n}" for n in range(1, 60, 2) if n > 18)
    done = index.learn_boilerplate()
    assert (9, -9) == (done.articles, done.pieces)
    assert 9 == holding(index, "newsletter")


def test_keep(index: NewsIndex, tmp_path: Path) -> None:
    """What people want is put back in all articles, and stays, whatever comes."""
    index.add(news(0, 60))
    index.learn_boilerplate()
    assert -15 == index.learn_boilerplate(["live*moved"]).pieces
    index.add(news(60, 100))
    index.learn_boilerplate()
    with newsearch.open(index.path) as again:
        assert (25, 0) == (holding(again, "live coverage"), holding(again, "newsletter"))
        assert ["learned"] == [each.rule for each in again.boilerplate()]


def test_drop(index: NewsIndex) -> None:
    """What was kept is set aside again, and a pattern that was never kept is said."""
    index.add(news(0, 60))
    index.learn_boilerplate()
    before = content(index)
    index.learn_boilerplate(["live*moved", "newsletter"])
    assert 30 == index.learn_boilerplate(drop=["newsletter"]).pieces
    assert (15, 0) == (holding(index, "live coverage"), holding(index, "newsletter"))
    with pytest.raises(NewsearchError, match=r"'newsletter' is no pattern .*'live\*moved'"):
        index.learn_boilerplate(drop=["live*moved", "newsletter"])
    index.learn_boilerplate(drop=["live*moved"])
    assert before == content(index)


@pytest.mark.parametrize("pattern", ["", " ", "*", "…"])
def test_keep_everything(pattern: str, index: NewsIndex) -> None:
    """A pattern without a word is refused, and nothing is changed."""
    index.add(news(0, 60))
    index.learn_boilerplate()
    with pytest.raises(NewsearchError, match="has no word"):
        index.learn_boilerplate(["live", pattern])
    assert 0 == holding(index, "live coverage")


def test_keep_a_rule(index: NewsIndex) -> None:
    """What a rule takes out can be put back as well."""
    index.add([Article(id="1", text="The ferry runs.\n\nWait 5 sec.\n\nIt is late.")])
    assert Relearned(articles=1, pieces=-1) == index.learn_boilerplate(["wait"])
    article = index.article("1")
    assert article and "The ferry runs.\nWait 5 sec.\nIt is late." == article.text


def test_what_was_set_aside(index: NewsIndex) -> None:
    """Each kind is told with its source, how often, and an example."""
    index.add([*news(0, 60), *news(0, 80, "Herald"), Article(id="1", text="Snow.\n\nWait 5 sec.")])
    index.learn_boilerplate()
    told = [(each.articles, each.source, each.rule, each.text) for each in index.boilerplate()]
    assert [
        (40, "Herald", "learned", SIGN_UP),
        (30, "Post", "learned", SIGN_UP),
        (20, "Herald", "learned", MOVED),
        (15, "Post", "learned", MOVED),
        (1, "", "wait", "Wait 5 sec."),
    ] == told


def test_learning_can_be_left_out(tmp_path: Path) -> None:
    """An index that keeps what is learned learns nothing."""
    settings = Settings(keep=frozenset(["learned"]))
    with newsearch.create(tmp_path / "index", settings) as index:
        index.add(news(0, 60))
        assert Relearned() == index.learn_boilerplate()


def test_stopped_before_it_is_noted(index: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between the commit and the note of what was learned, the next run sets it right."""
    index.add(news(0, 60))

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("newsearch.relearning.save_learned", stopped)
        index.learn_boilerplate()
    assert Relearned() == index.learn_boilerplate()
    assert 1 == index.add(news(61, 62)).set_aside


def test_all_or_nothing(index: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """When setting aside fails, the index is as it was."""
    index.add(news(0, 60))
    before = content(index)

    def full(*_: object) -> None:
        raise EngineError("the disk is full")

    with monkeypatch.context() as patch, pytest.raises(EngineError):
        patch.setattr(relearning, "entry_of", full)
        index.learn_boilerplate()
    assert before == content(index)


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"format": 1, "checksum": 0}'], ids=repr)
def test_damage_is_told(index: NewsIndex, damage: bytes) -> None:
    """What people wanted to keep is not lost silently; searching needs none of it."""
    index.add(news(0, 2))
    (index.path / "boilerplate.json").write_bytes(damage)
    with pytest.raises(EngineError, match=r"boilerplate\.json is damaged .* delete it"):
        index.learn_boilerplate()
    with pytest.raises(EngineError, match="is damaged"):
        index.add(news(2, 3))
    assert index.search("ferry")
