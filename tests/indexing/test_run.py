"""Indexing files again and again: what has changed is read, and the index is as it should be."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import AddReport, EngineError, InputError, NewsIndex
from newsearch.indexing import reading as reading_module
from newsearch.indexing.reports import FileReport, How, IndexReport
from newsearch.indexing.run import index_files, try_files

LONG_AGO = 1_700_000_000_000_000_000  # nanoseconds


class Ear:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.files: list[FileReport] = []
        self.notes: list[str] = []
        self.articles = 0

    def problem(self, problem: InputError) -> None:
        self.problems.append(problem.reason)

    def read(self, articles: int, size: int) -> None:
        self.articles += articles

    def writing(self) -> None:
        pass

    def file(self, report: FileReport) -> None:
        self.files.append(report)

    def committed(self, so_far: AddReport) -> None:
        pass

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


class Pile:
    """A folder of files and an index of them.

    Args:
        folder: An empty one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "news"
        self.folder.mkdir()
        self.news = newsearch.create(folder / "index")
        self.ear = Ear()
        self._clock = LONG_AGO

    def write(self, name: str, text: str, at: int | None = None) -> None:
        """Write a file, a second later than the one before; or at a given time."""
        self._clock += 1_000_000_000
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(0, self._clock if at is None else at))

    def lines(self, name: str, **texts: str) -> None:
        """Write a file of JSON lines, ids and texts."""
        rows = [json.dumps({"id": key, "text": text}) for key, text in texts.items()]
        self.write(name, "\n".join(rows))

    def index(self, *names: str, **how: Any) -> IndexReport:
        """Index the folder, or some of what is in it."""
        self.ear = Ear()
        paths = [str(self.folder / name) for name in names] or [str(self.folder)]
        return index_files(self.news, paths, How(**how), self.ear)

    def texts(self) -> dict[str, str]:
        """Return what the index holds."""
        return texts(self.news)


def texts(news: NewsIndex) -> dict[str, str]:
    found = {}
    for name in news.article_ids():
        article = news.article(name)
        assert article
        found[Path(name).name] = article.text
    return found


@pytest.fixture
def pile(tmp_path: Path) -> Iterator[Pile]:
    made = Pile(tmp_path)
    made.write("a.txt", "The ferry runs.")
    made.write("b.txt", "The tram waits.")
    made.lines("c.jsonl", x="Ice on the quay.", y="Fog.")
    yield made
    made.news.close()


def counts(report: IndexReport) -> dict[str, int]:
    """Return the counts of a report that are not 0, but those of what was written."""
    written = ("passages", "words", "undated")
    return {name: n for name, n in report.counts().items() if n and name not in written}


# What has not changed is not read.


def test_unchanged_files_are_not_read(pile: Pile) -> None:
    """A file of the same size and time is passed over; even other words in it are not seen."""
    assert {"added": 4, "files_read": 3} == counts(pile.index())
    pile.write("a.txt", "The ferry rusts", at=LONG_AGO + 1_000_000_000)
    assert {"unchanged": 4, "files_unchanged": 3} == counts(pile.index())
    assert "The ferry runs." == pile.texts()["a.txt"]
    assert (4, [True] * 3) == (pile.ear.articles, [each.passed_over for each in pile.ear.files])


def test_reread(pile: Pile) -> None:
    """Files are read again if one says so."""
    pile.index()
    pile.write("a.txt", "The ferry rusts", at=LONG_AGO + 1_000_000_000)
    assert {"changed": 1, "unchanged": 3, "files_read": 3} == counts(pile.index(reread=True))


def test_changed_files_are_read(pile: Pile) -> None:
    """A file with another time is read; its new, changed and unchanged articles are told apart."""
    pile.index()
    pile.lines("c.jsonl", x="Ice on the quay.", y="Fog and rain.", z="Snow.")
    wanted = {"added": 1, "changed": 1, "unchanged": 3, "files_read": 1, "files_unchanged": 2}
    assert wanted == counts(pile.index())
    (read,) = [each for each in pile.ear.files if not each.passed_over]
    assert FileReport(str(pile.folder / "c.jsonl"), added=1, changed=1, unchanged=1) == read


def test_young_files_are_read_again(pile: Pile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was written to just before it was read may change within its clock's tick."""
    now = LONG_AGO + 90_000_000_000
    monkeypatch.setattr(reading_module.time, "time_ns", lambda: now)
    pile.write("young.txt", "Snow", at=now - 1_900_000_000)
    pile.index()
    pile.write("young.txt", "Rain", at=now - 1_900_000_000)
    pile.index()
    assert "Rain" == pile.texts()["young.txt"]


def test_what_changes_while_it_is_read_is_read_again(pile: Pile) -> None:
    """A file that is written to after it was opened is not taken for what it has become."""

    class Writer(Ear):
        def read(self, articles: int, size: int) -> None:
            if articles:
                pile.write("c.jsonl", "{}")

    index_files(pile.news, [str(pile.folder / "c.jsonl")], How(), Writer())
    assert 1 == pile.index("c.jsonl").files_read


def test_nothing_is_said_of_the_index_itself(pile: Pile) -> None:
    """Where the index lies among the articles, its own files are not read."""
    pile.index()
    report = index_files(pile.news, [str(pile.folder.parent)], How(), pile.ear)
    assert {"unchanged": 4, "files_unchanged": 3} == counts(report)
    assert [] == pile.ear.problems


def test_one_file_by_two_paths(pile: Pile) -> None:
    """A file that is named twice is read once."""
    assert 3 == pile.index("", "a.txt").files_read


# The register is never trusted over the articles.


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"\xff", b'{"format": 1}'], ids=repr)
def test_lost_register(pile: Pile, damage: bytes | None) -> None:
    """A lost or damaged register costs time only, and damage is said."""
    pile.index()
    before = pile.texts()
    register = pile.news.path / "files.json"
    register.unlink() if damage is None else register.write_bytes(damage)
    assert {"unchanged": 4, "files_read": 3} == counts(pile.index())
    assert (before, damage is not None) == (pile.texts(), bool(pile.ear.notes))
    assert {"unchanged": 4, "files_unchanged": 3} == counts(pile.index())


def test_deleted_articles_come_back(pile: Pile) -> None:
    """A file of which the index does not hold all is read again."""
    pile.index()
    pile.news.delete(["x"])
    wanted = {"added": 1, "unchanged": 3, "files_read": 1, "files_unchanged": 2}
    assert wanted == counts(pile.index())


def test_other_versions_are_replaced(pile: Pile) -> None:
    """A file is read again if somebody else has put an article in place of one of its own."""
    pile.index()
    pile.news.add([newsearch.Article(id="x", text="Somebody else's.")])
    assert {"changed": 1, "unchanged": 3} == {
        name: n for name, n in counts(pile.index()).items() if not name.startswith("files")
    }
    assert "Ice on the quay." == pile.texts()["x"]


def test_the_later_file_counts(pile: Pile) -> None:
    """Of two files with one id, the later one counts, though only the earlier has changed."""
    pile.lines("d.jsonl", x="From d.")
    pile.index()
    pile.lines("c.jsonl", x="From c, anew.", y="Fog.")
    pile.index()
    assert "From d." == pile.texts()["x"]


# A number for an id is only its file's.


def numbered(pile: Pile) -> dict[str, str]:
    """Return what the index holds under numbers, with the names of files alone."""
    found = {name.removeprefix(f"{pile.folder}/"): text for name, text in pile.texts().items()}
    return {name: text for name, text in found.items() if name[-1].isdigit()}


def test_two_files_with_the_same_numbers(pile: Pile) -> None:
    """Both articles are there, under the same ids after any run, in whatever order files come."""
    pile.write("e.csv", "id,text\n1,Ferry.\n2,Tram.\n")
    pile.lines("f.jsonl", **{"2": "Bridge.", "3": "Quay."})
    held = {"1": "Ferry.", "2": "Tram.", "f.jsonl#id=2": "Bridge.", "3": "Quay."}
    pile.index()
    assert held == numbered(pile)
    pile.lines("f.jsonl", **{"3": "Quay.", "2": "Bridges."})
    assert {"changed": 1, "unchanged": 1, "files_read": 1} == counts(pile.index("f.jsonl"))
    pile.write("e.csv", "id,text\n1,Ferry.\n2,Tram.\n3,Snow.\n")
    pile.index("f.jsonl", "e.csv", reread=True)
    held |= {"f.jsonl#id=2": "Bridges.", "e.csv#id=3": "Snow."}
    assert held == numbered(pile)
    (pile.news.path / "files.json").unlink()
    pile.index(prune=True)
    assert sorted(held.values()) == sorted(numbered(pile).values())


def test_a_file_with_numbers_that_was_renamed(pile: Pile) -> None:
    """Its articles are the same ones, though another file has these numbers, too."""
    pile.lines("e.jsonl", **{"1": "Ferry."})
    pile.lines("f.jsonl", **{"1": "Tram."})
    pile.index()
    (pile.folder / "e.jsonl").rename(pile.folder / "g.jsonl")
    assert 1 == pile.index(prune=True).articles.changed
    assert {"1": "Ferry.", "f.jsonl#id=1": "Tram."} == numbered(pile)


def test_members_with_the_same_numbers(pile: Pile) -> None:
    """Two tables in one archive are two files."""
    for name in ("Ferry.", "Trams."):
        archive(
            pile, **{"a.csv": b"id,text\n1,%s\n" % name.encode(), "b.csv": b"id,text\n1,Ice.\n"}
        )
        pile.index()
        assert {"1": name, "z.zip!b.csv#id=1": "Ice."} == numbered(pile)


def test_copied(pile: Pile) -> None:
    """A run that changes something counts the passages that an answer shows once only."""
    story = "The night ferry to Orlund runs again after the strike."
    pile.lines("d.jsonl", one=story, two=story, three="Trams wait at the quay for nobody at all.")
    assert [1, 0] == [pile.index().copied for _ in range(2)]
    (pile.folder / "d.jsonl").unlink()
    assert 0 == pile.index(prune=True).copied


# A run that is stopped goes on.


@pytest.mark.parametrize("jobs", [1, 2])
def test_stopped(pile: Pile, jobs: int) -> None:
    """What was committed before a run is stopped stays, and is not read again."""

    class Stopping(Ear):
        def read(self, articles: int, size: int) -> None:
            super().read(articles, size)
            if self.articles == 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_files(pile.news, [str(pile.folder)], How(jobs, commit_every=0), Stopping())
    assert ["a.txt", "b.txt", "x"] == sorted(pile.texts())
    wanted = {"added": 1, "unchanged": 3, "files_read": 1, "files_unchanged": 2}
    assert wanted == counts(pile.index(jobs=jobs))


def test_a_file_longer_than_a_portion(pile: Pile) -> None:
    """What comes of a file that is committed in pieces is told once, at its end."""
    assert {"added": 4, "files_read": 3} == counts(pile.index(commit_every=0))
    assert FileReport(str(pile.folder / "c.jsonl"), added=2) == pile.ear.files[-1]
    assert {"unchanged": 4, "files_unchanged": 3} == counts(pile.index())


def test_a_full_disk(pile: Pile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the register can't be written, the articles are there, and it is an EngineError."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsearch.indexing.register.replace_file", full)
    with pytest.raises(EngineError, match="the disk is full"):
        pile.index()
    assert 4 == len(pile.texts())


# What is gone goes, if one says so.


def test_prune(pile: Pile) -> None:
    """Articles of files that are gone are deleted, and those whose place in a file is gone."""
    pile.index()
    (pile.folder / "a.txt").unlink()
    pile.lines("c.jsonl", y="Fog.")
    assert () == pile.index().pruned
    assert {str(pile.folder / "a.txt"), "x"} == set(pile.index(prune=True).pruned)
    assert ["b.txt", "y"] == sorted(pile.texts())
    assert () == pile.index(prune=True).pruned


def test_prune_without_a_register(pile: Pile) -> None:
    """What is gone is known by the articles themselves."""
    pile.index()
    (pile.folder / "a.txt").unlink()
    pile.lines("c.jsonl", y="Fog.")
    (pile.news.path / "files.json").unlink()
    assert {str(pile.folder / "a.txt"), "x"} == set(pile.index(prune=True).pruned)


def test_prune_is_for_the_given_paths(pile: Pile) -> None:
    """Articles from elsewhere stay: other folders, standard input, other programs."""
    pile.write("far/one.txt", "Far away.")
    pile.write("farther.txt", "Farther.")
    pile.news.add([newsearch.Article(id="own", text="Mine."), newsearch.Article("-", path="-")])
    pile.index()
    for name in ("far/one.txt", "farther.txt", "a.txt"):
        (pile.folder / name).unlink()
    pile.write("far/two.txt", "Near.")
    assert (str(pile.folder / "far" / "one.txt"),) == pile.index("far", prune=True).pruned


def test_prune_emptied(pile: Pile) -> None:
    """An article that has lost its words keeps the last ones, unless what is gone is to go."""
    pile.index()
    pile.write("a.txt", "")
    pile.lines("c.jsonl", x="…", y="Fog.")
    assert {"unchanged": 2, "empty": 2, "files_read": 2, "files_unchanged": 1} == (
        counts(pile.index())
    )
    assert FileReport(str(pile.folder / "c.jsonl"), unchanged=1, empty=1) == pile.ear.files[-1]
    assert 4 == len(pile.texts())
    assert {str(pile.folder / "a.txt"), "x"} == set(pile.index(prune=True).pruned)


def test_prune_spares_what_moved(pile: Pile) -> None:
    """An article that another file brings now is not gone."""
    pile.index()
    (pile.folder / "c.jsonl").unlink()
    pile.lines("d.jsonl", x="Ice on the quay.")
    assert ("y",) == pile.index(prune=True).pruned


def test_prune_spares_what_cannot_be_read(pile: Pile) -> None:
    """An article that may still be there, in a file that can't be read whole, is not gone."""
    pile.index()
    pile.write("b.txt", "\0")
    pile.write("c.jsonl", '{"id": "y", "text": "Fog."}\n{"id": "x", "te')
    assert () == pile.index(prune=True).pruned
    assert ["a.txt", "b.txt", "x", "y"] == sorted(pile.texts())


def archive(pile: Pile, **members: bytes) -> None:
    """Write an archive, later than all before."""
    with zipfile.ZipFile(pile.folder / "z.zip", "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content)


def test_prune_members_of_archives(pile: Pile) -> None:
    """An article is gone when its archive is, or when it is no longer in it."""
    archive(pile, **{"a.txt": b"One.", "b/c.jsonl": b'{"text": "Two."}'})
    pile.index()
    archive(pile, **{"a.txt": b"One, and more."})
    path = f"{pile.folder}/z.zip"
    assert (f"{path}!b/c.jsonl#1",) == pile.index("z.zip", prune=True).pruned
    (pile.folder / "z.zip").unlink()
    assert (f"{path}!a.txt",) == pile.index(prune=True).pruned


def test_prune_spares_damaged_archives(pile: Pile) -> None:
    """What can't be read of an archive is not gone."""
    archive(pile, **{"a.txt": b"One.", "b/c.jsonl": b'{"text": "Two."}'})
    pile.index()
    whole = (pile.folder / "z.zip").read_bytes()
    (pile.folder / "z.zip").write_bytes(whole[:-10])
    assert () == pile.index(prune=True).pruned


def test_other_names_of_fields(pile: Pile) -> None:
    """A file that was read with other names of fields is read again, with the same it is not."""
    pile.write("d.csv", "id,text,corpo\n1,One.,Two.\n")
    pile.index("d.csv")
    assert 1 == pile.index("d.csv", fields={"text": "corpo"}).articles.changed
    assert 1 == pile.index("d.csv", fields={"text": "corpo"}).files_unchanged
    assert "Two." == pile.texts()["1"]
    assert 1 == pile.index("d.csv").articles.changed


def test_doubts_are_no_trouble(pile: Pile) -> None:
    """An article of which a date is not believed was read, and its file with it."""
    pile.write("d.jsonl", '{"id": "d", "text": "One.", "date": "soon"}')
    pile.index()
    (pile.folder / "d.jsonl").unlink()
    assert ("d",) == pile.index(prune=True).pruned


def test_files_of_no_known_kind_are_looked_at_again(pile: Pile) -> None:
    """Each run says of them that they are passed over, and counts them among no files."""
    pile.write("d.pdf", "%PDF")
    for _ in range(2):
        pile.ear.problems.clear()
        report = pile.index("d.pdf")
        assert (1, 0, 0) == (
            len(pile.ear.problems),
            report.files_read,
            report.files_unchanged,
        )


def test_prune_spares_an_empty_folder(pile: Pile) -> None:
    """A folder without a single file looks like a disk that is not mounted."""
    pile.index()
    for path in pile.folder.iterdir():
        path.unlink()
    assert () == pile.index(prune=True).pruned
    assert [f"{pile.folder}: no file to read; nothing that came from it is pruned"] == (
        pile.ear.notes
    )


# A dry run tells and does nothing.


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_dry_run(pile: Pile) -> None:
    """A dry run tells what the run would, and leaves every byte as it was."""
    pile.index()
    (pile.folder / "a.txt").unlink()
    pile.lines("c.jsonl", x="Ice.", z="Snow.", e="…")
    before = snapshot(pile.folder.parent)
    tried = try_files(pile.news.path, [str(pile.folder)], How(prune=True), Ear()).counts()
    assert before == snapshot(pile.folder.parent)
    assert tried == pile.index(prune=True).counts() | {"words": 0, "copied": 0}
    assert (1, 1, 1, 1, 2) == tuple(
        tried[name] for name in ("added", "changed", "unchanged", "empty", "pruned")
    )


def test_dry_run_without_an_index(pile: Pile, tmp_path: Path) -> None:
    """Where there is no index, none is made."""
    report = try_files(tmp_path / "none", [str(pile.folder)], How(), Ear())
    assert {"added": 4, "files_read": 3} == counts(report)
    assert not (tmp_path / "none").exists()


# Reports.


def test_log(pile: Pile) -> None:
    """The log says of each run what was done to which file, and why not; in plain characters."""
    pile.write("d\x1b.jsonl", '{"id": "1", "text": "Zürich."}\nnonsense')
    pile.index()
    log = (pile.news.path / "log.jsonl").read_bytes()
    assert not set(log) & {*range(10), *range(11, 32), *range(127, 256)}
    lines = [json.loads(line) for line in log.splitlines()]
    whats = ["run", "left out", "file", "file", "file", "file", "done"]
    assert whats == [line["what"] for line in lines]
    path = str(pile.folder / "d\x1b.jsonl")
    reason = "not JSON at column 1 (Expecting value); this line is left out"
    assert (path, 2, reason) == tuple(lines[1][name] for name in ("path", "line", "why"))
    told = {name: lines[5][name] for name in ("path", "added", "unreadable")}
    assert {"path": path, "added": 1, "unreadable": 1} == told


def test_log_is_bounded(pile: Pile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the runs of long ago, nothing is left."""
    monkeypatch.setattr("newsearch.indexing.run_log._AT_MOST", 100)
    for _ in range(4):
        pile.index()
    logs = sorted(path.name for path in pile.news.path.glob("log*"))
    assert ["log.jsonl", "log.old.jsonl"] == logs
    assert 2 == len((pile.news.path / "log.jsonl").read_text().splitlines())


def test_unreadable_lines_are_counted_again(pile: Pile) -> None:
    """What could not be read of a file that has not changed is not forgotten."""
    pile.write("d.jsonl", '{"id": "1", "text": "Snow."}\nnonsense')
    pile.index()
    pile.index()
    assert (1, True) == (pile.ear.files[-1].unreadable, pile.ear.files[-1].passed_over)


# Whatever happens to the files, the index is as if it were made anew.

NAMES = ["a.txt", "b.txt", "c.jsonl", "d.jsonl"]
WORDS = st.sampled_from(["Ferry.", "Tram.", "…"])
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(NAMES[:2]), WORDS),
        st.tuples(
            st.just("lines"),
            st.sampled_from(NAMES[2:]),
            st.dictionaries(st.sampled_from("xyz"), WORDS),
        ),
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
        st.tuples(st.just("delete"), st.sampled_from("xyz"), st.none()),
        st.tuples(st.just("index"), st.sampled_from([0.0, 60.0]), st.booleans()),
    ),
    max_size=12,
)


@given(changes=CHANGES)
@settings(deadline=None, max_examples=60)
def test_as_if_made_anew(changes: list[tuple[str, object, object]]) -> None:
    """After any changes and runs, a last run gives what an index of the files, made anew, holds."""
    with tempfile.TemporaryDirectory() as folder:
        pile = Pile(Path(folder))
        pile.write("e.txt", "Always there.")
        does: dict[str, Callable[[Any, Any], object]] = {
            "write": lambda name, text: pile.write(str(name), str(text)),
            "lines": lambda name, rows: pile.lines(str(name), **rows),
            "remove": lambda name, _: (pile.folder / str(name)).unlink(missing_ok=True),
            "delete": lambda name, _: pile.news.delete([str(name)]),
            "index": lambda every, prune: pile.index(commit_every=every, prune=prune),
        }
        for what, one, other in changes:
            does[what](one, other)
        pile.index(prune=True)
        with newsearch.create(Path(folder) / "other") as other_news:
            index_files(other_news, [str(pile.folder)], How(), Ear())
            made, anew = pile.texts(), texts(other_news)
        pile.news.close()
    assert anew == made
