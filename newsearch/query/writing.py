"""A tree as it was typed back to a query that means it: `parse(write(tree)).tree == tree`."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix

from newsearch.query.days import write_days
from newsearch.query.filters import NAMED, Days
from newsearch.query.nodes import TITLE
from newsearch.query.typed import Beside, Exactly, ExactPhrase, Often, Together, is_filter


class _Binds(IntEnum):
    """How closely the parts of something hold together: what binds less needs parentheses."""

    OR = 0
    LEFT_OUT = 1
    AND = 2
    BESIDE = 3
    NOT = 4
    NEAR = 5
    ONE = 6


# A name that needs no quotes.
_BARE = re.compile(r"[\w*?&'./+@-]+")


def write(tree: Any) -> str:
    """Return the query that a tree of `parse` stands for.

    >>> from newsearch.query.parsing import parse
    >>> write(parse("(kyiv OR «Black  Sea») pre/5 deal, NOT tram date:2025-02-01..2025-02-28").tree)
    '(kyiv OR "Black Sea") pre/5 deal, date:2025-02 -tram'
    """
    return _write(tree, _Binds.OR)


def _write(tree: Any, around: _Binds) -> str:
    """Write a tree that stands in something which binds so closely."""
    binds, text = _written(tree)
    return text if binds >= around else f"({text})"


def _written(tree: Any) -> tuple[_Binds, str]:
    for kinds, write_it in _RULES:
        if isinstance(tree, kinds):
            return write_it(tree)
    return _Binds.ONE, _leaf(tree)


def _or(tree: Any) -> tuple[_Binds, str]:
    return _Binds.OR, " OR ".join([_write(each, _Binds.LEFT_OUT) for each in tree.subqueries])


def _together(tree: Any) -> tuple[_Binds, str]:
    return _Binds.BESIDE, " ".join([_write(each, _Binds.NOT) for each in tree.subqueries])


def _and(tree: Any) -> tuple[_Binds, str]:
    parts = tree.subqueries
    if not _is_left_out(parts[-1]):
        return _Binds.AND, " AND ".join([_write(each, _Binds.BESIDE) for each in parts])
    first, *left_out = parts
    return _Binds.LEFT_OUT, " ".join(
        [_write(first, _Binds.AND), *[_write(each, _Binds.NOT) for each in left_out]]
    )


def _is_left_out(tree: Any) -> bool:
    return isinstance(tree, Not) and not is_filter(tree)


def _not(tree: Any) -> tuple[_Binds, str]:
    return _Binds.NOT, "-" + _write(tree.query, _Binds.NEAR)


def _beside(tree: Any) -> tuple[_Binds, str]:
    name = ("pre" if tree.ordered else "w") + f"/{tree.distance or 's'}"
    return _Binds.NEAR, f"{_write(tree.a, _Binds.NEAR)} {name} {_write(tree.b, _Binds.ONE)}"


def _often(tree: Any) -> tuple[_Binds, str]:
    return _Binds.ONE, f"atleast{tree.least}({write(tree.query)})"


_Rule = tuple[Any, Callable[[Any], tuple[_Binds, str]]]
_RULES: tuple[_Rule, ...] = (
    (Or, _or),
    (Together, _together),
    (And, _and),
    (Not, _not),
    (Beside, _beside),
    (Often, _often),
)


def _leaf(leaf: Any) -> str:
    if isinstance(leaf, Days):
        return f"date:{write_days(leaf)}"
    if leaf.fieldname in NAMED:
        name = leaf.text if _BARE.fullmatch(leaf.text) else f'"{leaf.text}"'
        return f"{leaf.fieldname}:{name}"
    return ("title:" if leaf.fieldname == TITLE else "") + _word(leaf)


def _word(leaf: Any) -> str:
    if isinstance(leaf, Phrase):
        return ("=" if isinstance(leaf, ExactPhrase) else "") + f'"{" ".join(leaf.words)}"'
    if isinstance(leaf, Exactly):
        return "=" + str(leaf.text)
    if isinstance(leaf, Prefix):
        return f"{leaf.text}*"
    if isinstance(leaf, FuzzyTerm):
        return f"{leaf.text}~{leaf.maxdist if leaf.maxdist > 1 else ''}"
    return str(leaf.text)
