"""What a difference between two spellings costs."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.names.distance import distance, first_letters, within
from newsearch.names.romanisation import romanisation

WORDS = st.text(alphabet="aehijkosuvwyz", max_size=9)


@given(WORDS, WORDS)
def test_distance_is_the_same_from_either_side(one: str, other: str) -> None:
    """The order of the two spellings does not matter."""
    assert distance(one, other) == distance(other, one)


@given(WORDS)
def test_distance_to_itself_is_zero(word: str) -> None:
    """Equal spellings are not apart."""
    assert distance(word, word) == 0.0


@given(WORDS, WORDS)
def test_distance_is_never_negative_nor_more_than_the_letters(one: str, other: str) -> None:
    """Different spellings are apart, by at most one for each letter and a bit for the first."""
    assert (distance(one, other) > 0) == (one != other)
    assert distance(one, other) <= max(len(one), len(other)) + romanisation().slips.first / 100


@given(WORDS, WORDS, st.floats(0, 3))
def test_limit_only_cuts_off(one: str, other: str, limit: float) -> None:
    """A limit gives the same distance or, above it, infinity."""
    whole = distance(one, other)
    assert distance(one, other, limit) in (whole, inf)


@given(WORDS, st.lists(WORDS, max_size=9), st.floats(0, 1))
def test_many_at_once(word: str, others: list[str], limit: float) -> None:
    """What is within a distance is among what is found at once, and its first letter is known."""
    near = {other for other in others if distance(word, other, limit) < inf}
    assert near <= set(within(word, others, limit)) <= set(others)
    assert {other[:1] for other in near} <= {*first_letters(word, limit), ""}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zelensky", "zelenskyy"),
        ("alexei", "aleksey"),
        ("yeltsin", "jelzin"),
        ("shevchenko", "schewtschenko"),
        ("prigozhin", "prigojin"),
        ("kutuzov", "koutouzoff"),
        ("qasim", "kassim"),
        ("farouk", "faruq"),
        ("riyadh", "riyad"),
        ("jabbar", "djabbar"),
        ("mustafa", "moustapha"),
        ("papandreou", "papandreu"),
    ],
)
def test_habits_are_cheap(one: str, other: str) -> None:
    """Two ways of romanising one name lie less than half a letter apart."""
    assert distance(one, other, limit=0.5) < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [("zelensky", "zelesnky"), ("putin", "ptin"), ("kravchuk", "kravchuks"), ("merkel", "markol")],
)
def test_slips_are_dear(one: str, other: str) -> None:
    """A slip costs more than the usual habit."""
    assert distance(one, other) >= 0.2


def test_another_letter_is_another_name() -> None:
    """No limit for names of usual length lets a consonant stand for any other."""
    assert distance("merkel", "merdel", limit=0.4) == inf


def test_every_operation_is_listed_once_and_costs_something() -> None:
    """No habit is free and none is as dear as a letter changed at random."""
    rules = romanisation()
    assert all(0 < cost < rules.slips.letter_changed for _, _, cost, *_ in rules.operations)
    assert all(one != other for one, other, *_ in rules.operations)


def test_longer_names_may_lie_farther_apart() -> None:
    """The fewer letters, the more names lie near."""
    limits = romanisation().limits
    assert list(limits) == sorted(limits)
