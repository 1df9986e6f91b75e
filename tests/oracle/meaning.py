"""What a tree of `whoosh.query` means to newsearch, over a stock Whoosh index.

Leaves are asked of stock Whoosh, compounds are put together here, as sets: Whoosh's own matchers
for them lose documents (a Require is run as an AndNot, an AndNot lets its first match pass, a
DisjunctionMax compares the scores of different documents).
"""

from __future__ import annotations

from typing import Any

from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    DisjunctionMax,
    Every,
    Not,
    NumericRange,
    Or,
    Otherwise,
    Phrase,
    Require,
    Term,
)
from whoosh.query.terms import MultiTerm

from newsearch.query import InOrder, Near, OneOf
from newsearch.query.nodes import TEXT, TITLE

Scored = dict[int, float]


def meaning(query: Any, searcher: Any) -> Scored:
    """Return the documents that match a query, and what each scores.

    Args:
        query: Any query.
        searcher: Over a stock index of one segment, see `stock`.
    """
    boost = getattr(query, "boost", 1.0)
    if isinstance(query, (And, Or, DisjunctionMax, Not, Require, AndMaybe, AndNot, Otherwise)):
        return _compound(query, [meaning(child, searcher) for child in query.children()], searcher)
    if isinstance(query, ConstantScoreQuery):
        return dict.fromkeys(meaning(query.child, searcher), query.score)
    if _is_all(query) or isinstance(query, Every):
        return dict.fromkeys(Every(query.field()).docs(searcher), boost)
    if isinstance(query, (Term, MultiTerm, NumericRange, Phrase)):
        if query.field() not in (TEXT, TITLE):
            return dict.fromkeys(query.docs(searcher), 0.0)
        return _run(_leaf(query, searcher), searcher)
    return _run(query, searcher)


def _is_all(query: Any) -> bool:
    """Tell whether an expansion is one that Whoosh runs as `Every`."""
    patterns = {"Prefix": "", "Wildcard": "*", "Regex": ".*"}
    kind = type(query).__name__
    return kind in patterns and patterns[kind] == query.text


def _leaf(query: Any, searcher: Any) -> Any:
    """Return newsearch's own leaf for a query of words, by Whoosh's expansion."""
    field, boost = query.field(), query.boost
    if isinstance(query, Term):
        return OneOf(field, (query.text,), boost)
    if isinstance(query, MultiTerm):
        found = {
            term.decode() if isinstance(term, bytes) else term
            for term in query._btexts(searcher.reader())
        }
        return OneOf(field, tuple(found), boost)
    places = tuple((word,) for word in query.words)
    leaf = Near(field, places, query.slop, True, boost)
    if query.slop == 1:
        assert _run(InOrder(field, places, boost), searcher) == _run(leaf, searcher)
    assert sorted(query.docs(searcher)) == sorted(_run(leaf, searcher))
    return leaf


def _compound(query: Any, parts: list[Scored], searcher: Any) -> Scored:
    if isinstance(query, Not):
        documents = range(searcher.doc_count_all())
        return {number: 0.0 for number in documents if number not in parts[0]}
    if isinstance(query, Otherwise):
        return parts[0] or parts[1]
    if isinstance(query, AndNot):
        return {number: score for number, score in parts[0].items() if number not in parts[1]}
    if isinstance(query, (Or, DisjunctionMax)):
        documents = set().union(*parts)
    elif isinstance(query, AndMaybe):
        documents = set(parts[0])
    else:
        documents = set(parts[0]).intersection(*parts[1:])
    scored = parts[:1] if isinstance(query, Require) else parts
    put = max if isinstance(query, DisjunctionMax) else sum
    return {
        number: query.boost * put([part[number] for part in scored if number in part])
        for number in documents
    }


def _run(query: Any, searcher: Any) -> Scored:
    matcher = query.matcher(searcher, searcher.context())
    found = {}
    while matcher.is_active():
        found[matcher.id()] = matcher.score()
        matcher.next()
    return found
