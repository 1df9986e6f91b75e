"""The text of a query to a tree of `whoosh.query` nodes.

    query    both OR both OR …
    both     beside AND beside AND …
    beside   wanted wanted …                      words side by side
    wanted   near | NOT wanted                    also: -wanted
    near     one NEAR/5 one w/s one …
    one      word | "phrase" | ( query ) | atleast3( query ) | title: one | source: one | …

No text raises: `tokens` has seen to it that every operator has something to work on. What can't
be understood is read as plain words, and a note says so. The words in the tree are as they were
typed (see `typed`); `resolving` finds out what they stand for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from whoosh.query import And, Not, Or

from newsearch.query.leaves import fact, leaf, near, often, scoped
from newsearch.query.nodes import TITLE
from newsearch.query.tokens import Reader, read_items
from newsearch.query.typed import Together, changed, is_filter, leaves_of, with_words, words_of

# Of a tree, leaves that are one word of four letters or more: enough to tell who shouts.
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MAY_SHOUT = re.compile(r"[A-Z]{4}|[^\x00-\x7f]")
# What a sentence in capitals has, and a few names with operators between them have not.
_SENTENCE = re.compile(r"\b(?:THE|OF|TO|BY|FOR|FROM|WITH|BETWEEN|AGAINST|INTO)\b")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b")
_BEGINS = ("word", "phrase", "open", "not", "field", "least")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was understood.

    Attributes:
        tree: None where there is no word to look for.
        notes: One sentence for each thing that was read otherwise than typed.
    """

    tree: Any
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a query: what it looks for, if anything, and what it leaves out."""

    tree: Any = None
    excluded: tuple[Any, ...] = ()

    def whole(self) -> Any:
        return And([self.tree, *map(Not, self.excluded)]) if self.excluded else self.tree


def parse(text: str) -> Parsed:
    """Read a query.

    Args:
        text: Anything at all.

    Returns:
        The tree, with the words as typed, and notes. Raises nothing.

    >>> parse('rare earth -tram').tree
    And([Together([Term('text', 'rare'), Term('text', 'earth')]), Not(Term('text', 'tram'))])
    >>> parse("“rare earth” OR zelens*").tree
    Or([Phrase('text', ['rare', 'earth'], slop=1, boost=1.000000), Prefix('text', 'zelens')])
    >>> parse("ferry w/5 =Orlund after:2025-02").tree.subqueries
    [Beside(Term('text', 'ferry'), Exactly('text', 'Orlund'), 5, False), Days(20250201, 99991231)]
    >>> parse("AND deal (").notes
    ('a parenthesis without a partner is left out', 'AND is read as a word')
    """
    reader = read_items(text)
    if text.isupper() and _SENTENCE.search(text) and _OPERATOR.search(text):
        reader = read_items(text.lower())
        reader.note("in a sentence in capitals, AND, OR, NOT and NEAR are read as words")
    if not reader.items:
        return Parsed(None, tuple(reader.notes))
    part = _either(reader)
    if part.tree is None:
        reader.note("a query of nothing but words to leave out finds nothing")
        return Parsed(None, tuple(reader.notes))
    tree = part.whole()
    if _MAY_SHOUT.search(text) and _shouts(tree):
        tree = changed(tree, _lowered)
    return Parsed(tree, tuple(reader.notes))


def _either(reader: Reader) -> _Part:
    """Read `a OR b OR …`."""
    part = _both(reader)
    if reader.kind() != "OR":
        return part
    parts = [part]
    while reader.kind() == "OR":
        reader.next()
        parts.append(_both(reader))
    found = [part for part in parts if part.tree is not None]
    if len(found) < len(parts):
        reader.note("beside OR, a part that only leaves words out is left out itself")
    if len(found) > 1:
        return _Part(Or([part.whole() for part in found]))
    return found[0] if found else _Part()


def _both(reader: Reader) -> _Part:
    """Read `a AND b AND …`."""
    part = _side_by_side(reader)
    if reader.kind() != "AND":
        return part
    parts = [part]
    while reader.kind() == "AND":
        reader.next()
        parts.append(_side_by_side(reader))
    return _join(parts, And)


def _side_by_side(reader: Reader) -> _Part:
    """Read `a b -c "d e" (f OR g) …`."""
    parts = []
    while reader.kind() in _BEGINS:
        parts.append(_wanted(reader))
    return _join(parts, Together)


def _join(parts: list[_Part], kind: Any) -> _Part:
    if len(parts) == 1:
        return parts[0]
    found = [part.tree for part in parts if part.tree is not None]
    excluded = tuple([tree for part in parts for tree in part.excluded])
    return _Part(kind(found) if len(found) > 1 else found[0] if found else None, excluded)


def _wanted(reader: Reader) -> _Part:
    """Read a thing, or things near each other, with any number of NOTs before it."""
    wanted = True
    while reader.kind() == "not":
        reader.next()
        wanted = not wanted
    part = _near(reader)
    if wanted:
        return part
    return _left_out(part)


def _left_out(part: _Part) -> _Part:
    """Return the opposite of a part."""
    if part.tree is None:  # NOT (-a)
        return _join([_opened(tree) for tree in part.excluded], Together)
    if is_filter(part.tree) and not part.excluded:
        # Alone, too, this leaves something to show.
        return _Part(part.tree.query if isinstance(part.tree, Not) else Not(part.tree))
    return _Part(None, (part.whole(),))


def _opened(tree: Any) -> _Part:
    """Return the part of which a tree is the whole."""
    if isinstance(tree, And) and isinstance(tree.subqueries[-1], Not) and not is_filter(tree[-1]):
        return _Part(tree.subqueries[0], tuple([each.query for each in tree.subqueries[1:]]))
    return _Part(tree)


def _near(reader: Reader) -> _Part:
    """Read `a NEAR/5 b NEAR/5 …`."""
    part = _one(reader)
    while reader.kind() == "near":
        item = reader.next()
        other = _one(reader)
        both = None
        if part.tree is not None and other.tree is not None:
            both = near(part.tree, other.tree, item, reader)
        if both is None:
            part = _join([part, other], Together)
        else:
            part = _Part(both, part.excluded + other.excluded)
    return part


def _one(reader: Reader) -> _Part:
    """Read a word, a phrase or a group, with the field in which it is looked for."""
    item = reader.next()
    if item.kind == "open":
        return _group(reader)
    if item.kind == "least":
        reader.next()
        part = _group(reader)
        counted = None if part.tree is None else often(part.tree, item, reader)
        return part if counted is None else _Part(counted, part.excluded)
    if item.kind != "field":
        return _Part(leaf(item, reader))
    name = item.text[:-1].lower()
    if reader.kind() == "open":
        reader.next()
        part = _group(reader)
        wanted = [] if part.tree is None else [_Part(scoped(part.tree, name, reader))]
        left_out = [_left_out(_Part(scoped(each, name, reader))) for each in part.excluded]
        return _join([*wanted, *left_out], Together)
    item = reader.next()
    return _Part(leaf(item, reader, TITLE) if name == TITLE else fact(name, item, reader))


def _group(reader: Reader) -> _Part:
    """Read what stands in parentheses, of which the first is read already."""
    part = _either(reader)
    reader.next()
    return part


def _shouts(tree: Any) -> bool:
    """Tell whether a query is written in capitals throughout, so that they say nothing."""
    leaves = [leaf for leaf in leaves_of(tree) if not is_filter(leaf)]
    said = " ".join([word for leaf in leaves for word in words_of(leaf)])
    return len(_LONG_WORD.findall(said)) > 1 and not any(map(str.islower, said))


def _lowered(leaf: Any) -> Any:
    return with_words(leaf, [word.lower() for word in words_of(leaf)], leaf.fieldname)
