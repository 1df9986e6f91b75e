"""A parsed query to the one that an engine runs: every word becomes the forms it stands for.

In: a tree with words as typed, and the index's `Lexicon`. Out: trees of `OneOf` and `InOrder`,
one that wants all of the words and one that is content with some, and the leaves to be marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whoosh.query import And, AndMaybe, Not, Or, Phrase, Prefix, Require, Term

from newsearch.query.lexicon import Lexicon, Meaning, words
from newsearch.query.nodes import TEXT, TITLE, InOrder, OneOf, Quoted, Together
from newsearch.records import NameGroup


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that is looked for: a word, or a phrase of several.

    Attributes:
        places: The forms for each word, in order; one for a single word.
    """

    places: tuple[tuple[str, ...], ...]

    def node(self, fieldname: str, boost: float = 1.0) -> Any:
        """Return the query for this leaf in one field."""
        if len(self.places) == 1:
            return OneOf(fieldname, self.places[0], boost)
        return InOrder(fieldname, self.places, boost)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query that is ready to run.

    Attributes:
        all: Wants every word; None where nothing is left to look for.
        some: Is content with some words where several stand side by side; the same as `all`
            where none do.
        leaves: What is looked for, in the order of the query; nothing that is to be left out.
        names: Spellings that are taken as one.
    """

    all: Any
    some: Any
    leaves: tuple[Leaf, ...]
    names: tuple[NameGroup, ...]


def resolve(tree: Any, lexicon: Lexicon, title_weight: float) -> Resolved:
    """Replace the words of a tree by what they stand for.

    Args:
        tree: As `parse` gives it.
        lexicon: What words stand for in the index.
        title_weight: What a match in the title counts beside one in the passage, 0 to 1.
    """
    visit = _Visit(lexicon, title_weight)
    found = visit.tree(tree, wanted=True)
    if found is None:
        return Resolved(None, None, (), ())
    names = tuple(
        NameGroup(meaning.word, *zip(*meaning.spellings, strict=True))
        for meaning in visit.meanings.values()
        if len(meaning.spellings) > 1
    )
    leaves = tuple(dict.fromkeys(visit.leaves))
    # A title alone makes no passage hold the words: one of them must stand in it.
    said = Or([leaf.node(TEXT) for leaf in leaves])
    return Resolved(Require(_strict(found), said), _lenient(found), leaves, names)


class _Visit:
    """One walk over a tree; gathers leaves and meanings on its way."""

    def __init__(self, lexicon: Lexicon, title_weight: float) -> None:
        self.lexicon = lexicon
        self.title_weight = title_weight
        self.leaves: list[Leaf] = []
        self.meanings: dict[tuple[tuple[str, int], ...], Meaning] = {}

    def tree(self, node: Any, wanted: bool) -> Any:
        """Return a node with its words replaced, or None where no word is in it."""
        if isinstance(node, Term):
            return self.word(self.meanings_of(node.text), wanted)
        if isinstance(node, Phrase):
            found = self.leaf(self.meanings_of(" ".join(node.words)), wanted)
            return Quoted([found]) if wanted and found is not None else found
        if isinstance(node, Prefix):
            *before, last = [word for _, word in words(node.text)] or [node.text]
            meanings = self.meanings_of(" ".join(before))
            return self.leaf([*meanings, self.lexicon.completions(last)], wanted)
        if isinstance(node, Not):
            inner = self.tree(node.query, wanted=False)
            return None if inner is None else Not(inner)
        inside = [self.tree(child, wanted) for child in node.children()]
        return _compound(type(node), [child for child in inside if child is not None])

    def meanings_of(self, text: str) -> list[Meaning]:
        return [self.lexicon.meaning(token, word) for token, word in words(text)]

    def word(self, meanings: list[Meaning], wanted: bool) -> Any:
        """Return the node for what was typed without a space, which may be several words.

        `rare-earth` asks for what `rare earth` does; in F-16, 9/11 and al-Hadidi the parts say
        nothing alone.
        """
        if wanted and all(_stands_alone(meaning.word) for meaning in meanings):
            parts = [self.leaf([meaning], wanted) for meaning in dict.fromkeys(meanings)]
            return _compound(Together, parts)
        return self.leaf(meanings, wanted)

    def leaf(self, meanings: list[Meaning], wanted: bool) -> Any:
        if not meanings:
            return None
        leaf = Leaf(tuple(meaning.forms for meaning in meanings))
        if not wanted:
            # What is left out is left out of the passage; its article's title may say it.
            return leaf.node(TEXT)
        self.leaves.append(leaf)
        self.meanings.update((meaning.spellings, meaning) for meaning in meanings)
        return Or([leaf.node(TEXT), leaf.node(TITLE, self.title_weight)])


def _stands_alone(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def _compound(kind: Any, children: list[Any]) -> Any:
    if not any(not isinstance(child, Not) for child in children):
        return None
    return children[0] if len(children) == 1 else kind(children)


def _strict(node: Any) -> Any:
    """Return a tree in which words side by side are all wanted."""
    if isinstance(node, Together):
        return And([_strict(child) for child in node])
    return _rebuild(node, _strict)


def _lenient(node: Any) -> Any:
    """Return a tree in which of words side by side some are enough; phrases are still wanted."""
    if not isinstance(node, Together):
        return _rebuild(node, _lenient)
    phrases = [child for child in node if isinstance(child, Quoted)]
    rest = [_lenient(child) for child in node if not isinstance(child, Quoted)]
    if not phrases:
        return Or(rest)
    needed = And(phrases) if len(phrases) > 1 else phrases[0]
    return AndMaybe(needed, Or(rest)) if rest else needed


def _rebuild(node: Any, change: Any) -> Any:
    if isinstance(node, Not):
        return Not(_strict(node.query))  # what is left out together is left out only together
    if isinstance(node, (And, Or)):
        return type(node)([change(child) for child in node])
    return node
