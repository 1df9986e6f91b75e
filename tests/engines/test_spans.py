"""Groups near each other and what is said often, on arrays as passage by passage."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from histories import History, histories
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.stock import stock_index, stock_searcher
from test_rewriting import found

from newsearch.engines.entry import Entry
from newsearch.engines.local.finding import spans
from newsearch.query import InOrder, OneOf
from newsearch.query.nodes import TEXT, TITLE
from newsearch.query.spans import AtLeast, Close, Part
from newsearch.records import Article, Passage
from newsearch.settings import Settings

SETTINGS = Settings()
WORDS = ("ferry", "night", "tram")
TALK = st.lists(st.sampled_from([*WORDS, "tram.", "Ferry!", "US"]), max_size=12).map(" ".join)

forms = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an article of a few passages with sentences in them."""
    passages = []
    start = 0
    for number, text in enumerate(draw(st.lists(TALK, min_size=1, max_size=3))):
        passages.append(Passage(number, start, start + len(text), text))
        start += len(text) + 1
    whole = "\n".join(passage.text for passage in passages)
    article = Article(id=draw(st.sampled_from("abcd")), title=draw(TALK), text=whole)
    return Entry(article, whole, (), tuple(passages))


spoken_histories = st.builds(
    History,
    st.lists(
        st.tuples(
            st.lists(entries(), min_size=1, max_size=4),
            st.lists(st.sampled_from("abcd"), max_size=1),
        ),
        max_size=3,
    ),
    st.booleans(),
    st.booleans(),
)


def _leaves(fieldname: str) -> st.SearchStrategy[Any]:
    plain: st.SearchStrategy[Any] = st.one_of(
        st.builds(OneOf, st.just(fieldname), forms),
        st.builds(InOrder, st.just(fieldname), st.lists(forms, min_size=2, max_size=3).map(tuple)),
    )

    def grouped(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        side = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return st.builds(
            Close,
            st.just(fieldname),
            st.tuples(side, side),
            st.sampled_from([0, 1, 2, 3, 5, 9999]),
            st.booleans(),
        )

    close = grouped(st.recursive(plain, grouped, max_leaves=3))
    often = st.builds(
        AtLeast,
        st.just(fieldname),
        st.lists(plain | close, min_size=1, max_size=2).map(tuple),
        st.integers(1, 4),
    )
    return close | often


leaves = st.sampled_from([TEXT, TITLE]).flatmap(_leaves)


@settings(deadline=None, max_examples=250)
@given(spoken_histories, leaves, st.sampled_from([1, 7, 1000]))
def test_as_passage_by_passage(history: History, leaf: Any, at_once: int) -> None:
    """The same passages with the same scores, and the same words that take part."""
    living = history.living()
    parts = [Part(leaf, which) for which in range(len(leaf.leaves))]
    with stock_searcher(stock_index(living), living, SETTINGS.k1, SETTINGS.b) as searcher:
        place = {
            number: (stored["article_id"], stored["passage"])
            for number in range(searcher.doc_count_all())
            for stored in [searcher.stored_fields(number)]
        }
        matcher = leaf.matcher(searcher, searcher.context())
        expected = {}
        while matcher.is_active():
            expected[place[matcher.id()]] = pytest.approx(matcher.score(), rel=1e-9)
            matcher.next()
        begins = [
            {place[number]: sorted(starts) for number, starts in each.starts(searcher).items()}
            for each in (leaf, *parts)
        ]
    with history.engine(SETTINGS) as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "_AT_ONCE", at_once)
        snapshot = engine.snapshot()
        hits = found(snapshot, leaf)
        assert expected == {(name, number): score for name, number, score in hits}
        if leaf.fieldname == TEXT:
            for each, starts in zip((leaf, *parts), begins, strict=True):
                assert starts == _begins(snapshot, each)
        matches = snapshot.search(leaf, 1000)
        assert snapshot.holds(parts[0], np.sort(matches.orders)).all()


def _begins(snapshot: Any, leaf: Any) -> dict[tuple[str, int], list[int]]:
    """Return for each passage where in it a leaf begins."""
    from whoosh.query import Every

    orders = np.sort(snapshot.search(Every(), 1000).orders)
    begins: dict[tuple[str, int], list[int]] = {}
    for key in snapshot.begins([leaf], orders).keys.tolist():
        place = snapshot.passage(int(orders[key >> 32])).place()
        begins.setdefault((place.article_id, place.passage), []).append(key & 0xFFFFFFFF)
    return begins


@settings(deadline=None, max_examples=30)
@given(histories, leaves)
def test_in_compounds(history: History, leaf: Any) -> None:
    """Such a leaf stands in a tree like any other."""
    from whoosh.query import And, Not, Or

    night = OneOf(TEXT, ("night",))
    with history.engine(SETTINGS) as engine:
        snapshot = engine.snapshot()
        both = {hit[:2] for hit in found(snapshot, And([night, leaf]))}
        left = {hit[:2] for hit in found(snapshot, And([night, Not(leaf)]))}
        any_of = {hit[:2] for hit in found(snapshot, Or([night, leaf]))}
        nights, leafs = ({hit[:2] for hit in found(snapshot, each)} for each in (night, leaf))
    assert (nights & leafs, nights - leafs, nights | leafs) == (both, left, any_of)


def test_values() -> None:
    """Leaves are equal when they ask for the same, and print what they ask for."""
    ferry, night = OneOf(TEXT, ("ferry",)), OneOf(TEXT, ("night",))
    one = Close(TEXT, ((ferry,), (night, ferry)), 5, False)
    assert one == Close(TEXT, ((ferry,), (night, ferry)), 5, False)
    for other in (
        Close(TEXT, ((ferry,), (night, ferry)), 4, False),
        Close(TEXT, ((ferry,), (night, ferry)), 5, True),
        Close(TEXT, ((ferry,), (night,)), 5, False),
        one.with_boost(2.0),
    ):
        assert one != other
        assert len({one, other}) == 2
    assert AtLeast(TEXT, (ferry,), 2) != AtLeast(TEXT, (ferry,), 3)
    assert one.places == (("ferry",), ("ferry", "night"))
    assert one.leaves == (ferry, night, ferry)
    assert repr(Close(TEXT, ((ferry,), (night,)), 5, False)) == (
        f"Close('text', (({ferry!r},), ({night!r},)), 5, False, 1.0)"
    )
