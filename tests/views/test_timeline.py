"""An answer by time: every passage is in one bar, or undated."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import Article, NewsearchError, NewsIndex

DAYS = st.dates(date(1999, 12, 1), date(2025, 3, 1)) | st.dates(date(2024, 2, 20), date(2024, 3, 5))
UNITS = ["day", "week", "month", "year"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("timelines")


def begin(day: date, by: str) -> date:
    """Return the first day of the stretch of time that a day is of, one step at a time."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else date(day.year, 1, 1) if by == "year" else day


@given(days=st.lists(DAYS | st.none(), min_size=1, max_size=12), by=st.sampled_from(UNITS))
@settings(deadline=None, max_examples=40)
def test_bars(folder: Path, days: list[date | None], by: str) -> None:
    """The bars follow each other, hold each day, and count passages, articles and all articles."""
    path = folder / str(len(list(folder.iterdir())))
    with newsearch.create(path) as index:
        index.add(
            Article(
                str(n),
                text="A ferry. " * 60 if n % 2 else "The ferry runs.",
                date=None if day is None else day.isoformat(),
            )
            for n, day in enumerate(days)
        )
        index.add([Article("other", text="The tram stands.", date="2012-06-07")])
        found = index.views.timeline("ferry", by)  # type: ignore[arg-type]
        hits = index.search("ferry", limit=999, per_article=None, copies=True)
    expected = Counter(begin(date.fromisoformat(hit.date), by) for hit in hits if hit.date)
    assert {
        date.fromisoformat(bar.first or ""): bar.passages for bar in found.bars if bar.passages
    } == expected
    articles = Counter(begin(day, by) for day in days if day)
    assert {
        date.fromisoformat(bar.first or ""): bar.articles for bar in found.bars if bar.articles
    } == articles
    for bar, after in zip(found.bars, found.bars[1:], strict=False):
        assert date.fromisoformat(bar.last or "") + timedelta(1) == date.fromisoformat(
            after.first or ""
        )
    for bar in found.bars:
        other = (bar.first or "") <= "2012-06-07" <= (bar.last or "")
        assert bar.corpus == bar.articles + other
    assert found.undated.articles == found.undated.corpus == days.count(None)
    assert found.undated.passages == sum(hit.date is None for hit in hits)
    assert found.scope.passages == len(hits)


@pytest.mark.parametrize(
    ("last", "by"),
    [("2024-01-01", "day"), ("2024-01-31", "day"), ("2024-02-02", "week"), ("2024-12-31", "month"),
     ("2034-01-01", "year")],
)  # fmt: skip
def test_chosen(tmp_path: Path, last: str, by: str) -> None:
    """If nobody says, a bar is as long as makes some dozen of them."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(Article(day, text="The ferry runs.", date=day) for day in ("2024-01-01", last))
        found = index.views.timeline("ferry")
    assert (found.by, 1 <= len(found.bars) <= 80) == (by, True)


def test_nothing(newsroom: NewsIndex) -> None:
    """Where nothing is found there is no bar; no query raises."""
    for query in ("unicorn", "", '"', "unicorn AND"):
        found = newsroom.views.timeline(query)
        assert (found.bars, found.undated.passages, found.scope.passages) == ((), 0, 0)


def test_too_many(tmp_path: Path) -> None:
    """Days from the year 1 to the year 9999 are not listed one by one."""
    with newsearch.create(tmp_path / "index") as index:
        index.add(Article(day, text="A ferry.", date=day) for day in ("0001-01-01", "9999-12-31"))
        with pytest.raises(NewsearchError, match="3,652,059 lines; choose a longer time"):
            index.views.timeline("ferry", "day")
        bars = index.views.timeline("ferry").bars
    assert (bars[0].first, bars[-1].last, len(bars)) == ("0001-01-01", "9999-12-31", 9999)
