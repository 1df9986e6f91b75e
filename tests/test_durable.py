"""Files that are replaced whole, by several at once, and never by way of a link."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Thread

import pytest

from newsearch import durable
from newsearch.durable import make_folder, new_file, open_file, read_file, replace_file


def test_replace_file(tmp_path: Path) -> None:
    """What was there is replaced, and nothing else is left."""
    for content in (b"one", b"other"):
        replace_file(tmp_path / "a", content)
    assert [(tmp_path / "a", b"other")] == [
        (each, each.read_bytes()) for each in tmp_path.iterdir()
    ]


def test_replace_file_at_once(tmp_path: Path) -> None:
    """Of several that replace a file at the same time, each leaves it whole."""
    contents = [bytes([number]) * 100_000 for number in range(4)]
    found = []

    def replace(content: bytes) -> None:
        for _ in range(20):
            replace_file(tmp_path / "a", content)
            found.append((tmp_path / "a").read_bytes() in contents)

    threads = [Thread(target=replace, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [True] * 80 == found
    assert ["a"] == [each.name for each in tmp_path.iterdir()]


def test_replace_file_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can't be written stays as it was, and takes no more space."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    replace_file(tmp_path / "a", b"one")
    monkeypatch.setattr(durable, "write_piece", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a", b"other")
    assert [(tmp_path / "a", b"one")] == [(each, each.read_bytes()) for each in tmp_path.iterdir()]


@pytest.mark.parametrize(("age", "left"), [(60, True), (7200, False)])
def test_left_over(tmp_path: Path, age: int, left: bool) -> None:
    """What a process has left that was killed is removed when nobody can be writing it."""
    old = tmp_path / ".a.7-7.new"
    old.touch()
    os.utime(old, (old.stat().st_mtime - age,) * 2)
    replace_file(tmp_path / "a", b"one")
    assert left == old.exists()


def test_new_file_leaves_others_alone(tmp_path: Path) -> None:
    """A new file takes the place of a link, or of a file that somebody reads, who reads on."""
    (tmp_path / "other").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "other")
    (tmp_path / "read").write_bytes(b"before")
    with open_file(tmp_path / "read") as read:
        for name in ("link", "read"):
            with new_file(tmp_path / name) as file:
                file.write(b"new")
        assert b"before" == read.read()
    assert [b"new", b"new", b"mine"] == [
        (tmp_path / name).read_bytes() for name in ("link", "read", "other")
    ]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are made otherwise")
def test_no_plain_file(tmp_path: Path) -> None:
    """Links, pipes and devices are not read, and not waited for."""
    (tmp_path / "link").symlink_to(__file__)
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "link", tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match=r"no plain file|Is a directory"):
            read_file(path)


def test_read_file(tmp_path: Path) -> None:
    """A file that is larger than it may be is not read."""
    (tmp_path / "a").write_bytes(bytes(1 << 20) + b"x")
    assert (1 << 20) + 1 == len(read_file(tmp_path / "a", 1 << 21))
    with pytest.raises(ValueError, match="larger than 1 MiB"):
        read_file(tmp_path / "a", 1 << 20)


def test_make_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each folder that is made is a name in another one, which is synced."""
    synced: list[Path] = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert [tmp_path, tmp_path / "a"] == synced
    assert (tmp_path / "a" / "b").is_dir()
