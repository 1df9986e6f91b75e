"""Where the words and the sentences of a text stand."""

from __future__ import annotations

from hypothesis import given
from strategies import TEXTS

from newsearch.analysis import laid_out, sentences, tokenize


@given(TEXTS)
def test_layouts(text: str) -> None:
    """A layout says what all tokens and all sentences say."""
    layout, tokens = laid_out(text), tokenize(text)
    assert layout.text == text
    assert layout.sentences == sentences(text)
    assert list(layout.starts) == [token.start for token in tokens]
    assert list(layout.ends) == [token.end for token in tokens]
    for offset in range(len(text) + 1):
        before = sum(token.start < offset for token in tokens)
        assert layout.tokens_before(offset) == before


def test_a_giant_word() -> None:
    """A word of any length is laid out, each time it comes."""
    text = "x" * 1_000 + " ferry"
    assert list(laid_out(text).ends) == list(laid_out(text).ends) == [1_000, 1_006]
