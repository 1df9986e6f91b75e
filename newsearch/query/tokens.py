"""The text of a query to items: words, phrases, operators and parentheses that fit together.

In: any text. Out: items of which every operator has something to work on and every parenthesis a
partner, so that the grammar of `parsing` can't fail; and a note on each that had not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_OPENING = '"“„«‟'
_CLOSING = '"”“»‟'
_QUOTES = _OPENING + _CLOSING
_ITEM = re.compile(
    rf"""
      (?P<phrase> =? [{_OPENING}] [^{_QUOTES}]* [{_CLOSING}] )
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<minus> (?<![^\s(]) - (?=[^\s\-)]) )
    | (?P<operator> (?<![^\s(){_QUOTES}]) (?:AND|OR|NOT) (?![^\s(){_QUOTES}]) )
    | (?P<near> (?<![^\s(){_QUOTES}])
        (?: NEAR | (?i:near|within|w|pre)/[0-9]{{1,4}} | (?i:w|pre)/[sS] ) (?![^\s(){_QUOTES}]) )
    | (?P<least> (?i:atleast)[0-9]{{1,3}} (?=\() )
    | (?P<field> (?i:title|source|author|date|after|before): (?=[^\s)]) )
    | (?P<quote> [{_QUOTES}] )
    | (?P<word> [^\s(){_QUOTES}]+ )
    """,
    re.VERBOSE,
)
SPOKEN = re.compile(r"[^\W_]")
_SAID = ("word", "phrase")
_WORDS_AT_MOST = 200
_DEPTH_AT_MOST = 50
_NEARS_AT_MOST = 20

_BEGINS = frozenset(("word", "phrase", "open", "not", "field", "least"))
_ENDS = frozenset(("word", "phrase", "close"))
# What must follow an item, for it to be what it looks like.
_FOLLOWED_BY = {
    "not": _BEGINS,
    "AND": _BEGINS,
    "OR": _BEGINS,
    "near": _BEGINS - {"not"},
    "field": frozenset(("word", "phrase", "open")),
    "least": frozenset(("open",)),
}
_BETWEEN = frozenset(("AND", "OR", "near"))


class Item(NamedTuple):
    """A piece of a query.

    Attributes:
        kind: "word", "phrase", "open", "close", "not", "AND", "OR", "near", "least", "field", or
            "nothing" for what holds no letter and no digit.
        text: As it was typed; of a phrase with its quotes, and the "=" before them.
    """

    kind: str
    text: str


@dataclass(slots=True)
class Reader:
    """The items, the place of the next one, and what there is to say of them."""

    items: list[Item]
    at: int = 0
    notes: list[str] = field(default_factory=list)
    words: int = 0  # those of phrases counted

    def kind(self) -> str:
        """Return the kind of the next item, "end" where there is none."""
        return self.items[self.at].kind if self.at < len(self.items) else "end"

    def next(self) -> Item:
        self.at += 1
        return self.items[self.at - 1]

    def note(self, sentence: str) -> None:
        """Say something, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def read_items(text: str) -> Reader:
    """Return the items of a query.

    >>> [item.kind for item in read_items('"night ferry" OR (tram -bus').items]
    ['phrase', 'OR', 'word', 'not', 'word']
    """
    items = []
    plain = True
    for match in _ITEM.finditer(text):
        kind, said = match.lastgroup or "", match[0]
        if kind == "operator":
            kind = said.replace("NOT", "not")
        elif kind == "minus":
            kind = "not"
        elif kind in _SAID and not SPOKEN.search(said):
            kind = "nothing"
        plain = plain and kind == "word"
        items.append(Item(kind, said))
    reader = Reader(items)
    if plain and len(items) <= _WORDS_AT_MOST:
        return reader
    _drop_quotes(reader)
    _cut(reader)
    _balance(reader)
    _settle(reader)
    return reader


def _drop_quotes(reader: Reader) -> None:
    kept = [item for item in reader.items if item.kind != "quote"]
    if len(kept) < len(reader.items):
        reader.note("a quotation mark without a partner is left out")
    reader.items = kept


def _cut(reader: Reader) -> None:
    """Leave out what is more than so many words, those of phrases counted."""
    for at, item in enumerate(reader.items):
        words = 0
        if item.kind == "word":
            words = 1
        elif item.kind == "phrase":
            words = len(item.text.split())
        if reader.words + words > _WORDS_AT_MOST:
            reader.items = reader.items[:at]
            _say_cut(reader)
            return
        reader.words += words


def _say_cut(reader: Reader) -> None:
    reader.note(f"only the first {_WORDS_AT_MOST} words are looked for")


def _balance(reader: Reader) -> None:
    """Leave out parentheses without a partner, around nothing, or nested too deeply."""
    kept: list[Item | None] = []
    opened: list[tuple[int, int]] = []  # where, and how much was said before
    said = 0
    for item in reader.items:
        if item.kind == "close":
            if not opened:
                reader.note("a parenthesis without a partner is left out")
                continue
            start, before = opened.pop()
            if said == before:
                kept[start] = Item("nothing", "")
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


def _settle(reader: Reader) -> None:
    """Make a word of every operator that has nothing to work on, and drop such a "-"."""
    _settle_backwards(reader, ("not", "field", "least"))
    reader.items = [item for item in reader.items if item.kind != "nothing"]
    _settle_backwards(reader, ("AND", "OR", "near"))
    items = reader.items
    before, nears = "start", 0
    for at, item in enumerate(items):
        nears += item.kind == "near"
        if item.kind in _BETWEEN and (before not in _ENDS or nears > _NEARS_AT_MOST):
            items[at] = _as_word(item, reader)
        before = before if items[at].kind == "nothing" else items[at].kind
    reader.items = [item for item in items if item.kind != "nothing"]


def _settle_backwards(reader: Reader, kinds: tuple[str, ...]) -> None:
    ahead = "end"
    for at in reversed(range(len(reader.items))):
        item = reader.items[at]
        if item.kind in kinds and ahead not in _FOLLOWED_BY[item.kind]:
            item = reader.items[at] = _as_word(item, reader)
        ahead = item.kind


def _as_word(item: Item, reader: Reader) -> Item:
    if item.text == "-":
        return Item("nothing", "")
    if reader.words >= _WORDS_AT_MOST:
        _say_cut(reader)
        return Item("nothing", "")
    reader.words += 1
    reader.note(f"{item.text} is read as a word")
    return Item("word", as_word(item.text))


_OPERATOR = re.compile(r"AND|OR|NOT|NEAR|(?i:near|within|w|pre)/(?:[0-9]{1,4}|[sS])")
_FIELD = re.compile(r"(?i:title|source|author|date|after|before):")


def as_word(text: str) -> str:
    """Return a word that says the same and can't be taken for an operator.

    >>> [as_word(text) for text in ("OR", "w/5", "title:ferry", "win/win")]
    ['or', 'w-5', 'title-ferry', 'win/win']
    """
    if (text.isupper() or "/" in text) and _OPERATOR.fullmatch(text):
        return text.lower().replace("/", "-")
    if ":" in text and _FIELD.match(text):
        return text.replace(":", "-", 1).rstrip("-")
    return text
