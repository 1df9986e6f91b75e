"""The words of an index as the matcher asks for them.

In: an index, or (form, frequency, capital share) of every word. Out: how a form is used, and
which forms share a key with another. It judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple, Protocol

from newsearch.analysis import fold
from newsearch.names.keys import can_be_name, stored_keys
from newsearch.names.names_file import listed_forms

_POSSESSIVE = re.compile(r"['’ʼ‘＇][sS]?$")
_LATIN = re.compile(r"[A-Za-z]")


ORDINARY = 0.5  # a form that is capitalised less often in mid-sentence is an ordinary word


class Use(NamedTuple):
    """How a form is used in the corpus.

    Attributes:
        frequency: How often it stands there, at least 1.
        share: How often it is capitalised in mid-sentence, 0 to 1; None where nothing tells.
    """

    frequency: int
    share: float | None


class Vocabulary(Protocol):
    """What a matcher asks of an index."""

    def use(self, form: str) -> Use | None:
        """Return how an indexed form is used, None for one that is not there."""

    def sharing(self, keys: Collection[int]) -> Iterable[str]:
        """Return the forms that `keys.stored_keys` puts under one of these keys, each once.

        Forms that the corpus writes mostly in lower case may be left out, unless the shipped
        names list them: they are no names.
        """

    def uses(self) -> Iterable[tuple[str, Use]]:
        """Return all forms, and how each is used."""


class ListedVocabulary:
    """A vocabulary that is given word by word and held in memory.

    Args:
        words: Tuples that begin with form, frequency and capital share; forms that fold to the
            same are counted together. A fourth element that is a mapping is the form's company
            (see `contexts`); anything else there is left alone.

    Attributes:
        company: The mappings that were given, by form.
    """

    def __init__(self, words: Iterable[tuple[Any, ...]]) -> None:
        frequency: dict[str, int] = {}
        capital: dict[str, float] = {}
        told: dict[str, int] = {}
        self.company: dict[str, Mapping[str, float]] = {}
        for form, count, share, *more in words:
            form = as_indexed(form)
            frequency[form] = frequency.get(form, 0) + count
            if share is not None:
                capital[form] = capital.get(form, 0.0) + share * count
                told[form] = told.get(form, 0) + count
            if more and isinstance(more[0], Mapping):
                self.company[form] = more[0]
        self._uses = {
            form: Use(count, capital[form] / told[form] if told.get(form) else None)
            for form, count in frequency.items()
        }
        self._by_key: dict[int, list[str]] = {}
        listed = listed_forms()
        for form in filter(can_be_name, frequency):
            share = self._uses[form].share
            if share is not None and share < ORDINARY and form not in listed:
                continue
            for key in stored_keys(form):
                self._by_key.setdefault(key, []).append(form)

    def use(self, form: str) -> Use | None:
        """Return how a form is used, None for one that is not there."""
        return self._uses.get(form)

    def sharing(self, keys: Collection[int]) -> Iterable[str]:
        """Return the forms under one of these keys, each once."""
        return set(chain.from_iterable(self._by_key.get(key, ()) for key in keys))

    def uses(self) -> Iterable[tuple[str, Use]]:
        """Return all forms, and how each is used."""
        return self._uses.items()


def as_indexed(form: str) -> str:
    """Return the form under which an index keeps a word, given the word or that form.

    Two or three capitals are an acronym and stay: "US" is not "us".

    >>> as_indexed("Erdoğan"), as_indexed("US")
    ('erdogan', 'US')
    """
    if form.isascii() and (form.islower() or (len(form) <= 3 and form.isupper())):
        return form
    return fold(form)


def asked_form(word: str) -> tuple[str, bool]:
    """Return a typed word's form, and whether it was typed in another script than Latin.

    >>> asked_form("ZELENSKY’S"), asked_form("Київ")
    (('zelensky', False), ('kiyiv', True))
    """
    bare = _POSSESSIVE.sub("", word)
    return as_indexed(bare), not bare.isascii() and not _LATIN.search(bare)
