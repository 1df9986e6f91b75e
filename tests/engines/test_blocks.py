"""Items in compressed blocks come back one by one, or not at all."""

from __future__ import annotations

import random
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.engines.local.files.blocks import BlockReader, Packing
from newsearch.engines.local.files.columns import Array, Arrays, write_columns
from newsearch.engines.local.files.packing import BlockWriter
from newsearch.engines.local.files.pages import map_columns
from newsearch.errors import EngineError

SMALL = Packing("some", 50, 3, 0)
LARGE = Packing("some", 2_048, 3, 4_096)
ITEMS = st.lists(st.binary(max_size=200), min_size=1, max_size=30)
WORDS = "ferry night tram harbour council bridge storm vote minister said that will be".split()


def columns_of(
    items: list[bytes], packing: Packing, dictionary: bytes | None = None
) -> dict[str, Array]:
    data = bytearray()
    writer = BlockWriter(packing, data.extend, dictionary)
    for item in items:
        writer.add(item)
    return {**writer.columns(), "some_data": np.frombuffer(data, np.uint8)}


def reading(columns: Arrays, packing: Packing) -> BlockReader:
    with TemporaryDirectory() as folder:
        entry = write_columns(Path(folder) / "c", columns)
        return BlockReader(map_columns(Path(folder), entry), packing)


def news(many: int) -> list[bytes]:
    """Return texts of about 350 characters that have much in common."""
    chance = random.Random(many)
    return [" ".join(chance.choices(WORDS, k=60)).encode() for _ in range(many)]


@FEW
@given(ITEMS, st.none() | st.binary(max_size=100))
def test_items(items: list[bytes], dictionary: bytes | None) -> None:
    """Items come back, in whatever order they are asked for."""
    reader = reading(columns_of(items, SMALL, dictionary), SMALL)
    numbers = [*range(len(items)), *reversed(range(len(items)))]
    assert [items[number] for number in numbers] == [reader[number] for number in numbers]


def test_blocks_are_full() -> None:
    """A block is closed as soon as it is large enough; no item is cut."""
    columns = columns_of([b"a" * 30] * 5 + [b"b" * 500, b"c"], SMALL)
    assert [0, 2, 4, 6, 7] == columns["some_first"].tolist()


@pytest.mark.parametrize(
    ("many", "least", "most"), [(1, 0, 0), (40, 0, 0), (100, 256, 1_127), (5_000, 2_048, 4_096)]
)
def test_dictionary_grows(many: int, least: int, most: int) -> None:
    """A few texts have no dictionary, or a small one; none is larger than the packing says."""
    columns = columns_of(news(many), LARGE)
    assert least <= len(columns["some_dictionaries"]) <= most
    reader = reading(columns, LARGE)
    assert news(many) == [reader[number] for number in range(many)]


def test_dictionary_helps() -> None:
    """With its dictionary, a segment of texts that share phrases is smaller than without."""
    phrases, chance = news(400), random.Random(7)
    texts = [b" ".join(each[:80] for each in chance.choices(phrases, k=4)) for _ in range(1_000)]
    with_one, without = (columns_of(texts, LARGE, given) for given in (None, b""))
    sizes = [
        len(each["some_data"]) + len(each["some_dictionaries"]) for each in (with_one, without)
    ]
    assert sizes[0] < sizes[1]


@FEW
@given(ITEMS, ITEMS, st.binary(max_size=9), st.binary(max_size=9))
def test_copied(one: list[bytes], two: list[bytes], first: bytes, second: bytes) -> None:
    """Blocks that are copied as they are can be read beside those that are packed."""
    old = reading(columns_of(one, SMALL, first), SMALL)
    data = bytearray()
    writer = BlockWriter(SMALL, data.extend, second)
    for item in two:
        writer.add(item)
    for block in range(len(old)):
        writer.copy(old.block(block))
    for item in two:
        writer.add(item)
    reader = reading({**writer.columns(), "some_data": np.frombuffer(data, np.uint8)}, SMALL)
    whole = [*two, *one, *two]
    assert whole == [reader[number] for number in range(len(whole))]
    assert {first, second} >= {reader.block(block).dictionary for block in range(len(reader))}


# Damage.


def changed(name: str, value: Any) -> BlockReader:
    columns = columns_of(news(30), LARGE, b"night ferry")
    column = columns[f"some_{name}"]
    column = np.array(value(column) if callable(value) else value, column.dtype)
    return reading({**columns, f"some_{name}": column}, LARGE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("checks", lambda old: old ^ 1),
        ("data", lambda old: old[::-1]),
        ("data", lambda old: old[:0]),
        ("data_first", lambda old: old * 0),
        ("data_first", lambda old: old + 1),
        ("dictionary", lambda old: old + 1),
        ("dictionary", lambda old: old * 0),
        ("dictionaries", lambda old: old[::-1]),
        ("dictionary_ends", []),
        ("dictionary_ends", lambda old: old // 2),
        ("ends", lambda old: old * 0),
        ("ends", lambda old: old + 1),
        ("first", [0]),
        ("first", lambda old: old + 1),
        ("first", [0, 250]),
        ("checks", []),
    ],
)
def test_damage(name: str, value: Any) -> None:
    """Whatever a column says instead, no other item is given."""
    reader = changed(name, value)
    with pytest.raises(EngineError, match="some block -?[0-9]+ of .* is (damaged|missing)"):
        [reader[number] for number in range(30)]


def test_bomb() -> None:
    """No more is unpacked than the items are said to have."""
    packer = zlib.compressobj(9, wbits=-15)
    bomb = packer.compress(bytes(1 << 24)) + packer.flush()
    columns = columns_of([b"ferry"], SMALL)
    columns["some_data"] = np.frombuffer(bomb, np.uint8)
    columns["some_data_first"] = np.array([0, len(bomb)], np.uint32)
    with pytest.raises(EngineError, match="some block 0 of .* is damaged"):
        reading(columns, SMALL)[0]
