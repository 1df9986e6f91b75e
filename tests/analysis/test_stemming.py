"""Which words have a stem in common."""

from __future__ import annotations

import pytest

from newsearch.analysis import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("guarantee", "guarantees"), ("guarantee", "guaranteed"), ("ferry", "ferries")],
)
def test_stem_of_one_word(one: str, other: str) -> None:
    """The grammatical forms of an English word share a stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize("form", ["US", "IT", "f16", "16", "1.9", "at&t", "安", ""])
def test_stem_of_what_is_no_english_word(form: str) -> None:
    """Acronyms, numbers and codes are their own stems."""
    assert form == stem(form)
