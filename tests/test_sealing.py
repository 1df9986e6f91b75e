"""No byte of a sealed table can be another without being noticed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.sealing import is_sealed, sealed

VALUES = st.integers() | st.text(max_size=5)
TABLES = st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=4)


@given(TABLES, st.data(), st.binary(max_size=2))
def test_sealed(table: dict[str, object], data: st.DataObject, put: bytes) -> None:
    """A sealed table says what it did; with any piece of it replaced it is not sealed."""
    text = sealed(table)
    assert is_sealed(text)
    assert json.loads(text) == {**table, "checksum": json.loads(text)["checksum"]}
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(first + 2, len(text))))
    changed = text[:first] + put + text[last:]
    assert (changed == text) == is_sealed(changed)


@pytest.mark.parametrize("text", [b"", b"{}", b'{"a": 1}', b"\xff"])
def test_not_sealed(text: bytes) -> None:
    """What has no checksum is not sealed."""
    assert not is_sealed(text)
