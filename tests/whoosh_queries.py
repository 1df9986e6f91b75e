"""Queries of every kind that Whoosh has, for property tests over the words of `histories`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from histories import DATES, SOURCES, WORDS
from hypothesis import strategies as st
from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    DateRange,
    DisjunctionMax,
    Every,
    FuzzyTerm,
    NestedChildren,
    NestedParent,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Ordered,
    Otherwise,
    Phrase,
    Prefix,
    Regex,
    Require,
    Sequence,
    SpanBefore,
    SpanCondition,
    SpanContains,
    SpanFirst,
    SpanNear,
    SpanNear2,
    SpanNot,
    SpanOr,
    Term,
    TermRange,
    Variations,
    Wildcard,
)

words = st.sampled_from(WORDS)
fields = st.sampled_from(["text", "title"])
sources = st.sampled_from([*SOURCES[1:], "Nobody"])
boosts = st.sampled_from([1.0, 0.5, 3.0])
days = st.sampled_from([datetime.fromisoformat(date) for date in DATES if date])
# Around the days: at midnight, a little before and after.
moments = st.builds(
    lambda day, off: day + timedelta(microseconds=off), days, st.sampled_from([-1, 0, 1])
)
flags = st.booleans()

terms: st.SearchStrategy[Any] = st.builds(Term, fields, words, boost=boosts)
expansions: st.SearchStrategy[Any] = st.one_of(
    st.builds(Prefix, fields, words.map(lambda word: word[:2]), boost=boosts, constantscore=flags),
    st.builds(
        Wildcard,
        fields,
        st.sampled_from(["f*y", "?s", "[fn]*s", "*", "ferr?", "*渡*", "n*"]),
        boost=boosts,
        constantscore=flags,
    ),
    st.builds(
        Regex,
        fields,
        st.sampled_from(["fe.+", "^n.*s$", "t|h", ".*", "[Uu].", "fer*y"]),
        boost=boosts,
        constantscore=flags,
    ),
    st.builds(
        FuzzyTerm,
        fields,
        words,
        boost=boosts,
        maxdist=st.integers(0, 3),
        prefixlength=st.integers(0, 1),
        constantscore=flags,
    ),
    st.builds(Variations, fields, st.sampled_from(["ferry", "night", "tram"]), boost=boosts),
    st.builds(
        TermRange,
        fields,
        st.none() | words,
        st.none() | words,
        startexcl=flags,
        endexcl=flags,
        boost=boosts,
        constantscore=flags,
    ),
)
phrases: st.SearchStrategy[Any] = st.builds(
    Phrase,
    fields,
    st.lists(words, min_size=1, max_size=4),
    slop=st.integers(0, 4),
    boost=boosts,
)
facts: st.SearchStrategy[Any] = st.one_of(
    st.builds(Term, st.just("source"), sources),
    st.builds(Term, st.just("author"), st.sampled_from(["Ida Moor", "Nobody"])),
    st.builds(Prefix, st.just("source"), st.sampled_from(["O", "Orlund", "Bay Herald", "x"])),
    st.builds(Wildcard, st.just("source"), st.sampled_from(["*Herald", "Orlund ????"])),
    st.builds(TermRange, st.just("source"), st.none() | sources, st.none() | sources, flags, flags),
    st.builds(Term, st.just("date"), days),
    st.builds(DateRange, st.just("date"), st.none() | moments, st.none() | moments, flags, flags),
    # Without an end, Whoosh takes its terms for longer spans, which are sorted after the days, too.
    st.builds(TermRange, st.just("date"), st.none() | days, days, flags, flags),
    st.builds(Term, st.just("article_id"), st.sampled_from("abz")),
    st.builds(Prefix, st.just("article_id"), st.sampled_from("abz")),
    st.builds(Term, st.just("passage"), st.integers(0, 3)),
    st.builds(NumericRange, st.just("passage"), st.integers(0, 2), st.integers(0, 3), flags, flags),
)
every: st.SearchStrategy[Any] = st.builds(
    Every, st.sampled_from([None, "text", "title", "source", "date", "passage"]), boost=boosts
)
leaves: st.SearchStrategy[Any] = st.one_of(
    terms, expansions, phrases, facts, every, st.just(NullQuery)
)


# Of one field: spans of a title and spans of a text say nothing together.
_span_terms = st.builds(Term, st.just("text"), words, boost=boosts)


def _spans(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    slop, two = st.integers(1, 4), st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.builds(SpanFirst, inner, st.integers(0, 5)),
        st.builds(SpanNear, inner, inner, slop=slop, ordered=flags, mindist=st.integers(0, 2)),
        st.builds(SpanNear2, two, slop=slop, ordered=flags, mindist=st.integers(0, 2)),
        st.builds(SpanOr, two),
        # Whoosh can't leave out what is a span query itself.
        st.builds(SpanNot, inner, _span_terms),
        st.builds(SpanContains, inner, inner),
        st.builds(SpanBefore, inner, inner),
        st.builds(SpanCondition, inner, inner),
    )


spans: st.SearchStrategy[Any] = st.recursive(_spans(_span_terms), _spans, max_leaves=3)
sequences: st.SearchStrategy[Any] = st.builds(
    Sequence,
    st.lists(_span_terms, min_size=1, max_size=3),
    slop=st.integers(1, 4),
    ordered=flags,
    boost=boosts,
) | st.builds(Ordered, st.lists(_span_terms, min_size=1, max_size=3))
_first = st.just(Term("passage", 0))
nested: st.SearchStrategy[Any] = st.one_of(
    st.builds(NestedParent, _first, terms | phrases),
    st.builds(NestedChildren, _first, st.builds(lambda q: And([Term("passage", 0), q]), terms)),
)


def compounds(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return queries that put others together."""
    some = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        st.builds(And, some, boost=boosts),
        st.builds(Or, some, boost=boosts),
        st.builds(DisjunctionMax, some, boost=boosts),
        st.builds(Not, inner),
        st.builds(AndNot, inner, inner),
        st.builds(AndMaybe, inner, inner),
        st.builds(Require, inner, inner),
        st.builds(Otherwise, inner, inner),
        st.builds(ConstantScoreQuery, inner, st.sampled_from([0.5, 2.0])),
    )


queries: st.SearchStrategy[Any] = st.recursive(
    leaves | spans | sequences | nested, compounds, max_leaves=6
)
"""Any query."""

# Whoosh's own matchers for the other compounds give different answers according to how they are
# stepped through.
steady: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=4), boost=boosts),
        st.builds(Or, st.lists(inner, min_size=1, max_size=4), boost=boosts),
        st.builds(AndMaybe, inner, inner),
        st.builds(ConstantScoreQuery, inner, st.sampled_from([0.5, 2.0])),
    ),
    max_leaves=6,
)
"""Queries that Whoosh runs in one way only."""
