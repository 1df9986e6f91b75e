"""The index as a whole: making, opening, adding, deleting, asking."""

from __future__ import annotations

import datetime
import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any
from unittest.mock import Mock

import pytest

import newsearch
from newsearch import (
    AddReport,
    Article,
    EngineError,
    IndexMissing,
    InputError,
    NewsIndex,
    Settings,
    durable,
    opening,
)
from newsearch.errors import IndexDamaged, IndexExists, IndexMismatch
from newsearch.opening import open_or_create
from newsearch.records import IndexInfo


@pytest.fixture
def index(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as made:
        yield made


@pytest.fixture
def filled(index: NewsIndex, clippings: tuple[Article, ...]) -> NewsIndex:
    """An index of the clippings."""
    index.add(clippings)
    return index


def found(index: NewsIndex, query: str) -> list[str]:
    return [hit.article_id for hit in index.search(query)]


# Making and opening.


def test_create_and_open(tmp_path: Path, clippings: tuple[Article, ...]) -> None:
    """What was added is there when the folder is opened again."""
    with newsearch.create(tmp_path / "deep" / "index") as made:
        made.add(clippings)
    with newsearch.open(tmp_path / "deep" / "index") as opened:
        assert [each.id for each in clippings] == list(opened.article_ids())


def test_paths_may_be_text(tmp_path: Path) -> None:
    """A folder may be given as a text."""
    newsearch.create(str(tmp_path / "index")).close()
    with newsearch.open(str(tmp_path / "index")) as opened:
        assert tmp_path / "index" == opened.path


def test_settings_are_kept(tmp_path: Path) -> None:
    """An index is opened with the settings it was made with."""
    settings = Settings(passage_words=9, k1=0.9, keep=frozenset(("wait", "date-header")))
    newsearch.create(tmp_path / "index", settings).close()
    with newsearch.open(tmp_path / "index") as opened:
        assert settings == opened.settings


def test_closing_twice(index: NewsIndex) -> None:
    """Closing what is closed does nothing."""
    index.close()
    index.close()


def test_create_over_an_index(filled: NewsIndex) -> None:
    """An index is not made anew where there is one, and the one that is there is left alone."""
    with pytest.raises(IndexExists, match="there is an index in"):
        newsearch.create(filled.path)
    with newsearch.open(filled.path) as opened:
        assert 4 == opened.info().articles


def test_create_among_other_files(tmp_path: Path) -> None:
    """An index is not made in a folder that holds somebody's files, which the message names."""
    (tmp_path / "letters.txt").write_text("Dear editor")
    with pytest.raises(IndexExists, match=r"letters\.txt"):
        newsearch.create(tmp_path)
    assert ["letters.txt"] == [file.name for file in tmp_path.iterdir()]


def test_create_in_a_file(tmp_path: Path) -> None:
    """An index is not made where a file is."""
    (tmp_path / "index").write_text("Dear editor")
    with pytest.raises(IndexExists, match="is a file"):
        newsearch.create(tmp_path / "index")


@pytest.mark.parametrize("name", ["README.md", ".gitignore", ".DS_Store"])
def test_create_beside_harmless_files(tmp_path: Path, name: str) -> None:
    """A read-me and hidden files are in nobody's way."""
    (tmp_path / name).write_text("")
    newsearch.create(tmp_path).close()
    newsearch.open(tmp_path).close()


def test_create_after_an_interruption(index: NewsIndex) -> None:
    """A folder in which making an index was interrupted can be used again."""
    index.close()
    (index.path / "newsearch.json").rename(index.path / ".newsearch.json.7-7.new")
    newsearch.create(index.path).close()
    newsearch.open(index.path).close()


def test_create_over_articles(filled: NewsIndex) -> None:
    """Articles without the file that makes them an index are not thrown away for a new one."""
    filled.close()
    (filled.path / "newsearch.json").rename(filled.path.parent / "newsearch.json")
    with pytest.raises(IndexExists, match=f"; delete {filled.path}/segments, and run"):
        open_or_create(filled.path)
    (filled.path.parent / "newsearch.json").rename(filled.path / "newsearch.json")
    with newsearch.open(filled.path) as opened:
        assert 4 == opened.info().articles


def test_make_anew_as_told(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """What to do about a damaged index is said, and helps; what people said of names stays."""
    filled.names.same("Orlund", "Orlundia")
    filled.close()
    [column] = (filled.path / "segments").glob("*.columns")
    column.write_bytes(column.read_bytes()[:-1])
    with pytest.raises(IndexDamaged) as damaged:
        newsearch.open(filled.path)
    told = re.fullmatch(r".*; delete (.*), and run newsearch index again", str(damaged.value))
    assert told
    shutil.rmtree(told[1])
    with pytest.raises(IndexMissing, match="make it anew with: newsearch index PATH"):
        newsearch.open(filled.path)
    with open_or_create(filled.path) as index:
        index.add(clippings)
        assert 4 == index.info().articles
        assert (filled.path / "names.toml").exists()


def test_two_make_an_index_at_once(
    index: NewsIndex, clippings: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who finds no index, and comes too late to make one, opens that of another process."""
    answers: list[object] = [IndexMissing(), newsearch.open(index.path)]
    # The other has done all of its work since this one looked.
    monkeypatch.setattr(opening, "refuse_foreign", lambda folder: index.add(clippings))
    monkeypatch.setattr(opening, "open", Mock(side_effect=answers))
    open_or_create(index.path).close()
    monkeypatch.undo()
    with newsearch.open(index.path) as opened:
        assert 4 == opened.info().articles


def test_info_while_another_writes(filled: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a writer removes while sizes are added up takes no space."""
    whole = filled.info().bytes
    [column] = (filled.path / "segments").glob("*.columns")
    size = column.stat().st_size
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        if path == column and path.exists():
            path.unlink()
        return real(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    assert whole - size == filled.info().bytes


@pytest.mark.parametrize("gone", ["", "segments"])
def test_removed_while_open(filled: NewsIndex, clippings: tuple[Article, ...], gone: str) -> None:
    """Who writes to an index that is gone is told so, and leaves nothing in its place."""
    (filled.path / gone).rename(filled.path.parent / "elsewhere")
    for change in (lambda: filled.add(clippings[:1]), filled.optimize, lambda: filled.delete("a")):
        with pytest.raises(EngineError, match="segments is gone"):
            change()
    assert not (filled.path / "segments").exists()


@pytest.mark.parametrize("name", ["nowhere", "empty", "file", "file/inside"])
def test_open_nothing(tmp_path: Path, name: str) -> None:
    """Where there is no index, the message says how to make one."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissing, match="make one with: newsearch index PATH"):
        newsearch.open(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"format": 3}',
        '{"format": 3, "settings": {}}',
        '{"format": 3, "settings": 3}',
        "[" * 100_000,
        "\x00",
    ],
    ids=range(10),
)
def test_open_a_broken_manifest(index: NewsIndex, text: str) -> None:
    """A manifest that makes no sense is a mismatch, and the message says what to do."""
    (index.path / "newsearch.json").write_text(text)
    with pytest.raises(IndexMismatch, match=r"; delete .* and .*, and run newsearch index again$"):
        newsearch.open(index.path)


@pytest.mark.parametrize("written", [0, 1, 99, "3", None])
def test_open_another_format(index: NewsIndex, written: object) -> None:
    """An index of another format is a mismatch, whatever else its manifest holds."""
    manifest = json.loads((index.path / "newsearch.json").read_text())
    (index.path / "newsearch.json").write_text(json.dumps({**manifest, "format": written}))
    with pytest.raises(IndexMismatch, match="has format"):
        newsearch.open(index.path)


def test_open_a_later_format(index: NewsIndex) -> None:
    """A later version may keep other settings: what counts is the format."""
    (index.path / "newsearch.json").write_text('{"format": 99, "settings": {"new": 1}}')
    with pytest.raises(IndexMismatch, match="has format 99"):
        newsearch.open(index.path)


def test_open_a_damaged_index(filled: NewsIndex) -> None:
    """An index without its files is an EngineError."""
    filled.close()
    for file in (filled.path / "segments").iterdir():
        file.unlink()
    with pytest.raises(EngineError):
        newsearch.open(filled.path)


def test_open_or_create(tmp_path: Path, clippings: tuple[Article, ...]) -> None:
    """The first call makes the index, the next ones open it."""
    with open_or_create(tmp_path / "index") as made:
        made.add(clippings)
    with open_or_create(tmp_path / "index") as opened:
        assert 4 == opened.info().articles


# Adding and deleting.


def test_add(index: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """Adding counts new articles, their passages and their words."""
    assert AddReport(added=4, undated=1, passages=4, words=57) == index.add(clippings)


def test_add_again(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """Articles that are there, the same to the letter, are left alone."""
    assert AddReport(unchanged=4) == filled.add(clippings)


def test_add_a_change(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """An article that has changed takes the place of its earlier version."""
    new = replace(clippings[0], text="The tram to Orlund.")
    assert AddReport(changed=1, unchanged=3, passages=1, words=4) == filled.add(
        [new, *clippings[1:]]
    )
    assert "harbour" not in found(filled, "ferry -tram")
    assert "The tram to Orlund." == getattr(filled.article("harbour"), "text", None)


@pytest.mark.parametrize("field", ["title", "source", "date", "url", "author", "path"])
def test_any_field_is_a_change(
    filled: NewsIndex, clippings: tuple[Article, ...], field: str
) -> None:
    """An article of which only one field differs has changed."""
    new = replace(clippings[0], **{field: "2024-01-01"})
    assert 1 == filled.add([new]).changed


def test_moved_words_are_a_change(index: NewsIndex) -> None:
    """Words that have moved from one field to the next make another article."""
    index.add([Article(id="1", title="Ferry ", text="resumes.\n8")])
    assert 1 == index.add([Article(id="1", title="Ferry", text=" resumes.\n8")]).changed


def test_add_the_same_id_twice(index: NewsIndex) -> None:
    """Of two articles with one id in one run, the last stays."""
    one, other = Article(id="1", text="The ferry."), Article(id="1", text="A tram.")
    assert AddReport(added=1, changed=1, undated=2, passages=2, words=4) == index.add([one, other])
    assert ([], ["1"]) == (found(index, "ferry"), found(index, "tram"))
    assert 1 == index.info().articles


@pytest.mark.parametrize("text", ["", " \n", "…", "?!"])
def test_add_nothing(index: NewsIndex, text: str) -> None:
    """An article without a word is counted and left out."""
    assert AddReport(empty=1) == index.add([Article(id="1", text=text)])
    assert [] == list(index.article_ids())


def test_emptied(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """An article that has become empty is reported; the earlier version is not lost for it."""
    assert AddReport(empty=1) == filled.add([replace(clippings[0], title="", text="")])
    assert filled.article("harbour") is not None


def test_add_no_articles(index: NewsIndex) -> None:
    """Adding nothing does nothing."""
    assert AddReport() == index.add([])


def test_add_without_an_id(filled: NewsIndex) -> None:
    """An article without an id is an InputError that names its file; nothing is added."""
    articles = [Article(id="new", text="A ferry."), Article(id="", text="B", path="news/b.txt")]
    with pytest.raises(InputError, match=r"news/b\.txt: has an empty id"):
        filled.add(articles)
    assert filled.article("new") is None


def test_add_all_or_nothing(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """When reading articles fails midway, the index is as before, and can be added to."""

    def broken() -> Iterator[Article]:
        yield Article(id="new", text="A ferry.")
        yield replace(clippings[0], text="No boat.")
        raise ValueError("the feed has broken off")

    with pytest.raises(ValueError, match="broken off"):
        filled.add(broken())
    assert [each.id for each in clippings] == list(filled.article_ids())
    assert AddReport(unchanged=4) == filled.add(clippings)
    assert 1 == filled.add([Article(id="new", text="A ferry.")]).added


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("careless")
def test_add_to_a_full_disk(filled: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is an EngineError that says so; the index is as before."""

    def write(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(EngineError, match="the disk is full"):
        patch.setattr(durable, "write_piece", write)
        filled.add([Article(id="new", text="A ferry.")])
    assert filled.article("new") is None
    assert 4 == filled.info().articles


def test_add_half_characters(index: NewsIndex) -> None:
    """Half a surrogate pair, which no file can hold, becomes a replacement character."""
    index.add([Article(id="1", title="\ud83d News", text="The \udc00 ferry.")])
    assert "The \ufffd ferry." == getattr(index.article("1"), "text", None)
    assert ["1"] == found(index, "ferry")


def test_delete(filled: NewsIndex) -> None:
    """Deleting returns how many there were; what was deleted is found no more."""
    assert 2 == filled.delete(["harbour", "nobody", "strike", "harbour"])
    assert ["council", "letters"] == list(filled.article_ids())
    assert "harbour" not in found(filled, "ferry")
    assert filled.article("harbour") is None
    assert () == filled.removed("harbour")


def test_deleted_and_added_again(filled: NewsIndex, clippings: tuple[Article, ...]) -> None:
    """What was deleted can be added again."""
    filled.delete(["harbour"])
    assert AddReport(added=1, unchanged=3, passages=1, words=13) == filled.add(clippings)


# Asking.


def test_search(filled: NewsIndex) -> None:
    """An answer has the query, counts, and hits with all that is known of their articles."""
    results = filled.search("night ferries")
    assert ("night ferries", 2, 3, 2) == (
        results.query,
        results.complete,
        results.total,
        results.words,
    )
    [hit, *_] = results
    assert ("harbour", "Harbour reopens", "Orlund Post", "2024-05-02") == (
        hit.article_id,
        hit.title,
        hit.source,
        hit.date,
    )
    assert ("night", "ferry") == hit.spellings


@pytest.mark.parametrize("query", ["", "-", "()", "NOT ferry", "-ferry -tram", "nowhere"])
def test_search_for_nothing(filled: NewsIndex, query: str) -> None:
    """A query without a word to look for, or with one that is nowhere, finds nothing."""
    results = filled.search(query)
    assert ((), 0, 0) == (results.hits, results.complete, results.total)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("US", ["letters"]),
        ("Harris", ["letters"]),
        ("guarantees", ["council"]),
        ("guarantee*", ["council"]),
        ("“help us”", ["letters"]),
        ("quay OR mayor", ["harbour", "council"]),
        ("ferry -night", ["council"]),
        ("ferry AND tram", ["harbour", "strike"]),
    ],
)
def test_what_is_found(filled: NewsIndex, query: str, expected: list[str]) -> None:
    """Which of the clippings answer a query."""
    assert expected == sorted(
        found(filled, query), key=["harbour", "strike", "council", "letters"].index
    )


@pytest.mark.parametrize("limit", [-1, 0, 1, 2, 10, 10_000])
def test_limit(filled: NewsIndex, limit: int) -> None:
    """There are at most as many hits as asked for, and all are counted."""
    results = filled.search("ferry", limit=limit)
    assert (min(max(0, limit), 3), 3) == (len(results), results.total)


def test_an_empty_index(index: NewsIndex) -> None:
    """An index without articles answers everything with nothing."""
    assert ((), []) == (index.search("ferry").hits, list(index.article_ids()))
    assert IndexInfo(0, 0, 0, (), None, None, 0, (), index.info().bytes) == index.info()


def test_info(filled: NewsIndex) -> None:
    """Counts, sources with most articles first, and the first and the last day."""
    info = filled.info()
    assert (
        IndexInfo(
            articles=4,
            passages=4,
            words=57,
            sources=(("Orlund Post", 2), ("Bay Herald", 1)),
            first_date="2024-05-02",
            last_date="2024-06-11",
            undated=1,
            dates_from=(("field", 3),),
            bytes=info.bytes,
        )
        == info
    )
    assert info.bytes > 1000


def test_removed(index: NewsIndex) -> None:
    """What cleaning took out of an article can be looked up."""
    index.add([Article(id="1", text="Wait 5 sec.\n\nThe ferry runs again.")])
    assert ["Wait 5 sec."] == [each.text for each in index.removed("1")]
    assert () == index.removed("nobody")


def test_two_at_once(filled: NewsIndex) -> None:
    """An index that is open twice: one adds, the other goes on with what it has seen."""
    with newsearch.open(filled.path) as other:
        filled.add([Article(id="new", text="A catamaran.")])
        assert ([], ["new"]) == (found(other, "catamaran"), found(filled, "catamaran"))


def test_search_while_adding(filled: NewsIndex) -> None:
    """Eight threads search while another adds: each sees whole runs, never fewer than before."""
    done = Event()
    seen: list[list[int]] = [[] for _ in range(8)]
    failed: list[BaseException] = []

    def ask(counts: list[int]) -> None:
        try:
            while not done.is_set():
                counts.append(filled.search("lighthouse", limit=500).total)
        except BaseException as error:
            failed.append(error)

    threads = [Thread(target=ask, args=(counts,)) for counts in seen]
    for thread in threads:
        thread.start()
    for run in range(12):
        filled.add(Article(id=f"{run}/{n}", text=f"The lighthouse, {n}.") for n in range(5))
    done.set()
    for thread in threads:
        thread.join()
    assert [] == failed
    assert all(sorted(counts) == counts for counts in seen)
    assert {count % 5 for counts in seen for count in counts} <= {0}
    assert 60 == filled.search("lighthouse").total


def test_add_what_other_programs_leave(index: NewsIndex) -> None:
    """None for a text is an empty one; a date may be an object; what is no date is none."""
    odd: Any = dict.fromkeys(("title", "source", "url", "author"))
    odd["date"] = datetime.date(2024, 5, 2)
    index.add(
        [
            Article(id="1", text="A ferry.", **odd),
            Article(id="2", text="A ferry.", date="2 May 2024"),
            Article(id="3", text="A ferry.", date="soon"),
            Article(id="4", text="A ferry.", date=""),
        ]
    )
    dates = [getattr(index.article(each), "date", "") for each in ("1", "2", "3", "4")]
    assert ["2024-05-02", "2024-05-02", None, None] == dates
    assert ("A ferry.", "") == (index.search("ferry")[0].title, index.search("ferry")[0].source)


def test_names_in_small_letters(index: NewsIndex) -> None:
    """Where a corpus writes names in small letters, a capital in the query asks for a name."""
    texts = ["then zelenskyy left", "and zelensky came", "so zelinsky spoke"]
    index.add(Article(id=str(at), text=text) for at, text in enumerate(texts))
    assert {"0", "1"} == {hit.article_id for hit in index.search("Zelensky")}
