"""A cleaned article to passages, the units that are ranked.

In: text in which a line break ends a paragraph. Out: passages in order, each exactly a slice of
the text and a run of whole sentences; together they hold every word once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsearch.analysis import sentences
from newsearch.records import Passage
from newsearch.settings import Settings


class _Piece(NamedTuple):
    """A paragraph, or a sentence of one that is too long; or a run of pieces."""

    start: int
    end: int
    words: int


def passages(text: str, settings: Settings | None = None) -> list[Passage]:
    """Cut a text into passages of whole sentences, whole paragraphs where they fit.

    Args:
        text: A cleaned article's text.
        settings: Lengths, in words; the defaults if None.

    Returns:
        Passages in order, numbered from 0, none empty; a last one shorter than half of
        `passage_words` is joined to the one before. Empty for a text without a word.

    >>> short = Settings(passage_words=4, passage_words_max=8)
    >>> text = "The ferry runs again.\\nTrams do not. They will on Monday, it is said. Wait."
    >>> [passage.text for passage in passages(text, short)]
    ['The ferry runs again.', 'Trams do not.', 'They will on Monday, it is said. Wait.']
    """
    settings = settings or Settings()
    runs = _pack(text, settings.passage_words, settings.passage_words_max)
    return [
        Passage(number, run.start, run.end, text[run.start : run.end])
        for number, run in enumerate(runs)
    ]


def _pack(text: str, enough: int, most: int) -> list[_Piece]:
    """Group paragraphs: cut at a paragraph's end if long enough, at a sentence's if too long."""
    runs: list[_Piece] = []
    run: _Piece | None = None
    for paragraph in _paragraphs(text):
        fits = (run.words if run else 0) + paragraph.words <= most
        for piece in [paragraph] if fits else _sentences(text, paragraph, most):
            if run and run.words + piece.words > most:
                runs.append(run)
                run = None
            run = _joined(run, piece) if run else piece
        if run and run.words >= enough:
            runs.append(run)
            run = None
    if run:
        stub = runs and run.words * 2 < enough  # too short to say anything
        runs.append(_joined(runs.pop(), run) if stub else run)
    return runs


def _joined(run: _Piece, piece: _Piece) -> _Piece:
    return _Piece(run.start, piece.end, run.words + piece.words)


def _paragraphs(text: str) -> Iterator[_Piece]:
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + line.index(bare[0])
            yield _Piece(first, first + len(bare), _words(bare))
        start += len(line) + 1


def _sentences(text: str, paragraph: _Piece, longest: int) -> Iterator[_Piece]:
    within = text[paragraph.start : paragraph.end]
    for start, end in sentences(within):
        for first, stop, words in _split_long(within, start, end, longest):
            yield _Piece(paragraph.start + first, paragraph.start + stop, words)


def _words(text: str) -> int:
    return _counted(len(text.split()), len(text))


def _counted(words: int, letters: int) -> int:
    """Return about how many words a text has; Chinese and Japanese write none apart."""
    return max(words, letters // _LETTERS_AT_MOST)


_LETTERS_AT_MOST = 12  # characters of a word, on average over a paragraph


def _split_long(text: str, start: int, end: int, longest: int) -> list[tuple[int, int, int]]:
    """Cut a "sentence" of more words than a passage may have: tables, lists, missing stops.

    Returns:
        Where each piece begins and ends, and its words.
    """
    words = text[start:end].split()
    if len(words) <= longest:
        return [(start, end, _counted(len(words), end - start))]
    pieces = []
    at = start
    for first in range(0, len(words), longest):
        begin = text.index(words[first], at)
        at = begin
        for word in words[first : first + longest]:
            at = text.index(word, at) + len(word)
        pieces.append((begin, at, _words(text[begin:at])))
    return pieces
