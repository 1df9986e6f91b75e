"""From one word of a query to the spellings of that name which an index holds.

In: the index's vocabulary and names files, once; then words. Out: `Spelling`s, each with the
evidence for it. What is near is found by keys (`keys`); whether it is the same name is judged
pair by pair (`judging`), by the names files first, then by spelling, then by company.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsearch.names.contexts import Contexts, GivenContexts
from newsearch.names.distance import within
from newsearch.names.judging import (
    Judgement,
    Level,
    Spelling,
    farthest,
    is_ordinary,
    is_roundabout,
    why_not,
)
from newsearch.names.keys import asked_keys, can_be_name
from newsearch.names.layers import NamesFile
from newsearch.names.names_file import load_names
from newsearch.names.neighbours import neighbours
from newsearch.names.pairs import Pairs
from newsearch.names.relatives import is_rather_another, look_alikes_beside
from newsearch.names.vocabulary import ListedVocabulary, Vocabulary, asked_form

_REMEMBERED = 10_000  # answers
_ASKED = 4  # spellings of a listed name whose neighbours are looked up, too


class NameMatcher:
    """The spellings of names in one vocabulary.

    Safe for several threads: nothing changes but what is remembered.

    >>> words = [("zelensky", 90, 1.0), ("zelenskyy", 40, 1.0), ("zelinsky", 3, 1.0)]
    >>> [spelling.form for spelling in NameMatcher(words).match("Зеленський")]
    ['zelensky', 'zelenskyy']
    """

    def __init__(
        self,
        vocabulary: Vocabulary | Iterable[tuple[Any, ...]],
        names_file: str | Path | NamesFile | None = None,
        contexts: Contexts | None = None,
    ) -> None:
        """Take a vocabulary.

        Args:
            vocabulary: An index's, or tuples of a form, its frequency (at least 1), and the share
                of its mid-sentence occurrences that are capitalised (0 to 1, None for no such
                occurrence). Tuples are arranged here, which takes seconds for very many; a fourth
                element that is a mapping of words to shares is the company that the form keeps.
            names_file: The user's names file, on top of the shipped one, or names already loaded.
            contexts: The company that forms keep; without it, the spelling decides alone.

        Raises:
            InputError: The names file can't be read or makes no sense.
        """
        self.names = names_file if isinstance(names_file, NamesFile) else load_names(names_file)
        if isinstance(vocabulary, Iterable):
            vocabulary = listed = ListedVocabulary(vocabulary)
            if listed.company and contexts is None:
                contexts = GivenContexts(listed.company)
        self._words: Vocabulary = vocabulary
        self._pairs = Pairs(self.names, vocabulary, contexts)
        self._answers: dict[tuple[str, bool, Level], tuple[Spelling, ...]] = {}

    def use_names(self, names: NamesFile) -> None:
        """Go by other names files from now on."""
        self.names = self._pairs.names = names
        self._answers = {}

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
        form, foreign = asked_form(word)
        answers = self._answers
        answer = answers.get((form, foreign, level))
        if answer is None:
            found = self._find(form, foreign, loose=level == "suggested").values()
            answer = tuple(sorted(found, key=lambda one: (-one.frequency, one.form)))
            if len(answers) >= _REMEMBERED:
                answers.clear()
            answers[form, foreign, level] = answer
        return answer

    def explain(self, one: str, other: str) -> Judgement:
        """Return why two words are one name here, or are not.

        Args:
            one: As it was typed.
            other: Another; for the same form the evidence is "itself".
        """
        (left, foreign), (right, also) = asked_form(one), asked_form(other)
        if left == right:
            return Judgement("folded", "itself", "the same letters", 0.0)
        if left == self._pairs.single(right) or right == self._pairs.single(left):
            return Judgement("folded", "plural", "several people of that name", 0.0)
        judged = self._pairs.judge(left, right, foreign or also, True) or why_not(left, right)
        away = judged.distance or 0.0
        if judged.evidence != "file" and (
            is_rather_another(left, right, away, self.names)
            or is_rather_another(right, left, away, self.names)
        ):
            reason = "one is rather a spelling of a name that the names file keeps apart"
            return Judgement(None, "file", reason, judged.distance, judged.limit)
        if judged.level != "folded" and right in {each.form for each in self.match(one)}:
            reason = "both are near a third spelling of the name"
            return Judgement("folded", judged.evidence, reason, judged.distance, judged.limit)
        return judged

    def look_alikes(self, word: str, beside: Sequence[str]) -> list[Spelling]:
        """Return names that a file keeps apart from a word, but that stand beside other words."""
        if self._pairs.contexts is None:
            return []
        found = look_alikes_beside(asked_form(word)[0], beside, self.names, self._pairs.contexts)
        return [
            Spelling(one, self._pairs.frequency(one), "suggested", "file", 0.0) for one in found
        ]

    def groups(self) -> Iterator[tuple[Spelling, ...]]:
        """Yield the names of the vocabulary that have more than one spelling, each form once.

        The most frequent name comes first.
        """
        often = {
            form: use.frequency
            for form, use in self._words.uses()
            if can_be_name(form) and (self.names.knows(form) or not is_ordinary(use))
        }
        names = sorted(often, key=lambda form: (-often[form], form))
        meeting: set[str] = set()
        seen: set[str] = set()
        for form, near in neighbours([form for form in names if not self.names.exact(form)]):
            same = [other for other in near if self._are_one(form, other)]
            meeting.update([form, *same] if same else ())
            if form not in seen and (form in meeting or self._has_relatives(form, often)):
                group = self.match(form)
                seen.update(each.form for each in group)
                if len(group) > 1:
                    yield group

    def _are_one(self, form: str, other: str) -> bool:
        judged = self._pairs.judge(form, other, foreign=False, loose=False)
        return judged is not None and judged.level == "folded"

    def _has_relatives(self, form: str, there: Collection[str]) -> bool:
        """Return whether a name may have spellings that are not near it."""
        plural = form + "s" in there and self._pairs.single(form + "s") is not None
        return plural or self.names.knows(form) or self._pairs.single(form) is not None

    def _find(self, form: str, foreign: bool, loose: bool) -> dict[str, Spelling]:
        """Return the spellings of a form, by their forms."""
        found: dict[str, Spelling] = {}
        if self._pairs.frequency(form):
            found[form] = Spelling(form, self._pairs.frequency(form), "folded", "itself", 0.0)
        if not self._pairs.is_name(form) or self.names.exact(form):
            return found
        single = self._pairs.single(form)
        if single is not None:
            others = self._find(single, foreign, loose)
            return {
                other: replace(each, evidence="plural") for other, each in others.items()
            } | found
        near = self._near(form, foreign, loose)
        self._add(found, form, near, "folded")
        # A slip is far from the other spellings of its name; the usual spelling is near to all.
        usual = max(found, key=lambda one: self._rank(one, form), default=form)
        if usual != form:
            beyond = {
                other: judged
                for other, judged in self._near(usual, False, False).items()
                if judged.evidence == "file" or is_roundabout(form, other)
            }
            self._add(found, form, beyond, "folded")
        for several in [one + "s" for one in found if self._pairs.frequency(one + "s")]:
            if several not in found and self._pairs.single(several) is not None:
                count = self._pairs.frequency(several)
                found[several] = Spelling(several, count, "folded", "plural", 0.0)
        if loose:
            self._add(found, form, near, "suggested")
        return found

    def _add(
        self, found: dict[str, Spelling], form: str, near: dict[str, Judgement], level: Level
    ) -> None:
        """Add what is near, nearest first, unless a names file keeps it from what is there."""
        for other in sorted(near, key=lambda one: (near[one].distance, one)):
            judged = near[other]
            if judged.level != level or other in found or other == form:
                continue
            if any(self.names.apart(other, known) for known in (form, *found)):
                continue
            away = judged.distance or 0.0
            if any(is_rather_another(known, other, away, self.names) for known in (form, *found)):
                continue
            found[other] = Spelling(
                other,
                self._pairs.frequency(other),
                level,
                judged.evidence,
                judged.distance or 0.0,
                judged.likeness,
            )

    def _near(self, form: str, foreign: bool, loose: bool) -> dict[str, Judgement]:
        """Return what may be the same name as a form or as one of its family."""
        near: dict[str, Judgement] = {}
        family = self.names.family(form)
        for other in filter(self._pairs.frequency, family - {form}):
            judged = self._pairs.judge(form, other, foreign, loose)
            if judged is not None:
                near[other] = judged
        for one in self._usual(form, family):
            for other in self._sharing(one, loose):
                known = near.get(other)
                if other == form or (known and known.level != "suggested"):
                    continue
                judged = self._pairs.judge(one, other, foreign, loose, form)
                if not judged or not judged.level or (known and judged.level == "suggested"):
                    continue
                # A slip of any known spelling is a slip of the name.
                if one == form or judged.evidence == "slip" or is_roundabout(form, other):
                    near[other] = judged
                    if judged.level == "folded":
                        for relative in self.names.family(other) - {other, form}:
                            if self._pairs.frequency(relative):
                                near.setdefault(relative, judged)
        return near

    def _sharing(self, form: str, loose: bool) -> list[str]:
        """Return the forms that may be near a form, itself among them."""
        if not can_be_name(form):
            return []
        limit = farthest(form, loose)
        return within(form, self._words.sharing(asked_keys(form, limit)), limit)

    def _rank(self, one: str, form: str) -> tuple[int, bool, bool, str]:
        """Return how usual a spelling is; where counts are equal, not the one that was asked."""
        return self._pairs.frequency(one), self.names.knows(one), one != form, one

    def _usual(self, form: str, family: frozenset[str]) -> list[str]:
        """Return a form and the few most frequent spellings of its family."""
        others = sorted(family - {form}, key=lambda one: (-self._pairs.frequency(one), one))
        return [form, *others[:_ASKED]]
