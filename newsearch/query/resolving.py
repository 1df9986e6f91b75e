"""A parsed query to the one that an engine runs: every word becomes the forms it stands for.

In: a tree with words as typed, and the index's `Lexicon`. Out: trees of `OneOf` and `InOrder`,
one that wants all of the words and one that is content with some, and the leaves to be marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from whoosh.query import And, AndMaybe, Not, Or, Phrase, Prefix, Require, Term

from newsearch.query.lexicon import Lexicon, Meaning, literally, words
from newsearch.query.nodes import TEXT, TITLE, Either, Exactly, InOrder, OneOf, Quoted, Together
from newsearch.records import NameGroup


@dataclass(frozen=True)
class Leaf:
    """One thing that is looked for: a word, or a phrase of several.

    Attributes:
        places: The forms for each word, in order; one for a single word.
        title_weight: What it counts in the title beside one in the passage.
    """

    places: tuple[tuple[str, ...], ...]
    title_weight: float = 1.0

    @cached_property
    def text(self) -> Any:
        """The query for it in the passage."""
        return self._node(TEXT, 1.0)

    @cached_property
    def title(self) -> Any:
        """The query for it in the title."""
        return self._node(TITLE, self.title_weight)

    def _node(self, fieldname: str, boost: float) -> Any:
        if len(self.places) == 1:
            return OneOf(fieldname, self.places[0], boost)
        return InOrder(fieldname, self.places, boost)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query that is ready to run.

    Attributes:
        all: Wants every word; None where nothing is left to look for.
        some: Is content with some words where several stand side by side, and with a title.
        leaves: What is looked for, in the order of the query; nothing that is to be left out.
        names: Spellings that are taken as one.
        words: What the leaves' words are as they were typed.
    """

    all: Any
    some: Any
    leaves: tuple[Leaf, ...]
    names: tuple[NameGroup, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a resolved tree.

    Attributes:
        node: None where no word is in it.
        leaves, meanings: Of the words that are wanted in it.
    """

    node: Any
    leaves: tuple[Leaf, ...] = ()
    meanings: tuple[Meaning, ...] = ()


class Resolver:
    """Replaces the words of trees by what they stand for in one index; remembers each word.

    Args:
        lexicon: What words stand for in the index.
        title_weight: What a match in the title counts beside one in the passage, 0 to 1.
        names: Whether a name stands for its other spellings, too.
    """

    def __init__(self, lexicon: Lexicon, title_weight: float, names: bool = True) -> None:
        self._lexicon = lexicon
        self._names = names
        self._title_weight = title_weight
        self._words: dict[tuple[str, bool, bool], _Part] = {}

    def resolve(self, tree: Any) -> Resolved:
        """Return a tree that `parse` has made as the engine can run it."""
        found = self._tree(tree, wanted=True)
        if found.node is None:
            return Resolved(None, None, (), ())
        names = tuple(
            NameGroup(meaning.word, *zip(*meaning.spellings, strict=True))
            for meaning in {each.spellings: each for each in found.meanings}.values()
            if len(meaning.spellings) > 1
        )
        leaves = tuple(dict.fromkeys(found.leaves))
        # A title alone makes no passage hold the words: one of them must stand in it.
        said = Or([leaf.text for leaf in leaves])
        typed = tuple(dict.fromkeys([meaning.word for meaning in found.meanings]))
        strict = Require(_strict(found.node), said)
        return Resolved(strict, _lenient(found.node), leaves, names, typed)

    def _tree(self, node: Any, wanted: bool) -> _Part:
        if isinstance(node, Term):
            return self._word(node.text, wanted, isinstance(node, Exactly))
        if isinstance(node, Phrase):
            return self._leaf(self._meanings(" ".join(node.words)), wanted, Quoted)
        if isinstance(node, Prefix):
            *before, last = [word for _, word in words(node.text)] or [node.text]
            meanings = [*self._meanings(" ".join(before)), self._lexicon.completions(last)]
            return self._leaf(meanings, wanted)
        if isinstance(node, Not):
            inner = self._tree(node.query, wanted=False).node
            return _Part(None if inner is None else Not(inner))
        parts = [self._tree(child, wanted) for child in node.children()]
        return _compound(type(node), [part for part in parts if part.node is not None])

    def _meanings(self, text: str) -> list[Meaning]:
        return [self._lexicon.meaning(token, word, self._names) for token, word in words(text)]

    def _word(self, text: str, wanted: bool, exactly: bool) -> _Part:
        """Return the part for what was typed without a space, which may be several words.

        `rare-earth` asks for what `rare earth` does; in F-16, 9/11 and al-Hadidi the parts say
        nothing alone.
        """
        known = self._words.get((text, wanted, exactly))
        if known is None:
            meanings = literally(text) if exactly else self._meanings(text)
            if wanted and all(_stands_alone(meaning.word) for meaning in meanings):
                parts = [self._leaf([meaning], wanted) for meaning in dict.fromkeys(meanings)]
                known = _compound(Together, parts)
            else:
                known = self._leaf(meanings, wanted)
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            self._words[text, wanted, exactly] = known
        return known

    def _leaf(self, meanings: list[Meaning], wanted: bool, kind: type[Either] = Either) -> _Part:
        if not meanings:
            return _Part(None)
        leaf = Leaf(tuple(meaning.forms for meaning in meanings), self._title_weight)
        if not wanted:
            # What is left out is left out of the passage; its article's title may say it.
            return _Part(leaf.text)
        return _Part(kind([leaf.text, leaf.title]), (leaf,), tuple(meanings))


_REMEMBERED = 10_000  # words


def _stands_alone(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def _compound(kind: Any, parts: list[_Part]) -> _Part:
    if not any(not isinstance(part.node, Not) for part in parts):
        return _Part(None)
    if len(parts) == 1:
        return parts[0]
    return _Part(
        kind([part.node for part in parts]),
        tuple([leaf for part in parts for leaf in part.leaves]),
        tuple([meaning for part in parts for meaning in part.meanings]),
    )


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
    if isinstance(node, Either):
        return node
    if isinstance(node, Not):
        return Not(_strict(node.query))  # what is left out together is left out only together
    if isinstance(node, (And, Or)):
        return type(node)([change(child) for child in node])
    return node
