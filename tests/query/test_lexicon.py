"""What the words of a query stand for, in a vocabulary that is made up."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vocabularies import MadeUp

from newsearch.query import Among, FormCount, Lexicon, Meaning, patterns
from newsearch.query import lexicon as lexicon_module
from newsearch.query.lexicon import words

# Form: how often, how often capitalised in mid-sentence, how often in lower case.
COUNTS = {
    "guarantee": (30, 1, 27),
    "guaranteed": (12, 0, 12),
    "guarantees": (40, 4, 30),
    "guarantor": (3, 0, 3),
    "happiness": (2, 0, 2),
    "happy": (9, 0, 8),
    "harris": (50, 49, 0),
    "harry": (20, 19, 0),
    "william": (11, 11, 0),
    "williams": (12, 12, 0),
    "ukrainian": (60, 60, 0),
    "ukrainians": (25, 24, 0),
    "democrat": (14, 13, 1),
    "democrats": (31, 31, 0),
    "markets": (8, 0, 8),
    "market": (9, 1, 8),
    "us": (70, 0, 68),
    "US": (90, 90, 0),
    "it": (400, 2, 300),
    "IT": (7, 7, 0),
    "WHO": (5, 5, 0),
    "eu": (1, 0, 1),
    "zelensky": (120, 118, 0),
    "zelenskyy": (60, 60, 0),
    "ferry": (16, 0, 16),
    "ferries": (4, 0, 4),
    "water": (20, 0, 20),
    "waters": (9, 9, 0),
    "f16": (2, 0, 0),
    "東": (3, 0, 0),
}


vocabulary = MadeUp(COUNTS)


def meaning(word: str) -> Meaning:
    [(token, text)] = words(word)
    return Lexicon(vocabulary).meaning(token, text)


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        # Grammar: all forms of one stem, whichever was typed.
        ("guarantee", ("guarantee", "guaranteed", "guarantees")),
        ("guarantees", ("guarantee", "guaranteed", "guarantees")),
        ("Guaranteed", ("guarantee", "guaranteed", "guarantees")),
        ("guaranteeing", ("guarantee", "guaranteed", "guaranteeing", "guarantees")),
        ("guarantor", ("guarantor",)),
        ("happy", ("happiness", "happy")),
        ("ferry", ("ferries", "ferry")),
        ("MARKET", ("market", "markets")),
        # Names: another name of the same stem is another name.
        ("Harris", ("harris",)),
        ("harris", ("harris",)),
        ("Harry", ("harry",)),
        ("William", ("william",)),
        ("Williams", ("williams",)),
        ("water", ("water",)),
        ("Waters", ("waters",)),
        # But peoples and parties have a plural.
        ("Ukrainian", ("ukrainian", "ukrainians")),
        ("ukrainians", ("ukrainian", "ukrainians")),
        ("Democrat", ("democrat", "democrats")),
        # Acronyms: capitals mean the acronym alone, lower case means either.
        ("US", ("US",)),
        ("U.S.", ("US",)),
        ("us", ("US", "us")),
        ("it", ("IT", "it")),
        ("IT", ("IT",)),
        ("who", ("WHO", "who")),
        ("EU", ("EU",)),
        ("eu", ("eu",)),
        # What the index has not is still looked for, by its own form.
        ("tram", ("tram",)),
        ("Orlund", ("orlund",)),
        ("東", ("東",)),
    ],
)
def test_forms(typed: str, forms: tuple[str, ...]) -> None:
    """A word stands for itself and for what is the same word in another form."""
    assert forms == meaning(typed).forms


def test_word_as_typed() -> None:
    """A meaning keeps the word as it was typed, without a possessive ending."""
    assert "Harris" == meaning("Harris’s").word


@pytest.mark.parametrize("typed", ["zelensky", "ZELENSKYY", "Zelensky’s", "Зеленський"])
def test_spellings(typed: str) -> None:
    """A name stands for its spellings, which come with their counts, most frequent first."""
    found = meaning(typed)
    assert (("zelensky", 120), ("zelenskyy", 60)) == found.spellings
    assert {"zelensky", "zelenskyy"} <= set(found.forms)


@pytest.mark.parametrize("typed", ["ferry", "guarantees", "market", "us"])
def test_ordinary_words_have_no_spellings(typed: str) -> None:
    """A word that is mostly written in lower case is not a name."""
    assert () == meaning(typed).spellings


@pytest.mark.parametrize(
    ("prefix", "forms"),
    [
        ("ferr", ("ferr", "ferries", "ferry")),
        ("Zelens", ("zelens", "zelensky", "zelenskyy")),
        ("Guarantee", ("guarantee", "guaranteed", "guarantees")),
        ("tram", ("tram",)),
        ("東", ("東",)),
    ],
)
def test_completions(prefix: str, forms: tuple[str, ...]) -> None:
    """A prefix stands for every form that begins with it, and for itself."""
    assert Meaning(prefix + "*", forms, kind="pattern") == Lexicon(vocabulary).completions(prefix)


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("h?rr*", ("harris", "harry")),
        ("*market", ("market",)),
        ("*market*", ("market", "markets")),
        ("w?", ()),
        ("W*s", ("waters", "williams")),
        ("?s", ("US", "us")),
        ("I*", ("IT", "it")),
        ("z*k?", ()),
        ("zelensk?", ()),
        ("zelensk?y*", ("zelenskyy",)),
        ("東*", ("東",)),
    ],
)
def test_patterns(pattern: str, forms: tuple[str, ...]) -> None:
    """A pattern stands for the forms that it fits as a whole; a last "?" is a question mark."""
    assert set(forms) == set(Lexicon(vocabulary).pattern(pattern).forms)


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=6))
def test_fitting(pattern: str, word: str) -> None:
    """A pattern fits what it fits in a shell."""
    assert fnmatchcase(word, pattern) == bool(patterns.fitting(pattern)(word))


def test_patterns_of_many_pieces() -> None:
    """No pattern takes longer than its letters and those of the word together."""
    assert not patterns.fitting("*a" * 90 + "b")("a" * 200)


@pytest.mark.parametrize(
    ("word", "slips", "forms"),
    [
        ("ferrt", 1, ("ferrt", "ferry")),
        ("guarante", 1, ("guarante", "guarantee")),
        ("guarante", 2, ("guarante", "guarantee", "guaranteed", "guarantees", "guarantor")),
        ("Waher", 2, ("waher", "water", "waters")),
        ("berry", 1, ("berry",)),
    ],
)
def test_fuzzy(word: str, slips: int, forms: tuple[str, ...]) -> None:
    """So many letters may be other ones, but not the first."""
    assert forms == Lexicon(vocabulary).fuzzy(word, slips).forms


def test_too_many_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many forms the most frequent are taken, and the others are counted."""
    monkeypatch.setattr(patterns, "FORMS_AT_MOST", 3)
    monkeypatch.setattr(lexicon_module, "FORMS_AT_MOST", 3)
    found = Lexicon(vocabulary).pattern("*a*")
    assert found.left == sum("a" in form.lower() for form in COUNTS) - 3
    assert ("guarantees", "harris", "ukrainian") == found.forms


def test_answers_are_remembered() -> None:
    """A word is looked up in the vocabulary once, however often it is asked for."""
    asked: list[str] = []

    class Listening(MadeUp):
        def forms(self, prefix: str, among: Among | None = None) -> Iterator[FormCount]:
            asked.append(prefix)
            return super().forms(prefix, among)

        def form(self, form: str) -> FormCount | None:
            asked.append(form)
            return super().form(form)

    lexicon = Lexicon(Listening(COUNTS))
    [(token, text)] = words("ferry")
    first = lexicon.meaning(token, text)
    before = list(asked)
    assert before
    assert first == lexicon.meaning(token, text)
    assert before == asked


@pytest.mark.parametrize(
    ("capitals", "lowers", "share"), [(3, 1, 0.75), (0, 4, 0.0), (4, 0, 1.0), (0, 0, None)]
)
def test_capital_share(capitals: int, lowers: int, share: float | None) -> None:
    """The share of capitals is of those occurrences that say anything."""
    assert share == FormCount("ferry", 9, capitals, lowers).capital_share


def test_words() -> None:
    """A piece of a query is cut as a text is, and every token keeps its own text."""
    assert ["rare", "earth", "U.S.", "Harris"] == [
        text for _, text in words("rare-earth U.S. Harris’s")
    ]
