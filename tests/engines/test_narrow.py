"""Documents and token numbers come back from narrow columns as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW
from test_hostile import SIZES, VALUES, column, tamper, use

import newsearch
from newsearch import Article
from newsearch.engines.local.checking import check
from newsearch.engines.local.files import narrow
from newsearch.engines.local.files.columns import Array, Arrays, ColumnFile, write_columns
from newsearch.engines.local.files.narrow import (
    DOCUMENTS,
    POSITIONS,
    NarrowColumn,
    Narrowing,
    NarrowWriter,
)
from newsearch.engines.local.files.pages import Columns, map_columns
from newsearch.engines.local.segment import Field
from newsearch.engines.local.writing.inverting import invert
from newsearch.errors import EngineError

BESIDE = [
    f"{kind}_{name}"
    for kind in ("text", "title")
    for each in (DOCUMENTS, POSITIONS)
    for name in each.names[1:]
]
NUMBERS = st.lists(st.integers(0, 40) | st.integers(0, 70_000), max_size=30)
NARROWINGS = pytest.mark.parametrize("narrowing", [DOCUMENTS, POSITIONS], ids=["doc", "pos"])


def written(folder: Path, columns: Arrays) -> Columns:
    return map_columns(folder, write_columns(folder / "columns", columns))


@NARROWINGS
@FEW
@given(NUMBERS, st.sampled_from([1, 3, 16]), st.sampled_from([1, 7, 255]), st.integers(1, 31))
def test_round_trip(
    narrowing: Narrowing, numbers: list[int], low_bits: int, far: int, piece: int
) -> None:
    """Any part of any numbers comes back, and they are written piece by piece as at once."""
    with patch.multiple(narrow, LOW_BITS=low_bits, FAR=far), TemporaryDirectory() as name:
        folder = Path(name)
        at_once = narrowing.columns("x", np.array(numbers, np.uint32))
        columns = written(folder, at_once)
        read = NarrowColumn(narrowing, "x", columns)
        assert len(numbers) == len(read)
        for first in range(len(numbers) + 1):
            for last in range(first, len(numbers) + 2):
                assert numbers[first:last] == read.part(first, last).tolist()
        assert read.as_written(piece)
        assert narrowing.misfit("x", columns) is None
        with ColumnFile(folder / "pieces") as file:
            writer = NarrowWriter(narrowing, "x", file, len(numbers))
            for at in range(0, len(numbers), piece):
                writer.write(np.array(numbers[at : at + piece], np.int64))
            writer.close()
            pieces = map_columns(folder, file.finish())
        assert {name: each.tolist() for name, each in at_once.items()} == {
            name: each.tolist() for name, each in pieces.items()
        }


def test_many_documents(tmp_path: Path) -> None:
    """The documents of a large segment take two bytes each, and turn at each 65,536th."""
    many, every = 200_000, 1_000
    ends = np.cumsum(1 + (np.arange(many) % every == 0))  # each has term 0, some 1 as well
    ranks = np.zeros(ends[-1], np.uint32)
    ranks[ends[::every] - 1] = 1
    columns = written(tmp_path, invert(ranks, ends, 2, "text"))
    assert np.uint16 == columns["text_documents"].dtype
    turns = [65_536, 131_072, 196_608, 200_000, 200_066, 200_132, 200_197]
    assert (turns, [1, 2, 3, 0, 1, 2, 3]) == (
        columns["text_turns"].tolist(),
        columns["text_turn_highs"].tolist(),
    )
    field = Field(columns, "text")
    assert list(range(many)) == field.postings(0)[0].tolist()
    assert list(range(0, many, every)) == field.postings(1)[0].tolist()
    assert [document << 32 | 1 for document in range(0, many, every)] == field.places(1).tolist()


def test_small_segment(tmp_path: Path) -> None:
    """A segment of 65,536 short documents has nothing beside its postings."""
    ranks = np.zeros(65_536, np.uint32)
    columns = written(tmp_path, invert(ranks, np.arange(1, 65_537), 1, "text"))
    assert [0] * 4 == [len(columns[name]) for name in BESIDE if name.startswith("text")]
    assert list(range(65_536)) == Field(columns, "text").postings(0)[0].tolist()


def test_long_document(tmp_path: Path) -> None:
    """Token numbers take one byte each, in a document of very many tokens, too."""
    ranks = np.tile(np.array([0, 1], np.uint32), 40_000)
    columns = written(tmp_path, invert(ranks, np.array([80_000]), 2, "text"))
    assert np.uint8 == columns["text_positions"].dtype
    field = Field(columns, "text")
    assert list(range(0, 80_000, 2)) == field.places(0).tolist()
    assert list(range(1, 80_000, 2)) == field.places(1).tolist()


# Columns that do not go together.


@pytest.mark.parametrize("name", ["x_turns", "x_turn_highs"])
@pytest.mark.parametrize("value", [each for each in VALUES if each not in SIZES])
def test_lies(tmp_path: Path, name: str, value: str) -> None:
    """Whatever stands beside the postings, a part has as many numbers as it should, or none."""
    documents = np.repeat(np.arange(0, 400_000, 50_000), 5)
    columns = DOCUMENTS.columns("x", documents)
    changed = written(tmp_path, {**columns, name: VALUES[value](columns[name])})
    if DOCUMENTS.misfit("x", changed):
        return  # refused when the segment is opened
    read = NarrowColumn(DOCUMENTS, "x", changed)
    for first, last in ((0, 40), (0, 1), (7, 9), (12, 40), (39, 40), (3, 3)):
        try:
            assert last - first == len(read.part(first, last))
        except EngineError as error:
            assert "damaged" in str(error)


@NARROWINGS
@pytest.mark.parametrize("which", [0, 1, 2])
def test_wide(tmp_path: Path, narrowing: Narrowing, which: int) -> None:
    """A column of a type that it never has is refused."""
    columns = narrowing.columns("x", np.arange(0, 300_000, 1_000))
    name = f"x_{narrowing.names[which]}"
    kind = np.uint8 if which == 1 else np.uint64
    columns[name] = columns[name].astype(kind)
    assert name == narrowing.misfit("x", written(tmp_path, columns))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a small index, with deletions, whose segment is as one of very many passages."""
    folder = tmp_path_factory.mktemp("made") / "index"
    with patch.multiple(narrow, LOW_BITS=2, FAR=1):
        with newsearch.create(folder) as index:
            index.add(
                Article(f"{n}", f"Tram {n}" + " again" * (n % 7), f"The ferry {n}. " * (20 + n % 7))
                for n in range(30)
            )
            index.delete(["3"])
        yield folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index, to be tampered with."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def test_sound(folder: Path) -> None:
    """An index with something beside all its postings has no problem."""
    assert all(len(column(folder, name)) for name in BESIDE)
    assert [] == list(check(folder / "segments"))
    use(folder)


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("value", VALUES)
def test_column(folder: Path, name: str, value: str) -> None:
    """Whatever such a column holds, there is an answer or an error, and the check finds it."""
    change: Callable[[Array], Array] = VALUES[value]
    before = column(folder, name)
    after = change(before)
    tamper(folder, **{name: after})
    assert (before.tolist() != after.tolist()) == bool(list(check(folder / "segments")))
    try:
        use(folder)
        with newsearch.open(folder) as index:
            index.optimize()
    except EngineError as error:
        assert "\n" not in str(error)
