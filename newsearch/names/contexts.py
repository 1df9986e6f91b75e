"""How alike the company of two forms is: the words of the passages that hold them.

In: for each form the words around it, and how much a word tells. Out: a number. One person's
spellings live in the same company (first name, office, country, affairs), two people's seldom do;
spelling alone can't tell Pillay from Pillai.

Cosine with squared inverse document frequencies, over the words that both have, with one mean
weight in place of each form's own norm: so only shared words have to be looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import sqrt
from typing import Protocol

PASSAGES = 8  # that stand for all passages of a form: thirty told no more
_COMMON = 2.0  # nats of idf of words that tell nothing of a passage
_MEAN = 3.0  # nats above that, of the usual word of a passage
_MIN_LETTERS = 3


class Contexts(Protocol):
    """What a matcher asks of an index about the company of a form."""

    def words(self, form: str) -> Mapping[str, float]:
        """Return the words around a form and in what share of its passages each stands, 0 to 1.

        A sample of `PASSAGES` passages is enough. Empty for a form without passages.
        """

    def weight(self, word: str) -> float:
        """Return a word's inverse document frequency, in nats: ln(passages / those with it)."""


class PassageContexts:
    """Contexts from passages as an engine holds them; the answers are remembered.

    Args:
        passages: Given a form and a number, returns the forms of the tokens of at most so many
            passages that hold it, spread over the corpus.
        weight: As in `Contexts`.

    >>> company = {"kyiv": [["mayor", "kyiv", "said"], ["kyiv", "mayor"]]}
    >>> contexts = PassageContexts(lambda form, most: company[form], lambda word: 5.0)
    >>> sorted(contexts.words("kyiv").items())
    [('mayor', 1.0), ('said', 0.5)]
    """

    def __init__(
        self,
        passages: Callable[[str, int], Iterable[Iterable[str]]],
        weight: Callable[[str], float],
    ) -> None:
        self._passages = passages
        self._weight = weight
        self._words: dict[str, dict[str, float]] = {}
        self._weights: dict[str, float] = {}

    def words(self, form: str) -> Mapping[str, float]:
        """Return the words around a form and in what share of its passages each stands."""
        found = self._words.get(form)
        if found is None:
            counts: Counter[str] = Counter()
            passages = 0
            for tokens in self._passages(form, PASSAGES):
                passages += 1
                counts.update({word for word in tokens if len(word) >= _MIN_LETTERS})
            counts.pop(form, None)
            found = {word: count / passages for word, count in counts.items()}
            if len(self._words) >= _REMEMBERED_FORMS:
                self._words.clear()
            self._words[form] = found
        return found

    def weight(self, word: str) -> float:
        """Return a word's inverse document frequency, in nats."""
        found = self._weights.get(word)
        if found is None:
            if len(self._weights) >= _REMEMBERED_WORDS:
                self._weights.clear()
            found = self._weights[word] = self._weight(word)
        return found


class GivenContexts:
    """Contexts that were given form by form; all words tell the same.

    Args:
        company: By form, the words around it and their shares or weights.
    """

    def __init__(self, company: Mapping[str, Mapping[str, float]]) -> None:
        self._company = company

    def words(self, form: str) -> Mapping[str, float]:
        """Return the words around a form."""
        return self._company.get(form, {})

    def weight(self, word: str) -> float:
        """Return the weight of the usual word."""
        return _COMMON + _MEAN


_REMEMBERED_FORMS = 2_000  # of about 20 kB each
_REMEMBERED_WORDS = 100_000


def likeness(left: str, right: str, contexts: Contexts) -> float | None:
    """Return how alike the company of two forms is.

    Args:
        left: A form.
        right: Another; the order does not matter.
        contexts: Where their company is found.

    Returns:
        0 for nothing in common; two people of the same field reach .05, one person's spellings
        mostly .1 to 1. None where one of them has no passages.
    """
    few, many = contexts.words(left), contexts.words(right)
    if not few or not many:
        return None
    if len(few) > len(many):
        few, many = many, few
    shared = 0.0
    for word, share in few.items():
        if word in many and word != left and word != right:
            told = max(0.0, contexts.weight(word) - _COMMON)
            shared += told * told * share * many[word]
    return shared / (_MEAN * _MEAN * _norm(few) * _norm(many))


def _norm(words: Mapping[str, float]) -> float:
    return sqrt(sum(share * share for share in words.values()))
