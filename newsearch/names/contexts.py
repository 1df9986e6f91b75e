"""How alike the company of two forms is: the words of the passages that hold them.

In: for each form the words around it, and how much a word tells. Out: a number. One person's
spellings live in the same company (first name, office, country, affairs), two people's seldom do;
spelling alone can't tell Pillay from Pillai.

Two forms that are about as frequent are compared by a sample of their passages: cosine with
squared inverse document frequencies, over the words that both have, with one mean weight in place
of each form's own norm, so that only shared words have to be looked up. Words right beside the
forms count more: a first name, an office. A name that fills the news has more company than a
sample can show; so for a rare form the words around it are looked up in all passages of the
frequent one, and what counts is how much oftener they stand there than elsewhere. And for all
forms it is looked up whether any word beside the one ever stands beside the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple, Protocol

PASSAGES = 8  # that stand for all passages of a form: forty told no more
BESIDE = "~"  # before a word that stands beside the form
_REACH = 2  # words on either side of a form are beside it
_BESIDE_COUNTS = 3.0  # times what the word counts for standing in the same passage
_COMMON = 2.0  # nats of idf of words that tell nothing of a passage
_MEAN = 3.0  # nats above that, of the usual word of a passage
_MIN_LETTERS = 3

_FAR_MORE_FREQUENT = 20  # times as often in the index
_LOOKED_UP = 30  # words around a rare form, those that tell most
_TELLING = 4.0  # nats of idf of a word that is worth looking up
_TELLING_BESIDE = 3.0  # of a word that is worth looking up beside the form
_LARGE = 5.0  # nats of idf that a rare form has in an index of some hundred passages
_SMOOTH = 0.5  # passages that are added to what is counted and to what is expected
_SCALE = 5.0  # nats of gain that are as good as a likeness of 1


class Together(NamedTuple):
    """How other words stand in passages of a form.

    Attributes:
        passages: How many were looked at.
        counts: For each of the words in how many of them it stands.
        beside: Whether any of the words stands beside the form that were asked for there.
    """

    passages: int
    counts: Sequence[int]
    beside: bool


class Company(NamedTuple):
    """How alike the company of two forms is.

    Attributes:
        likeness: 0 for nothing in common; two people of the same field reach .05, one person's
            spellings mostly .1 to 1.
        beside: Whether a word that tells something stands beside both, None if that is not known.
    """

    likeness: float
    beside: bool | None


class Contexts(Protocol):
    """What a matcher asks of an index about the company of a form."""

    def words(self, form: str) -> Mapping[str, float]:
        """Return the words around a form and in what share of its passages each stands, 0 to 1.

        A sample of `PASSAGES` passages is enough. A word that stands beside the form is there a
        second time, with `BESIDE` before it. Empty for a form without passages.
        """

    def weight(self, word: str) -> float:
        """Return a word's inverse document frequency, in nats: ln(passages / those with it)."""

    def together(
        self, form: str, words: Sequence[str], beside: Sequence[str], without: str
    ) -> Together | None:
        """Return how other words stand in the passages of a form, None where that is not known.

        Args:
            form: What all the passages hold.
            words: Those that may stand anywhere in a passage.
            beside: Those that are to stand within two words of the form.
            without: Passages with this form are left out.
        """


class PassageContexts:
    """Contexts from passages as an engine holds them; the answers are remembered.

    Args:
        passages: Given a form and a number, returns the forms of the tokens of at most so many
            passages that hold it, spread over the corpus.
        weight, together: As in `Contexts`.

    >>> company = {"kyiv": [["from", "the", "mayor", "kyiv", "heard"], ["kyiv", "mayor"]]}
    >>> contexts = PassageContexts(
    ...     lambda form, most: company[form], lambda word: 5.0, lambda *asked: None
    ... )
    >>> sorted(word for word, share in contexts.words("kyiv").items() if share == 1.0)
    ['mayor', '~mayor']
    """

    def __init__(
        self,
        passages: Callable[[str, int], Iterable[Iterable[str]]],
        weight: Callable[[str], float],
        together: Callable[[str, Sequence[str], Sequence[str], str], Together | None],
    ) -> None:
        self._passages = passages
        self._weight = weight
        self.together = together
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
                counts.update(_company(form, list(tokens)))
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


def _company(form: str, tokens: list[str]) -> set[str]:
    """Return the words of one passage, and once more those that stand beside a form."""
    company = set(tokens)
    for at, token in enumerate(tokens):
        if token == form:
            near = tokens[max(0, at - _REACH) : at] + tokens[at + 1 : at + 1 + _REACH]
            company.update([BESIDE + word for word in near if len(word) >= _MIN_LETTERS])
    company.discard(form)
    return {word for word in company if len(word) >= _MIN_LETTERS}


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

    def together(
        self, form: str, words: Sequence[str], beside: Sequence[str], without: str
    ) -> None:
        """Tell nothing: only shares were given."""


_REMEMBERED_FORMS = 2_000  # of about 20 kB each
_REMEMBERED_WORDS = 100_000


def company(
    left: str, right: str, frequencies: tuple[int, int], contexts: Contexts, least: float = 0.0
) -> Company | None:
    """Return how alike the company of two forms is, None where one of them has no passages.

    Args:
        left: A form.
        right: Another; the order does not matter.
        frequencies: How often each stands in the index.
        contexts: Where their company is found.
        least: A likeness below this tells enough; nothing more is looked up then.
    """
    in_order = sorted(zip(frequencies, (left, right), strict=True))
    few, many = (form for _, form in in_order)
    rare, frequent = max(1, min(frequencies)), max(frequencies)
    overlap = _overlap(few, many, contexts)
    if overlap is None:
        return None
    overlap /= sqrt(min(rare, PASSAGES))  # the more passages, the more words they share by chance
    words = contexts.words(few)
    told: list[str] = []
    if rare <= PASSAGES and frequent >= rare * _FAR_MORE_FREQUENT:
        told = _telling(few, many, contexts)
    if not told and overlap < least:
        return Company(overlap, None)
    beside = [word[len(BESIDE) :] for word in sorted(words) if word.startswith(BESIDE)]
    beside = [word for word in beside if contexts.weight(word) >= _TELLING_BESIDE and word != many]
    found = contexts.together(many, told, beside, few)
    if found is None:
        return Company(overlap, None)
    # In a small index, nothing beside both is what chance would have.
    tells = found.beside or (bool(beside) and contexts.weight(few) >= _LARGE)
    gain = _gain(told, words, found, contexts)
    return Company(max(overlap, gain), found.beside if tells else None)


def _overlap(few: str, many: str, contexts: Contexts) -> float | None:
    """Return how alike the samples of two forms' passages are."""
    left, right = contexts.words(few), contexts.words(many)
    if not left or not right:
        return None
    if len(left) > len(right):
        left, right = right, left
    shared = 0.0
    for word, share in left.items():
        if word in right:
            beside = word.startswith(BESIDE)
            bare = word[len(BESIDE) :] if beside else word
            if bare != few and bare != many:
                told = max(0.0, contexts.weight(bare) - _COMMON)
                told *= told * _BESIDE_COUNTS if beside else told
                shared += told * share * right[word]
    return shared / (_MEAN * _MEAN * _norm(left) * _norm(right))


def _norm(words: Mapping[str, float]) -> float:
    return sqrt(sum(share * share for share in words.values()))


def _telling(few: str, many: str, contexts: Contexts) -> list[str]:
    """Return the words around a rare form that tell most, but not what is as rare as that form."""
    words, rarest = contexts.words(few), contexts.weight(few)
    weights = {word: contexts.weight(word) for word in words if not word.startswith(BESIDE)}
    told = [word for word, weight in weights.items() if _TELLING < weight < rarest and word != many]
    told.sort(key=lambda word: (-words[word] * weights[word], word))
    return told[:_LOOKED_UP]


def _gain(
    told: list[str], words: Mapping[str, float], found: Together, contexts: Contexts
) -> float:
    """Return how much oftener words stand around a frequent form than elsewhere.

    The mean of their positive logarithmic likelihood ratios, each as weighty as the word is
    frequent around the rare form.
    """
    gain = 0.0
    for word, count in zip(told, found.counts, strict=True):
        expected = found.passages * exp(-contexts.weight(word))
        gain += words[word] * max(0.0, log((count + _SMOOTH) / (expected + _SMOOTH)))
    return gain / sum(words[word] for word in told) / _SCALE if told else 0.0
