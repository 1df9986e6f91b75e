"""A corpus file to ready passages, and a few thousand of them to as many as are wanted.

In: what `newsearch.read_articles` reads. Out: `Ready` passages, streamed. Reading, cleaning and
cutting are newsearch's own, so that every peer is given the same passages; none of that is timed.

Growing makes new articles of sentences of a few articles of the corpus, with some words replaced
by others of about the same frequency and some rare ones by words that are new. So the lists of
common words grow with the corpus, and the vocabulary goes on growing as it does in real text.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.records import Ready
from newsearch.adding import prepare
from newsearch.analysis import sentences
from newsearch.articles import read_articles
from newsearch.errors import InputError
from newsearch.settings import Settings


class Piece(NamedTuple):
    """An article, cut into passages."""

    id: str
    title: str
    texts: tuple[str, ...]

    def ready(self) -> Iterator[Ready]:
        for number, text in enumerate(self.texts):
            yield Ready(f"{self.id}#{number}", self.title, text)


def read_pieces(corpus: Path) -> Iterator[Piece]:
    """Yield the articles of a corpus, cleaned and cut with newsearch's default settings.

    Args:
        corpus: A file or a folder that newsearch can read; what in it can't be read is left out.
    """
    settings = Settings()
    for article in read_articles(corpus, on_problem=_pass_over):
        entry = prepare([article], [""], settings)[0]
        texts = tuple(passage.text for passage in entry.passages)
        if texts:
            yield Piece(article.id, entry.article.title, texts)


def _pass_over(problem: InputError) -> None:
    return None


def passages(pieces: Iterable[Piece], wanted: int, seed: int) -> Iterator[Ready]:
    """Yield as many passages as are wanted: those of the corpus first, then grown ones.

    Args:
        pieces: The corpus; held in memory, unlike what is grown from it.
        wanted: How many passages; fewer than the corpus has gives its first ones.
        seed: The same seed and corpus give the same passages.

    >>> corpus = [Piece("a", "Ferry", ("The ferry runs again. The quay is open.",))]
    >>> [ready.id for ready in passages(corpus, 3, seed=1)]
    ['a#0', 'grown-0#0', 'grown-1#0']
    """
    kept = list(pieces)
    stream = (ready for piece in _and_grown(kept, seed) for ready in piece.ready())
    return islice(stream, wanted)


def _and_grown(kept: list[Piece], seed: int) -> Iterator[Piece]:
    yield from kept
    if kept:
        grower = Grower(kept, seed)
        number = 0
        while True:
            yield grower.piece(number)
            number += 1


_REPLACED = 0.12  # of the words; a few in each sentence
_DONORS = 3  # articles of which a new one is made
_LEFT_ALONE = 100  # the most frequent words: grammar, which is in every text alike
_RARE = 4  # occurrences in the corpus, at most
_NEW = 0.6  # of the replaced rare words; most of the others take one that was new before
_NEW_AGAIN = 0.8
_WORD = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class _Words:
    """Words of one kind (lower case, capitalised), most frequent first."""

    ranked: list[str]
    place: dict[str, int]
    rare_from: int
    coined: list[str]

    @classmethod
    def of(cls, counts: Counter[str]) -> _Words:
        ranked = sorted(counts, key=lambda word: (-counts[word], word))
        rare = sum(count > _RARE for count in counts.values())
        return cls(ranked, {word: at for at, word in enumerate(ranked)}, rare, [])


class Grower:
    """Makes new articles out of those of a corpus.

    Args:
        pieces: The corpus.
        seed: Decides everything.
    """

    def __init__(self, pieces: list[Piece], seed: int) -> None:
        self._random = random.Random(seed)
        self._articles = [_split(piece) for piece in pieces]
        lower, capital = Counter[str](), Counter[str]()
        for _, texts in self._articles:
            for chunk in (chunk for text in texts for sentence in text for chunk in sentence):
                if match := _WORD.fullmatch(chunk):
                    (lower if match[2].islower() else capital)[match[2]] += 1
        self._lower, self._capital = _Words.of(lower), _Words.of(capital)

    def piece(self, number: int) -> Piece:
        """Return the next new article; `number` makes its id."""
        donors = [self._random.choice(self._articles) for _ in range(_DONORS)]
        title, shape = donors[0]
        pool = [sentence for _, texts in donors for text in texts for sentence in text]
        texts = tuple(
            " ".join(self._changed(self._random.choice(pool)) for _ in sentences_of)
            for sentences_of in shape
        )
        return Piece(f"grown-{number}", self._changed(title), texts)

    def _changed(self, sentence: list[str]) -> str:
        chunks = sentence[:]
        at = int(self._random.expovariate(_REPLACED))
        while at < len(chunks):
            chunks[at] = self._other(chunks[at])
            at += 1 + int(self._random.expovariate(_REPLACED))
        return " ".join(chunks)

    def _other(self, chunk: str) -> str:
        match = _WORD.fullmatch(chunk)
        if match is None:
            return _DIGIT.sub(lambda _: str(self._random.randrange(10)), chunk)
        before, word, after = match.groups()
        words = self._lower if word.islower() else self._capital
        place = words.place.get(word, 0)
        if place < _LEFT_ALONE:
            return chunk
        if place >= words.rare_from and self._random.random() < _NEW:
            return before + self._coin(word, words) + after
        if place >= words.rare_from and words.coined and self._random.random() < _NEW_AGAIN:
            return before + self._random.choice(words.coined) + after
        near = place + round(self._random.gauss(0, 0.1 * place))
        near = min(max(near, _LEFT_ALONE), len(words.ranked) - 1)
        return before + words.ranked[near] + after

    def _coin(self, word: str, words: _Words) -> str:
        """Return the head of one rare word with the tail of another."""
        other = words.ranked[self._random.randrange(words.rare_from, len(words.ranked))]
        tail = other[len(other) // 2 :]
        coined = word[: (len(word) + 1) // 2] + (tail.lower() if word[1:].islower() else tail)
        words.coined.append(coined)
        return coined


def _split(piece: Piece) -> tuple[list[str], list[list[list[str]]]]:
    """Return a title's chunks, and the chunks of each sentence of each passage."""
    texts = [
        [text[start:end].split() for start, end in sentences(text)] or [text.split()]
        for text in piece.texts
    ]
    return piece.title.split(), texts
