"""Splitting by arrays of bytes gives what `str.split` and a dictionary give."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, TEXTS

from newsearch.analysis import splitting
from newsearch.analysis.splitting import WIDE_SPACES, Splitter

# Chunks of all lengths about those of the tables, which differ in any one byte.
ALIKE = st.integers(1, 36).flatmap(
    lambda length: st.tuples(st.integers(0, length - 1), st.sampled_from("aé軍\0\1\ud800")).map(
        lambda other: "a" * other[0] + other[1] + "a" * (length - other[0] - 1)
    )
)
CHUNKY = st.lists(ALIKE | st.sampled_from(["\n", " ", *WIDE_SPACES]), max_size=30).map(" ".join)


@pytest.fixture(params=["wide", "narrow"], scope="module")
def make(request: pytest.FixtureRequest) -> Callable[[], Splitter]:
    """Return a maker of splitters: as they are, or with tables and pieces that are small."""
    bits, piece = splitting._BITS, splitting._PIECE
    if request.param == "narrow":
        splitting._BITS, splitting._PIECE = 1, 20
        request.addfinalizer(lambda: setattr(splitting, "_BITS", bits))
        request.addfinalizer(lambda: setattr(splitting, "_PIECE", piece))
    return Splitter


@FEW
@given(many=st.lists(TEXTS | CHUNKY, max_size=6))
def test_splitting(make: Callable[[], Splitter], many: list[str]) -> None:
    """The chunks of each text, and where lines end, are those of the strings."""
    splitter = make()
    splitter.split(many[::-1])  # what was met before changes nothing
    split = splitter.split(many)
    # Nothing is said of which of the two signs stands in a chunk that had one of them.
    chunks = splitter.new().decode(errors="surrogatepass").replace("\0", "\1").split("\n")
    assert len(set(chunks)) == len(chunks)
    found = [chunks[code] for code in split.codes.tolist()]
    asked, ends, lines = [], [], []
    for text in many:
        for line in text.replace("\0", "\1").split("\n"):
            asked += line.split()
            lines.append(len(asked))
        ends.append(lines.pop())
    assert found == asked
    assert split.ends.tolist() == ends
    assert split.lines.tolist() == lines


def test_wide_spaces() -> None:
    """All white space that `str.split` knows is known."""
    spaces = {chr(code) for code in range(128, sys.maxunicode) if chr(code).isspace()}
    assert set(WIDE_SPACES) == spaces
