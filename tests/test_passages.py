"""How a text is cut into passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, SCRAPED_PAGES, TEXTS

from newsearch.analysis import tokenize
from newsearch.passages import passages
from newsearch.settings import Settings

SHORT = Settings(passage_words=6, passage_words_max=10)
LENGTHS = st.builds(
    lambda words, more: Settings(passage_words=words, passage_words_max=words + more),
    st.integers(1, 12),
    st.integers(0, 12),
)
ANY_TEXT = TEXTS | SCRAPED_PAGES


def cut(text: str, settings: Settings = SHORT) -> list[str]:
    return [passage.text for passage in passages(text, settings)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("The ferry runs.", ["The ferry runs."]),
        (
            "The ferry runs again on Friday.\nTrams do not run before next Monday.",
            ["The ferry runs again on Friday.", "Trams do not run before next Monday."],
        ),
        (
            "The ferry runs.\nTrams do not.\nNobody knows when they will again.",
            ["The ferry runs.\nTrams do not.", "Nobody knows when they will again."],
        ),
        (
            "The ferry runs again. It left at four. Nobody was aboard but the crew.",
            ["The ferry runs again. It left at four.", "Nobody was aboard but the crew."],
        ),
        (
            "The ferry runs again on Friday.\nTrams stopped.",
            ["The ferry runs again on Friday.\nTrams stopped."],
        ),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            ["one two three four five six seven eight nine ten", "eleven twelve thirteen"],
        ),
    ],
    ids=["empty", "blank", "short", "long-enough", "packed", "split", "stub", "no-stops"],
)
def test_passages(text: str, expected: list[str]) -> None:
    """Whole paragraphs are packed, long ones cut at sentences, and a short end is no passage."""
    assert expected == cut(text)


def test_passages_of_an_article() -> None:
    """By default a passage has 60 words or more, and ends with a paragraph."""
    paragraph = "The pilings of the pier were tested twice before the harbour office opened it."
    text = "\n".join([paragraph] * 10)
    assert ["\n".join([paragraph] * 5)] * 2 == cut(text, Settings())


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_are_slices(text: str, settings: Settings) -> None:
    """A passage is exactly the slice of the text that its offsets say."""
    found = passages(text, settings)
    assert [text[passage.start : passage.end] for passage in found] == cut(text, settings)


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_are_numbered(text: str, settings: Settings) -> None:
    """Passages count from 0, without a gap."""
    found = [passage.number for passage in passages(text, settings)]
    assert list(range(len(found))) == found


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_hold_every_token_once(text: str, settings: Settings) -> None:
    """Each word of any text lies whole in exactly one passage."""
    found = passages(text, settings)
    holders = [
        sum(passage.start <= token.start and token.end <= passage.end for passage in found)
        for token in tokenize(text)
    ]
    assert [1] * len(holders) == holders


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_leave_out_white_space_only(text: str, settings: Settings) -> None:
    """Whatever can be seen in any text is in a passage, in order."""
    assert "".join(text.split()) == "".join("".join(cut(text, settings)).split())


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_are_never_empty(text: str, settings: Settings) -> None:
    """A passage begins and ends with something to read."""
    assert all(found and found == found.strip() for found in cut(text, settings))


@FEW
@given(ANY_TEXT, LENGTHS)
def test_passages_have_a_longest_length(text: str, settings: Settings) -> None:
    """No passage is longer than the maximum by more than a stub, half a passage."""
    stub = settings.passage_words / 2
    lengths = [len(found.split()) for found in cut(text, settings)]
    assert max(lengths, default=0) < settings.passage_words_max + max(stub, 1)
