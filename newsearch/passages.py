"""A cleaned article to passages, the units that are ranked.

In: text in which a line break ends a paragraph. Out: passages in order, each exactly a slice of
the text and a run of whole sentences; together they hold every word once.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsearch.analysis import sentences
from newsearch.records import Passage
from newsearch.settings import Settings


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: int
    ends_paragraph: bool


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
    runs = _pack(_measure(text, settings.passage_words_max), settings)
    return [
        Passage(number, run[0].start, run[-1].end, text[run[0].start : run[-1].end])
        for number, run in enumerate(runs)
    ]


def _measure(text: str, longest: int) -> list[_Sentence]:
    found = []
    for start, end in sentences(text):
        last = end >= len(text) or "\n" in text[end : end + 2]
        pieces = _split_long(text, start, end, longest)
        for at, (first, stop) in enumerate(pieces):
            words = _words(text[first:stop])
            found.append(_Sentence(first, stop, words, last and at == len(pieces) - 1))
    return found


def _words(text: str) -> int:
    """Return about how many words a text has; Chinese and Japanese write none apart."""
    return max(len(text.split()), len(text) // _LETTERS_AT_MOST)


_LETTERS_AT_MOST = 12  # characters of a word, on average over a sentence


def _split_long(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    """Cut a "sentence" of more words than a passage may have: tables, lists, missing stops."""
    words = text[start:end].split()
    if len(words) <= longest:
        return [(start, end)]
    pieces = []
    at = start
    for first in range(0, len(words), longest):
        begin = text.index(words[first], at)
        at = begin
        for word in words[first : first + longest]:
            at = text.index(word, at) + len(word)
        pieces.append((begin, at))
    return pieces


def _pack(units: list[_Sentence], settings: Settings) -> list[list[_Sentence]]:
    """Group sentences: cut at a paragraph's end if long enough, anywhere if too long."""
    enough, most = settings.passage_words, settings.passage_words_max
    runs: list[list[_Sentence]] = []
    run: list[_Sentence] = []
    words = 0
    for unit in units:
        if run and words + unit.words > most:
            runs.append(run)
            run, words = [], 0
        run.append(unit)
        words += unit.words
        if words >= enough and unit.ends_paragraph:
            runs.append(run)
            run, words = [], 0
    if run:
        runs.append(run)
    return _glue_stub(runs, settings)


def _glue_stub(runs: list[list[_Sentence]], settings: Settings) -> list[list[_Sentence]]:
    """Put a last passage that is too short to say anything to the one before it."""
    if len(runs) < 2 or sum(unit.words for unit in runs[-1]) * 2 >= settings.passage_words:
        return runs
    return [*runs[:-2], runs[-2] + runs[-1]]
