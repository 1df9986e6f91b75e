"""Which outlets and authors of an index are meant by what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given

from newsearch.query.known import KnownNames
from tests.strategies import FEW, TEXTS

AUTHORS = KnownNames(
    "author",
    {"Ida Moor": 4, "By Jan Ek and Ida Moor": 1, "Zoë O’Brien-Gall": 1, "Ида Мур": 1, "Staff": 9},
)
SOURCES = KnownNames("source", {"BBC.com": 5, "Al Jazeera": 3, "Al Jazeera English": 1})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ida moor", ["By Jan Ek and Ida Moor", "Ida Moor"]),
        ("IDA", ["By Jan Ek and Ida Moor", "Ida Moor", "Ида Мур"]),
        ("moor ida", []),
        ("moo", []),
        ("moo*", ["By Jan Ek and Ida Moor", "Ida Moor"]),
        ("id? moo*", ["By Jan Ek and Ida Moor", "Ida Moor"]),
        ("zoe obrien gall", ["Zoë O’Brien-Gall"]),
        ("zoë o'b*", ["Zoë O’Brien-Gall"]),
        ("z*gall", ["Zoë O’Brien-Gall"]),
        ("*", sorted(AUTHORS.counts)),
        ("…", []),
    ],
)
def test_an_author_is_any_part_of_a_byline(typed: str, expected: list[str]) -> None:
    """Whole words, one after the other, whatever case and accents; patterns by word or whole."""
    names, note = AUTHORS.find(typed)
    assert expected == list(names)
    assert bool(note) == (not expected)


@pytest.mark.parametrize(
    ("typed", "expected", "note"),
    [
        ("www.bbc.com", ["BBC.com"], ""),
        ("al jazeera", ["Al Jazeera"], ""),
        ("al*", ["Al Jazeera", "Al Jazeera English"], ""),
        ("jaz*", ["Al Jazeera", "Al Jazeera English"], "is read as Al Jazeera, Al Jazeera English"),
        ("english", ["Al Jazeera English"], "is read as Al Jazeera English"),
        ("jaz", ["Al Jazeera", "Al Jazeera English"], "is read as Al Jazeera, Al Jazeera English"),
        (
            "al jaz",
            ["Al Jazeera", "Al Jazeera English"],
            "is read as Al Jazeera, Al Jazeera English",
        ),
        ("azeera", [], "no source is called azeera; perhaps Al Jazeera"),
        ("cnn", [], "no source is called cnn"),
    ],
)
def test_an_outlet_is_a_whole_name_first(typed: str, expected: list[str], note: str) -> None:
    """Only where no outlet has that name, those count that have it in theirs, and that is said."""
    names, said = SOURCES.find(typed)
    assert expected == list(names)
    assert said.endswith(note)
    assert bool(said) == bool(note)


def test_a_slip_of_an_author() -> None:
    """Of an author that is not there, names that are near are told."""
    assert AUTHORS.find("mor")[1] == "no author is called mor; perhaps moor, mur"


@FEW
@given(TEXTS)
def test_any_text_may_be_typed(text: str) -> None:
    """Nothing raises, and what is found is there."""
    for known in (AUTHORS, SOURCES):
        names, note = known.find(text)
        assert set(names) <= set(known.counts)
        assert names or note
