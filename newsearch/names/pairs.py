"""Two forms of one vocabulary: are they one name there?

In: the vocabulary, the names files and the company that forms keep. Out: `Judgement`s. It looks up
what `judging` decides by; what else a name has is not asked (see `matcher`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from newsearch.analysis import FUNCTION_WORDS
from newsearch.names.contexts import Company, Contexts, company
from newsearch.names.judging import (
    Judgement,
    Nearness,
    by_company,
    by_file,
    by_spelling,
    is_ordinary,
    least_likeness,
)
from newsearch.names.keys import can_be_name
from newsearch.names.layers import NamesFile
from newsearch.names.relatives import is_glued, plural_of
from newsearch.names.vocabulary import Vocabulary

_STRAYS = 0.1  # of the everyday words of a corpus in capitals
_REMEMBERED = 10_000  # pairs whose company was compared


class Pairs:
    """Verdicts on two forms; safe for several threads.

    Attributes:
        names: What the names files say.
        contexts: The company that forms keep, None where that is not known.
    """

    def __init__(self, names: NamesFile, words: Vocabulary, contexts: Contexts | None) -> None:
        self.names, self.contexts = names, contexts
        self._words = words
        self._companies: dict[tuple[str, str, float], Company | None] = {}

    def judge(
        self, form: str, other: str, foreign: bool, loose: bool, asked: str = ""
    ) -> Judgement | None:
        """Return whether two different forms are one name, None for those that are not near.

        A form that the vocabulary lacks keeps the company of the one that was asked for.
        """
        told = by_file(form, other, self.names, foreign)
        if told is not None:
            return told
        words = self._words
        uses = (
            None if self.names.knows(form) else words.use(form),
            None if self.names.knows(other) else words.use(other),
        )
        near = by_spelling(form, other, uses, loose)
        if not isinstance(near, Nearness):
            return near
        if is_glued(form, other, words.use):
            return Judgement(None, "rule", "words that were written together")
        known = form if not asked or self.frequency(form) else asked
        frequencies = self._of_family(form), self._of_family(other)
        alike = None
        if near.distance <= near.limit:
            alike = self._company(known, other, least_likeness(near, frequencies))
        stable = not foreign and (self.names.stable(form) or self.names.stable(other))
        judged = by_company(near, alike, frequencies, stable, min(len(form), len(other)))
        if judged.level == "folded" and self._all_capitals:
            reason = "all is in capitals here: nothing says that they are names"
            return replace(judged, level="suggested", reason=reason)
        return judged

    @cached_property
    def _all_capitals(self) -> bool:
        """Whether even everyday words, but for a few strays, stand in capitals."""
        uses = [use for word in FUNCTION_WORDS if (use := self._words.use(word))]
        return sum(use.share is not None for use in uses) < len(uses) * _STRAYS

    def _company(self, form: str, other: str, least: float) -> Company | None:
        """Return how alike the company of two forms is, None where that is not known."""
        if self.contexts is None:
            return None
        pair = (min(form, other), max(form, other), least)
        if pair not in self._companies:
            if len(self._companies) >= _REMEMBERED:
                self._companies.clear()
            counts = self.frequency(form), self.frequency(other)
            self._companies[pair] = company(form, other, counts, self.contexts, least)
        return self._companies[pair]

    def is_name(self, form: str) -> bool:
        """Return whether a word may have other spellings."""
        if self.names.knows(form):
            return True
        return can_be_name(form) and not is_ordinary(self._words.use(form))

    def frequency(self, form: str) -> int:
        """Return how often a form stands in the index, 0 where it does not."""
        use = self._words.use(form)
        return 0 if use is None else use.frequency

    def single(self, form: str) -> str | None:
        """Return the name that a form is the plural of: the Zelenskys; None for most forms."""
        return plural_of(form, self.names, self._words.use, self.contexts)

    def _of_family(self, form: str) -> int:
        """Return how often a name stands in the index, in all spellings that a file gives it."""
        return sum(map(self.frequency, self.names.family(form)))
