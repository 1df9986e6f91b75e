"""Arrays, strings and manifests come back from the disk as they were."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.engines.local.columns import (
    TYPES,
    Array,
    ColumnFile,
    damaged_columns,
    forget,
    map_columns,
    pack,
    read_directory,
    small,
    write_columns,
)
from newsearch.engines.local.inverting import ragged
from newsearch.engines.local.manifest import (
    FileEntry,
    Manifest,
    SegmentEntry,
    read_manifest,
    write_manifest,
)
from newsearch.engines.local.records import Record, from_bytes, to_bytes
from newsearch.engines.local.segment import Strings
from newsearch.errors import EngineError
from newsearch.records import Article, Removal

KINDS = sorted(TYPES)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    kind = np.dtype(draw(st.sampled_from(KINDS)))
    most = int(np.iinfo(kind).max)
    return np.array(draw(st.lists(st.integers(0, most), max_size=20)), kind)


NAMES = st.text("abc_", min_size=1, max_size=5)
TEXTS = st.lists(st.binary(max_size=6), max_size=30)


# Columns.


@given(st.dictionaries(NAMES, arrays(), max_size=6))
def test_columns(columns: dict[str, Array]) -> None:
    """Columns come back with their types and numbers, and none of them is damaged."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "columns"
        directory, size = write_columns(path, columns)
        assert path.stat().st_size == size
        assert read_directory(as_json(directory), size) == directory
        assert [] == damaged_columns(path, directory, size)
        mapped = map_columns(path, directory, size)
        assert list(columns) == list(mapped)
        for name, column in columns.items():
            assert column.dtype == mapped[name].dtype
            assert column.tolist() == mapped[name].tolist()


def as_json(directory: dict[str, tuple[str, int, int, int]]) -> dict[str, list[object]]:
    return {name: list(entry) for name, entry in directory.items()}


def test_columns_big_endian(tmp_path: Path) -> None:
    """Columns are little-endian on the disk whatever they were in memory."""
    directory, size = write_columns(tmp_path / "c", {"a": np.array([1, 258], ">u4")})
    assert ("<u4", 0, 2, zlib.crc32(b"\1\0\0\0\2\1\0\0")) == directory["a"]
    assert [1, 258] == map_columns(tmp_path / "c", directory, size)["a"].tolist()


def test_columns_read_only(tmp_path: Path) -> None:
    """Nobody can write to a mapped column."""
    directory, size = write_columns(tmp_path / "c", {"a": np.array([1], "<u4")})
    with pytest.raises(ValueError, match="read-only"):
        map_columns(tmp_path / "c", directory, size)["a"][0] = 2


@given(st.lists(st.lists(st.integers(0, 2**16 - 1), max_size=5), max_size=6), st.binary())
def test_column_file(pieces: list[list[int]], data: bytes) -> None:
    """Columns that are written in turns, piece by piece, are those that are written at once."""
    whole = np.array([each for piece in pieces for each in piece], "<u2")
    with TemporaryDirectory() as folder:
        path = Path(folder)
        with ColumnFile(path / "pieces") as file:
            one = file.reserve("one", "<u2", whole.size)
            two = file.reserve("two", "<u4", whole.size)
            for piece in pieces:
                one.write(np.array(piece, np.int64))
                two.write(np.array(piece, np.uint16))
            file.stream("data", (data[at : at + 3] for at in range(0, len(data), 3)))
            file.add("last", whole)
            directory, size = file.finish()
        assert (directory, size) == write_columns(
            path / "whole",
            {
                "one": whole,
                "two": whole.astype("<u4"),
                "data": np.frombuffer(data, np.uint8),
                "last": whole,
            },
        )
        assert (path / "whole").read_bytes() == (path / "pieces").read_bytes()


@pytest.mark.parametrize("many", [2, 4])
def test_column_file_other_length(tmp_path: Path, many: int) -> None:
    """A column of another length than was said makes no file that could be used."""
    with ColumnFile(tmp_path / "c") as file:
        column = file.reserve("a", "|u1", 3)
        with pytest.raises(ValueError, match="column"):
            column.write(np.zeros(many, "|u1"))
            file.finish()


def test_forget(tmp_path: Path) -> None:
    """Columns whose memory was given back are read again as they are on the disk."""
    directory, size = write_columns(tmp_path / "c", {"a": np.arange(9, dtype="<u4")})
    mapped = map_columns(tmp_path / "c", directory, size)
    forget(mapped.values())
    assert list(range(9)) == mapped["a"].tolist()


@pytest.mark.parametrize("change", [-1, 1])
def test_columns_other_size(tmp_path: Path, change: int) -> None:
    """A file that is shorter or longer than it was is refused."""
    directory, size = write_columns(tmp_path / "c", {"a": np.arange(9, dtype="<u4")})
    (tmp_path / "c").write_bytes((tmp_path / "c").read_bytes()[: size + change] + b"x" * change)
    with pytest.raises(EngineError, match="not as long as it was"):
        map_columns(tmp_path / "c", directory, size)


def test_damaged_columns(tmp_path: Path) -> None:
    """Each changed byte of a column is found, and the column named."""
    path = tmp_path / "c"
    directory, size = write_columns(path, {"a": np.arange(2, dtype="<u4"), "b": np.ones(8, "|u1")})
    content = path.read_bytes()
    found = []
    for at in range(size):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        found += damaged_columns(path, directory, size)
    assert ["a"] * 8 + ["b"] * 8 == found


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


@given(TEXTS)
def test_strings(texts: list[bytes]) -> None:
    """Packed strings come back one by one."""
    strings = Strings(*pack(texts))
    assert texts == [strings[number] for number in range(len(strings))]


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_strings_slice(texts: list[bytes], first: int, last: int) -> None:
    """A slice of packed strings is the slice of the list."""
    assert texts[first : min(last, len(texts))] == Strings(*pack(texts)).slice(
        first, min(last, len(texts))
    )


@given(TEXTS, st.binary(max_size=6))
def test_strings_place(texts: list[bytes], text: bytes) -> None:
    """Bisection counts the smaller strings."""
    assert sum(each < text for each in texts) == Strings(*pack(sorted(texts))).place(text)


# Records.


WORDS = st.text(max_size=5)


@given(st.builds(Article, *[WORDS] * 4, st.none() | WORDS, *[WORDS] * 3), st.lists(WORDS))
def test_record(article: Article, texts: list[str]) -> None:
    """What has no column of its own comes back to the letter."""
    removed = tuple(Removal("rule", text, at) for at, text in enumerate(texts))
    assert Record(article.author, article.path, removed) == from_bytes(to_bytes(article, removed))


RUBBISH = [
    b"",
    b"\xff",
    b"1",
    b"[]",
    b'["", []]',
    b'["", "", [], ""]',
    b'["", 7, []]',
    b'["", null, []]',
    b'["", "", [1]]',
    b'["", "", [["rule", "text"]]]',
    b'["", "", [["rule", "text", "1"]]]',
    b'["", "", [["rule", 1, 1]]]',
    b'["", "", [["rule", "text", 1.5]]]',
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
    return FileEntry(name, 24, {"a": ("|u1", 0, 5, 7), "b": ("<u8", 8, 2, 2**32 - 1)})


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
