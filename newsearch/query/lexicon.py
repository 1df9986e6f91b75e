"""What a word stands for in one index: its grammatical forms, or the spellings of a name.

In: a word as it was typed. Out: the indexed forms that mean it. Nothing of this is in the index,
so it can change without indexing again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsearch.analysis import Token, fold, stem, tokenize

if TYPE_CHECKING:
    from newsearch.names import NameMatcher


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word of a query stands for.

    Attributes:
        word: As it was typed.
        forms: Indexed forms, sorted. Holds the word's own form even if the index does not.
        spellings: Where the word is a name, those forms that are spellings of it, and how often
            each occurs, most frequent first.
    """

    word: str
    forms: tuple[str, ...]
    spellings: tuple[tuple[str, int], ...] = ()


class Lexicon:
    """The vocabulary of one index, asked word by word; answers are remembered.

    Args:
        vocabulary: Given a prefix, yields the count of every indexed form that begins with it.
    """

    def __init__(self, vocabulary: Callable[[str], Iterable[FormCount]]) -> None:
        self._vocabulary = vocabulary
        self._meanings: dict[tuple[str, str], Meaning] = {}
        self._names: NameMatcher | None = None

    def meaning(self, token: Token, word: str) -> Meaning:
        """Return what a token of a query stands for.

        Args:
            token: The query's token.
            word: The token's own text.
        """
        key = (token.form, word)
        found = self._meanings.get(key)
        if found is None:
            if len(self._meanings) >= _REMEMBERED:
                self._meanings.clear()
            found = self._meanings[key] = self._find(token.form, word)
        return found

    def completions(self, prefix: str) -> Meaning:
        """Return the forms that begin with a prefix, which is folded first; acronyms, too."""
        folded = fold(prefix)
        forms = {
            count.form
            for beginning in {folded, folded.upper()[:_ACRONYM_AT_MOST]} - {""}
            for count in self._vocabulary(beginning)
            if count.form.lower().startswith(folded)
        }
        return Meaning(prefix + "*", tuple(sorted(forms | {folded})))

    def _find(self, form: str, word: str) -> Meaning:
        if form.isupper():
            return Meaning(word, (form,))
        own = next((count for count in self._vocabulary(form) if count.form == form), None)
        same = self._same_word(form, own)
        # A capital that was typed is evidence, too, where the corpus writes all in small letters.
        asked = word[:1].isupper() or not _is_ordinary(own)
        spellings = self._spellings(word) if asked else ()
        if len(form) <= _ACRONYM_AT_MOST and form.isalpha() and any(self._vocabulary(form.upper())):
            same.add(form.upper())  # "us" was typed: the pronoun or the country
        spelled = (spelling for spelling, _ in spellings)
        return Meaning(word, tuple(sorted({form, *same, *spelled})), spellings)

    def _same_word(self, form: str, own: FormCount | None) -> set[str]:
        """Return the forms of the same stem; of a name, only what is not another name."""
        root = stem(form)
        # Stemming changes at most the last letter of a stem ("happy", "happi"), so all words of
        # a stem stand near each other in the sorted vocabulary.
        near = [count for count in self._vocabulary(root[:-1] or root) if stem(count.form) == root]
        if own is None or not _is_name(own):
            return {count.form for count in near if own is None or not _is_name(count)}
        return {count.form for count in near if _is_plural(form, count.form)}

    def _spellings(self, word: str) -> tuple[tuple[str, int], ...]:
        if self._names is None:
            from newsearch.names import NameMatcher  # 15 ms that a query without names need not pay

            self._names = NameMatcher(
                (count.form, count.occurrences, count.capital_share)
                for count in self._vocabulary("")
            )
        return tuple((each.form, each.frequency) for each in self._names.match(word))


_REMEMBERED = 10_000  # meanings of words
_ACRONYM_AT_MOST = 3  # letters; longer ones are indexed in lower case
# A word that is capitalised more often than this is a name: Harris, but not Security.
_NAME_SHARE = 0.8
# Endings of peoples, parties and believers, whose plural is the same word. Most other names have
# no plural: Williams is not several Williams.
_PEOPLES = ("an", "can", "crat", "ist", "ite", "ive", "lim", "rab", "urd", "ian")


def _is_name(count: FormCount) -> bool:
    share = count.capital_share
    return share is not None and share >= _NAME_SHARE


def _is_ordinary(count: FormCount | None) -> bool:
    """Tell whether the corpus knows a word as one that is mostly written in lower case."""
    share = None if count is None else count.capital_share
    return share is not None and share < 0.5


def _is_plural(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or (long == short + "s" and short.endswith(_PEOPLES))


def words(text: str) -> list[tuple[Token, str]]:
    """Return the tokens of a piece of a query, each with its own text."""
    return [(token, text[token.start : token.end]) for token in tokenize(text)]
