"""The stem of a word: what `guarantee`, `guarantees` and `guaranteed` have in common.

The index keeps words as they are; stems are used when a query is read, to find the words that
stand for one another. So a name is never stemmed into another one (Harris and Harry share a
stem), and how stemming is done can change without indexing again.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import Stemmer

_stemmer = Stemmer.Stemmer("english")
_one_at_a_time = Lock()  # a Stemmer has state


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """Return the English stem of a folded word, by Porter's Snowball algorithm.

    Words with a digit or capitals (numbers, codes, acronyms) are their own stems.

    >>> [stem(word) for word in ("guarantee", "guarantees", "guaranteed", "security", "US", "f16")]
    ['guarante', 'guarante', 'guarante', 'secur', 'US', 'f16']
    """
    if not (form.isascii() and form.isalpha() and form.islower()):
        return form
    with _one_at_a_time:
        return str(_stemmer.stemWord(form))
