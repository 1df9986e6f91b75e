"""What is read of files and folders, whatever is in them."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path
from random import Random

import pytest
from reading import read

from newsearch import articles
from newsearch.articles import READERS, count_bytes, read_articles
from newsearch.errors import InputError, UnknownFormat

TEXT = "The ferry runs again."


def test_read_capital_suffix(tmp_path: Path) -> None:
    """A suffix may be written in capitals."""
    file = tmp_path / "FERRY.TXT.GZ"
    file.write_bytes(gzip.compress(TEXT.encode()))
    assert [TEXT] == [article.text for article in read_articles(file)]


def test_id_and_path_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article of a file of its own is known by the file's absolute path."""
    (tmp_path / "ferry.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "ferry.txt")
    assert [(path, path)] == [(each.id, each.path) for each in read_articles("ferry.txt")]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of folders of files, with some that are hidden."""
    for name in ["b.txt", "a.txt", "2025/z.txt", "2025/03/c.txt", ".git/d.txt", "2025/.e.txt"]:
        file = tmp_path / "archive" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path / "archive"


def test_read_folder(archive: Path) -> None:
    """A folder is read with all folders in it, sorted, but for hidden ones."""
    assert ["a.txt", "b.txt", "2025/z.txt", "2025/03/c.txt"] == [
        article.text for article in read_articles(archive)
    ]


def test_read_folder_with_a_loop(archive: Path) -> None:
    """Links that lead back into the folder are not followed, and broken ones do no harm."""
    (archive / "2025" / "again").symlink_to(archive)
    (archive / "round.txt").symlink_to(archive / "round.txt")
    (archive / "gone.txt").symlink_to(archive / "nothing.txt")
    assert 4 == len(list(read_articles(archive)))


def test_read_linked_file(archive: Path, tmp_path: Path) -> None:
    """A link to a file is read as a file."""
    (tmp_path / "link.txt").symlink_to(archive / "a.txt")
    assert ["a.txt"] == [article.text for article in read_articles(tmp_path / "link.txt")]


def test_count_bytes(archive: Path) -> None:
    """Files are counted as they are on the disk, hidden ones not."""
    before = count_bytes(archive)
    packed = gzip.compress(TEXT.encode() * 99)
    (archive / "packed.txt.gz").write_bytes(packed)
    (archive / ".packed.txt.gz").write_bytes(packed)
    assert (before or 0) + len(packed) == count_bytes(archive)


def test_count_bytes_of_standard_input() -> None:
    """Nobody knows how much will come."""
    assert count_bytes("-") is None


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_on_bytes(suffix: str, tmp_path: Path) -> None:
    """When all is read, as many bytes were reported as there are, and some before that."""
    file = tmp_path / f"news.{suffix}"
    lines = [f'{{"text": "Ferry {number}", "noise": "{random(number)}"}}' for number in range(5000)]
    content = "\n".join(lines).encode()
    file.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    pieces: list[int] = []
    many = sum(1 for _ in read_articles(file, on_bytes=pieces.append))
    assert (5000, file.stat().st_size) == (many, sum(pieces))
    assert len(pieces) > 2


def random(seed: int) -> str:
    """Return text that can't be compressed much."""
    return Random(seed).randbytes(60).hex()


def test_on_bytes_of_what_is_not_read(archive: Path) -> None:
    """Files that are passed over, and members of archives, are done with as well."""
    (archive / "picture.jpg").write_bytes(bytes(500_000))
    with zipfile.ZipFile(archive / "a.zip", "w") as zipped:
        zipped.writestr("picture.jpg", bytes(500_000))
        zipped.writestr("a.txt", TEXT)
    pieces: list[int] = []
    list(read_articles(archive, on_bytes=pieces.append, on_problem=lambda _: None))
    assert count_bytes(archive) == sum(pieces)


def test_read_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard input are JSON lines; without an id they are known by what they say."""
    given = io.TextIOWrapper(io.BytesIO(b'{"text": "one"}\n\n{"text": "two", "id": "2"}\n'))
    monkeypatch.setattr("sys.stdin", given)
    assert [("-#acbfd6937ff6544c", "one", "-"), ("2", "two", "-")] == [
        (article.id, article.text, article.path) for article in read_articles("-")
    ]


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input belongs to the program and is not closed."""
    given = io.TextIOWrapper(io.BytesIO(b""))
    monkeypatch.setattr("sys.stdin", given)
    list(read_articles("-"))
    assert not given.buffer.closed


def test_missing_path() -> None:
    """A path with nothing there is an error that names the path as it was given."""
    with pytest.raises(InputError, match=r"^no/such/place: no such file or folder$"):
        list(read_articles("no/such/place"))


@pytest.mark.parametrize("name", ["scan.pdf", "notes", "notes.gz", "scan.pdf.gz"])
def test_unknown_format(name: str, tmp_path: Path) -> None:
    """A file of another kind is reported by its own class of error."""
    (tmp_path / name).touch()
    problems: list[InputError] = []
    assert [] == list(read_articles(tmp_path / name, on_problem=problems.append))
    assert [UnknownFormat] == [type(problem) for problem in problems]


def test_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    """The message says what can be read."""
    (tmp_path / "scan.pdf").touch()
    expected = f"scan.pdf: not one of {' '.join(READERS)} (or these compressed); passed over"
    assert [expected] == read(tmp_path / "scan.pdf")[1]


def test_without_on_problem(tmp_path: Path) -> None:
    """Where nobody asked for problems, each is a warning."""
    (tmp_path / "scan.pdf").touch()
    with pytest.warns(UserWarning, match="scan.pdf: not one of"):
        list(read_articles(tmp_path))


DAMAGED = "the compressed file is damaged or cut short; the rest of this file is left out"
ZIPPED = gzip.compress(bytes(range(256)) * 9, mtime=0)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"\x00\x01\x02", "a binary file, not text; left out"),
        ("a.md", b"text\x00text", "a binary file, not text; left out"),
        ("a.txt", b"\xff\xfea\x00b", "not UTF-16-LE to its end; left out from there"),
        ("a.txt.gz", b"\x1f\x8bnever compressed", DAMAGED),
        ("a.txt.gz", ZIPPED[:-20], DAMAGED),
        ("a.txt.gz", ZIPPED[:20] + b"\xff" * 40 + ZIPPED[60:], DAMAGED),
        ("a.txt.gz", ZIPPED[:-8] + b"\x00" * 8, DAMAGED),
    ],
    ids=[
        "binary", "binary-md", "half-utf-16", "not-gzip", "cut-gzip", "garbled-gzip",
        "wrong-sum-gzip",
    ],
)  # fmt: skip
def test_unreadable_file(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    """A file that is no text gives no article and one problem, which says what is wrong."""
    (tmp_path / name).write_bytes(data)
    assert ([], [f"{name}: {expected}"]) == read(tmp_path / name)


def test_unreadable_file_among_others(tmp_path: Path) -> None:
    """What stands beside a file that can't be read is read all the same."""
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_bytes(b"\0")
    (tmp_path / "c.txt").write_text("three")
    found, _ = read(tmp_path)
    assert ["one", "three"] == [article.text for article in found]


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is a problem, not an error."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setattr(articles, "open_file", refuse)
    expected = "a.txt: permission denied; left out"
    assert ([], [expected]) == read(tmp_path / "a.txt")


def test_folder_that_may_not_be_read(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is a problem, and the folders beside it are read."""
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("03"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found, problems = read(archive)
    assert (3, ["2025/03: this folder can't be read; left out"]) == (len(found), problems)


def test_text_with_a_byte_order_mark(tmp_path: Path) -> None:
    """The mark at the beginning of a UTF-8 file is no part of its text."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8-sig")
    assert [TEXT] == [article.text for article in read(tmp_path / "a.txt")[0]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_a_byte_order_mark(encoding: str, tmp_path: Path) -> None:
    """UTF-16 is read where a mark says that it is UTF-16."""
    (tmp_path / "a.txt").write_text("\ufeffErdoğan ging.", encoding=encoding)
    assert ["Erdoğan ging."] == [article.text for article in read(tmp_path / "a.txt")[0]]


def test_empty_file(tmp_path: Path) -> None:
    """An empty file is an empty article; who indexes it may leave it out."""
    (tmp_path / "a.txt").touch()
    assert [""] == [article.text for article in read(tmp_path / "a.txt")[0]]


def test_file_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is longer than any article is left out unread."""
    monkeypatch.setattr("newsearch.articles.source.ARTICLE_AT_MOST", 10)
    (tmp_path / "a.txt").write_text(TEXT)
    expected = "a.txt: longer than 1e-05 MB, too long for one article; left out"
    assert ([], [expected]) == read(tmp_path / "a.txt")
