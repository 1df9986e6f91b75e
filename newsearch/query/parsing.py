"""The text of a query to a tree of `whoosh.query` nodes.

Words side by side become `Together`, phrases in straight or curly quotes `Phrase`, `word*` a
`Prefix`, `=word` an `Exactly`; AND, OR, NOT, `-` and parentheses mean what people expect. No text
raises: what can't be understood is read as plain words, and a note says so. The words in the tree
are as they were typed; `resolving` finds out what they stand for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from whoosh.query import And, Not, Or, Phrase, Prefix, Term

from newsearch.query.nodes import TEXT, Exactly, Together

_OPENING = '"“„«‟'
_CLOSING = '"”“»‟'
_ITEM = re.compile(
    rf"""
      (?P<phrase> [{_OPENING}] [^{_OPENING}{_CLOSING}]* [{_CLOSING}] )
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<minus> (?<![^\s(]) - (?=[^\s\-)]) )
    | (?P<operator> (?<![^\s()]) (?:AND|OR|NOT) (?![^\s()]) )
    | (?P<quote> [{_OPENING}{_CLOSING}] )
    | (?P<word> [^\s(){_OPENING}{_CLOSING}]+ )
    """,
    re.VERBOSE,
)
_SPOKEN = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SAID = ("word", "phrase")
_WORDS_AT_MOST = 200
_DEPTH_AT_MOST = 50


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
class _Item:
    kind: str  # "word", "phrase", "open", "close", "not", "AND", "OR" or, for "…", "nothing"
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a query: what it looks for, if anything, and what it leaves out."""

    tree: Any = None
    excluded: tuple[Any, ...] = ()

    def whole(self) -> Any:
        return And([self.tree, *map(Not, self.excluded)]) if self.excluded else self.tree


@dataclass(slots=True)
class _Reader:
    """The items, the place of the next one, and what there is to say of them."""

    items: list[_Item]
    at: int = 0
    notes: list[str] = field(default_factory=list)

    def kind(self) -> str:
        return self.items[self.at].kind if self.at < len(self.items) else "end"

    def next(self) -> _Item:
        self.at += 1
        return self.items[self.at - 1]

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


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
    >>> parse("=Zelenskyy").tree
    Exactly('text', 'Zelenskyy')
    >>> parse("AND deal (").notes
    ('a parenthesis without a partner is left out', 'AND is read as a word')
    """
    reader = _Reader(_items(text))
    _drop_quotes(reader)
    _cut(reader)
    _balance(reader)
    _settle_operators(reader)
    if not reader.items:
        return Parsed(None, tuple(reader.notes))
    part = _either(reader)
    if part.tree is None:
        reader.note("a query of nothing but words to leave out finds nothing")
    return Parsed(None if part.tree is None else part.whole(), tuple(reader.notes))


def _shouts(text: str) -> bool:
    """Tell whether a query is written in capitals throughout, so that they say nothing."""
    return len(_LONG_WORD.findall(text)) > 1 and not any(letter.islower() for letter in text)


def _items(text: str) -> list[_Item]:
    items = []
    shouted = _shouts(text)
    for match in _ITEM.finditer(text):
        kind = match.lastgroup or ""
        if kind in _SAID and not _SPOKEN.search(match[0]):
            kind = "nothing"
        elif kind == "operator":
            kind = match[0].replace("NOT", "not")
        elif kind == "minus":
            kind = "not"
        said = match["phrase"][1:-1] if kind == "phrase" else match[0]
        items.append(_Item(kind, said.lower() if shouted and kind in _SAID else said))
    return items


def _drop_quotes(reader: _Reader) -> None:
    kept = [item for item in reader.items if item.kind != "quote"]
    if len(kept) < len(reader.items):
        reader.note("a quotation mark without a partner is left out")
    reader.items = kept


def _cut(reader: _Reader) -> None:
    said = [at for at, item in enumerate(reader.items) if item.kind in _SAID]
    if len(said) > _WORDS_AT_MOST:
        reader.items = reader.items[: said[_WORDS_AT_MOST]]
        reader.note(f"only the first {_WORDS_AT_MOST} words are looked for")


def _balance(reader: _Reader) -> None:
    """Leave out parentheses without a partner, around nothing, or nested too deeply."""
    kept: list[_Item | None] = []
    opened: list[tuple[int, int]] = []  # where, and how much was said before
    said = 0
    for item in reader.items:
        if item.kind == "close":
            if not opened:
                reader.note("a parenthesis without a partner is left out")
                continue
            start, before = opened.pop()
            if said == before:
                kept[start] = _Item("nothing", "")
                continue
            if len(opened) >= _DEPTH_AT_MOST:
                kept[start] = None
                continue
        elif item.kind == "open":
            opened.append((len(kept), said))
        elif item.kind != "nothing":
            said += 1
        kept.append(item)
    for start, _ in opened:
        reader.note("a parenthesis without a partner is left out")
        kept[start] = None
    reader.items = [item for item in kept if item is not None]


def _settle_operators(reader: _Reader) -> None:
    """Make a word of every AND, OR and NOT that has nothing to work on, and drop such a "-"."""
    ahead = "end"
    for at, item in reversed([*enumerate(reader.items)]):
        if item.kind == "not" and ahead not in _BEGINS:
            reader.items[at] = _as_word(item, reader)
        ahead = reader.items[at].kind
    items = reader.items = [item for item in reader.items if item.kind != "nothing"]
    ahead = "end"
    for at, item in reversed([*enumerate(items)]):
        if item.kind in ("AND", "OR") and ahead not in _BEGINS:
            items[at] = _as_word(item, reader)
        ahead = items[at].kind
    before = "start"
    for at, item in enumerate(items):
        if item.kind in ("AND", "OR") and before not in _ENDS:
            items[at] = _as_word(item, reader)
        before = items[at].kind


_BEGINS = frozenset(("word", "phrase", "open", "not"))
_ENDS = frozenset(("word", "phrase", "close"))


def _as_word(item: _Item, reader: _Reader) -> _Item:
    if item.text == "-":
        return _Item("nothing", "")
    reader.note(f"{item.text} is read as a word")
    return _Item("word", item.text)


def _either(reader: _Reader) -> _Part:
    """Read `a OR b OR …`."""
    parts = [_both(reader)]
    while reader.kind() == "OR":
        reader.next()
        parts.append(_both(reader))
    if len(parts) == 1:
        return parts[0]
    found = [part.whole() for part in parts if part.tree is not None]
    if len(found) < len(parts):
        reader.note("beside OR, a part that only leaves words out is left out itself")
    return _Part(Or(found) if len(found) > 1 else found[0] if found else None)


def _both(reader: _Reader) -> _Part:
    """Read `a AND b AND …`."""
    parts = [_side_by_side(reader)]
    while reader.kind() == "AND":
        reader.next()
        parts.append(_side_by_side(reader))
    return _join(parts, And)


def _side_by_side(reader: _Reader) -> _Part:
    """Read `a b -c "d e" (f OR g) …`."""
    parts = []
    while reader.kind() in _BEGINS:
        parts.append(_one(reader))
    return _join(parts, Together)


def _join(parts: list[_Part], kind: Any) -> _Part:
    found = [part.tree for part in parts if part.tree is not None]
    excluded = tuple(tree for part in parts for tree in part.excluded)
    return _Part(kind(found) if len(found) > 1 else found[0] if found else None, excluded)


def _one(reader: _Reader) -> _Part:
    """Read a word, a phrase or what stands in parentheses, with any number of NOTs before it."""
    wanted = True
    while reader.kind() == "not":
        reader.next()
        wanted = not wanted
    item = reader.next()
    if item.kind == "open":
        part = _either(reader)
        reader.next()
    else:
        part = _Part(_leaf(item))
    if wanted:
        return part
    if part.tree is None:  # NOT (-a)
        return _join([_Part(tree) for tree in part.excluded], Together)
    return _Part(None, (part.whole(),))


def _leaf(item: _Item) -> Any:
    if item.kind == "phrase":
        return Phrase(TEXT, item.text.split())
    if item.text[0] == "=" and _SPOKEN.search(item.text):
        return Exactly(TEXT, item.text.lstrip("="))
    stem = item.text.rstrip("*")
    if len(stem) < len(item.text) and _SPOKEN.search(stem[-1:]):
        return Prefix(TEXT, stem)
    return Term(TEXT, item.text)
