"""Passages as they are laid out, remembered."""

from __future__ import annotations

from newsearch.answering.layouts import Layouts


class Passage:
    """A passage that counts how often it is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.read = 0

    def text(self) -> str:
        self.read += 1
        return self._text


def test_read_once() -> None:
    """A passage is read once, and again only when others have taken up the room."""
    remembered = Layouts(5_000)
    first, second, large = (Passage(text) for text in ("The ferry.", "A tram.", "a " * 2_000))
    every = [first, second, first, second, large, second, first]
    found = [remembered.of(id(passage), passage).text for passage in every]
    assert found == [passage._text for passage in every]
    assert (first.read, second.read, large.read) == (2, 2, 1)
