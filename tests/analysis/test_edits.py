"""Edit distance from one word to many."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.automata.fsa import find_all_matches
from whoosh.automata.lev import levenshtein_automaton

from newsearch.analysis.edits import within

words = st.text("abé渡", max_size=6)


@settings(deadline=None, max_examples=300)
@given(st.sets(words.filter(bool), max_size=20), words, st.integers(0, 3), st.integers(0, 2))
def test_as_whoosh(vocabulary: set[str], word: str, most: int, prefix: int) -> None:
    """The words that Whoosh's automaton accepts."""
    ordered = sorted(vocabulary)
    prefix = min(prefix, len(word))  # for more, Whoosh raises IndexError
    automaton = levenshtein_automaton(word, most, prefix).to_dfa()

    def at_or_after(text: str) -> str | None:
        return next((each for each in ordered if each >= text), None)

    expected = sorted(set(find_all_matches(automaton, at_or_after)))
    assert expected == within(ordered, word, most, prefix)


def test_no_words() -> None:
    """Of no words, none are near; a longer prefix than the word asks for the word itself."""
    assert within([], "ferry", 2, 1) == []
    assert within(["fer", "ferry", "ferryman"], "fer", 2, 9) == ["fer", "ferry"]
