"""When the power fails, no more is left than what was synced: it must be a whole commit.

A killed process leaves all that it has written; a machine without power leaves what it was told
to write down, and of names and files that it was not told of any part. What is left is worked out
after each step of a writer, and opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch.engines.local.checking import check
from newsearch.engines.local.engine import LocalEngine
from newsearch.engines.local.files.manifest import NAME
from newsearch.records import Article
from newsearch.settings import Settings

Names = dict[str, int]  # of the files in a folder, and their numbers on the disk
Left = dict[str, bytes]


class Disk:
    """Keeps account of what of a folder is safe.

    Args:
        folder: It holds files only, all of them safe.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._content: dict[int, bytes] = {}
        self._opened: dict[int, int] = {}  # so that no number is given to another file
        self._synced = self._names()
        for name, number in self._synced.items():
            self._content[number] = (folder / name).read_bytes()

    def _names(self) -> Names:
        found = {entry.name: entry.inode() for entry in os.scandir(self._folder)}
        for name, number in found.items():
            if number not in self._opened:
                self._opened[number] = os.open(self._folder / name, os.O_RDONLY)
        return found

    def close(self) -> None:
        for handle in self._opened.values():
            os.close(handle)

    def synced(self, handle: int) -> None:
        """Take note that a file, or the names in the folder, are safe."""
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            if found.st_ino == self._folder.stat().st_ino:
                self._synced = self._names()
        elif found.st_ino in set(self._names().values()):
            own = self._opened[found.st_ino]
            self._content[found.st_ino] = os.pread(own, found.st_size, 0)

    def left(self) -> Iterator[Left]:
        """Yield what may be left: the names of now or those that are safe, the manifest apart."""
        now = self._names()
        for rest, manifest in product((now, self._synced), repeat=2):
            names = {name: number for name, number in rest.items() if name != NAME}
            names |= {NAME: manifest[NAME]} if NAME in manifest else {}
            yield {name: self._content.get(number, b"") for name, number in names.items()}


@contextmanager
def watched(disk: Disk, patch: pytest.MonkeyPatch) -> Iterator[list[Left]]:
    """Give what may be left after each step that is taken in the block."""
    steps: list[Left] = []

    def after(name: str, note: Callable[[Any], None] | None = None) -> None:
        real = getattr(os, name)

        def step(*args: Any, **more: Any) -> Any:
            result = real(*args, **more)
            if note:
                note(args[0])
            steps.extend(each for each in disk.left() if each not in steps[-8:])
            return result

        patch.setattr(os, name, step)

    with patch.context() as patch:
        after("fsync", disk.synced)
        for name in ("replace", "rename", "unlink"):
            after(name)
        yield steps


def held(left: Left, folder: Path) -> dict[str, str]:
    """Return the articles of what is left, which must be a whole index."""
    folder.mkdir()
    for name, content in left.items():
        (folder / name).write_bytes(content)
    assert [] == list(check(folder))
    snapshot = LocalEngine(folder, Settings()).snapshot()
    articles = [snapshot.article(each) for each in snapshot.article_ids()]
    snapshot.close()
    return {each.id: each.text for each in articles if each}


def articles_of(index: newsearch.NewsIndex) -> dict[str, str]:
    articles = [index.article(each) for each in index.article_ids()]
    return {each.id: each.text for each in articles if each}


CHANGES: dict[str, Callable[[newsearch.NewsIndex], object]] = {
    "add": lambda index: index.add([Article(id="new", text="Tram.")]),
    "replace and merge": lambda index: index.add(
        Article(id=f"{number}", text=f"Tram {number}. " * 9) for number in range(9)
    ),
    "delete": lambda index: index.delete(["1", "4"]),
    "delete all": lambda index: index.delete([f"{number}" for number in range(6)]),
    "optimize": lambda index: index.optimize(),
}


@pytest.mark.skipif(os.name != "posix", reason="names in folders are synced otherwise")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_power_fails(
    change: Callable[[newsearch.NewsIndex], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whenever it fails, the last commit is left, or the next; once it is reported, the next."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article(id=f"{number}", text=f"Ferry {number}.") for number in range(5)])
        index.add([Article(id="5", text="Ferry 5.")])
        index.delete(["0"])
        before = articles_of(index)
        disk = Disk(index.path / "segments")
        with watched(disk, monkeypatch) as steps:
            change(index)
            after = articles_of(index)
            reported = list(disk.left())
        disk.close()
    found = [held(left, tmp_path / f"step {at}") for at, left in enumerate(steps)]
    assert [] == [each for each in found if each not in (before, after)]
    assert before == found[0]
    assert [after] * 4 == [
        held(left, tmp_path / f"reported {at}") for at, left in enumerate(reported)
    ]


@pytest.mark.skipif(os.name != "posix", reason="names in folders are synced otherwise")
def test_names_of_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new index is reported when all names that lead to it are safe, that of its folder, too."""
    synced: dict[int, set[str]] = {}
    real = os.fsync

    def sync(handle: int) -> None:
        real(handle)
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            synced[os.fstat(handle).st_ino] = set(os.listdir(handle))

    monkeypatch.setattr(os, "fsync", sync)
    folder = tmp_path / "far" / "index"
    newsearch.create(folder).close()
    for path in (folder.parent, folder, folder / "newsearch.json", folder / "segments" / NAME):
        assert path.name in synced[path.parent.stat().st_ino]
