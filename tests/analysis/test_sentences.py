"""Where sentences begin and end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from strategies import FEW, SCRAPED_PAGES, TEXTS

from newsearch.analysis import sentences


def cut(text: str) -> str:
    return "|".join(text[start:end] for start, end in sentences(text))


@pytest.mark.parametrize(
    "expected",
    [
        # Abbreviations, titles and initials.
        "Mr. Orr met Dr. Ott.|They left.",
        "Gen. Vale, Sen. Moor and St. John's Church.|They stood.",
        "George W. Bush spoke.|He left.",
        "J. K. Moor wrote it with T.S. Eliot.|It sold.",
        "Acme Inc. said so.|It was Acme Inc.|The firm agreed.",
        "It was cold on Feb. 19 and on Jan. 5, 2024.|Then it thawed.",
        "Wheat, barley, etc. were sold.|Nobody bought.",
        "She has a Ph.D. in law.|He has a Ph.D.|He is proud.",
        "Some of it, e.g. the depot, i.e. the sheds, burned.",
        # U.S. and the like in mid-sentence and at a sentence's end.
        "The U.S. Senate sat and the U.S. said so.",
        "He left the U.S.|The U.S. let him.",
        "He moved to the U.S. in May.",
        "They are in Washington, D.C.|They stay.",
        "“We are U.S. citizens.”|They waved.",
        # Times, numbers and numerals.
        "It rose by 3.5 per cent.|It fell by 2.1.|It stayed.",
        "At 4 p.m. the bell rang.|It was heard at 5 p.m.|The town woke.",
        "The U.K. paid $1.9 billion.|The E.U. paid more.",
        "He lives at No. 10 and No. 11 is empty.",
        "He said no.|She said yes.",
        "He is 80.|5,000 came.",
        "Chapter 3.|The end.",
        # Quotes and brackets.
        "“It is done.”|He left.",
        '"Is it?" he asked.|"Yes."',
        "“Is it done?”|She nodded.",
        "“Why?” asked the pilot.",
        "“Stop!” he said.|Nobody stopped.",
        "(He left.)|She stayed.",
        "He left (at 5 p.m.).|She stayed.",
        "He said: “No.”|“Yes,” she said.",
        "Who?|Me?|Really?!|Yes!",
        # Ellipses.
        "“For us, security guarantees...|well, that is the roof,” he said.",
        "They want “security guarantees...”|Nobody agreed.",
        "They want “security guarantees…|The rest waits.",
        "There is a line but not ‘the calm … that the captains spoke about’.",
        # No stop at all.
        "The text goes on",
    ],
)
def test_sentences(expected: str) -> None:
    """Sentences of clean text end where a reader would say that they end."""
    assert expected == cut(expected.replace("|", " "))


def test_line_breaks() -> None:
    """A line break ends a sentence, with or without a stop."""
    assert "A heading|The text.|and more" == cut("A heading\nThe text.\n\nand more\n")


@pytest.mark.parametrize(
    "expected",
    [
        "It is the third year of the war.|A full accord follows.",
        "“They hold.”|The minister left.",
        "It would load on Friday.|“I hear it is painted,” he said.",
        "He asked “why?”|Nobody knew.",
        "The corridor opens on April 1.|Under the accord, ships sail.",
        "The pool holds $500 million.|The EU pays.",
        "He left in 2024.|It was cold.",
        "He left the U.S.|The U.S. let him.",
        "The bell rang at 5 p.m.|The town woke.",
        "He said no.|She said yes.",
        "It ended.|«Oui», he said.",
    ],
)
def test_glued_sentences(expected: str) -> None:
    """A sentence that touches the next one ends all the same."""
    assert expected == cut(expected.replace("|", ""))


@pytest.mark.parametrize(
    "text",
    [
        "The page of Yahoo.Com was down.",
        "Mr.Orr met Dr.Ott.",
        "She has a Ph.D. from Delft.",
        "J.Lo and A.Rod met in the U.S.A.",
        "It costs 3.5M and holds 1.FC Brannheim.",
        "See bbc.co.uk or harbour.example for more.",
    ],
)
def test_stops_inside_words(text: str) -> None:
    """A stop that belongs to a word ends no sentence."""
    assert text == cut(text)


@FEW
@given(TEXTS | SCRAPED_PAGES)
def test_sentences_cover_the_text(text: str) -> None:
    """Sentences hold all of any text but white space, in order."""
    found = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(text.split()) == "".join(found.split())


@FEW
@given(TEXTS | SCRAPED_PAGES)
def test_spans(text: str) -> None:
    """Spans are in order, do not overlap, and begin and end with something to read."""
    offsets = [offset for span in sentences(text) for offset in span]
    assert sorted(offsets) == offsets
    assert all(text[a:b] and text[a:b] == text[a:b].strip() for a, b in sentences(text))


@pytest.mark.parametrize("text", ["." * 50_000 + "x", "?!" * 25_000 + "x", '."' * 25_000 + "x"])
def test_sentences_of_a_dotted_line(text: str) -> None:
    """A line of dots, as in tables of contents, takes no longer than any other line."""
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 2
