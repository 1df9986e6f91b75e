"""A cleaned article to passages, the units that are ranked.

In: text in which a line break ends a paragraph. Out: passages in order, each exactly a slice of
the text and a run of whole sentences; together they hold every word once.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.analysis import sentences
from newsearch.records import Passage, Span
from newsearch.settings import Settings

# A paragraph, or a sentence of one that is too long: where it begins and ends, and its words.
_Piece = tuple[int, int, int]


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
        Passage(number, start, end, text[start:end]) for number, (start, end) in enumerate(runs)
    ]


def _pack(text: str, enough: int, most: int) -> list[Span]:
    """Group paragraphs: cut at a paragraph's end if long enough, at a sentence's if too long."""
    runs: list[Span] = []
    first = last = words = 0  # of the run that is being made; no words if there is none
    for paragraph in _paragraphs(text):
        fits = words + paragraph[2] <= most
        for start, end, more in (paragraph,) if fits else _sentences(text, paragraph, most):
            if words and words + more > most:
                runs.append((first, last))
                words = 0
            first, last, words = first if words else start, end, words + more
        if words >= enough:
            runs.append((first, last))
            words = 0
    if words:
        stub = runs and words * 2 < enough  # too short to say anything
        runs.append((runs.pop()[0] if stub else first, last))
    return runs


def _paragraphs(text: str) -> Iterator[_Piece]:
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + line.index(bare[0])
            yield first, first + len(bare), _counted(len(bare.split()), len(bare))
        start += len(line) + 1


def _sentences(text: str, paragraph: _Piece, longest: int) -> Iterator[_Piece]:
    begin, stop, _ = paragraph
    within = text[begin:stop]
    for start, end in sentences(within):
        for first, last, words in _split_long(within, start, end, longest):
            yield begin + first, begin + last, words


def _counted(words: int, letters: int) -> int:
    """Return about how many words a text has; Chinese and Japanese write none apart."""
    return max(words, letters // _LETTERS_AT_MOST)


_LETTERS_AT_MOST = 12  # characters of a word, on average over a paragraph


def _split_long(text: str, start: int, end: int, longest: int) -> list[_Piece]:
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
        some = words[first : first + longest]
        begin = at = text.index(some[0], at)
        for word in some:
            at = text.index(word, at) + len(word)
        pieces.append((begin, at, _counted(len(some), at - begin)))
    return pieces
