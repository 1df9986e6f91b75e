"""Which words tell some passages from others.

A word is distinctive if more of the passages hold it than chance would have it: Dunning's
log-likelihood ratio (Dunning 1993, "Accurate methods for the statistics of surprise and
coincidence"), over passages rather than occurrences, so that one passage that repeats a word does
not make it distinctive. Rates of rare words are not trusted too much by it, as they are by ratios.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import log

import numpy as np

from newsearch.analysis import FUNCTION_WORDS, Token, tokenize
from newsearch.engines.base import Numbers, Snapshot

SURE = 6.6  # of the log-likelihood ratio; chance gives it to one word in a hundred
READ_AT_MOST = 300  # passages; reading one takes a tenth of a millisecond or two


@dataclass(frozen=True)
class Sample:
    """The words of some passages.

    Attributes:
        texts: The passages, each with its tokens.
    """

    texts: list[tuple[str, list[Token]]]

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def _forms(self) -> list[frozenset[str]]:
        return [frozenset([token.form for token in tokens]) for _, tokens in self.texts]

    def holding(self, forms: Iterable[str]) -> int:
        """Return how many of the passages hold any of some forms."""
        wanted = frozenset(forms)
        return sum(not wanted.isdisjoint(forms) for forms in self._forms)

    @cached_property
    def every(self) -> Counter[str]:
        """How many of the passages hold each form."""
        return Counter(chain.from_iterable(self._forms))

    @property
    def counts(self) -> dict[str, int]:
        """The same for what may say something: no slip of one passage, no letter, no "the"."""
        least = max(_LEAST, len(self) // _SELDOM) if len(self) > 1 else 1
        return {
            form: many
            for form, many in self.every.items()
            if many >= least and len(form) > 1 and not form.isdigit() and form not in FUNCTION_WORDS
        }

    def written(self, forms: Iterable[str]) -> dict[str, tuple[str, Token]]:
        """Return how some forms are written most often, each with a token of it."""
        wanted = {form: Counter[str]() for form in forms}
        tokens = {}
        for text, said in self.texts:
            for token in said:
                if token.form in wanted:
                    wanted[token.form][text[token.start : token.end]] += 1
                    tokens[token.form] = token
        return {form: (_most(words), tokens[form]) for form, words in wanted.items() if words}


_LEAST = 2  # passages must hold a word
_SELDOM = 60  # or one in so many, if they are more


def _most(words: Counter[str]) -> str:
    return min(words.items(), key=lambda each: (-each[1], each[0]))[0]


def read(snapshot: Snapshot, orders: Numbers, most: int) -> Sample:
    """Read some of the passages, spread evenly over all; a text that comes twice counts once."""
    chosen = np.unique(np.linspace(0, len(orders) - 1, min(most, len(orders))).astype(np.int64))
    texts = (snapshot.passage(order).text() for order in orders[chosen].tolist())
    return Sample([(text, tokenize(text)) for text in dict.fromkeys(texts)])


def surprise(holding: int, passages: int, others_holding: int, others: int) -> float:
    """Return the log-likelihood ratio of a word, 0 if it is not more frequent than elsewhere.

    Args:
        holding: Passages that hold it.
        passages: All passages that were looked at.
        others_holding: Other passages that hold it.
        others: All other passages.

    >>> round(surprise(10, 20, 10, 1000), 1), surprise(1, 100, 50, 1000)
    (57.1, 0.0)
    """
    if holding * others <= others_holding * passages:
        return 0.0
    every, all_holding = passages + others, holding + others_holding
    cells = (
        (holding, passages, all_holding),
        (passages - holding, passages, every - all_holding),
        (others_holding, others, all_holding),
        (others - others_holding, others, every - all_holding),
    )
    return 2 * sum(n * log(n * every / (row * column)) for n, row, column in cells if n)
