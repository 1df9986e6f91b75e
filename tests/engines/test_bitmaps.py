"""Passages come back from their bitmap, and each has its place there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.engines.local.finding.bitmaps import (
    Sought,
    are_in,
    bitmap,
    documents_of,
    places_in,
    ranks,
)


@st.composite
def passages(draw: st.DrawFn) -> tuple[list[int], int]:
    """Return some passages of a segment, sorted, and how many it has."""
    many = draw(st.sampled_from((1, 63, 64, 65, 300, 5000)))
    return sorted(draw(st.sets(st.integers(0, many - 1), max_size=200))), many


@given(passages())
def test_round_trip(given_passages: tuple[list[int], int]) -> None:
    """What went in comes out, each passage where it stands among the others."""
    expected, many = given_passages
    bits = bitmap(np.array(expected, np.int64), many)
    assert expected == documents_of(bits).tolist()
    every = np.arange(many)
    assert [at in expected for at in range(many)] == are_in(bits, every).tolist()
    places, there = places_in(bits, ranks(bits), Sought(every))
    assert [at in expected for at in range(many)] == there.tolist()
    assert [sum(each < at for each in expected) for at in range(many)] == places.tolist()


@pytest.mark.parametrize("every", [1, 2, 63, 64, 1000])
def test_dense_and_sparse(every: int) -> None:
    expected = np.arange(0, 200_000, every)
    assert expected.tolist() == documents_of(bitmap(expected, 200_000)).tolist()
