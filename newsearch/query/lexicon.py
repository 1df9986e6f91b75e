"""What a word stands for in one index: its grammatical forms, or the spellings of a name.

In: a word as it was typed. Out: the indexed forms that mean it. Nothing of this is in the index,
so it can change without indexing again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newsearch.analysis import Token, fold, stem, tokenize
from newsearch.query.known import KnownNames
from newsearch.query.patterns import (
    ACRONYM_AT_MOST,
    FORMS_AT_MOST,
    FormCount,
    Words,
    matching,
    most_frequent,
    near,
)

if TYPE_CHECKING:
    from newsearch.names.contexts import Contexts
    from newsearch.names.matcher import NameMatcher
    from newsearch.names.user_file import UserNames


Kind = Literal["word", "exact", "pattern", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word of a query stands for.

    Attributes:
        word: As it was typed.
        forms: Indexed forms, sorted. Holds the word's own form even if the index does not.
        spellings: Where the word is a name, those forms that are spellings of it, and how often
            each occurs, most frequent first.
        own: What the word itself is indexed as; "" of a pattern.
        kind: How the forms were found: "word" by grammar and name, "exact" for the word alone,
            "pattern" by `*` and `?`, "fuzzy" by `~`.
        left: How many forms more a pattern stands for, which are too many.
        faint: Those of the forms that are other grammatical forms of the word, which say less
            than the form that was typed: "state" where "stated" was.
    """

    word: str
    forms: tuple[str, ...]
    spellings: tuple[tuple[str, int], ...] = ()
    own: str = ""
    kind: Kind = "word"
    left: int = 0
    faint: tuple[str, ...] = ()


class Lexicon:
    """The vocabulary of one index, asked word by word; answers are remembered.

    Args:
        indexed: The words of the index.
        contexts: The company that forms keep, for telling spellings from other names; None to go
            by the spelling alone.
        folder: Of the index, where it may have names of its own; None for the shipped names only.
        known: Returns, given SOURCE or AUTHOR, the outlets or the authors of the index.
    """

    def __init__(
        self,
        indexed: Words,
        contexts: Contexts | None = None,
        folder: Path | None = None,
        known: Callable[[str], KnownNames] = KnownNames,
    ) -> None:
        self.known = known
        self.indexed = indexed
        self._contexts = contexts
        self._folder = folder
        self._meanings: dict[tuple[str, str, bool], Meaning] = {}
        self._matcher: NameMatcher | None = None
        self._user: UserNames | None = None

    @property
    def matcher(self) -> NameMatcher:
        """What knows the names of the index; made when first needed."""
        if self._matcher is None:
            # 15 ms that a query without names need not pay.
            from newsearch.names.matcher import NameMatcher
            from newsearch.names.user_file import UserNames, names_paths
            from newsearch.query.indexed import IndexedVocabulary

            self._user = UserNames(names_paths(self._folder) if self._folder else ())
            vocabulary = IndexedVocabulary(self.indexed)
            self._matcher = NameMatcher(vocabulary, self._user.names, self._contexts)
        return self._matcher

    @property
    def problem(self) -> str | None:
        """What is wrong with the user's names files, if they were needed and anything is."""
        return str(self._user.problem) if self._user and self._user.problem else None

    def refresh(self) -> bool:
        """Read the names files again if they have changed; return whether that changes anything."""
        if self._user is None or self._matcher is None or not self._user.refresh():
            return False
        self._matcher.use_names(self._user.names)
        self._meanings.clear()
        return True

    def meaning(self, token: Token, word: str, names: bool = True) -> Meaning:
        """Return what a token of a query stands for.

        Args:
            token: The query's token.
            word: The token's own text.
            names: Whether it stands for the other spellings of a name, too.
        """
        key = (token.form, word, names)
        found = self._meanings.get(key)
        if found is None:
            found = self._remember(key, self._find(token.form, word, names))
        return found

    def completions(self, prefix: str) -> Meaning:
        """Return the forms that begin with a prefix, which is folded first; acronyms, too."""
        return self.pattern(prefix + "*", fold(prefix))

    def pattern(self, text: str, own: str = "") -> Meaning:
        """Return the forms that a word with `*` or `?` in it stands for.

        Args:
            text: The word.
            own: A form that it stands for even if the index has it not.
        """
        return self._kept(text, "pattern", lambda: matching(text, self.indexed.forms), own)

    def fuzzy(self, text: str, slips: int) -> Meaning:
        """Return the forms that are a word with so many letters more, less or different."""
        typed = f"{text}~{slips if slips > 1 else ''}"
        return self._kept(typed, "fuzzy", lambda: near(text, slips, self.indexed.forms), fold(text))

    def _kept(
        self, typed: str, kind: Kind, find: Callable[[], list[FormCount]], own: str
    ) -> Meaning:
        """Return what a pattern stands for, and remember it."""
        known = self._meanings.get((typed, kind, False))
        if known is None:
            found = find()
            forms = most_frequent(found)
            if own and own not in forms:
                forms = tuple(sorted((*forms, own)))
            left = max(0, len(found) - FORMS_AT_MOST)
            known = self._remember((typed, kind, False), Meaning(typed, forms, (), "", kind, left))
        return known

    def _remember(self, key: tuple[str, str, bool], meaning: Meaning) -> Meaning:
        if len(self._meanings) >= _REMEMBERED:
            self._meanings.clear()
        self._meanings[key] = meaning
        return meaning

    def _find(self, form: str, word: str, names: bool) -> Meaning:
        if form.isupper():
            return Meaning(word, (form,), (), form)
        own = self._own(form)
        same = self._same_word(form, own) - {form}
        spellings = self._spellings(word) if names and _may_be_name(word, own) else ()
        meant = {form, *(spelling for spelling, _ in spellings)}
        if len(form) <= ACRONYM_AT_MOST and form.isalpha() and self.indexed.form(form.upper()):
            meant.add(form.upper())  # "us" was typed: the pronoun or the country
        faint = tuple(sorted(same - meant))
        return Meaning(word, tuple(sorted(same | meant)), spellings, form, faint=faint)

    def _same_word(self, form: str, own: FormCount | None) -> set[str]:
        """Return the forms of the same stem; of a name, only what is not another name."""
        root = stem(form)
        # Stemming changes at most the last letter of a stem ("happy", "happi"), so all words of
        # a stem stand near each other in the sorted vocabulary.
        near = [
            count for count in self.indexed.forms(root[:-1] or root) if stem(count.form) == root
        ]
        if own is None or not _is_name(own):
            return {count.form for count in near if own is None or not _is_name(count)}
        return {count.form for count in near if _is_plural(form, count.form)}

    def _spellings(self, word: str) -> tuple[tuple[str, int], ...]:
        return tuple((each.form, each.frequency) for each in self.matcher.match(word))

    def suggestions(
        self, meaning: Meaning, others: Iterable[Meaning] = ()
    ) -> tuple[tuple[str, int], ...]:
        """Return spellings that may be the same name as a word, but are not taken as that.

        Args:
            meaning: What the word stands for.
            others: What else was typed: a first name tells which of two look-alikes is meant.

        Returns:
            Forms and how often each occurs, the most frequent first.
        """
        if meaning.kind != "word" or meaning.own.isupper():
            return ()
        if not _may_be_name(meaning.word, self._own(meaning.own)):
            return ()
        found = self.matcher.match(meaning.word, level="suggested")
        offered = [each for each in found if each.level == "suggested"]
        # A name does: "iran sanctions" does not mean Iraq, beside which that stands, too.
        names = [each for each in others if each is not meaning and self._is_no_word(each.own)]
        beside = [form for each in names for form in each.forms]
        offered += self.matcher.look_alikes(meaning.word, beside) if beside else ()
        return tuple((each.form, each.frequency) for each in offered)

    def has_article(self, word: str) -> bool:
        """Return whether a word is a name that is written with the Arabic article or without."""
        return self.matcher.names.has_article(fold(word))

    def _is_no_word(self, form: str) -> bool:
        count = self._own(form)
        return count is None or count.capital_share is None or _is_name(count)

    def _own(self, form: str) -> FormCount | None:
        return self.indexed.form(form)


_REMEMBERED = 10_000  # meanings of words
# A word that is capitalised more often than this is a name: Harris, but not Security.
_NAME_SHARE = 0.8
_ORDINARY_SHARE = 0.5  # one that is capitalised less often than this is none
# Endings of peoples, parties and believers, whose plural is the same word. Most other names have
# no plural: Williams is not several Williams.
_PEOPLES = ("an", "can", "crat", "ist", "ite", "ive", "lim", "rab", "urd", "ian")


def _is_name(count: FormCount) -> bool:
    share = count.capital_share
    return share is not None and share >= _NAME_SHARE


def _may_be_name(word: str, count: FormCount | None) -> bool:
    """Tell whether a word that was typed may be a name, by its capital or the corpus."""
    # A capital that was typed is evidence, too, where the corpus writes all in small letters.
    share = None if count is None else count.capital_share
    return word[:1].isupper() or share is None or share >= _ORDINARY_SHARE


def _is_plural(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or (long == short + "s" and short.endswith(_PEOPLES))


def words(text: str) -> list[tuple[Token, str]]:
    """Return the tokens of a piece of a query, each with its own text."""
    return [(token, text[token.start : token.end]) for token in tokenize(text)]


def literally(text: str) -> list[Meaning]:
    """Return the meanings of words that stand for themselves alone.

    >>> [(meaning.word, meaning.forms) for meaning in literally("Zelenskyy")]
    [('Zelenskyy', ('zelenskyy',))]
    """
    return [Meaning(word, (token.form,), (), token.form, "exact") for token, word in words(text)]
