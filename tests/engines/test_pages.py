"""What is read of a file of columns is what was written, or an error: page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.engines.local.files.columns import Array, write_columns
from newsearch.engines.local.files.directory import PAGE, TYPES, FileEntry
from newsearch.engines.local.files.pages import forget, map_columns
from newsearch.errors import EngineError

KINDS = sorted(TYPES)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    kind = np.dtype(draw(st.sampled_from(KINDS)))
    most = int(np.iinfo(kind).max)
    return np.array(draw(st.lists(st.integers(0, most), max_size=20)), kind)


NAMES = st.text("abc_", min_size=1, max_size=5)


@given(st.dictionaries(NAMES, arrays(), max_size=6))
def test_columns(columns: dict[str, Array]) -> None:
    """Columns come back with their types and numbers, and none of them is damaged."""
    with TemporaryDirectory() as folder:
        entry = write_columns(Path(folder) / "columns", columns)
        assert (Path(folder) / "columns").stat().st_size == entry.size
        mapped = map_columns(Path(folder), entry)
        assert [] == mapped.damaged()
        assert list(columns) == list(mapped)
        for name, column in columns.items():
            assert column.dtype == mapped[name].dtype
            assert column.tolist() == mapped[name].tolist()


def test_columns_read_only(tmp_path: Path) -> None:
    """Nobody can write to a mapped column."""
    entry = write_columns(tmp_path / "c", {"a": np.array([1], "<u4")})
    with pytest.raises(ValueError, match="read-only"):
        map_columns(tmp_path, entry)["a"][0] = 2


def test_forget(tmp_path: Path) -> None:
    """Columns whose memory was given back are read again as they are on the disk."""
    entry = write_columns(tmp_path / "c", {"a": np.arange(9, dtype="<u4")})
    mapped = map_columns(tmp_path, entry)
    forget(mapped.values())
    assert list(range(9)) == mapped["a"].tolist()


@pytest.mark.parametrize("change", [-1, 1])
def test_other_size(tmp_path: Path, change: int) -> None:
    """A file that is shorter or longer than it was is refused."""
    entry = write_columns(tmp_path / "c", {"a": np.arange(9, dtype="<u4")})
    content = (tmp_path / "c").read_bytes()
    (tmp_path / "c").write_bytes(content[: entry.size + change] + b"x" * change)
    with pytest.raises(EngineError, match="not as long as it was"):
        map_columns(tmp_path, entry)


# Damage.


def flip(path: Path, at: int) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_damaged(tmp_path: Path) -> None:
    """Each changed byte of a column is found, and the column named."""
    entry = write_columns(tmp_path / "c", {"a": np.arange(2, dtype="<u4"), "b": np.ones(8, "|u1")})
    found = []
    for at in range(16):
        flip(tmp_path / "c", at)
        found += map_columns(tmp_path, entry).damaged()
        flip(tmp_path / "c", at)
    assert ["a"] * 8 + ["b"] * 8 == found


def test_checksums_damaged(tmp_path: Path) -> None:
    """Each changed byte of the checksums themselves is found when the file is opened."""
    entry = write_columns(tmp_path / "c", {"a": np.zeros(2 * PAGE, "|u1"), "b": np.ones(8, "|u1")})
    for at in range(2 * PAGE + 8, entry.size):
        flip(tmp_path / "c", at)
        with pytest.raises(EngineError, match="the checksums of .* are damaged$"):
            map_columns(tmp_path, entry)
        flip(tmp_path / "c", at)


MANY = 3 * PAGE + 100  # bytes: the last page is not full


@contextmanager
def damaged(kind: str, byte: int) -> Iterator[tuple[Path, FileEntry]]:
    """Give a file whose column `a` has one byte that is not as it was written."""
    column = np.arange(MANY // np.dtype(kind).itemsize).astype(kind)
    with TemporaryDirectory() as folder:
        entry = write_columns(Path(folder) / "c", {"before": np.ones(9, "|u1"), "a": column})
        flip(Path(folder) / "c", 16 + byte)
        yield Path(folder), entry


def is_refused(path: Path, entry: FileEntry, first: int, last: int) -> bool:
    """Whether a part is refused, and so each time; if not, it must be what was written."""
    column = map_columns(path, entry).paged("a")
    try:
        part = column.part(first, last)
    except EngineError as error:
        assert f"column a of {path / entry.name} is damaged" == str(error)
        with pytest.raises(EngineError):
            column.part(first, last)
        return True
    whole = np.arange(len(column)).astype(column.unchecked.dtype)
    assert whole[first:last].tolist() == part.tolist()
    return False


@FEW
@given(
    st.sampled_from(KINDS),
    st.integers(0, MANY - 1),
    st.tuples(st.integers(0, MANY + PAGE), st.integers(0, MANY + PAGE)).map(sorted),
)
def test_part(kind: str, byte: int, part: list[int]) -> None:
    """A part is refused just if one of the pages that it has items on is damaged."""
    size = np.dtype(kind).itemsize
    byte = min(byte, MANY // size * size - 1)
    first, last = (bound // size for bound in part)
    with damaged(kind, byte) as (path, entry):
        refused = is_refused(path, entry, first, last)
    if first < last:
        pages = {item * size // PAGE for item in (*range(first, last, PAGE // size), last - 1)}
        assert (byte // PAGE in pages) == refused


@FEW
@given(st.sampled_from(KINDS), st.integers(0, MANY - 8), st.integers(0, MANY // 8 - 1))
def test_item(kind: str, byte: int, at: int) -> None:
    """An item is refused just if its page is damaged, and the whole in any case."""
    with damaged(kind, byte) as (path, entry):
        columns = map_columns(path, entry)
        column = columns.paged("a")
        if at * np.dtype(kind).itemsize // PAGE == byte // PAGE:
            with pytest.raises(EngineError):
                column[at]
        else:
            assert np.arange(at, at + 1).astype(kind).item() == column[at]
        for _ in range(2):
            with pytest.raises(EngineError):
                columns["a"]
        assert (["a"], [1] * 9) == (columns.damaged(), columns["before"].tolist())


def test_seen_once(tmp_path: Path) -> None:
    """What was found to be sound is not looked up again."""
    entry = write_columns(tmp_path / "c", {"a": np.zeros(2 * PAGE, "|u1")})
    column = map_columns(tmp_path, entry).paged("a")
    column.part(0, 10)
    flip(tmp_path / "c", 5)
    flip(tmp_path / "c", PAGE + 5)
    assert 10 == len(column.part(0, 10))
    with pytest.raises(EngineError):
        column.part(0, PAGE + 1)


@pytest.mark.parametrize("at", [-1, 2, PAGE, 10 * PAGE])
def test_no_item(tmp_path: Path, at: int) -> None:
    """Where there is no item there is an error, and none is taken from the end."""
    entry = write_columns(tmp_path / "c", {"a": np.zeros(2, "|u1")})
    with pytest.raises(IndexError):
        map_columns(tmp_path, entry).paged("a")[at]
