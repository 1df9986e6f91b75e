"""The kinds of node of a tree as it was typed, beside those that Whoosh has.

`parsing` makes them, `writing` prints them, `resolving` replaces them by what an engine runs.
The other nodes of such a tree are Whoosh's And, Or, Not, Term, Phrase, Prefix, Wildcard and
FuzzyTerm, and the filter `Days`. A leaf of the field TEXT may match in the title, too; one of the
field TITLE matches nowhere else; one of the fields SOURCE and AUTHOR names outlets or authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Query, Term

from newsearch.query.filters import NAMED, Days


class Exactly(Term):
    """A word that stands for itself alone: for no other spelling and no other form."""


class ExactPhrase(Phrase):
    """A phrase of words that stand for themselves alone."""


class Together(And):
    """Words side by side: all are wanted, but passages with some of them answer too."""


class _Typed(Query):
    """What the nodes here are that Whoosh's nodes are, too: values, with children."""

    boost = 1.0

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(repr(self))

    def is_leaf(self) -> bool:
        return False


class Beside(_Typed):
    """Two things near each other.

    Attributes:
        a, b: Words, phrases, or groups of them.
        distance: The most tokens from the end of one to the beginning of the other, >= 1; 0
            where they must stand in the same sentence, however far apart.
        ordered: Whether `a` must come first.
    """

    def __init__(self, a: Any, b: Any, distance: int, ordered: bool = False) -> None:
        self.a = a
        self.b = b
        self.distance = distance
        self.ordered = ordered

    def __repr__(self) -> str:
        return f"Beside({self.a!r}, {self.b!r}, {self.distance}, {self.ordered})"

    def children(self) -> Iterator[Any]:
        yield self.a
        yield self.b


class Often(_Typed):
    """Something that a passage says several times.

    Attributes:
        query: What.
        least: How often at least, >= 1.
    """

    def __init__(self, query: Any, least: int) -> None:
        self.query = query
        self.least = least

    def __repr__(self) -> str:
        return f"Often({self.query!r}, {self.least})"

    def children(self) -> Iterator[Any]:
        yield self.query


def is_filter(tree: Any) -> bool:
    """Tell whether a tree asks for nothing but facts of articles.

    >>> is_filter(Not(Term("source", "Orlund Post"))), is_filter(Term("text", "ferry"))
    (True, False)
    """
    if isinstance(tree, Days) or getattr(tree, "fieldname", None) in NAMED:
        return True
    if isinstance(tree, Not):
        return is_filter(tree.query)
    # Whoosh's leaves have no children, and are none of ours.
    children = list(tree.children())
    return bool(children) and all(map(is_filter, children))


def words_of(leaf: Any) -> list[str]:
    """Return what was typed of a leaf: the words of a phrase, or its one text."""
    return list(leaf.words) if isinstance(leaf, Phrase) else [leaf.text]


def with_words(leaf: Any, words: list[str], fieldname: str) -> Any:
    """Return a leaf of the same kind with other words, or in another field."""
    if isinstance(leaf, FuzzyTerm):
        return FuzzyTerm(fieldname, words[0], maxdist=leaf.maxdist, prefixlength=1)
    return type(leaf)(fieldname, words if isinstance(leaf, Phrase) else words[0])


def leaves_of(tree: Any) -> Iterator[Any]:
    """Yield the leaves of a tree, filters and what is left out among them, in order."""
    children = list(tree.children())
    for child in children:
        yield from leaves_of(child)
    if not children:
        yield tree


def changed(tree: Any, change: Callable[[Any], Any]) -> Any:
    """Return a tree with every leaf changed; filters stay."""
    if isinstance(tree, Not):
        return Not(changed(tree.query, change))
    if isinstance(tree, Beside):
        sides = changed(tree.a, change), changed(tree.b, change)
        return Beside(*sides, tree.distance, tree.ordered)
    if isinstance(tree, Often):
        return Often(changed(tree.query, change), tree.least)
    if isinstance(tree, (And, Or)):
        return type(tree)([changed(child, change) for child in tree.subqueries])
    return tree if is_filter(tree) else change(tree)
