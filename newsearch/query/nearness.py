"""Words and phrases that are to stand near each other, or to be said often, to leaves.

In: a `Beside` or an `Often` of a typed tree, and what its words and phrases stand for. Out: trees
of And and Or over `Close` and `AtLeast` leaves. Of a group all of whose words are wanted each must
stand near the other side, and each must be said so often.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whoosh.query import And, Or

from newsearch.query.nodes import InOrder, LeafQuery, OneOf
from newsearch.query.spans import AtLeast, Close, Side
from newsearch.query.typed import Beside, Often

# A side, or a compound of them: (And, [...]) or (Or, [...]).
_Group = Any
Find = Callable[[Any], LeafQuery | None]
"""Given a word or a phrase as it was typed, returns its leaf; None where it holds no word."""


def grouped(tree: Any, find: Find) -> Any:
    """Return a tree of `Close` and `AtLeast` leaves; None where no words are in it."""
    return _tree(_group(tree, find))


def moved(leaf: Any, fieldname: str, boost: float) -> Any:
    """Return a leaf that asks for the same in another field."""
    if isinstance(leaf, Close):
        first, second = [tuple(moved(each, fieldname, 1.0) for each in side) for side in leaf.sides]
        return Close(fieldname, (first, second), leaf.slop, leaf.ordered, boost)
    if isinstance(leaf, OneOf):
        return OneOf(fieldname, leaf.forms, boost)
    return InOrder(fieldname, leaf.places, boost)


def _group(tree: Any, find: Find) -> _Group | None:
    """Return what a tree stands for beside others: a `Side`, or a compound of sides."""
    if isinstance(tree, Beside):
        a, b = _group(tree.a, find), _group(tree.b, find)
        if a is None or b is None:
            return b if a is None else a
        return _beside(a, b, tree)
    if isinstance(tree, Often):
        found = _group(tree.query, find)
        return None if found is None else _often(found, tree.least)
    if isinstance(tree, (And, Or)):
        parts = [part for child in tree.subqueries if (part := _group(child, find)) is not None]
        if isinstance(tree, Or) and all(not _is_compound(part) for part in parts):
            return tuple(leaf for side in parts for leaf in side) or None
        kind = Or if isinstance(tree, Or) else And
        return (kind, parts) if len(parts) > 1 else parts[0] if parts else None
    leaf = find(tree)
    return None if leaf is None else (leaf,)


def _is_compound(group: _Group) -> bool:
    return group[0] in (And, Or)


def _beside(a: _Group, b: _Group, how: Beside) -> _Group:
    if _is_compound(a):
        return a[0], [_beside(part, b, how) for part in a[1]]
    if _is_compound(b):
        return b[0], [_beside(a, part, how) for part in b[1]]
    return (Close(a[0].fieldname, (a, b), how.distance, how.ordered),)


def _often(group: _Group, least: int) -> _Group:
    if _is_compound(group):
        return group[0], [_often(part, least) for part in group[1]]
    side: Side = group
    return (AtLeast(side[0].fieldname, side, least),)


def _tree(group: _Group | None) -> Any:
    if group is None:
        return None
    if _is_compound(group):
        return group[0]([_tree(part) for part in group[1]])
    return group[0] if len(group) == 1 else Or(list(group))
