"""Adding with several processes does what adding with one does."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import AddReport, Article, EngineError, InputError, NewsIndex, adding, workers
from newsearch.engines.local.files.manifest import read_manifest
from newsearch.engines.local.writing.part import LocalPart
from newsearch.engines.local.writing.writer import LocalWriter

FERRY = Article(id="ferry", title="Harbour", text="The night ferry to Orlund runs again.")
TRAM = Article(id="ferry", title="Harbour", text="Two trams wait at the quay.")
BLANK = Article(id="ferry", text="…")


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Start processes for few articles, too, and record them."""
    processes: list[subprocess.Popen[bytes]] = []
    start = workers._start

    def recorded() -> subprocess.Popen[bytes]:
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(workers, "_start", recorded)
    monkeypatch.setattr(adding, "_WORTHWHILE", 1)
    monkeypatch.setattr(adding, "_BATCH", 2000)
    return processes


@pytest.fixture
def index(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as made:
        yield made


def news(count: int, edition: str = "first") -> list[Article]:
    """Return articles of different lengths; every tenth is empty."""
    return [
        Article(
            id=f"news {number}",
            title=f"Ferry {number % 7}",
            text=f"The {edition} ferry {number}. Tram {number % 5} waits for it. " * (number % 10),
            source="Orlund Post",
            date=f"2024-05-{number % 28 + 1:02}",
        )
        for number in range(count)
    ]


def answers(index: NewsIndex) -> list[Any]:
    """Return what an index says, in an order that does not depend on equal scores."""
    names = sorted(index.article_ids())
    queries = ("ferry", '"tram 3"', "first tram", "second -tram", "fer* 4", "title:5")
    return [
        [(name, index.article(name), index.removed(name)) for name in names],
        [sorted(index.search(each, limit=10_000).hits, key=repr) for each in queries],
    ]


def left_over(index: NewsIndex) -> list[str]:
    return [file.name for file in (index.path / "segments").glob("part-*")]


@pytest.mark.parametrize("jobs", [2, 3])
def test_jobs_change_nothing(jobs: int, index: NewsIndex, tmp_path: Path) -> None:
    """Reports, articles, hits and scores are those that one process gives, run after run."""
    with newsearch.create(tmp_path / "other") as other:
        runs = [news(50), news(70), news(90, "second")[::2], news(20)]
        assert [index.add(run) for run in runs] == [other.add(run, jobs=jobs) for run in runs]
        assert answers(index) == answers(other)


def test_jobs_are_started(index: NewsIndex, started: list[subprocess.Popen[bytes]]) -> None:
    """There are as many processes as were asked for, and none is left."""
    index.add(news(20), jobs=3)
    assert [False] * 3 == [process.returncode is None for process in started]
    assert [] == left_over(index)


def test_memory_is_shared_out(index: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Together, the processes may hold what one alone may hold."""
    asked: list[int] = []
    part = LocalWriter.part

    def recorded(writer: LocalWriter, memory: int) -> LocalPart:
        asked.append(memory)
        return part(writer, memory)

    monkeypatch.setattr(LocalWriter, "part", recorded)
    index.add(news(20), jobs=4)
    assert 4 == asked.count(index.settings.memory // 4)


def test_parts_are_merged_by_the_next_run(index: NewsIndex) -> None:
    """What several processes have written stays as it is until something is added to it."""
    index.add(news(40), jobs=2)
    assert 2 == len(read_manifest(index.path / "segments").segments)
    index.add([FERRY])
    assert 1 == len(read_manifest(index.path / "segments").segments)


@pytest.mark.parametrize("articles", [[], news(1), news(20)], ids=["none", "empty", "unchanged"])
def test_no_jobs_for_nothing(
    articles: list[Article], index: NewsIndex, started: list[subprocess.Popen[bytes]]
) -> None:
    """Where there is little or nothing new, no process is started."""
    index.add(news(20)[1:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "_WORTHWHILE", 1000)
        index.add(articles, jobs=2)
    assert [] == started


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("before", "run", "report", "text"),
    [
        (
            [],
            [FERRY, TRAM],
            AddReport(added=1, changed=1, undated=2, passages=2, words=13),
            TRAM.text,
        ),
        (
            [],
            [FERRY, FERRY],
            AddReport(added=1, unchanged=1, undated=1, passages=1, words=7),
            FERRY.text,
        ),
        ([FERRY], [TRAM, FERRY], AddReport(changed=2, undated=2, passages=2, words=13), FERRY.text),
        (
            [FERRY],
            [BLANK, TRAM],
            AddReport(changed=1, empty=1, undated=1, passages=1, words=6),
            TRAM.text,
        ),
        (
            [FERRY],
            [TRAM, BLANK],
            AddReport(changed=1, empty=1, undated=1, passages=1, words=6),
            TRAM.text,
        ),
        ([FERRY], [BLANK, FERRY], AddReport(empty=1, unchanged=1), FERRY.text),
    ],
    ids=["changed", "again", "there-and-back", "empty-first", "empty-last", "as-before"],
)
def test_the_same_id_twice(
    jobs: int,
    before: list[Article],
    run: list[Article],
    report: AddReport,
    text: str,
    index: NewsIndex,
) -> None:
    """Of articles with one id in one run, the last that is not empty stays."""
    index.add(before)
    assert report == index.add(run, jobs=jobs)
    assert text == getattr(index.article("ferry"), "text", None)
    assert 1 == sum(hit.article_id == "ferry" for hit in index.search("orlund OR quay"))


def broken_off(error: BaseException) -> Iterator[Article]:
    yield from news(30, "second")
    raise error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ValueError("the feed has broken off")], ids=repr
)
def test_all_or_nothing(
    error: BaseException, index: NewsIndex, started: list[subprocess.Popen[bytes]]
) -> None:
    """When reading is interrupted, the last commit stays and the processes are ended."""
    index.add(news(20))
    before = answers(index)
    with pytest.raises(type(error)):
        index.add(broken_off(error), jobs=2)
    assert before == answers(index)
    assert [False, False] == [process.returncode is None for process in started]
    assert [] == left_over(index)


def test_without_an_id(index: NewsIndex) -> None:
    """An article without an id is an InputError that names its file; nothing is added."""
    articles = [*news(30), Article(id="", text="The ferry.", path="news/b.txt")]
    with pytest.raises(InputError, match=r"news/b\.txt: has an empty id"):
        index.add(articles, jobs=2)
    assert ([], []) == (list(index.article_ids()), left_over(index))


@pytest.mark.parametrize("when", [5, 29], ids=["midway", "at-the-end"])
def test_a_process_is_killed(
    when: int, index: NewsIndex, started: list[subprocess.Popen[bytes]]
) -> None:
    """A process that dies is one clear sentence; nothing is changed, and it can be done again."""
    index.add(news(10))
    before = answers(index)

    def murderous() -> Iterator[Article]:
        for number, article in enumerate(news(30, "second")):
            if number == when:
                os.kill(started[1].pid, signal.SIGKILL)
            yield article

    with pytest.raises(EngineError, match=r"has died \(signal 9\).* nothing was changed"):
        index.add(murderous(), jobs=2)
    assert before == answers(index)
    assert [] == left_over(index)
    assert 18 == index.add(news(30)[10:], jobs=2).added
