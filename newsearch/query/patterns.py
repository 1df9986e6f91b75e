"""Words with a `*`, a `?` or a `~` in them, to the forms of an index that they stand for.

In: what was typed, and what gives the forms of the index. Out: the forms, the most frequent ones
where there are too many, and how many there were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from newsearch.analysis import fold
from newsearch.analysis.edits import within

FORMS_AT_MOST = 1000  # that one word stands for; each is a list of postings to be read
ACRONYM_AT_MOST = 3  # letters; longer ones are indexed in lower case

Among = Callable[[Sequence[str]], Iterable[str]]
"""Given forms, those of them that are wanted."""


class FormCount(NamedTuple):
    """How an indexed form is used in the corpus.

    Attributes:
        form: As it is indexed.
        occurrences: How often it occurs.
        capitals: How often it is capitalised in mid-sentence, as a name is.
        lowers: How often it is written in lower case.
    """

    form: str
    occurrences: int
    capitals: int
    lowers: int

    @property
    def capital_share(self) -> float | None:
        """The share of capitals among the occurrences that say anything, 0 to 1, or None."""
        told = self.capitals + self.lowers
        return self.capitals / told if told else None


class Words(Protocol):
    """The words of an index."""

    def forms(self, prefix: str, among: Among | None = None) -> Iterator[FormCount]:
        """Yield the forms that begin with a prefix, sorted.

        Args:
            prefix: What they begin with.
            among: Given a list of forms, returns those that are wanted; None for all.
        """

    def form(self, form: str) -> FormCount | None:
        """Return one of these forms, None for one that is not there."""

    def sharing(self, keys: Collection[int]) -> set[str]:
        """Return the forms that may be names and have one of these keys (see `names.keys`).

        Forms that are mostly written in lower case may be left out, but for those that the shipped
        names list.
        """


class Vocabulary(Protocol):
    """What gives the forms of an index; see `Words.forms`."""

    def __call__(self, prefix: str, among: Among | None = None) -> Iterable[FormCount]:
        """Return the forms that begin with a prefix, of these only the wanted ones."""


_PIECE = re.compile(r"(\*|\?(?=\w))")
_PARTS = re.compile(r"[^\w*?&.'’]+")


def pattern_words(text: str) -> list[str]:
    """Return the words of what was typed with a pattern in it.

    >>> pattern_words("rare-e?rth")
    ['rare', 'e?rth']
    """
    return [part for part in _PARTS.split(text) if fold(part.replace("*", "").replace("?", ""))]


def is_pattern(text: str) -> bool:
    """Tell whether a word has a `*` in it, or a `?` before its end."""
    return _PIECE.search(text) is not None


def matching(pattern: str, vocabulary: Vocabulary) -> list[FormCount]:
    """Return the forms that a pattern stands for.

    >>> counts = [FormCount(form, 1, 0, 1) for form in ("US", "usher", "woman", "women")]
    >>> def vocabulary(prefix, among=None):
    ...     begin = [each for each in counts if each.form.startswith(prefix)]
    ...     kept = set(among([each.form for each in begin]) if among else ())
    ...     return [each for each in begin if among is None or each.form in kept]
    >>> [count.form for count in matching("wom?n", vocabulary)]
    ['woman', 'women']
    >>> [count.form for count in matching("us*", vocabulary)]
    ['US', 'usher']
    """
    pieces = [piece if _PIECE.fullmatch(piece) else fold(piece) for piece in _PIECE.split(pattern)]
    matches = fitting(pieces)
    begin = "" if _PIECE.fullmatch(pieces[0]) else pieces[0]
    found = {
        count.form: count
        for beginning in dict.fromkeys((begin, begin.upper()[:ACRONYM_AT_MOST]))
        for count in vocabulary(beginning, lambda forms: filter(matches, forms))
    }
    return sorted(found.values())


def fitting(pieces: Iterable[str]) -> Callable[[str], object]:
    """Return what tells whether a text fits a pattern as a whole, in time linear in its length.

    Args:
        pieces: "*" for any letters, "?" for any letter, and what stands for itself.

    >>> fits = fitting(["z", "*", "k", "?"])
    >>> [word for word in ("zelensky", "zek", "zikzak") if fits(word)]
    ['zelensky']
    """
    parts = [""]
    for piece in pieces:
        if piece == "*":
            parts.append("")
        else:
            parts[-1] += "." if piece == "?" else re.escape(piece)
    rule = parts[0]
    if len(parts) > 1:
        # The first place of each part is as good as any later one, so none is tried twice.
        between = "".join(f"(?>.*?{part})" for part in parts[1:-1] if part)
        rule = f"{parts[0]}{between}.*{parts[-1]}"
    return re.compile(rule, re.IGNORECASE | re.DOTALL).fullmatch


def near(word: str, slips: int, vocabulary: Vocabulary) -> list[FormCount]:
    """Return the forms that are a word with so many letters more, less or different.

    The first letter stays: few slips are in it, and without it all of the vocabulary would have
    to be compared.
    """
    form = fold(word)
    return list(vocabulary(form[:1], lambda forms: within(list(forms), form, slips, 1)))


def most_frequent(found: list[FormCount]) -> tuple[str, ...]:
    """Return the forms that occur most, as many as a word may stand for; sorted."""
    if len(found) > FORMS_AT_MOST:
        found = sorted(found, key=lambda count: (-count.occurrences, count.form))[:FORMS_AT_MOST]
    return tuple(sorted(count.form for count in found))
