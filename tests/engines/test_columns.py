"""Arrays, strings and manifests come back from the disk as they were."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.engines.local.arrays import ragged
from newsearch.engines.local.files.columns import ColumnFile, pack, small, write_columns
from newsearch.engines.local.files.directory import PAGE, TYPES, FileEntry, read_entry
from newsearch.engines.local.files.manifest import (
    Manifest,
    SegmentEntry,
    read_manifest,
    write_manifest,
)
from newsearch.engines.local.files.pages import map_columns
from newsearch.engines.local.files.records import Record, from_bytes, to_bytes
from newsearch.engines.local.files.strings import Strings
from newsearch.errors import EngineError
from newsearch.records import Article, Removal

KINDS = sorted(TYPES)


TEXTS = st.lists(st.binary(max_size=6), max_size=30)


# Columns; how they are read is in test_pages.py.


def test_columns_big_endian(tmp_path: Path) -> None:
    """Columns are little-endian on the disk whatever they were in memory."""
    entry = write_columns(tmp_path / "c", {"a": np.array([1, 258], ">u4")})
    content = b"\1\0\0\0\2\1\0\0"
    check = struct.pack("<I", zlib.crc32(content))
    assert content + check == (tmp_path / "c").read_bytes()
    assert FileEntry("c", 12, {"a": ("<u4", 0, 2)}, zlib.crc32(check)) == entry


@given(
    st.lists(st.lists(st.integers(0, 2**16 - 1), max_size=5), max_size=6),
    st.binary(),
    st.integers(0, 3 * PAGE),
)
def test_column_file(pieces: list[list[int]], data: bytes, many: int) -> None:
    """Columns that are written in turns, piece by piece, are those that are written at once."""
    whole = np.array([each for piece in pieces for each in piece], "<u2")
    long = np.arange(many).astype("|u1")
    with TemporaryDirectory() as folder:
        path = Path(folder)
        with ColumnFile(path / "c") as file:
            one = file.reserve("one", "<u2", whole.size)
            two = file.reserve("two", "<u4", whole.size)
            pages = file.reserve("pages", "|u1", many)
            for piece in pieces:
                one.write(np.array(piece, np.int64))
                two.write(np.array(piece, np.uint16))
            for at in range(0, many, 1000):
                pages.write(long[at : at + 1000])
            file.stream("data", (data[at : at + 3] for at in range(0, len(data), 3)))
            file.add("last", whole)
            entry = file.finish()
        in_pieces = (path / "c").read_bytes()
        assert entry == write_columns(
            path / "c",
            {
                "one": whole,
                "two": whole.astype("<u4"),
                "pages": long,
                "data": np.frombuffer(data, np.uint8),
                "last": whole,
            },
        )
        assert (path / "c").read_bytes() == in_pieces


@pytest.mark.parametrize("many", [2, 4])
def test_column_file_other_length(tmp_path: Path, many: int) -> None:
    """A column of another length than was said makes no file that could be used."""
    with ColumnFile(tmp_path / "c") as file:
        column = file.reserve("a", "|u1", 3)
        with pytest.raises(ValueError, match="column"):
            column.write(np.zeros(many, "|u1"))
            file.finish()


@pytest.mark.parametrize(
    ("size", "columns"),
    [
        (0, {"a": ["<u4", 0, 0]}),
        (12, {"a": ["<u4", 0, 2], "b": ["|u1", 8, 0]}),
        (17, {"a": ["<u4", 0, 2], "b": ["|u1", 8, 1]}),
        (PAGE + 4, {"a": ["|u1", 0, PAGE]}),
        (PAGE + 9, {"a": ["|u1", 0, PAGE + 1]}),
        (121, {str(at): ["|u1", 0, 1] for at in range(30)}),
    ],
)
def test_read_entry(size: int, columns: dict[str, list[Any]]) -> None:
    """A file has room for its columns and a checksum of each of their pages, and for no less."""
    assert size == read_entry("c", size, columns, 0).size
    with pytest.raises(ValueError, match="lies outside"):
        read_entry("c", size - 1, columns, 0)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_small(numbers: list[int]) -> None:
    """The smallest type holds all numbers, and no smaller one would."""
    array = small(np.array(numbers, np.uint64))
    assert numbers == array.tolist()
    kinds = [kind for kind in KINDS if max(numbers, default=0) <= np.iinfo(kind).max]
    assert min(np.dtype(kind).itemsize for kind in kinds) == array.dtype.itemsize


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5)), max_size=20))
def test_ragged(runs: list[tuple[int, int]]) -> None:
    """Runs of numbers come one after the other."""
    starts, counts = (
        (np.array(each, np.uint32) for each in zip(*runs, strict=True))
        if runs
        else (np.zeros(0, np.uint32),) * 2
    )
    expected = [start + step for start, count in runs for step in range(count)]
    assert expected == ragged(starts, counts).tolist()


# Strings.


def strings_of(texts: list[bytes]) -> Strings:
    data, ends = pack(texts)
    with TemporaryDirectory() as folder:
        entry = write_columns(Path(folder) / "c", {"ids": data, "id_ends": ends})
        return Strings(map_columns(Path(folder), entry), "ids")


@given(TEXTS)
def test_strings(texts: list[bytes]) -> None:
    """Packed strings come back one by one."""
    strings = strings_of(texts)
    assert texts == [strings[number] for number in range(len(strings))]


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_strings_slice(texts: list[bytes], first: int, last: int) -> None:
    """A slice of packed strings is the slice of the list."""
    last = min(last, len(texts))
    assert texts[first:last] == strings_of(texts).slice(first, last)


@given(TEXTS, st.binary(max_size=6))
def test_strings_place(texts: list[bytes], text: bytes) -> None:
    """Bisection counts the smaller strings."""
    assert sum(each < text for each in texts) == strings_of(sorted(texts)).place(text)


# Records.


WORDS = st.text(max_size=5)


@given(st.builds(Article, *[WORDS] * 4, st.none() | WORDS, *[WORDS] * 3), st.lists(WORDS))
def test_record(article: Article, texts: list[str]) -> None:
    """What has no column of its own comes back to the letter."""
    removed = tuple(Removal("rule", text, at) for at, text in enumerate(texts))
    assert Record(article.path, removed) == from_bytes(to_bytes(article, removed))


RUBBISH = [
    b"",
    b"\xff",
    b"1",
    b"[]",
    b"[[]]",
    b'["", [], ""]',
    b"[7, []]",
    b"[null, []]",
    b'["", [1]]',
    b'["", [["rule", "text"]]]',
    b'["", [["rule", "text", "1"]]]',
    b'["", [["rule", 1, 1]]]',
    b'["", [["rule", "text", 1.5]]]',
    b"[" * 100_000,
]


@pytest.mark.parametrize("record", RUBBISH, ids=range(len(RUBBISH)))
def test_record_rubbish(record: bytes) -> None:
    """What is no record is refused."""
    with pytest.raises(EngineError, match="an article is damaged"):
        from_bytes(record)


# The manifest.

COUNTS = st.integers(0, (1 << 48) - 1)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    many = draw(st.integers(0, 4))
    numbers = draw(st.permutations(range(1, 2 * many + 1)))
    segments = []
    for at in range(many):
        dead = draw(st.none() | st.builds(file_entry, st.just(f"{numbers[2 * at]:06}.dead")))
        data = file_entry(f"{numbers[2 * at + 1]:06}.columns")
        segments.append(SegmentEntry(draw(COUNTS), draw(COUNTS), draw(COUNTS), data, dead))
    return Manifest(tuple(segments), draw(st.integers(2 * many + 1, 1 << 40)))


def file_entry(name: str) -> FileEntry:
    return FileEntry(name, 32, {"a": ("|u1", 0, 5), "b": ("<u8", 8, 2)}, 2**32 - 1)


@given(manifests())
def test_manifest(manifest: Manifest) -> None:
    """A manifest comes back as it was written, and nothing else is left in the folder."""
    with TemporaryDirectory() as folder:
        write_manifest(Path(folder), Manifest())
        write_manifest(Path(folder), manifest)
        assert manifest == read_manifest(Path(folder))
        assert ["manifest.json"] == [path.name for path in Path(folder).iterdir()]


def test_manifest_files() -> None:
    """A manifest lists all its files, those of deletions, too."""
    one = SegmentEntry(1, 1, 1, file_entry("000001.columns"))
    two = SegmentEntry(1, 1, 1, file_entry("000002.columns"), file_entry("000003.dead"))
    names = [file.name for file in Manifest((one, two), 4).files()]
    assert ["000001.columns", "000002.columns", "000003.dead"] == names


def test_manifest_changed(tmp_path: Path) -> None:
    """Whatever number of a manifest is changed, it is refused."""
    segment = SegmentEntry(1, 2, 3, file_entry("000001.columns"))
    write_manifest(tmp_path, Manifest((segment,), 4))
    path = tmp_path / "manifest.json"
    content = path.read_text()
    for number in re.finditer(r"(?<=[ \"])\d+", content):
        path.write_text(content[: number.start()] + "5" + content[number.start() :])
        with pytest.raises(Exception, match="damaged|format"):
            read_manifest(tmp_path)
