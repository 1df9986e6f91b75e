"""What a commit has reported survives: a kill at any moment, readers meanwhile, bad disks.

Processes are real ones, killed by SIGKILL. `NEWSEARCH_KILLS=200` asks for more kills and commits
than a normal run has the time for.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread, current_thread
from typing import Any

import pytest

import newsearch
from newsearch import durable
from newsearch.engines.local import checking
from newsearch.engines.local.checking import check
from newsearch.engines.local.files import manifest as manifests
from newsearch.engines.local.files.directory import pages
from newsearch.engines.local.files.manifest import SegmentEntry, read_manifest
from newsearch.engines.local.segment import Segment
from newsearch.engines.local.writing import merging
from newsearch.engines.local.writing import writer as writers
from newsearch.errors import EngineError, IndexDamaged, IndexMismatch, IndexMissing
from newsearch.index_file import check as check_all
from newsearch.records import Article
from newsearch.settings import Settings

KILLS = int(os.environ.get("NEWSEARCH_KILLS", "25"))
COMMITS = 100 if KILLS > 25 else 30
State = dict[str, str]


@contextmanager
def process(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run Python code in a process of its own, which does not outlive the block."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


# Kills.

WRITER = """
import json, random, sys
import newsearch
import newsearch.adding, newsearch.opening  # not a part of what is killed
from newsearch.engines.local.writing import building, merging
from newsearch.settings import Settings

folder, seed = sys.argv[1], int(sys.argv[2])
chance = random.Random(seed)
print("ready", flush=True)
try:
    index = newsearch.open(folder)
except newsearch.IndexMissing:
    index = newsearch.create(folder, Settings(memory=20_000))
state = {each: index.article(each).text for each in index.article_ids()}
for step in range(1_000_000):
    kind = chance.random()
    if kind < 0.6:
        words = f"Ferry {seed} at {step}. " * chance.choice([1, 1, 30])
        names = chance.sample(range(60), chance.choice([1, 3, 12]))
        articles = [newsearch.Article(id=str(name), text=words.strip()) for name in names]
        then = state | {each.id: each.text for each in articles}
        change = lambda: index.add(articles)
    elif kind < 0.9:
        names = chance.sample(sorted(state), min(len(state), chance.choice([1, 5])))
        then = {each: text for each, text in state.items() if each not in names}
        change = lambda: index.delete(names)
    else:
        then, change = state, index.optimize
    print(json.dumps(then), flush=True)
    change()
    print("done", flush=True)
    state = then
    if chance.random() < 0.1:
        index.close()
        index = newsearch.open(folder)
"""


def test_kill(tmp_path: Path) -> None:
    """Whenever a writer is killed, what it has reported is there, whole, and all goes on."""
    chance = random.Random(7)
    folder = tmp_path / "index"
    state: State = {}
    reported = 0
    for seed in range(KILLS):
        done, begun, many = killed(folder, seed, chance.choice([0, 1, 3, 8]), chance.random() / 20)
        reported += many
        before = state if done is None else done
        state = held(folder, [before, before if begun is None else begun])
        assert [] == list(check(folder / "segments"))
        assert_goes_on(folder, seed, state)
    assert reported >= KILLS


def killed(
    folder: Path, seed: int, commits: int, seconds: float
) -> tuple[State | None, State | None, int]:
    """Kill a writer some time after it has reported some commits.

    Returns:
        What the last commit that it reported left, what the one begun after it would leave (None
        where there was none), and how many it reported.
    """
    with process(WRITER, folder, seed) as child:
        assert child.stdout is not None
        assert "ready\n" == child.stdout.readline()
        lines = [child.stdout.readline().rstrip() for _ in range(2 * commits)]
        time.sleep(seconds)
        child.kill()
        lines += child.stdout.read().split("\n")[:-1]
    states = [json.loads(line) for line in lines if line != "done"]
    many = lines.count("done")
    return states[many - 1] if many else None, states[many] if len(states) > many else None, many


def held(folder: Path, allowed: list[State]) -> State:
    """Return what an index holds, once it is one of the states that are allowed."""
    try:
        index = newsearch.open(folder)
    except IndexMissing:  # killed before there was one
        assert {} == allowed[0]
        newsearch.create(folder).close()
        return {}
    with index:
        state = {each: index.article(each).text for each in index.article_ids()}
        found = {hit.article_id for hit in index.search("ferry", limit=1000, copies=True).hits}
    assert state in allowed
    assert set(state) == found
    return state


def assert_goes_on(folder: Path, seed: int, state: State) -> None:
    """The next writer writes, and removes what the killed one has left."""
    with newsearch.open(folder) as index:
        index.add([Article(id="next", text=f"Ferry after {seed}.")])
        assert {*state, "next"} == set(index.article_ids())
        state["next"] = f"Ferry after {seed}."
    segments = folder / "segments"
    named = {file.name for file in read_manifest(segments).files()}
    assert named | {"manifest.json"} == {
        path.name for path in segments.iterdir() if not path.name.startswith("writer.")
    }


def test_left_over_files(tmp_path: Path) -> None:
    """What a killed run has left is removed by the next one, though that changes nothing."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article(id="a", text="Ferry.")])
        before = sorted((index.path / "segments").iterdir())
        for name in ("part-1-0.columns", "000009.dead"):
            (index.path / "segments" / name).touch()
        assert 1 == index.add([Article(id="a", text="Ferry.")]).unchanged
        assert before == sorted((index.path / "segments").iterdir())


def test_optimized(tmp_path: Path) -> None:
    """The files that were made one take no place any more."""
    with newsearch.create(tmp_path / "index") as index:
        for number in range(3):
            index.add([Article(id=f"{number}", text="Ferry. " * 9 ** (3 - number))])
        index.optimize()
        assert 1 == len([*(index.path / "segments").glob("*.columns")])


def test_optimizing_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Optimizing that the disk has no place for takes none, and changes nothing."""
    real, left = durable.write_piece, [30]

    def write(*given: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*given)

    with newsearch.create(tmp_path / "index") as index:
        for number in range(3):
            index.add([Article(id=f"{number}", text="Ferry. " * 9 ** (3 - number))])
        before = sorted((index.path / "segments").iterdir())
        with monkeypatch.context() as patch:
            patch.setattr(durable, "write_piece", write)
            with pytest.raises(EngineError, match="the disk is full"):
                index.optimize()
        assert before == sorted((index.path / "segments").iterdir())
        assert 3 == index.info().articles


def test_broken_off(tmp_path: Path) -> None:
    """What a run has written that was broken off takes no place."""

    def articles() -> Iterator[Article]:
        for number in range(50):
            yield Article(id=f"{number}", text="Ferry. " * 99)
        raise KeyboardInterrupt

    with newsearch.create(tmp_path / "index", Settings(memory=20_000)) as index:
        index.add([Article(id="a", text="Ferry.")])
        before = sorted((index.path / "segments").iterdir())
        with pytest.raises(KeyboardInterrupt):
            index.add(articles())
        assert before == sorted((index.path / "segments").iterdir())


@pytest.mark.parametrize("call", range(1, 8))
def test_folder_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """When the disk fails just after the manifest was replaced, no file that it names is gone."""
    folder = tmp_path / "index"
    calls = []

    def fail(path: Path) -> None:
        calls.append(path)
        if len(calls) == call:
            raise OSError(errno.EIO, "Input/output error")

    with newsearch.create(folder) as index:
        index.add([Article(id="a", text="Ferry.")])
        with monkeypatch.context() as patch:
            patch.setattr(manifests, "sync_folder", fail)
            patch.setattr(writers, "sync_folder", fail)
            with suppress(EngineError):
                index.add([Article(id="b", text="Ferry.")])
    assert [] == list(check(folder / "segments"))
    assert held(folder, [{"a": "Ferry."}, {"a": "Ferry.", "b": "Ferry."}])


def test_second_writer_goes_on_from_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that had to wait knows what the one before it has done meanwhile."""
    waiting = Event()
    real = writers.write_lock

    def lock(folder: Path) -> object:
        if current_thread() is second:
            waiting.set()
        return real(folder)

    monkeypatch.setattr(writers, "write_lock", lock)
    newsearch.create(tmp_path / "index").close()
    with newsearch.open(tmp_path / "index") as one, newsearch.open(tmp_path / "index") as other:
        second = Thread(target=other.add, args=([Article(id="b", text="Tram.")],))

        def articles() -> Iterator[Article]:
            second.start()
            waiting.wait()
            yield Article(id="a", text="Ferry.")

        one.add(articles())
        second.join()
        assert ["a", "b"] == list(other.article_ids())


# Readers.

READER = """
import sys, threading
import newsearch

folder = sys.argv[1]
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
stop = threading.Event()

def seen(index):
    texts = {each: index.article(each).text for each in index.article_ids()}
    hits = index.search("ferry", limit=1000, per_article=None, copies=True).hits
    hits = {hit.article_id for hit in hits}
    assert hits == set(texts), (hits, texts)
    for each, text in texts.items():
        assert texts[("b" if each[0] == "a" else "a") + each[1:]] == text, texts
    return texts

rounds = 0
while not stop.is_set():
    with newsearch.open(folder) as index:
        if not rounds:
            print("ready", flush=True)
        before = seen(index)
        assert before == seen(index)
    rounds += 1
print(rounds)
"""


def test_readers(tmp_path: Path) -> None:
    """Readers in other processes never see an error or half a commit while another writes."""
    folder = tmp_path / "index"
    with newsearch.create(folder) as index:
        write_pair(index, 0)
        with process(READER, folder) as one, process(READER, folder) as two:
            with process(READER, folder) as three, process(READER, folder) as four:
                readers = (one, two, three, four)
                for reader in readers:
                    assert reader.stdout is not None
                    assert "ready\n" == reader.stdout.readline()
                for step in range(1, COMMITS + 1):
                    write_pair(index, step)
                ends = [reader.communicate("stop", timeout=60) for reader in readers]
    assert [""] * 4 == [errors for _, errors in ends]
    assert all(int(rounds) > 2 for rounds, _ in ends)


def write_pair(index: newsearch.NewsIndex, step: int) -> None:
    """Make one commit that keeps articles in pairs of the same text."""
    pair = [f"a{step % 7}", f"b{step % 7}"]
    if step % 5 == 4:
        index.delete([f"a{step % 3}", f"b{step % 3}"])
    else:
        index.add(Article(id=name, text=f"Ferry number {step}.") for name in pair)


# Damage.

Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small index that has everything: two segments, deletions, titles, removals."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    with newsearch.create(folder) as index:
        index.add(
            Article(
                id=f"old {number}", title=f"Tram {number}", text=f"The night ferry {number}. " * 9
            )
            for number in range(20)
        )
        index.add([Article(id="new", title="Ferry", text="Day ferry.", date="2024-05-02")])
        index.delete(["old 3"])
    assert 3 == len(list(read_manifest(folder / "segments").files()))
    return folder


QUERIES = ("ferry", '"night ferry"', "tram -day", "ni*", "ferry AND NOT day", "fery 7")


def answers(folder: Path) -> Iterator[Callable[[], object]]:
    """Yield what can be asked of an index, one question at a time."""
    with newsearch.open(folder) as index:
        for query in QUERIES:
            yield lambda query=query: [
                (hit, hit.text, hit.snippet)
                for hit in index.search(query, limit=50, per_article=None)
            ]
        yield lambda: index.article("old 7")
        yield lambda: index.removed("new")
        yield index.info
        yield lambda: list(index.article_ids())
        yield lambda: [index.article(name) for name in index.article_ids()]
        yield lambda: index.searcher().reader().stored_fields(3)


def answered(folder: Path) -> list[object]:
    """Return what an index answers, and None for each question that ends in an error."""
    given: list[object] = []
    try:
        for ask in answers(folder):
            try:
                given.append(ask())
            except EngineError as error:
                assert isinstance(error, IndexDamaged)
                given.append(None)
    except (EngineError, IndexMismatch):  # not even opened
        pass
    return given


def test_whole(whole: Path) -> None:
    """An index that nothing has happened to has no problems, looked at fast or in full."""
    assert ([], []) == (list(check(whole / "segments", True)), list(check(whole / "segments")))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the index, to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "index"))


def outcome(folder: Path, path: Path, damaged: bytes) -> tuple[bool, list[object]]:
    """Return whether damage to a file is reported, and what the index answers then."""
    path.write_bytes(damaged)
    return bool(list(check_all(folder))), answered(folder)


def places(folder: Path, path: Path, many: int) -> list[int]:
    """Return where a file is to be damaged: all over, and in each of its columns."""
    size = path.stat().st_size
    if path.suffix == ".json" or size <= many:
        return list(range(size))
    chance = random.Random(path.name)
    files = {file.name: file for file in read_manifest(folder / "segments").files()}
    starts = [offset for _, offset, count in files[path.name].columns.values() if count]
    ends = [min(at + 7, size - 1) for at in starts]
    return sorted({*starts, *ends, *(chance.randrange(size) for _ in range(many))})


FILES = tuple(
    f"segments/{name}"
    for name in ("manifest.json", "000001.columns", "000002.columns", "000003.dead")
)


def silent(folder: Path, path: Path, many: int) -> list[tuple[int, str]]:
    """Flip bits of a file; return where that was not reported, or not every answer was right."""
    content = path.read_bytes()
    right = answered(folder)
    chance = random.Random(path.name)
    found = []
    for at in places(folder, path, many):
        damaged = bytes([content[at] ^ 1 << chance.randrange(8)])
        reported, given = outcome(folder, path, content[:at] + damaged + content[at + 1 :])
        if not reported:
            found.append((at, "not reported"))
        if any(one is not None and one != other for one, other in zip(given, right, strict=False)):
            found.append((at, "wrong answer"))
    path.write_bytes(content)
    return found


@pytest.mark.parametrize("name", (*FILES, "newsearch.json"))
def test_flipped_bits(copy: Path, name: str) -> None:
    """Each flipped bit is reported; readers get the right answer or an error that says so."""
    assert [] == silent(copy, copy / name, KILLS * 4)


def test_flipped_bits_of_many_pages(tmp_path: Path) -> None:
    """That is so, too, where a column has many pages and a query touches a few of them."""
    folder = tmp_path / "index"
    chance = random.Random(5)
    words = ["".join(chance.choices("aeioulmnrst", k=7)) for _ in range(3_000)]
    with newsearch.create(folder) as index:
        index.add(
            Article(
                id=f"old {number}",
                title=f"Tram {number} {chance.choice(words)}",
                text=" ".join(["The night ferry", *chance.choices(words, k=60)]) + ".",
            )
            for number in range(600)
        )
    path = folder / "segments" / "000001.columns"
    (file,) = read_manifest(folder / "segments").files()
    assert [] != [name for name, (kind, _, n) in file.columns.items() if pages(kind, n) > 8]
    assert [] == silent(folder, path, KILLS)


@pytest.mark.parametrize("name", (*FILES, "newsearch.json"))
def test_truncated(copy: Path, name: str) -> None:
    """A file that is shorter or longer than it was is reported, and the index not opened."""
    path = copy / name
    content = path.read_bytes()
    for at in places(copy, path, KILLS * 4)[:: 5 if path.suffix == ".json" else 1]:
        assert (True, []) == outcome(copy, path, content[:at])
    for more in (b"\0", b" ", b"\n", bytes(8)):
        assert (True, []) == outcome(copy, path, content + more)


def test_check_while_another_writes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that comes while an index is looked at is no damage; what it leaves is looked at."""
    real = checking.Segment
    index = newsearch.open(copy)

    def slow(folder: Path, entry: SegmentEntry) -> Segment:
        if len(read_manifest(folder).segments) > 1:
            index.optimize()  # and removes what is being looked at
        return real(folder, entry)

    monkeypatch.setattr(checking, "Segment", slow)
    assert [] == list(check(copy / "segments"))
    path = copy / "segments" / next(read_manifest(copy / "segments").files()).name
    path.write_bytes(path.read_bytes()[:-1])
    assert [f"{path} has"] == [each[: len(f"{path} has")] for each in check(copy / "segments")]
    index.close()


def test_damage_is_not_merged(copy: Path) -> None:
    """A damaged segment does not keep others from being written, and stays what it is."""
    path = copy / "segments" / "000001.columns"
    at = next(read_manifest(copy / "segments").files()).columns["sketches"][1]
    with newsearch.open(copy) as index:
        content = path.read_bytes()
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        index.add(Article(id=f"{number}", text="Ferry. " * 99) for number in range(20))
        assert index.article("7")
    assert path.exists()
    assert [] != list(check(copy / "segments"))


def test_a_fault_of_ours(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody has foreseen is not told as damage, and merging does not hide it."""

    def fail(*_: object) -> None:
        raise AttributeError("no such thing")

    with newsearch.open(copy) as index:
        monkeypatch.setattr(merging, "merge", fail)
        with pytest.raises(
            EngineError, match=r"\(AttributeError: no such thing\); newsearch check"
        ):
            index.add(Article(id=f"{number}", text="Ferry. " * 99) for number in range(20))
        monkeypatch.setattr(Segment, "whole", fail)
        with pytest.raises(EngineError, match="please report it$"):
            index.article("new")
    assert [] == list(check(copy / "segments", fast=True))


@pytest.mark.parametrize("name", FILES)
def test_missing(copy: Path, name: str) -> None:
    """A file that is gone is reported, fast or not, and the index not opened."""
    (copy / name).unlink()
    for fast in (True, False):
        assert [True] == [name in problem for problem in check(copy / "segments", fast)]
    with pytest.raises(EngineError):
        newsearch.open(copy)
