"""One word or phrase of a query to a leaf of its tree, and groups to what may stand near others.

In: items, or parts of a tree. Out: nodes, and notes on what had to be read otherwise.
"""

from __future__ import annotations

import re
from typing import Any

from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Term, Wildcard

from newsearch.query.days import iso, read_days
from newsearch.query.filters import NAMED
from newsearch.query.nodes import TEXT, TITLE
from newsearch.query.tokens import SPOKEN, Item, Reader, as_word
from newsearch.query.typed import (
    Beside,
    Exactly,
    ExactPhrase,
    Often,
    Together,
    changed,
    is_filter,
    leaves_of,
    with_words,
    words_of,
)

# A question mark is a pattern inside a word only: "what?" is a question.
_PATTERN = re.compile(r"\*|\?(?=\w)")
# The dot that "İ" has above it when it is made lower case is a part of the word.
_FUZZY = re.compile(r"(.*(?:[^\W_]|\u0307))~+([0-9]*)", re.DOTALL)
_AFTER_WORD = re.compile(r"(?:[^\w\u0307]|_)+$")
_FUZZY_LETTERS = 3
_SLIPS_AT_MOST = 2
_COMBINED_AT_MOST = 64


def leaf(item: Item, reader: Reader, fieldname: str = TEXT) -> Any:
    """Return the node for a word or a phrase."""
    if item.kind == "phrase":
        kind = ExactPhrase if item.text[0] == "=" else Phrase
        return kind(fieldname, item.text.lstrip("=")[1:-1].split())
    text = item.text
    if text.isalnum():  # most are
        return Term(fieldname, as_word(text) if text.isupper() else text)
    text = as_word(text.lstrip("-"))
    if text[0] == "=":
        return Exactly(fieldname, text.lstrip("=-"))
    stem = text.rstrip("*")
    if len(stem) < len(text) and not _PATTERN.search(stem) and SPOKEN.search(stem):
        return Prefix(fieldname, _AFTER_WORD.sub("", stem))
    slips = _FUZZY.fullmatch(text)
    text = slips[1] if slips else text
    if _PATTERN.search(text):
        if slips:
            reader.note(f"{item.text} is read without its ~")
        while slips := _FUZZY.fullmatch(text):
            text = slips[1]
        return Wildcard(fieldname, text)
    if slips:
        if len(text) >= _FUZZY_LETTERS:
            return _fuzzy(text, slips[2], item, reader, fieldname)
        reader.note(f"{item.text} is too short for a ~")
    return Term(fieldname, as_word(text))


def _fuzzy(text: str, typed: str, item: Item, reader: Reader, fieldname: str) -> Any:
    slips = int(typed[:4] or 1)
    if not 1 <= slips <= _SLIPS_AT_MOST:
        slips = max(1, min(slips, _SLIPS_AT_MOST))
        reader.note(f"{item.text} is looked for with {slips} other letter{'s' * (slips != 1)}")
    return FuzzyTerm(fieldname, text, maxdist=slips, prefixlength=1)


def fact(name: str, item: Item, reader: Reader) -> Any:
    """Return the filter for what stands behind `source:`, `author:`, `date:` and the like."""
    text = item.text
    if item.kind == "phrase":
        text = " ".join(text.lstrip("=")[1:-1].split())
    found = _fact(name, text, reader)
    if found is None:
        _say_no_date(name, text, reader)
        # Two words, or more, but one after the other.
        said = item if item.kind == "phrase" else Item("word", f"{name}-{text}")
        return leaf(said, reader)
    return found


def _fact(name: str, text: str, reader: Reader) -> Any:
    """Return a filter, or None where a date is none."""
    if name in NAMED:
        return (Wildcard if _PATTERN.search(text) else Term)(name, text)
    days = read_days(name, text)
    if days is None or days.first <= days.last:
        return days
    begin, _, end = text.partition("..")
    days = read_days(name, f"{end}..{begin}") or days
    reader.note(f"{text} is read as {iso(days.first)} to {iso(days.last)}")
    return days


def _say_no_date(name: str, text: str, reader: Reader) -> None:
    dates = "2025, 2025-02, 2025-02-26 or 2025-01..2025-02"
    reader.note(f"{name}:{text} is read as words; a date is {dates}")


def scoped(tree: Any, name: str, reader: Reader) -> Any:
    """Return the tree of a group in which every word stands behind the name of a field."""
    if isinstance(tree, Not):
        return Not(scoped(tree.query, name, reader))
    if is_filter(tree):
        return tree
    if name == TITLE:
        return changed(tree, in_title)
    words = [" ".join(words_of(each)) for each in leaves_of(tree) if not is_filter(each)]
    if isinstance(tree, (And, Or)) and not (
        # source:(Orlund Post)
        name in NAMED and isinstance(tree, Together) and len(words) == len(tree.subqueries)
    ):
        return type(tree)([scoped(child, name, reader) for child in tree.subqueries])
    text = " ".join(words)
    found = _fact(name, text, reader)
    if found is None:
        _say_no_date(name, text, reader)
        return tree
    return found


def in_title(word: Any) -> Any:
    """Return a leaf that matches in the title only."""
    return with_words(word, words_of(word), TITLE)


def in_text(word: Any) -> Any:
    """Return a leaf that matches in the passage, too."""
    return with_words(word, words_of(word), TEXT)


def near(a: Any, b: Any, item: Item, reader: Reader) -> Any:
    """Return the node for two things near each other; None where one of them is no words."""
    sides = [spoken(side, reader) for side in (a, b)]
    if any(side is None for side in sides):
        return None
    if len({each.fieldname for side in sides for each in leaves_of(side)}) > 1:
        reader.note(f"{item.text} looks in titles or in passages, not in both")
        sides = [changed(side, in_text) for side in sides]
    if combined(sides[0]) * combined(sides[1]) > _COMBINED_AT_MOST:
        reader.note(f"beside {item.text}, any word of a group with so many will do")
        sides = [_any_of(side) for side in sides]
    name, _, number = item.text.lower().partition("/")
    distance = 0 if number == "s" else max(1, int(number or _NEAR))
    return Beside(sides[0], sides[1], distance, name == "pre")


_NEAR = 10  # tokens, as in the news archives that have such an operator


def often(tree: Any, item: Item, reader: Reader) -> Any:
    """Return the node for what is said several times; None where it is no words."""
    tree = spoken(tree, reader)
    if tree is None:
        return None
    if len({each.fieldname for each in leaves_of(tree)}) > 1:
        reader.note(f"{item.text} counts in titles or in passages, not in both")
        tree = changed(tree, in_text)
    return Often(tree, max(1, int(item.text[len("atleast") :])))


def spoken(tree: Any, reader: Reader) -> Any:
    """Return what of a group are words that are wanted; None where none are."""
    if isinstance(tree, Not) or is_filter(tree):
        reader.note("what is to be near something, or said often, are words and phrases only")
        return None
    if isinstance(tree, Often):
        reader.note("what is to be near something, or said often, are words and phrases only")
        return tree.query
    if isinstance(tree, (And, Or)):
        kept = [part for child in tree.subqueries if (part := spoken(child, reader)) is not None]
        if len(kept) < 2:
            return kept[0] if kept else None
        return tree if kept == tree.subqueries else type(tree)(kept)
    return tree


def combined(tree: Any) -> int:
    """Return how many pairs and more a group stands for beside a NEAR that wants all of it."""
    if isinstance(tree, Beside):
        return combined(tree.a) * combined(tree.b)
    if not isinstance(tree, (And, Or)):
        return 1
    parts = [combined(child) for child in tree.subqueries]
    return 1 if isinstance(tree, Or) and max(parts) == 1 else sum(parts)


def _any_of(tree: Any) -> Any:
    if isinstance(tree, Beside):
        return Beside(_any_of(tree.a), _any_of(tree.b), tree.distance, tree.ordered)
    if isinstance(tree, (And, Or)):
        return Or([_any_of(child) for child in tree.subqueries])
    return tree
