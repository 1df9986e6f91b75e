"""What of a query is wanted in any case, and what is not.

In: the tree of a query with its words resolved. Out: a tree that wants all of them, and one that is
content with some.
"""

from __future__ import annotations

from typing import Any

from whoosh.query import And, AndMaybe, Not, Or

from newsearch.query.nodes import Either, Quoted
from newsearch.query.typed import Together, is_filter


def needs_words(node: Any) -> bool:
    """Tell whether facts alone can't make a passage match."""
    if isinstance(node, Either):
        return True
    if isinstance(node, Or):
        return all(map(needs_words, node))
    return isinstance(node, And) and any(map(needs_words, node))


def strict(node: Any) -> Any:
    """Return a tree in which words side by side are all wanted."""
    if isinstance(node, Together):
        return And([strict(child) for child in node])
    return _rebuild(node, strict)


def lenient(node: Any) -> Any:
    """Return a tree in which of words side by side some are enough.

    Phrases, what is to be near and facts are still wanted.
    """
    if not isinstance(node, Together):
        return _rebuild(node, lenient)
    if all([type(child) is Either for child in node]):  # so most are
        return Or(node.subqueries)
    wanted = [child for child in node if _is_wanted(child)]
    rest = [lenient(child) for child in node if not _is_wanted(child)]
    if not wanted:
        return Or(rest)
    needed = And(wanted) if len(wanted) > 1 else wanted[0]
    if not rest:
        return needed
    if all(map(is_filter, wanted)):
        return And([*wanted, Or(rest)])
    return AndMaybe(needed, Or(rest))


def _is_wanted(node: Any) -> bool:
    if isinstance(node, Quoted):
        return True
    if isinstance(node, Either):
        return False
    if isinstance(node, (And, Or)) and not isinstance(node, Together):
        return all(map(_is_wanted, node))
    return is_filter(node)


def _rebuild(node: Any, change: Any) -> Any:
    if isinstance(node, Either):
        return node
    if isinstance(node, Not):
        return Not(strict(node.query))  # what is left out together is left out only together
    if isinstance(node, (And, Or)):
        return type(node)([change(child) for child in node])
    return node
