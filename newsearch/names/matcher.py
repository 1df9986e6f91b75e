"""From one word of a query to the spellings of that name which an index holds.

In: the index's vocabulary and a names file, once; then words. Out: `Spelling`s, each with the
evidence for it. Evidence is the names file first, then the habits of romanisation (`distance`),
then slips of the keyboard; the gates (`gates`) are asked before any of the latter two counts.

It looks at single words and never at their company: what can be learned from the contexts of a
word in the corpus will come in as one more kind of evidence, next to `_by_rule` and `_by_slip`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Literal

from newsearch.names.distance import distance
from newsearch.names.gates import derived, is_rare_beside, rule_limit, slipped
from newsearch.names.names_file import load_names
from newsearch.names.vocabulary import Vocabulary, as_indexed, can_be_name, read_vocabulary

Level = Literal["folded", "suggested"]
Evidence = Literal["itself", "file", "rule", "slip"]
_Near = tuple[float, str, Evidence]  # how far away, which form, by what evidence
_LISTED = 200  # occurrences that a listed name is taken to have outside of this index
_POSSESSIVE = re.compile(r"['’ʼ‘＇][sS]?$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a name, and why it is taken as that.

    Attributes:
        form: As the index holds it.
        frequency: How often it stands in the index, at least 1.
        level: "folded" is applied without asking; "suggested" is only offered.
        evidence: "itself", "file", "rule" or "slip".
        distance: From the word that was asked for, in the units of `distance.distance`; 0 for the
            word itself and for what a names file says.
    """

    form: str
    frequency: int
    level: Level
    evidence: Evidence
    distance: float


class NameMatcher:
    """The spellings of names in one vocabulary.

    Safe for several threads: nothing changes after the first call but the memory of answers.

    >>> words = [("zelensky", 90, 1.0), ("zelenskyy", 40, 1.0), ("zelinsky", 3, 1.0)]
    >>> [spelling.form for spelling in NameMatcher(words).match("Зеленський")]
    ['zelensky', 'zelenskyy']
    """

    def __init__(
        self, vocabulary: Iterable[tuple[object, ...]], names_file: str | Path | None = None
    ) -> None:
        """Take a vocabulary; the work of arranging it is left to the first `match`.

        Args:
            vocabulary: Tuples of a form, its frequency (at least 1), and the share of its
                mid-sentence occurrences that are capitalised (0 to 1, None for no such
                occurrence); further elements are ignored.
            names_file: The user's names file, on top of the shipped one.

        Raises:
            InputError: The names file can't be read or makes no sense.
        """
        self._names = load_names(names_file)
        self._raw = vocabulary
        self._vocabulary: Vocabulary | None = None
        self._lock = Lock()
        self._answers: dict[tuple[str, Level], tuple[Spelling, ...]] = {}

    def match(self, word: str, level: Level = "folded") -> tuple[Spelling, ...]:
        """Return the spellings of a name in the vocabulary.

        Args:
            word: As it was typed: any script, any case, with or without a possessive ending.
            level: "folded" for those that count as the same name, "suggested" for those and the
                less certain ones.

        Returns:
            Most frequent first, then by form; the word's own folded form among them if the
            vocabulary has it. A word that is not a name has only itself. Empty for a word that
            the vocabulary lacks and that is near nothing.
        """
        form = as_indexed(_POSSESSIVE.sub("", word))
        answer = self._answers.get((form, level))
        if answer is None:
            found = self._find(form, loose=level == "suggested").values()
            answer = tuple(sorted(found, key=lambda one: (-one.frequency, one.form)))
            self._answers[form, level] = answer
        return answer

    def _find(self, form: str, loose: bool) -> dict[str, Spelling]:
        """Return the spellings of a form, by their forms."""
        words = self._words()
        found: dict[str, Spelling] = {}
        if form in words.frequency:
            found[form] = Spelling(form, words.frequency[form], "folded", "itself", 0.0)
        if not self._is_name(form):
            return found
        self._add(found, form, self._around(form), "folded")
        # A slip is far from the other spellings of its name; the usual spelling is near to all.
        usual = max(found, key=lambda one: (found[one].frequency, one), default=form)
        if usual != form:
            self._add(found, form, self._through(usual, form, found[usual].evidence), "folded")
        if loose:
            self._add(found, form, self._around(form, loose=True), "suggested")
        return found

    def _add(
        self, found: dict[str, Spelling], form: str, news: Iterable[_Near], level: Level
    ) -> None:
        """Add what is near, nearest first, unless a names file keeps it from what is there."""
        for away, other, evidence in sorted(news):
            if other in found or other == form:
                continue
            if any(self._names.verdict(other, known) == "apart" for known in (form, *found)):
                continue
            frequency = self._words().frequency[other]
            found[other] = Spelling(other, frequency, level, evidence, away)

    def _around(self, form: str, loose: bool = False) -> list[_Near]:
        """Return what lies near a form or its family, each once, at its nearest."""
        near = {other: (away, other, how) for away, other, how in self._by_file(form)}
        for one in {form} | self._names.family(form):
            for away, other, how in chain(self._by_rule(one, loose), self._by_slip(one, loose)):
                if other in near and near[other][0] <= away:
                    continue
                near[other] = (away, other, how)
                for _, relative, _ in self._by_file(other):
                    near.setdefault(relative, (away, relative, how))
        return list(near.values())

    def _through(self, usual: str, form: str, how: Evidence) -> Iterator[_Near]:
        """Yield what lies near the usual spelling, and not too far from the form itself unless
        one of the two is a slip of the usual spelling."""
        for away, other, evidence in self._around(usual):
            if evidence == "file":
                yield away, other, evidence
                continue
            if derived(form, other):
                continue
            own = distance(form, other)
            if "slip" in (how, evidence) or own <= rule_limit(form, other, (0, 0), loose=True):
                yield own, other, evidence

    def _by_file(self, form: str) -> Iterator[_Near]:
        for other in self._names.family(form) - {form}:
            if other in self._words().frequency:
                yield 0.0, other, "file"

    def _by_rule(self, form: str, loose: bool) -> Iterator[_Near]:
        for other in self._words().near(form):
            limit = rule_limit(form, other, self._frequencies(form, other), loose)
            away = distance(form, other, limit)
            if away <= limit and not derived(form, other):
                yield away, other, "rule"

    def _by_slip(self, form: str, loose: bool) -> Iterator[_Near]:
        for other in self._words().near_slips(form):
            if not slipped(form, other) or derived(form, other):
                continue
            if is_rare_beside((self._weight(form), self._weight(other)), loose):
                yield distance(form, other), other, "slip"

    def _frequencies(self, form: str, other: str) -> tuple[int, int]:
        frequency = self._words().frequency
        return frequency.get(form, 0), frequency.get(other, 0)

    def _weight(self, form: str) -> int:
        """Return how established a form is: occurrences of its family, in the world's news too."""
        frequency = self._words().frequency
        family = self._names.family(form)
        said = sum(frequency.get(one, 0) for one in family | {form})
        return said + (_LISTED if self._names.knows(form) else 0)

    def _is_name(self, form: str) -> bool:
        """Return whether a word may have other spellings."""
        if self._names.exact(form):
            return False
        if self._names.knows(form):
            return True
        return can_be_name(form) and form not in self._words().ordinary

    def _words(self) -> Vocabulary:
        """Return the vocabulary, arranged when it is first needed."""
        if self._vocabulary is None:
            with self._lock:
                if self._vocabulary is None:
                    self._vocabulary = read_vocabulary(self._raw, self._names.knows)
                    self._raw = ()
        return self._vocabulary
