"""The part of a passage that is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.analysis import laid_out
from newsearch.answering.snippets import Mark, snippet
from newsearch.records import Snippet


def marked(text: str, *words: str) -> list[Mark]:
    """Return a mark for every occurrence of the words; each word is a leaf of its own."""
    found = [
        Mark(*match.span(), leaf, 1.0)
        for leaf, word in enumerate(words)
        for match in re.finditer(re.escape(word), text)
    ]
    return sorted(found, key=lambda mark: mark.start)


def shown(made: Snippet) -> str:
    """Return a snippet with its spans in brackets."""
    text = made.text
    for start, end in reversed(made.spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


FERRY = "Trams stand still. The night ferry runs. Buses run. The bay is calm. Nobody waits."


@pytest.mark.parametrize(
    ("text", "words", "budget", "expected"),
    [
        # Whole sentences, as many as there is room for.
        (FERRY, ["ferry"], 200, FERRY.replace("ferry", "[ferry]")),
        (FERRY, ["ferry"], 25, "… The night [ferry] runs. …"),
        (FERRY, ["ferry"], 40, "Trams stand still. The night [ferry] runs. …"),
        (FERRY, ["Nobody"], 20, "… [Nobody] waits."),
        (FERRY, ["Trams"], 20, "[Trams] stand still. …"),
        # The densest run: different words are worth more than one word again.
        (
            "A ferry, ferry, ferry. The ferry, the bay. Rain.",
            ["ferry", "bay"],
            24,
            "… The [ferry], the [bay]. …",
        ),
        (
            "The ferry sank. Rain. The bay froze.",
            ["ferry", "bay"],
            40,
            "The [ferry] sank. Rain. The [bay] froze.",
        ),
        ("Rain fell. A ferry. Rain. A ferry.", ["ferry"], 8, "… A [ferry]. …"),
        # Room that whole sentences leave goes to clauses of those beside them.
        (
            "Rain, they say, is near. The ferry runs. On Monday, or so, it will stop.",
            ["ferry"],
            36,
            "… they say, is near. The [ferry] runs. …",
        ),
        (
            "Rain. The ferry runs. On Monday or so, in fog, it will stop.",
            ["ferry"],
            40,
            "Rain. The [ferry] runs. On Monday or so, …",
        ),
        (
            "Rain. The ferry runs. On Monday, or so, it will stop for all of the winter, they say.",
            ["ferry"],
            34,
            "Rain. The [ferry] runs. …",
        ),
        (
            "The bay is calm; the gulls sleep. The ferry runs.",
            ["ferry"],
            34,
            "… the gulls sleep. The [ferry] runs.",
        ),
        # Nothing matches: the beginning.
        (FERRY, [], 45, "Trams stand still. The night ferry runs. …"),
        (FERRY, [], 10, "Trams …"),
        # A sentence that is too long by itself is cut at words, around the marks.
        (
            "On Monday the old night ferry crossed the bay in thick fog without a single lamp lit",
            ["ferry", "bay"],
            40,
            "… night [ferry] crossed the [bay] in thick fog …",
        ),
        ("one two three four five six seven", ["one"], 9, "[one] two …"),
        ("one two three four five six seven", ["seven"], 9, "… six [seven]"),
        ("one two three four five six seven", ["four"], 4, "… [four] …"),
        # One word that is longer than all there is room for.
        ("a" * 50, [], 10, "a" * 10 + " …"),
        ("x" * 50 + "-ferry", ["ferry"], 10, "… [ferry]"),
        ("late ferry-" + "x" * 50, ["ferry"], 12, "… [ferry]-xxxxxx …"),
        ("ferryman", ["ferryman"], 5, "ferry …"),
        # One line, with the spans where the words are now.
        ("The\nnight \t ferry\n\nruns", ["ferry", "runs"], 50, "The night [ferry] [runs]"),
        ("  The ferry  ", ["ferry"], 50, "The [ferry]"),
        ("rare\u00a0earth deal", ["rare\u00a0earth"], 50, "[rare earth] deal"),
        # Other scripts.
        ("東京は雨。船が出る。", ["船"], 50, "東京は雨。[船]が出る。"),
        ("東京は雨が降り続いて船が出る", ["東京"], 4, "[東京]は雨 …"),
        ("東京は雨が降り続いて船が出る", ["船"], 4, "… [船]が出る"),
        ("Cafe\u0301 ouvert. Ferme\u0301 lundi.", ["Ferme\u0301"], 15, "… [Ferme\u0301] lundi."),
        ("😀 ferry 😀", ["ferry"], 50, "😀 [ferry] 😀"),
    ],
)
def test_snippets(text: str, words: list[str], budget: int, expected: str) -> None:
    """The densest run of whole sentences, on one line, "…" where something is left out."""
    assert expected == shown(snippet(laid_out(text), marked(text, *words), budget))


def test_the_densest_stretch() -> None:
    """Of a sentence that is too long, words near together count, not a last one far away."""
    text = (
        "a ferry of the line crossed at night in thick fog while the harbour slept and the bay lay"
    )
    marks = marked(text, "ferry", "fog", "slept", "bay")
    assert "… the harbour [slept] and the [bay] lay" == shown(snippet(laid_out(text), marks, 34))


def test_weights() -> None:
    """A word that says more is worth more than two that say little."""
    text = "It is the sea. Ferry news."
    marks = [Mark(0, 2, 0, 0.1), Mark(3, 5, 1, 0.1), Mark(15, 20, 2, 3.0)]
    assert "… [Ferry] news." == shown(snippet(laid_out(text), marks, 14))


@pytest.mark.parametrize("budget", [1, 5, 20])
@pytest.mark.parametrize("text", ["x" * 40, "one two three four", "。" * 9, "a. b. c. d."])
def test_small_budgets(text: str, budget: int) -> None:
    """However little room there is, something is shown, and no more than there is room for."""
    made = snippet(laid_out(text), [], budget)
    assert 0 < len(made.text.strip("… ")) <= budget


letters = st.text(st.sampled_from("aé東😀 \n\t.\u0301x---"), min_size=1, max_size=120)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with words in it, and some of its words marked."""
    text = draw(st.one_of(letters, st.text(min_size=1)).filter(str.strip))
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    chosen = draw(st.lists(st.sampled_from(spans), unique=True)) if spans else []
    weights = st.floats(0.001, 10)
    return text, [Mark(*span, draw(st.integers(0, 2)), draw(weights)) for span in sorted(chosen)]


@given(passages(), st.integers(1, 60))
@settings(deadline=None, max_examples=400)
def test_any_passage(passage: tuple[str, list[Mark]], budget: int) -> None:
    """A snippet is not empty, is one line, keeps to its room, and its spans are marked words."""
    text, marks = passage
    made = snippet(laid_out(text), marks, budget)
    assert made.text.strip("… ") or made.text in text
    assert "\n" not in made.text
    assert len(made.text) <= budget + len("… ") + len(" …")
    words = [text[mark.start : mark.end] for mark in marks]
    assert all(made.text[start:end] in words for start, end in made.spans)
    flat = [place for span in made.spans for place in span]
    assert sorted(flat) == flat


@given(passages(), st.integers(1, 60))
@settings(deadline=None, max_examples=200)
def test_marks_are_shown(passage: tuple[str, list[Mark]], budget: int) -> None:
    """Where something matches and there is room for it, a matched word is shown."""
    text, marks = passage
    fitting = [mark for mark in marks if mark.end - mark.start <= budget]
    assert bool(snippet(laid_out(text), fitting, budget).spans) == bool(fitting)
