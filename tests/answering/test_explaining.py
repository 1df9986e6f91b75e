"""How a query was read, what its words stand for, and scores in parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch import NewsIndex
from newsearch.insights import Explanation, FormReading


def explained(index: NewsIndex, query: str) -> Explanation:
    found = index.search(query, explain=True).explanation
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        ("accord", "passages with accord (also according)"),
        (
            "security guarantees",
            "passages with both words, nearest together first: "
            "security, guarantees (also guarantee)",
        ),
        ("tram lake strike", None),
        (
            "ferry OR (tram AND strike)",
            "passages with ferry or (tram (also trams) and strike)",
        ),
        ('"best efforts" -tram', "passages with “best efforts”; without tram (also trams)"),
        ("=Kyiv", "passages with exactly Kyiv"),
        ("kiev", "passages with kiev (also kyiv)"),
        ("ferr*", "passages with words that begin with ferr (ferr, ferry)"),
        ("f?rry", "passages with words like f?rry (ferry)"),
        ("fery~", "passages with words at most one letter away from fery (ferry, fery)"),
        ("ferry w/s lake", "passages with ferry in the same sentence as lake"),
        ("ferry pre/1 lake", "passages with ferry at most 1 word before lake"),
        ("atleast2(ferry OR lake)", "passages with at least 2 times (ferry or lake)"),
        ("title:accord", "passages with accord (also according) in the title"),
        (
            "ferry source:press -date:2025-03-11",
            "passages with ferry; from source press; not dated 2025-03-11",
        ),
        ("after:2025-03-12", "the newest articles; dated 2025-03-12 or later"),
        (
            "before:2025-03-12 source:x*",
            "the newest articles; dated up to 2025-03-11; from a source like x*",
        ),
        (
            "ferry (source:a OR date:2025)",
            "passages with ferry; from source a or dated 2025-01-01 to 2025-12-31",
        ),
    ],
)
def test_readings(newsroom: NewsIndex, query: str, reading: str | None) -> None:
    """A query in words."""
    found = explained(newsroom, query).reading
    if reading is None:
        assert found.startswith("passages with all 3 words, nearest together first: tram (also")
    else:
        assert reading == found


def test_words(newsroom: NewsIndex) -> None:
    """Each form that a word stands for, with why."""
    kiev, guarantee, ferr = explained(newsroom, "kiev guarantee ferr*").words
    assert FormReading("kyiv", 8, "file") in kiev.forms
    assert FormReading("kiev", 1, "typed") in kiev.forms
    assert {"guarantee": "typed", "guarantees": "stem"}.items() <= {
        each.form: each.why for each in guarantee.forms
    }.items()
    assert {"ferry": "pattern", "ferr": "pattern"} == {each.form: each.why for each in ferr.forms}
    [slip] = [
        each
        for word in explained(newsroom, "zelensky").words
        for each in word.forms
        if each.why == "slip"
    ]
    assert slip.distance is not None and slip.distance > 0


WORDS = st.sampled_from(
    [
        "security", "guarantees", '"best efforts"', "kyiv", "tram", "ferr*", "title:accord",
        "-lake", "source:press", "ferry w/9 lake", "atleast2(tram)", "(tram OR ferry)",
    ]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_scores_add_up(newsroom: NewsIndex, query: str) -> None:
    """The parts are the score, and the words give what the passage and its title do."""
    results = newsroom.search(query, explain=True)
    if results.explanation is None:
        return
    assert len(results) == len(results.explanation.scores)
    for hit, score in zip(results, results.explanation.scores, strict=True):
        parts = dict(score.parts)
        assert hit.score == pytest.approx(sum(parts.values()))
        for part, field in (("passage", "text"), ("title", "title")):
            said = sum(value for _, where, value in score.leaves if where == field)
            assert parts[part] == pytest.approx(said)


def test_not_asked_for(newsroom: NewsIndex) -> None:
    """Nothing is explained where nobody asks."""
    assert newsroom.search("ferry").explanation is None
