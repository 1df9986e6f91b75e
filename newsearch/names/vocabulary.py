"""The words of an index, arranged for finding spellings near a given one.

In: (form, frequency, capital share) of every word. Out: `Vocabulary`: who is a name, who lies
near whom. It judges nothing but whether a word can be a name at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from newsearch.analysis import fold
from newsearch.names.skeleton import skeletons

_MIN_LETTERS = 3  # of a name that has spellings; shorter ones are initials and particles
_SLIP_LETTERS = 7  # of the shorter form; in shorter names one letter is too much of the name
_EDGE = 3  # letters at either end by which slips are looked up
_NAME_SHARE = 0.5  # capitalised in mid-sentence at least this often


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an index holds.

    Attributes:
        frequency: Form to the number of its occurrences, at least 1.
        ordinary: Forms that are mostly written in lower case.
        by_skeleton: Name-like forms under each of their `skeletons`.
        by_edge: Longer name-like forms under their first and last letters.
    """

    frequency: dict[str, int]
    ordinary: frozenset[str]
    by_skeleton: dict[str, list[str]]
    by_edge: dict[str, list[str]]

    def near(self, form: str) -> set[str]:
        """Return the name-like forms that may be spelled otherwise by habit, itself left out."""
        found = chain.from_iterable(self.by_skeleton.get(key, ()) for key in skeletons(form))
        return set(found) - {form}

    def near_slips(self, form: str) -> set[str]:
        """Return the name-like forms that begin or end like it, of nearly its length."""
        if len(form) < _SLIP_LETTERS:
            return set()
        found = chain.from_iterable(self.by_edge.get(edge, ()) for edge in _edges(form))
        return {other for other in found if _close(form, other)} - {form}


def read_vocabulary(
    words: Iterable[tuple[Any, ...]], is_listed: Callable[[str], bool]
) -> Vocabulary:
    """Arrange the words of an index.

    Args:
        words: Tuples that begin with form, frequency and capital share; forms that fold to the
            same are counted together.
        is_listed: Whether a names file holds a form: then it is a name however it is written.

    Returns:
        The vocabulary; empty for no words.
    """
    frequency: dict[str, int] = {}
    lower: dict[str, float] = {}
    seen: dict[str, int] = {}
    for form, count, share, *_ in words:
        form = as_indexed(form)
        frequency[form] = frequency.get(form, 0) + count
        if share is not None:
            lower[form] = lower.get(form, 0.0) + (1 - share) * count
            seen[form] = seen.get(form, 0) + count
    ordinary = frozenset(
        form
        for form, count in seen.items()
        if lower[form] > (1 - _NAME_SHARE) * count and not is_listed(form)
    )
    names = [form for form in frequency if form not in ordinary and can_be_name(form)]
    return Vocabulary(frequency, ordinary, _grouped(names, skeletons), _grouped(names, _edges))


def as_indexed(form: str) -> str:
    """Return the form under which an index keeps a word, given the word or that form.

    Two or three capitals are an acronym and stay: "US" is not "us".

    >>> as_indexed("Erdoğan"), as_indexed("US")
    ('erdogan', 'US')
    """
    return form if len(form) <= 3 and form.isascii() and form.isupper() else fold(form)


def can_be_name(form: str) -> bool:
    """Return whether a folded form has the letters for a name with several spellings."""
    return len(form) >= _MIN_LETTERS and form.isascii() and form.isalpha() and form.islower()


def _close(form: str, other: str) -> bool:
    return abs(len(other) - len(form)) <= 1 and len(other) >= _SLIP_LETTERS


def _edges(form: str) -> tuple[str, ...]:
    # One slip leaves the first or the last letters as they are, if there are enough of them.
    if len(form) < _SLIP_LETTERS:
        return ()
    return f"{form[:_EDGE]}-", f"-{form[-_EDGE:]}"


def _grouped(forms: Iterable[str], keys: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for form in forms:
        for key in keys(form):
            groups.setdefault(key, []).append(form)
    return groups
