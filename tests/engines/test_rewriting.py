"""Any tree of Whoosh's means on arrays what it means over a stock Whoosh index."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from histories import DATES, History, histories
from hypothesis import assume, given, settings
from oracle.meaning import meaning
from oracle.stock import stock_index, stock_searcher
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.query import (
    And,
    DateRange,
    Every,
    FuzzyTerm,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Query,
    Regex,
    SpanFirst,
    Term,
    Variations,
    WeightingQuery,
    Wildcard,
)
from whoosh_queries import queries

from newsearch.engines.base import Snapshot
from newsearch.engines.entry import Entry
from newsearch.engines.local.whoosh.rewriting import rewrite
from newsearch.errors import EngineError
from newsearch.query import InOrder, Near, OneOf
from newsearch.query.filters import Days, Named
from newsearch.records import Article, Passage
from newsearch.settings import Settings

SETTINGS = Settings()
MANY = settings(deadline=None, max_examples=60)
# What Whoosh raises for a SpanNot in a SpanNot.
BROKEN = (NotImplementedError, ReadTooFar, IndexError)


def found(snapshot: Snapshot, query: Any, limit: int = 1000) -> list[tuple[str, int, float]]:
    """Return article, passage number and score of the best passages, in order."""
    matches = snapshot.search(query, limit, count=True)
    places = [snapshot.passage(order).place() for order in matches.orders.tolist()]
    return [
        (place.article_id, place.passage, score)
        for place, score in zip(places, matches.scores.tolist(), strict=True)
    ]


@MANY
@given(histories, queries)
def test_every_query(history: History, query: Any) -> None:
    """The same passages with the same scores, best first, whatever the index has seen."""
    living = history.living()
    with stock_searcher(stock_index(living), living, SETTINGS.k1, SETTINGS.b) as searcher:
        try:
            scored = meaning(query, searcher)
        except BROKEN:
            assume(False)
        expected = {
            (stored["article_id"], stored["passage"]): pytest.approx(score, rel=1e-9)
            for number, score in scored.items()
            for stored in [searcher.stored_fields(number)]
        }
    with history.engine(SETTINGS) as engine:
        hits = found(engine.snapshot(), query)
        assert expected == {(name, number): score for name, number, score in hits}
        assert [score for *_, score in hits] == sorted((hit[2] for hit in hits), reverse=True)
        assert hits[:3] == found(engine.snapshot(), query, 3)


@pytest.fixture(scope="module")
def snapshot() -> Any:
    """Five passages of one text, of different days and sources."""
    text = "the night ferry to orlund and the ferries of the bay"
    put = [
        Entry(
            Article(id=name, text=text, date=day, source=source, title="Ferry"),
            "",
            (),
            (Passage(0, 0, len(text), text),),
        )
        for name, day, source in zip(
            "abcde", DATES, ["", "Post", "Post", "Bay", "Posting"], strict=True
        )
    ]
    with History([(put, [])], True, False).engine(SETTINGS) as engine:
        yield engine.snapshot()


TREE = And(
    [OneOf("text", ("ferry",)), Or([InOrder("text", (("a",), ("b",))), Named("source", ("x",))])]
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TREE, TREE),
        (Term("text", "ferry", boost=2.0), OneOf("text", ("ferry",), 2.0)),
        (Prefix("text", "ferr"), OneOf("text", ("ferries", "ferry"))),
        (Wildcard("title", "f?rry"), OneOf("title", ("ferry",))),
        (Regex("text", "o[rf]"), OneOf("text", ("of", "orlund"))),
        (FuzzyTerm("text", "farry", maxdist=1), OneOf("text", ("ferry",))),
        (Variations("text", "ferry"), OneOf("text", ("ferries", "ferry"))),
        (Phrase("text", ["a", "b"], boost=0.5), InOrder("text", (("a",), ("b",)), 0.5)),
        (Phrase("text", ["a", "b"], slop=3), Near("text", (("a",), ("b",)), 3)),
        (Phrase("text", ["a"], slop=3), OneOf("text", ("a",))),
        (Prefix("source", "Post"), Named("source", ("Post", "Posting"))),
        (Term("date", "2024-05-02"), Days(20240502, 20240502)),
        (NumericRange("date", 20240502, None, startexcl=True), Days(20240503)),
        (DateRange("date", None, datetime(2024, 5, 2), endexcl=True), Days(0, 20240501)),
        (
            DateRange("date", datetime(2024, 5, 2, 1), datetime(2024, 5, 2, 2)),
            Days(20240503, 20240502),
        ),
        (Term("nothing", "ferry"), OneOf("text", ())),
        (Prefix("nothing", "ferry"), OneOf("text", ())),
        (WeightingQuery(Term("text", "a"), None), OneOf("text", ("a",))),
        (
            Or([And([Term("text", "a", boost=2.0)], boost=3.0), Term("text", "b")], boost=0.5),
            Or([And([OneOf("text", ("a",), 3.0)]), OneOf("text", ("b",), 0.5)]),
        ),
    ],
)
def test_trees(snapshot: Any, query: Any, expected: Any) -> None:
    """Each kind of query becomes the leaf that finds the same."""
    assert expected == rewrite(query, snapshot)


@pytest.mark.parametrize("kind", [And, Or])
def test_boosts_count_whether_or_not_all_are_counted(snapshot: Any, kind: Any) -> None:
    """The best few score what they do where every match is looked at."""
    query = kind([OneOf("text", ("ferry",)), OneOf("text", ("night",))], boost=2.0)
    counted, found = snapshot.search(query, 3, True), snapshot.search(query, 3)
    assert len(counted.scores)
    assert (counted.orders.tolist(), counted.scores.tolist()) == (
        found.orders.tolist(),
        found.scores.tolist(),
    )


def test_what_is_known_is_left_alone(snapshot: Any) -> None:
    """A tree that runs as it is comes back itself."""
    assert rewrite(TREE, snapshot) is TREE


class Second(Query):
    """A query of one's own: the second passage."""

    boost = 1.0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return ListMatcher([1], [7.0])


def test_queries_of_ones_own(snapshot: Any) -> None:
    """What nobody has heard of is run by its own matcher, and the tree around it as ever."""
    tree = And([Second(), Term("source", "Post"), Prefix("text", "orl", boost=0.0)], boost=2.0)
    assert found(snapshot, tree) == [("b", 0, 14.0)]


def test_spans_in_compounds(snapshot: Any) -> None:
    """Spans, which Whoosh can't put into an And, can be put into one here."""
    first = And([SpanFirst(Term("text", "ferry"), 2), Term("source", "Post")])
    assert [name for name, *_ in found(snapshot, first)] == ["b", "c"]
    assert found(snapshot, And([SpanFirst(Term("text", "ferry"), 1), Every()])) == []


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Regex("text", "("), "Regex query can't be run: missing"),
        (Phrase("source", ["Orlund", "Post"]), "Phrase query can't be run: Phrase search"),
        (NumericRange("text", 1, 2), "NumericRange query can't be run: NumericRange: field"),
    ],
)
def test_errors(snapshot: Any, query: Any, reason: str) -> None:
    """A query that can't be run is an error that says which and why, not a damaged index."""
    with pytest.raises(EngineError, match=reason):
        snapshot.search(And([Every(), query]), 10)


def test_leaves_are_values() -> None:
    """Leaves are equal when they ask for the same; a boosted copy is another leaf."""
    near = Near("text", (("b", "a"), ("c",)), 3, False)
    assert near == Near("text", (("a", "b"), ("c",)), 3, False)
    assert len({near, near.with_boost(1.0), near.with_boost(2.0)}) == 2
    for other in (Near("text", near.places, 2, False), Near("text", near.places, 3)):
        assert near != other
    assert repr(near) == "Near('text', (('a', 'b'), ('c',)), slop=3, ordered=False, boost=1.0)"
    assert repr(Days(20240502)) == "Days(20240502, 99991231)"
    assert Named("source", ("b", "a")) == Named("source", ("a", "b"))
    assert Named("source", ("a",)) != Named("author", ("a",))
