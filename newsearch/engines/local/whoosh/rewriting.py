"""Whoosh's queries to those that the evaluator runs on arrays.

In: any tree of `whoosh.query`. Out: a tree of leaves (`OneOf`, `InOrder` and the others of
`newsearch.query`, `Named`, `Days`, `Given`), and of And, Or, Not, AndMaybe, Require,
ConstantScoreQuery and DisjunctionMax.
The same passages match. Scores are newsearch's:

- All that a `Prefix`, `Wildcard`, `Regex`, `FuzzyTerm`, `Variations` or `TermRange` stands for is
  one word, as the forms of a name are. (Whoosh gives 1, or their sum, according to how many there
  are and how large the index is.)
- A phrase is scored by how often it occurs, not by its words.
- Sources, authors, dates, ids and passage numbers are filters and score 0.
- Boosts are multiplied into the leaves, also those of compounds with one child, which Whoosh
  forgets.

What has no such form (spans, nested queries, `Or` with a scale, a query of your own) is run by
its own matcher, children and all, with Whoosh's scores.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

import numpy as np
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
    Prefix,
    Regex,
    Require,
    Term,
    TermRange,
    WeightingQuery,
    Wildcard,
)
from whoosh.query.qcore import _NullQuery
from whoosh.query.terms import MultiTerm

from newsearch.engines.local.finding.given import Given
from newsearch.engines.local.whoosh.fallback import explained, given, run
from newsearch.engines.local.whoosh.fields import number_of
from newsearch.query.filters import NAMED, Days, Named
from newsearch.query.nodes import TEXT, TITLE, InOrder, LeafQuery, Near, OneOf

LEAVES = (LeafQuery, Named, Days, Given)
"""The leaves that the evaluator runs."""

_NOTHING = OneOf(TEXT, ())
_ALL = {Prefix: "", Wildcard: "*", Regex: ".*"}  # what stands for any term at all
_NONE = timedelta()


class Index(Protocol):
    """What rewriting asks of a snapshot."""

    @property
    def whoosh(self) -> Any:
        """A searcher over the snapshot, see `reader.searcher`."""

    def matches(self, tree: Any) -> bool:
        """Tell whether a rewritten tree matches any passage."""


def rewrite(tree: Any, index: Index) -> Any:
    """Return a tree that the evaluator can run.

    Args:
        tree: Any tree; one that needs no change is returned as it is.
        index: The snapshot; asked for its vocabulary only where that is needed.

    Raises:
        EngineError: A query can't be run: a pattern that is none, a phrase in a field without
            words.
    """
    return tree if _runs(tree) else _Rewriting(index).node(tree, 1.0)


def _runs(node: Any) -> bool:
    """Tell whether the evaluator knows a node and all below it."""
    if isinstance(node, LEAVES):
        return True
    if isinstance(node, (And, Or)):
        plain = node.boost == 1.0 and not getattr(node, "scale", None)
        return plain and bool(node.subqueries) and all(map(_runs, node.subqueries))
    return isinstance(node, (Not, AndMaybe, Require)) and all(map(_runs, node.children()))


class _Rewriting:
    """One walk over a tree; `boost` is what the nodes above a node have multiplied to."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def node(self, query: Any, boost: float) -> Any:
        with explained(query):
            for kinds, rewritten in _RULES:
                if isinstance(query, kinds):
                    return rewritten(self, query, boost)
        return run(query, self.index.whoosh, boost)

    def leaf(self, query: Any, boost: float) -> Any:
        if isinstance(query, (Named, Days)) or boost == 1.0:
            return query
        if isinstance(query, Given):
            scaled = {segment: (each[0], boost * each[1]) for segment, each in query.found.items()}
            return Given(scaled)
        return query.with_boost(query.boost * boost)

    def term(self, query: Any, boost: float) -> Any:
        if query.fieldname not in self.index.whoosh.schema:
            return _NOTHING
        if query.fieldname in (TEXT, TITLE):
            return OneOf(query.fieldname, (_text(query.text),), query.boost * boost)
        if query.fieldname in NAMED:
            return Named(query.fieldname, (_text(query.text),))
        if query.fieldname == Days.fieldname:
            return self.days(query.text, query.text)
        return self.filter(query)

    def many(self, query: Any, boost: float) -> Any:
        """Rewrite what stands for many terms of a field."""
        field, reader = query.field(), self.index.whoosh.reader()
        boost *= query.boost
        if field not in reader.schema:
            return _NOTHING
        if type(query) in _ALL and query.text == _ALL[type(query)]:
            return self.every(Every(field), boost)
        if field not in (TEXT, TITLE, *NAMED):
            if field == Days.fieldname and isinstance(query, TermRange):
                return self.days(query.start, query.end, query.startexcl, query.endexcl)
            return self.filter(query)
        terms = tuple({_text(term) for term in query._btexts(reader)} - {""})
        return Named(field, terms) if field in NAMED else OneOf(field, terms, boost)

    def numbers(self, query: Any, boost: float) -> Any:
        if query.fieldname == Days.fieldname:
            return self.days(query.start, query.end, query.startexcl, query.endexcl)
        return self.filter(query)

    def days(self, start: Any, end: Any, above: bool = False, below: bool = False) -> Any:
        """Return the filter for the days between two dates, in any way `Day` takes them."""
        field = self.index.whoosh.schema[Days.fieldname]
        first, last = Days().first, Days().last
        try:
            if start is not None:
                moment = _moment(field, start)
                midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
                late = above or moment > midnight
                first = number_of(midnight + timedelta(days=1) if late else midnight)
            if end is not None:
                last = number_of(_moment(field, end) - (timedelta.resolution if below else _NONE))
        except (ValueError, OverflowError):
            return _NOTHING
        return Days(first, last)

    def filter(self, query: Any) -> Any:
        """Run what asks for a fact of which the evaluator knows nothing."""
        found = run(query, self.index.whoosh)
        return ConstantScoreQuery(found, 0.0)

    def phrase(self, query: Any, boost: float) -> Any:
        if query.fieldname not in (TEXT, TITLE):
            return self.filter(query)
        boost *= query.boost
        words = [_text(word) for word in query.words]
        if len(words) < 2:
            return OneOf(query.fieldname, tuple(words), boost)
        places = tuple((word,) for word in words)
        if query.slop == 1:
            return InOrder(query.fieldname, places, boost)
        return Near(query.fieldname, places, int(query.slop), True, boost)

    def every(self, query: Any, boost: float) -> Any:
        boost *= query.boost
        if query.fieldname is None:
            return ConstantScoreQuery(Not(_NOTHING), boost)
        reader = self.index.whoosh.reader()
        if query.fieldname in NAMED:
            names = tuple(reader.field_terms(query.fieldname))
            return ConstantScoreQuery(Named(query.fieldname, names), boost)
        if query.fieldname == Days.fieldname:
            return ConstantScoreQuery(Days(), boost)
        if query.fieldname not in (TEXT, TITLE):
            return ConstantScoreQuery(self.filter(query), boost)
        there = np.flatnonzero(reader.lengths(query.fieldname))
        return given(there, np.full(len(there), boost), reader)

    def constant(self, query: Any, boost: float) -> Any:
        return ConstantScoreQuery(self.node(query.child, 1.0), query.score * boost)

    def compound(self, query: Any, boost: float) -> Any:
        if getattr(query, "scale", None):
            return run(query, self.index.whoosh, boost)
        children = [self.node(child, boost * query.boost) for child in query.subqueries]
        return type(query)(children) if children else _NOTHING

    def either(self, query: Any, boost: float) -> Any:
        """Rewrite Otherwise, of which the second half counts where the first finds nothing."""
        first = self.node(query.a, boost)
        return first if self.index.matches(first) else self.node(query.b, boost)


def _text(term: Any) -> str:
    return term.decode() if isinstance(term, bytes) else str(term)


def _moment(field: Any, value: Any) -> Any:
    """Return the time that a date is taken for."""
    return field.from_bytes(field.to_bytes(value))


_Rule = tuple[Any, Callable[[_Rewriting, Any, float], Any]]
# The first that fits is taken.
_RULES: tuple[_Rule, ...] = (
    (LEAVES, _Rewriting.leaf),
    (Term, _Rewriting.term),
    (MultiTerm, _Rewriting.many),
    (NumericRange, _Rewriting.numbers),
    (Phrase, _Rewriting.phrase),
    (Every, _Rewriting.every),
    (_NullQuery, lambda rewriting, query, boost: _NOTHING),
    (ConstantScoreQuery, _Rewriting.constant),
    # Whoosh forgets its weighting, too: it sets it in a copy of the context that it drops.
    (WeightingQuery, lambda rewriting, query, boost: rewriting.node(query.child, boost)),
    ((And, Or, DisjunctionMax), _Rewriting.compound),
    (Not, lambda rewriting, query, boost: Not(rewriting.node(query.query, 1.0))),
    (
        AndNot,
        lambda rewriting, query, boost: And(
            [rewriting.node(query.a, boost), Not(rewriting.node(query.b, 1.0))]
        ),
    ),
    (
        AndMaybe,
        lambda rewriting, query, boost: AndMaybe(
            rewriting.node(query.a, boost), rewriting.node(query.b, boost)
        ),
    ),
    (
        Require,
        lambda rewriting, query, boost: Require(
            rewriting.node(query.a, boost), rewriting.node(query.b, 1.0)
        ),
    ),
    (Otherwise, _Rewriting.either),
)
