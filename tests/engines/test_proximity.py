"""Words near each other, as `SpanNear2` of Whoosh finds them, by operations on arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.stock import OwnStorage
from whoosh.fields import TEXT, Schema
from whoosh.query import SpanNear2, Term

from newsearch.engines.local.finding.proximity import near

documents = st.lists(st.lists(st.sampled_from("abc"), max_size=12), min_size=1, max_size=4)


def keys(texts: list[list[str]], word: str) -> np.ndarray:
    """Return the places of a word, document << 32 | position."""
    found = [
        number << 32 | position
        for number, text in enumerate(texts)
        for position, each in enumerate(text)
        if each == word
    ]
    return np.array(found, np.int64)


@settings(deadline=None, max_examples=200)
@given(
    documents,
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4),
    st.integers(0, 6),
    st.booleans(),
)
def test_as_whoosh(texts: list[list[str]], words: list[str], slop: int, ordered: bool) -> None:
    """The first positions of Whoosh's spans, in every document."""
    index = OwnStorage().create_index(Schema(text=TEXT(analyzer=None)))
    writer = index.writer()
    for text in texts:
        writer.add_document(text=text)
    writer.commit()
    expected = set()
    with index.searcher() as searcher:
        terms = [Term("text", word) for word in words]
        if all(("text", word) in searcher.reader() for word in words):
            matcher = SpanNear2(terms, slop=slop, ordered=ordered).matcher(searcher)
            while matcher.is_active():
                expected.update(matcher.id() << 32 | span.start for span in matcher.spans())
                matcher.next()
    found = near([keys(texts, word) for word in words], slop, ordered)
    assert sorted(expected) == found.tolist()


@pytest.mark.parametrize("ordered", [True, False])
def test_documents_are_apart(ordered: bool) -> None:
    """The end of one document is not near the beginning of the next, however far one looks."""
    last, first = np.array([(1 << 32) - 1]), np.array([1 << 32])
    for slop in (1, 1 << 31, 1 << 60):
        assert near([last, first], slop, ordered).tolist() == []
        assert near([first, last], slop, ordered).tolist() == []


def test_no_distance() -> None:
    """At no distance there is no second word."""
    one, two = np.array([3]), np.array([4])
    assert near([one, two], 0, True).tolist() == []
    assert near([one, two], -1, False).tolist() == []
    assert near([one], 0, True).tolist() == [3]
