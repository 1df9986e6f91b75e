"""What is asked: sets of queries of several kinds, drawn from the passages of a corpus.

In: passages and a seed. Out: `Query`s whose words are plain ASCII letters, so that no peer reads
one otherwise than another, and each of which at least one passage answers.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from benchmarks.records import AND, NAMES, PHRASE, PREFIX, RANKED, Query, Ready
from newsearch.analysis import stem


def draw(passages: Iterable[Ready], each: int, seed: int) -> list[Query]:
    """Return up to `each` different queries of every kind; fewer if the passages are too few.

    Args:
        passages: Held in memory; give the corpus, not what was grown from it.
        each: How many of a kind.
        seed: The same seed and passages give the same queries.
    """
    source = _Source([ready.text for ready in passages], random.Random(seed))
    makers: dict[str, Callable[[list[str]], tuple[str, ...]]] = {
        RANKED: source.some_words,
        AND: source.few_words,
        PHRASE: source.phrase,
        PREFIX: source.prefix,
        NAMES: source.name,
    }
    found = []
    for kind, maker in makers.items():
        drawn: dict[tuple[str, ...], None] = {}
        for chunks in source.at_random(each * 100):
            if len(drawn) == each:
                break
            if words := maker(chunks):
                drawn[words] = None
        found += [Query(kind, words) for words in drawn]
    return found


_PLAIN = re.compile(r"[a-z]+")
_CONTENT = re.compile(r"[a-z]{4,}")
_NAME = re.compile(r"[A-Z][a-z]{3,}")
_AROUND = ".,;:!?\"'()"
_COMMON = 0.1  # share of the passages; words in more of them are not asked for alone
_COMPLETIONS = 200  # a prefix of more words than that is no question


class _Source:
    """Passages with the numbers that tell which of their words are worth asking for."""

    def __init__(self, texts: list[str], rng: random.Random) -> None:
        self._texts = texts
        self._random = rng
        self._holding = Counter[str]()
        for text in texts:
            self._holding.update({chunk.strip(_AROUND) for chunk in text.split()})
        self._least = 3 if len(texts) > 1000 else 1
        self._most = max(_COMMON * len(texts), 10)
        self._completions: dict[str, set[str]] = {}
        for word in filter(_PLAIN.fullmatch, self._holding):
            for length in (4, 5):
                self._completions.setdefault(word[:length], set()).add(word)

    def at_random(self, times: int) -> Iterator[list[str]]:
        """Yield the chunks of passages, one passage at random after the other."""
        for _ in range(times):
            yield self._random.choice(self._texts).split()

    def _asked_for(self, word: str) -> bool:
        return self._least <= self._holding[word] <= self._most

    def _content(self, chunks: list[str]) -> list[str]:
        words = dict.fromkeys(chunk.strip(_AROUND) for chunk in chunks)
        return [word for word in words if _CONTENT.fullmatch(word) and self._asked_for(word)]

    def _sample(self, chunks: list[str], most: int) -> tuple[str, ...]:
        words = self._content(chunks)
        wanted = self._random.randint(2, most)
        return tuple(self._random.sample(words, wanted)) if len(words) >= wanted else ()

    def some_words(self, chunks: list[str]) -> tuple[str, ...]:
        return self._sample(chunks, 4)

    def few_words(self, chunks: list[str]) -> tuple[str, ...]:
        return self._sample(chunks, 3)

    def phrase(self, chunks: list[str]) -> tuple[str, ...]:
        """Return words that stand side by side, one of them worth asking for."""
        length = self._random.randint(2, 3)
        starts = [
            at
            for at in range(len(chunks) - length + 1)
            if all(map(_PLAIN.fullmatch, chunks[at : at + length]))
            and self._content(chunks[at : at + length])
        ]
        if not starts:
            return ()
        at = self._random.choice(starts)
        return tuple(chunks[at : at + length])

    def prefix(self, chunks: list[str]) -> tuple[str, ...]:
        """Return the first letters of a word, which stemming leaves alone, as in all completions.

        An index of stems would otherwise know other completions than one of words; and FTS5 and
        Whoosh stem the letters themselves, so that "purs" would find "purchase".
        """
        words = [word for word in self._content(chunks) if len(word) > 5]
        if not words:
            return ()
        letters = self._random.choice(words)[: self._random.randint(4, 5)]
        completions = self._completions[letters]
        kept = all(stem(word).startswith(letters) for word in completions)
        kept = kept and stem(letters) == letters
        return (letters,) if kept and len(completions) <= _COMPLETIONS else ()

    def name(self, chunks: list[str]) -> tuple[str, ...]:
        """Return one or two capitalised words in mid-sentence that are hardly ever lower-case."""
        starts = [
            at
            for at in range(1, len(chunks))
            if _PLAIN.fullmatch(chunks[at - 1]) and self._is_name(chunks[at])
        ]
        if not starts:
            return ()
        at = self._random.choice(starts)
        first, *rest = chunks[at : at + 2]
        if _NAME.fullmatch(first) and rest and self._is_name(rest[0]):
            return first, rest[0].strip(_AROUND)
        return (first.strip(_AROUND),)

    def _is_name(self, chunk: str) -> bool:
        word = chunk.strip(_AROUND)
        return (
            _NAME.fullmatch(word) is not None
            and self._asked_for(word)
            and self._holding[word.lower()] * 10 < self._holding[word]
        )
