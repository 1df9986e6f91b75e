"""A parsed query to the one that an engine runs: every word becomes the forms it stands for.

In: a tree with words as typed, and the index's `Lexicon`. Out: trees of the leaves of `nodes` and
`spans`, one that wants all of the words and one that is content with some, and the leaves to be
marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Require, Term, Wildcard

from newsearch.analysis import FUNCTION_WORDS
from newsearch.insights import NameGroup
from newsearch.memory import Memory
from newsearch.query.arranging import lenient, needs_words, strict
from newsearch.query.filters import NAMED, Days, Named
from newsearch.query.leaves import leaf
from newsearch.query.lexicon import Lexicon, Meaning, literally, words
from newsearch.query.nearness import grouped, moved
from newsearch.query.nodes import TEXT, TITLE, Either, LeafQuery, Quoted
from newsearch.query.parsing import parse
from newsearch.query.particles import any_article
from newsearch.query.patterns import is_pattern, pattern_words
from newsearch.query.resolved import Leaf, Resolved, words_in
from newsearch.query.spans import AtLeast, Close
from newsearch.query.tokens import Item, Reader
from newsearch.query.typed import Beside, Exactly, ExactPhrase, Often, Together, is_filter


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a resolved tree.

    Attributes:
        node: None where no word is in it.
        leaves, meanings: Of the words that are wanted in it.
        notes: On what is in it.
        filters: Whether a filter is in it.
    """

    node: Any
    leaves: tuple[Leaf, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    notes: tuple[str, ...] = ()
    filters: bool = False


class Resolver:
    """Replaces the words of trees by what they stand for in one index; remembers each word.

    Args:
        lexicon: What words stand for in the index.
        title_weight: What a match in the title counts beside one in the passage, 0 to 1.
        names: Whether a name stands for its other spellings, too.
    """

    def __init__(self, lexicon: Lexicon, title_weight: float, names: bool = True) -> None:
        self._lexicon = lexicon
        self.names = names
        self._title_weight = title_weight
        self._words: dict[tuple[str, bool, type, str], _Part] = {}
        self._read = Memory(_READ)

    def read(self, text: str) -> tuple[Resolved | None, tuple[str, ...]]:
        """Return what a query looks for, None where that is nothing, and what is to be noted.

        It is remembered: who turns the page, or sorts by date, asks the same again.
        """
        found: tuple[Resolved | None, tuple[str, ...]] | None = self._read.kept.get(text)
        if found is None:
            parsed = parse(text)
            resolved = None if parsed.tree is None else self.resolve(parsed.tree)
            notes = parsed.notes + (resolved.notes if resolved else ())
            found = (None if resolved is None or resolved.all is None else resolved), notes
            if not (is_pattern(text) or "~" in text):  # these may stand for thousands of words
                self._read.keep(text, found, len(text))
        return found

    def resolve(self, tree: Any) -> Resolved:
        """Return a tree that `parse` has made as the engine can run it."""
        found = self._tree(tree, wanted=True)
        if found.node is None:
            return Resolved(None, None, (), (), notes=found.notes)
        names = tuple(
            NameGroup(meaning.word, *zip(*meaning.spellings, strict=True))
            for meaning in {each.spellings: each for each in found.meanings}.values()
            if len(meaning.spellings) > 1
        )
        by_places: dict[Any, Leaf] = {}
        for each in found.leaves:
            by_places.setdefault((each.places, each.only, each.of, each.which), each)
        leaves = tuple(by_places.values())
        wanted = strict(found.node)
        if leaves and not (found.filters and not needs_words(found.node)):
            # A title alone makes no passage hold the words: one of them must stand in it.
            wanted = Require(wanted, Or([leaf.said for leaf in leaves]))
        return Resolved(
            wanted,
            lenient(found.node),
            leaves,
            names,
            tuple({id(each): each for each in found.meanings}.values()),
            found.notes,
            found.filters,
            tree,
        )

    def _tree(self, node: Any, wanted: bool) -> _Part:
        if isinstance(node, Term) and node.fieldname not in NAMED:  # most are
            known = self._words.get((node.text, wanted, type(node), node.fieldname))
            return known or self._word(node, wanted)
        if isinstance(node, (Days, Term)) or getattr(node, "fieldname", "") in NAMED:
            return self._filter(node)
        node = any_article(node, self._lexicon.has_article) if self.names else node
        if isinstance(node, (Phrase, Prefix, Wildcard, FuzzyTerm)):
            kind = Quoted if isinstance(node, Phrase) else Either
            return self._leaf(self.meanings(node), wanted, kind, node.fieldname)
        if isinstance(node, (Beside, Often)):
            return self._grouped(node, wanted)
        if isinstance(node, Not):
            inner = self._tree(node.query, wanted=False)
            left_out = None if inner.node is None else Not(inner.node)
            return _Part(left_out, notes=inner.notes, filters=inner.filters)
        return _compound(type(node), [self._tree(child, wanted) for child in node.children()])

    def _filter(self, node: Any) -> _Part:
        if isinstance(node, Days):
            return _Part(node, filters=True)
        names, note = self._lexicon.known(node.fieldname).find(node.text)
        return _Part(Named(node.fieldname, names), notes=(note,) if note else (), filters=True)

    def _grouped(self, node: Any, wanted: bool) -> _Part:
        meanings: list[Meaning] = []

        def find(typed: Any) -> LeafQuery | None:
            found = self.meanings(typed)
            meanings.extend(found)
            places = tuple(meaning.forms for meaning in found)
            return words_in(places, typed.fieldname, 1.0) if places else None

        tree = grouped(node, find)
        if tree is None or not wanted:
            return _Part(tree, notes=_notes(meanings))
        leaves: list[Leaf] = []
        return _Part(self._anywhere(tree, leaves), tuple(leaves), tuple(meanings), _notes(meanings))

    def _anywhere(self, tree: Any, leaves: list[Leaf]) -> Any:
        """Return a tree in which leaves may match in the title, too; add what is to be marked."""
        if isinstance(tree, (And, Or)):
            return type(tree)([self._anywhere(child, leaves) for child in tree.subqueries])
        weight = self._title_weight
        if tree.fieldname == TITLE:
            only, fields = TITLE, [tree.with_boost(weight)]
        elif isinstance(tree, AtLeast):
            only, fields = TEXT, [tree]
        else:
            only, fields = "", [tree, moved(tree, TITLE, weight)]
        if isinstance(tree, (Close, AtLeast)):
            leaves += [
                Leaf(each.places, weight, only, tree, which)
                for which, each in enumerate(tree.leaves)
            ]
        else:
            leaves.append(Leaf(tree.places, weight, only))
        return Quoted(fields)

    def meanings(self, node: Any) -> list[Meaning]:
        """Return what each word of a leaf stands for, in order."""
        if isinstance(node, ExactPhrase):
            return literally(" ".join(node.words))
        if isinstance(node, Phrase):
            if not any(map(_SPECIAL.search, node.words)):
                return self._meanings(" ".join(node.words))
            inside = [Item("word", word) for word in node.words if word.strip("-")]
            parts = [self.meanings(leaf(item, Reader([]))) for item in inside]
            return [meaning for part in parts for meaning in part]
        if isinstance(node, Exactly):
            return literally(node.text)
        if isinstance(node, Prefix):
            *before, last = [word for _, word in words(node.text)] or [node.text]
            return [*self._meanings(" ".join(before)), self._lexicon.completions(last)]
        if isinstance(node, Wildcard):
            return [
                meaning
                for word in pattern_words(node.text)
                for meaning in (
                    [self._lexicon.pattern(word)] if is_pattern(word) else self._meanings(word)
                )
            ]
        if isinstance(node, FuzzyTerm):
            *before, last = [word for _, word in words(node.text)] or [node.text]
            return [*self._meanings(" ".join(before)), self._lexicon.fuzzy(last, node.maxdist)]
        return self._meanings(node.text)

    def _meanings(self, text: str) -> list[Meaning]:
        return [self._lexicon.meaning(token, word, self.names) for token, word in words(text)]

    def _word(self, typed: Term, wanted: bool) -> _Part:
        """Return the part for what was typed without a space, which may be several words.

        `rare-earth` asks for what `rare earth` does; in F-16, 9/11 and al-Hadidi the parts say
        nothing alone.
        """
        node = any_article(typed, self._lexicon.has_article) if self.names else typed
        meanings, fieldname = self.meanings(node), node.fieldname
        if wanted and all(_stands_alone(meaning.word) for meaning in meanings):
            parts = [
                self._leaf([meaning], wanted, Either, fieldname)
                for meaning in dict.fromkeys(meanings)
            ]
            found = _compound(Together, parts)
        else:
            found = self._leaf(meanings, wanted, Either, fieldname)
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        self._words[typed.text, wanted, type(typed), typed.fieldname] = found
        return found

    def _leaf(
        self, meanings: list[Meaning], wanted: bool, kind: type[Either], fieldname: str
    ) -> _Part:
        if not meanings:
            return _Part(None)
        found = self._leaf_of(meanings, TITLE if fieldname == TITLE else "")
        only, notes = found.only, _notes(meanings)
        if not wanted:
            # What is left out is left out of the passage; its article's title may say it.
            return _Part(found.title if only else found.text, notes=notes)
        fields = [found.title] if only else [found.text, found.title]
        return _Part(kind(fields), (found,), tuple(meanings), notes)

    def _leaf_of(self, meanings: list[Meaning], only: str) -> Leaf:
        found = Leaf(tuple([meaning.forms for meaning in meanings]), self._title_weight, only)
        if len(meanings) > 1:
            return found
        [meaning] = meanings
        small = meaning.kind == "word" and meaning.own in FUNCTION_WORDS
        return replace(found, weight=_FUNCTION_WEIGHT if small else 1.0, faint=meaning.faint)


_REMEMBERED = 10_000  # words
_READ = 50_000  # characters of queries: a thousand or two
# A question of full sentences ("what were the reasons that …") is about its other words.
_FUNCTION_WEIGHT = 0.3
# In a phrase: a pattern, a fuzzy word, or one that stands for itself alone.
_SPECIAL = re.compile(r"[*~]|\?(?=\w)|^=")


def _notes(meanings: list[Meaning]) -> tuple[str, ...]:
    return tuple(
        [
            f"{each.word} stands for {len(each.forms) + each.left:,} words; "
            f"the {len(each.forms):,} most frequent are looked for"
            for each in meanings
            if each.left
        ]
    )


def _stands_alone(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def _compound(kind: Any, parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    notes = tuple([note for part in parts for note in part.notes])
    found = [part for part in parts if part.node is not None]
    if all(isinstance(part.node, Not) and not is_filter(part.node) for part in found):
        return _Part(None, notes=notes)
    return _Part(
        kind([part.node for part in found]) if len(found) > 1 else found[0].node,
        tuple([leaf for part in found for leaf in part.leaves]),
        tuple([meaning for part in found for meaning in part.meanings]),
        notes,
        any([part.filters for part in found]),
    )
