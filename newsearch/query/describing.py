"""A typed tree in words, for a person who wants to know how a query was read.

In: a tree, and what its words stand for. Out: one sentence without a full stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Wildcard

from newsearch.query.days import iso
from newsearch.query.filters import AUTHOR, Days
from newsearch.query.lexicon import Meaning
from newsearch.query.nodes import TITLE
from newsearch.query.typed import Beside, Exactly, ExactPhrase, Often, Together, is_filter

_ALSO_AT_MOST = 4  # forms that are told
_FIRST, _LAST = Days().first, Days().last

Meanings = Callable[[Any], Sequence[Meaning]]
"""Given a leaf, returns what each of its words stands for."""


def describe(tree: Any, meanings: Meanings) -> str:
    """Return what a query asks for.

    Args:
        tree: As `parse` gives it.
        meanings: What the words of a leaf stand for.

    >>> from newsearch.query.lexicon import literally
    >>> from newsearch.query.parsing import parse
    >>> def meanings(leaf):
    ...     return literally(" ".join(leaf.words) if isinstance(leaf, Phrase) else leaf.text)
    >>> describe(parse("tide -tram date:2025").tree, meanings)
    'passages with tide; dated 2025-01-01 to 2025-12-31; without tram'
    >>> describe(parse("(kyiv OR odesa) w/5 =deal source:bbc*").tree, meanings)
    'passages with kyiv or odesa, within 5 words of exactly deal; from a source like bbc*'
    """
    return "; ".join(_Describing(meanings).clauses(tree))


class _Describing:
    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings

    def clauses(self, tree: Any) -> list[str]:
        """Return what is wanted, what is left out and the filters, each in words."""
        wanted, others = _split(tree)
        if not wanted:
            return ["the newest articles", *map(self._other, others)]
        return [f"passages with {self._wanted(wanted)}", *map(self._other, others)]

    def _wanted(self, wanted: list[Any]) -> str:
        if len(wanted) == 1:
            return self.thing(wanted[0])
        things = ", ".join(map(self.thing, wanted))
        plain = all(not list(each.children()) for each in wanted)
        many = "both" if len(wanted) == 2 else f"all {len(wanted)}"
        return f"{many}{' words' if plain else ''}, nearest together first: {things}"

    def _other(self, tree: Any) -> str:
        if is_filter(tree):
            return self._fact(tree)
        return f"without {self.thing(tree.query)}"

    def _fact(self, tree: Any) -> str:
        if isinstance(tree, Not):
            return f"not {self._fact(tree.query)}"
        if isinstance(tree, Days):
            return f"dated {_days(tree)}"
        if isinstance(tree, (And, Or)):
            word = " or " if isinstance(tree, Or) else " and "
            return word.join(map(self._fact, tree.subqueries))
        like = " like" if isinstance(tree, Wildcard) else ""
        if tree.fieldname == AUTHOR:
            return f"by {'an author' if like else 'author'}{like} {tree.text}"
        return f"from {'a source' if like else 'source'}{like} {tree.text}"

    def thing(self, tree: Any) -> str:
        """Return what a part of a query looks for."""
        if isinstance(tree, Beside):
            return self._beside(tree)
        if isinstance(tree, Often):
            return f"at least {tree.least} times {self._grouped(tree.query)}"
        if is_filter(tree):
            return f"articles {self._fact(tree)}"
        if isinstance(tree, Not):
            return f"not {self._grouped(tree.query)}"
        if isinstance(tree, Or):
            return " or ".join(map(self._grouped, tree.subqueries))
        if isinstance(tree, And):
            return " and ".join(map(self._grouped, tree.subqueries))
        return self._leaf(tree)

    def _grouped(self, tree: Any) -> str:
        said = self.thing(tree)
        return f"({said})" if isinstance(tree, (And, Or, Beside)) else said

    def _beside(self, tree: Beside) -> str:
        # A comma parts a group from what it is near, where parentheses would be too many.
        first, second = self.thing(tree.a), self._grouped(tree.b)
        comma = "," if isinstance(tree.a, (And, Or)) else ""
        if not tree.distance:
            before = " and before" if tree.ordered else " as"
            return f"{first}{comma} in the same sentence{before} {second}"
        words = f"{tree.distance} word{'s' * (tree.distance != 1)}"
        if tree.ordered:
            return f"{first}{comma} at most {words} before {second}"
        return f"{first}{comma} within {words} of {second}"

    def _leaf(self, leaf: Any) -> str:
        where = " in the title" if leaf.fieldname == TITLE else ""
        return f"{self._said(leaf)}{where}"

    def _said(self, leaf: Any) -> str:
        if isinstance(leaf, Phrase):
            exactly = "exactly " if isinstance(leaf, ExactPhrase) else ""
            return f"{exactly}“{' '.join(leaf.words)}”"
        if isinstance(leaf, Exactly):
            return f"exactly {leaf.text}"
        meanings = self._meanings(leaf)
        if isinstance(leaf, (Prefix, Wildcard, FuzzyTerm)):
            found = [form for form in meanings[-1].forms if form] if meanings else []
            return f"{_pattern(leaf)} ({_listed(found)})"
        if len(meanings) != 1:
            return str(leaf.text)
        also = [form for form in _frequent(meanings[0]) if form != meanings[0].own]
        return f"{leaf.text} (also {_listed(also)})" if also else str(leaf.text)


def _split(tree: Any) -> tuple[list[Any], list[Any]]:
    """Return what a tree looks for, and what it leaves out and filters by."""
    if isinstance(tree, Together):
        wanted = [each for each in tree.subqueries if not is_filter(each)]
        return wanted, [each for each in tree.subqueries if is_filter(each)]
    if is_filter(tree):
        return [], [tree]
    if isinstance(tree, And) and any(isinstance(each, Not) for each in tree.subqueries):
        wanted, others = _split(tree.subqueries[0])
        return wanted, [*others, *tree.subqueries[1:]]
    return [tree], []


def _frequent(meaning: Meaning) -> list[str]:
    """Return the forms of a meaning, spellings of a name by frequency."""
    spelled = [form for form, _ in meaning.spellings]
    return [*spelled, *[form for form in meaning.forms if form not in spelled]]


def _pattern(leaf: Any) -> str:
    if isinstance(leaf, Prefix):
        return f"words that begin with {leaf.text}"
    if isinstance(leaf, Wildcard):
        return f"words like {leaf.text}"
    letters = "one letter" if leaf.maxdist == 1 else f"{leaf.maxdist} letters"
    return f"words at most {letters} away from {leaf.text}"


def _listed(forms: Sequence[str]) -> str:
    if len(forms) <= _ALSO_AT_MOST:
        return ", ".join(forms) or "none"
    return f"{', '.join(forms[: _ALSO_AT_MOST - 1])} and {len(forms) - _ALSO_AT_MOST + 1:,} more"


def _days(days: Days) -> str:
    if days.first <= _FIRST:
        return "at all" if days.last >= _LAST else f"up to {iso(days.last)}"
    if days.last >= _LAST:
        return f"{iso(days.first)} or later"
    same = days.first == days.last
    return iso(days.first) if same else f"{iso(days.first)} to {iso(days.last)}"
