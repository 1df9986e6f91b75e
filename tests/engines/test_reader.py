"""Any query of Whoosh's finds in a newsearch index what it finds in a stock index of Whoosh's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from histories import History, entries, histories
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle.stock import stock_index, stock_searcher
from whoosh.matching import NoQualityAvailable, ReadTooFar
from whoosh.qparser import QueryParser
from whoosh.query import DateRange, Every, NumericRange, Or, Phrase, Term
from whoosh.reading import ReaderClosed, TermNotFound
from whoosh.scoring import BM25F, PL2, TF_IDF, Frequency
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet, MultiFacet
from whoosh_queries import queries, steady

import newsearch
from newsearch import Article, NewsIndex
from newsearch.engines.entry import Entry
from newsearch.engines.local.whoosh.fields import Day
from newsearch.query import InOrder, Near, OneOf
from newsearch.query.filters import Days, Named
from newsearch.settings import Settings

SETTINGS = Settings()
MANY = settings(deadline=None, max_examples=60)
FEW = settings(deadline=None, max_examples=25)
# What Whoosh's matchers raise where some are put together: spans in an And, nested queries in
# an AndMaybe, a SpanNot in a SpanNot.
BROKEN = (NotImplementedError, NoQualityAvailable, ReadTooFar, NameError, IndexError)


def found(searcher: Any, query: Any, limit: int | None = None, **how: Any) -> list[Any]:
    """Return article, passage number and score of each hit, in order."""
    results = searcher.search(query, limit=limit, **how)
    return [
        (hit["article_id"], hit["passage"], score)
        for hit, (score, _) in zip(results, results.top_n, strict=True)
    ]


def close(hits: list[Any]) -> list[Any]:
    """Return hits that compare equal when their scores differ by rounding only."""
    return [(name, number, pytest.approx(score, rel=1e-9)) for name, number, score in hits]


def stock(living: list[Entry]) -> Any:
    return stock_searcher(stock_index(living), living, SETTINGS.k1, SETTINGS.b)


@MANY
@given(histories, queries)
def test_every_query(history: History, query: Any) -> None:
    """The same passages in the same order with the same scores, whatever the index has seen."""
    with stock(history.living()) as searcher:
        try:
            expected = found(searcher, query)
        except BROKEN:
            assume(False)
    with history.engine(SETTINGS) as engine, engine.snapshot().searcher() as searcher:
        assert close(expected) == found(searcher, query)


@FEW
@given(histories, steady, st.integers(1, 4))
def test_the_best_few(history: History, query: Any, limit: int) -> None:
    """What Whoosh skips when only the best are wanted are not the best."""
    with history.engine(SETTINGS) as engine, engine.snapshot().searcher() as searcher:
        assert close(found(searcher, query)[:limit]) == found(searcher, query, limit)


@FEW
@given(histories, steady, st.sampled_from([BM25F, TF_IDF, Frequency, PL2]))
def test_other_weightings(history: History, query: Any, weighting: Any) -> None:
    """Whoosh's own weightings (but DFree, which it can't run) give the same scores."""
    with stock_index(history.living()).searcher(weighting=weighting) as searcher:
        expected = found(searcher, query)
    with history.engine(SETTINGS) as engine, engine.snapshot().searcher() as ours:
        searcher = Searcher(ours.reader(), weighting=weighting)
        assert close(expected) == found(searcher, query)


@FEW
@given(
    histories,
    st.sampled_from(["date", "source", "passage", "article_id"]),
    st.sampled_from(["date", "source", "passage", "article_id"]),
    st.booleans(),
)
def test_sorting_and_grouping(history: History, first: str, second: str, back: bool) -> None:
    """Facts sort, group and collapse as Whoosh's columns do; undated passages come last."""
    facets = MultiFacet([FieldFacet(first, reverse=back), FieldFacet(second)])

    def sorted_by(searcher: Any) -> Any:
        results = searcher.search(Every(), limit=None, sortedby=facets, groupedby=first)
        collapsed = searcher.search(Every(), limit=None, collapse=second)
        sizes = {name: len(group) for name, group in results.groups().items() if name}
        return [
            [(hit["article_id"], hit["passage"]) for hit in hits] for hits in (results, collapsed)
        ], sizes

    living = [entry for entry in history.living() if entry.article.date and entry.article.source]
    with stock(living) as searcher:
        expected = sorted_by(searcher)
    kept = {entry.article.id for entry in living}
    gone = [entry.article.id for entry in history.living() if entry.article.id not in kept]
    later = History([*history.runs, ([], gone)], history.merging, history.optimized)
    with later.engine(SETTINGS) as engine, engine.snapshot().searcher() as searcher:
        assert expected == sorted_by(searcher)


@FEW
@given(histories)
def test_statistics(history: History) -> None:
    """Terms, their counts and bounds, and the lengths of fields are those of what lives."""

    def known(searcher: Any) -> Any:
        reader = searcher.reader()
        lengths = [reader.field_length(name) for name in ("text", "title")]
        return (
            reader.doc_count_all(),
            lengths,
            {
                (name, term): (
                    (info := reader.term_info(name, term)).weight(),
                    info.doc_frequency(),
                    info.max_weight(),
                    info.min_id(),
                    info.max_id(),
                    reader.frequency(name, term),
                    reader.doc_frequency(name, term),
                    list(reader.postings(name, term).all_ids()),
                    reader.first_id(name, term),
                    (info.min_length(), info.max_length()) if name in ("text", "title") else None,
                )
                for name in ("text", "title", "source", "article_id")
                for term in reader.lexicon(name)
            },
        )

    living = history.living()
    with stock(living) as searcher:
        expected = known(searcher) if living else (0, [0, 0], {})
    with history.engine(SETTINGS) as engine, engine.snapshot().searcher() as searcher:
        assert expected == known(searcher)


LEAVES = st.one_of(
    st.builds(OneOf, st.sampled_from(["text", "title"]), st.just(("ferry", "ferries"))),
    st.builds(
        InOrder, st.sampled_from(["text", "title"]), st.just((("ferry", "night"), ("US", "us")))
    ),
    st.builds(
        Near,
        st.sampled_from(["text", "title"]),
        st.just((("ferry", "night"), ("US", "us"), ("tram",))),
        st.integers(1, 5),
        st.booleans(),
        st.sampled_from([1.0, 2.0]),
    ),
    st.builds(
        Named,
        st.sampled_from(["source", "author"]),
        st.just(("Orlund Post", "Bay Herald", "Ida Moor", "Nobody")),
    ),
    st.builds(Days, st.sampled_from([0, 20240229, 20240301]), st.just(20250131)),
)


@FEW
@given(histories, LEAVES)
def test_leaves_of_our_own(history: History, leaf: Any) -> None:
    """The slow matcher of each leaf and its arrays find the same, with the same scores."""
    with history.engine(SETTINGS) as engine:
        snapshot = engine.snapshot()
        matches = snapshot.search(leaf, 1000)
        places = [snapshot.passage(order).place() for order in matches.orders.tolist()]
        expected = [
            (place.article_id, place.passage, score)
            for place, score in zip(places, matches.scores.tolist(), strict=True)
        ]
        with snapshot.searcher() as searcher:
            assert close(expected) == found(searcher, leaf)


@pytest.fixture
def index(clippings: tuple[Article, ...], tmp_path: Any) -> Iterator[NewsIndex]:
    """The clippings, one of them replaced, one deleted."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([*clippings[:2], Article(id="gone", text="Nothing of this is left.")])
        index.add([Article(id="strike", text="An old text."), *clippings[2:]])
        index.delete(["gone"])
        index.add(clippings[1:2])
        yield index


def test_stored(index: NewsIndex) -> None:
    """A passage comes back with all that a hit says; what is not known is left out."""
    with index.searcher() as searcher:
        assert searcher.document(article_id="harbour") == {
            "article_id": "harbour",
            "title": "Harbour reopens",
            "source": "Orlund Post",
            "author": "",
            "date": "2024-05-02",
            "passage": 0,
            "start": 0,
            "end": 65,
            "text": "The night ferry to Orlund runs again. Two trams wait at the quay.",
        }
        assert "date" not in searcher.document(article_id="letters")
        assert searcher.document(article_id="gone") is None
        assert [fields["article_id"] for fields in searcher.documents()] == [
            "harbour",
            "council",
            "letters",
            "strike",
        ]


def test_deleted_passages_are_not_there(index: NewsIndex) -> None:
    """Passages are numbered without gaps, and no term is left of what was deleted."""
    with index.searcher() as searcher:
        reader = searcher.reader()
        assert (reader.doc_count(), reader.doc_count_all(), reader.has_deletions()) == (4, 4, False)
        assert list(reader.all_doc_ids()) == [0, 1, 2, 3]
        assert ("text", "nothing") not in reader
        assert "old" not in set(reader.field_terms("text"))
        with pytest.raises(TermNotFound):
            reader.postings("text", "nothing")


def ids(searcher: Any, query: Any) -> list[str]:
    return [hit["article_id"] for hit in searcher.search(query, limit=None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a FERRY", ["strike"]),
        ("“US” OR quay", ["harbour", "letters"]),
        ("U.S.", ["letters"]),
        ('"night-ferry"', ["harbour"]),
        ("night-ferry", ["harbour"]),
        ("Gu\u00e1rant*", ["council"]),
        ("title:council", ["council"]),
        ('source:"Orlund Post"', ["harbour", "strike"]),
        ("date:2024-05", ["harbour", "strike"]),
        ("date:20240502", ["harbour"]),
        ("date:[20240503 TO 20240611]", ["council", "strike"]),
        ("passage:0 ferry", ["harbour", "strike"]),
        ("text:[fa TO fez]", ["harbour", "strike"]),
    ],
)
def test_parser(index: NewsIndex, text: str, expected: list[str]) -> None:
    """What Whoosh's parser makes of a text asks for the forms that are indexed."""
    with index.searcher() as searcher:
        query = QueryParser("text", searcher.schema).parse(text)
        assert sorted(expected) == sorted(ids(searcher, query))


@pytest.mark.parametrize(
    "day", [20240502, "2024-05-02", "20240502", date(2024, 5, 2), datetime(2024, 5, 2)]
)
def test_days(index: NewsIndex, day: Any) -> None:
    """A day may be told in any of several ways."""
    with index.searcher() as searcher:
        assert ids(searcher, Term("date", day)) == ["harbour"]
        assert Day().from_bytes(Day().to_bytes(day)) == datetime(2024, 5, 2)


@pytest.mark.parametrize("day", ["soon", 20241301, "2024-02-31", None, 1.5])
def test_what_is_no_day(index: NewsIndex, day: Any) -> None:
    """What is not a date is a term that is not there."""
    with index.searcher() as searcher:
        assert ids(searcher, Term("date", day)) == []


@pytest.mark.parametrize(
    "between",
    [
        NumericRange("date", 20240502, 20240506, startexcl=True),
        DateRange("date", datetime(2024, 5, 2, 0, 1), datetime(2024, 5, 6)),
        DateRange("date", datetime(2024, 5, 2), datetime(2024, 5, 6, 23), startexcl=True),
    ],
)
def test_days_between(index: NewsIndex, between: Any) -> None:
    """Days are midnights, for ranges of numbers and of times."""
    with index.searcher() as searcher:
        assert ids(searcher, between) == ["strike"]
        filtered = searcher.search(Term("text", "ferry"), filter=between)
        assert [hit["article_id"] for hit in filtered] == ["strike"]


def test_extras(index: NewsIndex) -> None:
    """Highlights, matched terms, suggestions and similar passages work."""
    with index.searcher() as searcher:
        (hit,) = searcher.search(Phrase("text", ["night", "ferry"]), terms=True)
        assert hit.highlights("text", top=1).startswith(
            'The <b class="match term0">night</b> <b class="match term1">ferry</b>'
        )
        assert sorted(hit.matched_terms()) == [("text", b"ferry"), ("text", b"night")]
        assert searcher.suggest("text", "fery", maxdist=1) == ["ferry"]
        assert hit.more_like_this("text")[0]["article_id"] == "strike"
        assert searcher.reader().most_frequent_terms("text", 1) == [(6, b"the")]


def test_columns(index: NewsIndex) -> None:
    """A column gives values as they are meant, or as they are sorted."""
    with index.searcher() as searcher:
        reader = searcher.reader()
        assert list(reader.column_reader("source")) == [
            "Orlund Post",
            "Bay Herald",
            "",
            "Orlund Post",
        ]
        assert list(reader.column_reader("date"))[1:3] == [datetime(2024, 6, 11), None]
        assert [reader.has_column(name) for name in ("date", "text", "nothing")] == [
            True,
            False,
            False,
        ]
        with pytest.raises(KeyError, match="no column"):
            reader.column_reader("text")


def test_a_searcher_outlives_changes(index: NewsIndex) -> None:
    """It shows the index as it was; when it is closed, it says so."""
    searcher = index.searcher()
    index.delete(["harbour"])
    index.optimize()
    index.close()
    assert ids(searcher, Term("text", "orlund")) == ["harbour"]
    searcher.close()
    with pytest.raises(ReaderClosed):
        ids(searcher, Term("text", "orlund"))


def test_empty(tmp_path: Any) -> None:
    """An index with nothing in it answers with nothing."""
    with newsearch.create(tmp_path / "index") as index, index.searcher() as searcher:
        everything = Or([Term("text", "ferry"), Every(), Every("text"), Every("source")])
        assert ids(searcher, everything) == []
        assert list(searcher.reader().all_terms()) == []


@FEW
@given(st.lists(entries(), max_size=3))
def test_terms_come_in_order(put: list[Entry]) -> None:
    """All terms of all fields are there once, sorted, and can be walked from any of them."""
    with History([(put, [])], True, False).engine(SETTINGS) as engine:
        with engine.snapshot().searcher() as searcher:
            reader = searcher.reader()
            terms = list(reader.all_terms())
            assert terms == sorted(set(terms))
            for at, (name, term) in enumerate(terms):
                assert list(reader.terms_from(name, term)) == terms[at:]
