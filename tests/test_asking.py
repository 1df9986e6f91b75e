"""Every kind of query, from what is typed to what is marked, over a few articles of our own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

import newsearch
from newsearch import Article, Hit, NewsIndex

ARTICLES = (
    Article(
        id="quay",
        title="Night ferry returns",
        text="The ferry of the night runs again. Mr Zelenskyy praised the guarantees. "
        "A woman waited at the quay for the tram.",
        source="Orlund Post",
        date="2025-02-26",
    ),
    Article(
        id="strike",
        title="Tram drivers walk out",
        text="No tram ran on Monday. The night was long, and a ferry took the women across. "
        "Another ferry, a third ferry and a late ferry followed to Habsburg.",
        source="Orlund Post",
        date="2025-03-01",
    ),
    Article(
        id="vote",
        title="Council votes",
        text="President Zelensky asked for a guarantee. "
        "The security of the guarantees was in doubt.",
        source="bay-herald.com",
        date="2024-12-31",
    ),
    Article(
        id="letters",
        title="Letters to the strike page",
        text="Why is the night so long? "
        "A reader asks about security guarantees, and about Freiburg.",
        source="Bay Herald",
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """An index of the articles above, in several segments."""
    with newsearch.create(tmp_path_factory.mktemp("index")) as index:
        for article in ARTICLES:
            index.add([article])
        yield index


def marked(hit: Hit) -> str:
    return " ".join(hit.text[start - hit.start : end - hit.start] for start, end in hit.spans)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Patterns.
        ("wom?n", {"quay": "woman", "strike": "women"}),
        ("*burg", {"strike": "Habsburg", "letters": "Freiburg"}),
        ("g*ee", {"vote": "guarantee"}),
        ("zelens*", {"quay": "Zelenskyy", "vote": "Zelensky"}),
        ("freibrug~2", {"letters": "Freiburg"}),
        ("gaurantee~2", {"vote": "guarantee"}),
        # Phrases.
        ('"security guarantees"', {"letters": "security guarantees"}),
        ('"president zelens*"', {"vote": "President Zelensky"}),
        ('="the guarantees"', {"quay": "the guarantees", "vote": "the guarantees"}),
        ('="the guarantee"', {}),
        ("=Zelenskyy", {"quay": "Zelenskyy"}),
        # Near each other: in either order, marked only where they are.
        ("ferry w/3 night", {"quay": "ferry night"}),
        ("night w/3 ferry", {"quay": "ferry night"}),
        ("night pre/6 ferry", {"strike": "night ferry"}),
        ("ferry NEAR night", {"quay": "ferry night", "strike": "night ferry"}),
        ("ferry NEAR/1 third", {"strike": "third ferry"}),
        (
            "(woman OR women) w/4 (ferry OR quay)",
            {"quay": "woman quay", "strike": "ferry women ferry"},
        ),
        ('ferry w/5 "late ferry"', {"strike": "ferry late ferry"}),
        ("(late w/1 ferry) w/3 habsburg", {"strike": "late ferry Habsburg"}),
        ("(ferry night) w/8 long", {"strike": "night long ferry"}),
        (
            "security w/3 guarantees",
            {"vote": "guarantee security guarantees", "letters": "security guarantees"},
        ),
        # In one sentence.
        ("ferry w/s runs", {"quay": "ferry runs"}),
        ("ferry w/s quay", {}),
        ("night w/s ferry", {"quay": "ferry night", "strike": "night ferry"}),
        ("night pre/s ferry", {"strike": "night ferry"}),
        ("security w/s “guarantees was”", {"vote": "security guarantees was"}),
        # Often.
        ("atleast4(ferry)", {"strike": "ferry ferry ferry ferry"}),
        ("atleast5(ferry)", {}),
        ("atleast5(ferry OR women)", {"strike": "ferry women ferry ferry ferry"}),
        ("atleast2(guarantee)", {"vote": "guarantee guarantees"}),
        ("atleast2(night OR tram)", {"quay": "night tram", "strike": "tram night"}),
        # In titles.
        ("title:ferry", {"quay": ""}),
        ("title:strike", {"letters": ""}),
        ('title:"night ferry"', {"quay": ""}),
        ("title:(ferry OR votes)", {"quay": "", "vote": ""}),
        ("title:tram ferry", {"strike": "ferry ferry ferry ferry"}),
        ("night -title:letters", {"quay": "night", "strike": "night"}),
        # Facts.
        ("source:post night", {"quay": "night", "strike": "night"}),
        ("source:bay-herald.com guarantee", {"vote": "guarantee guarantees"}),
        ('source:"bay herald" guarantee', {"letters": "guarantees"}),
        ("source:bay* security", {"vote": "security", "letters": "security"}),
        ("night -source:post", {"letters": "night"}),
        ("night date:2025-02", {"quay": "night"}),
        ("night date:2025", {"quay": "night", "strike": "night"}),
        ("night date:2025-02-26..2025-03", {"quay": "night", "strike": "night"}),
        ("night date:..2025-02", {"quay": "night"}),
        ("night after:2025-03", {"strike": "night"}),
        ("night before:2025-03", {"quay": "night"}),
        ("night -date:2025", {"letters": "night"}),
        ("night (source:bay* OR date:2025-03)", {"strike": "night", "letters": "night"}),
        ("security source:nobody", {}),
        # What is left out, near or not.
        ("night -(ferry w/3 night)", {"strike": "night", "letters": "night"}),
        ("night -(ferry w/s night)", {"letters": "night"}),
        ("ferry -atleast2(ferry)", {"quay": "ferry"}),
    ],
)
def test_queries(index: NewsIndex, query: str, expected: dict[str, str]) -> None:
    """Which articles are found, and what is marked in them."""
    found = index.search(query)
    complete = found.hits[: found.complete]  # others have it in their titles, or some of it
    assert expected == {hit.article_id: marked(hit) for hit in complete}
    assert len(expected) == found.complete


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source:post", ["strike", "quay"]),
        ("date:2024..2025", ["strike", "quay", "vote"]),
        ("source:bay*", ["vote", "letters"]),
        ("-source:post", ["vote", "letters"]),
        ("source:post date:2025-02", ["quay"]),
        ("source:post OR date:2024", ["strike", "quay", "vote"]),
        ("source:nobody", []),
        ("after:2026", []),
    ],
)
def test_facts_alone(index: NewsIndex, query: str, expected: list[str]) -> None:
    """Of sources and dates alone the newest articles come first, those without a date last."""
    found = index.search(query)
    assert expected == [hit.article_id for hit in found]
    assert (0, True, len(expected)) == (found.words, found.filtered, found.complete)
    assert {0.0} >= {hit.score for hit in found}


def test_facts_take_no_part_in_the_score(index: NewsIndex) -> None:
    """A passage scores with a filter what it scores without."""
    plain = {hit.article_id: hit.score for hit in index.search("night ferry")}
    for query in ("night ferry source:post", "night ferry date:2025", "night ferry -source:bay*"):
        for hit in index.search(query):
            assert plain[hit.article_id] == hit.score


def test_some_words_with_a_filter(index: NewsIndex) -> None:
    """Where some of the words will do, the facts must still be as asked for."""
    found = index.search("security ferry unicorn source:post")
    assert ({"quay", "strike"}, 0) == ({hit.article_id for hit in found}, found.complete)


def test_notes(index: NewsIndex) -> None:
    """What is read otherwise than typed is told once, with what is known of the index."""
    assert ("source:herald is read as Bay Herald, bay-herald.com",) == index.search(
        "night source:herald"
    ).notes
    assert ("no source is called orlond post; perhaps Orlund Post",) == index.search(
        'night source:"orlond post"'
    ).notes
    assert 1 == len(index.search("night date:soon").notes)


def test_days_and_orders(index: NewsIndex) -> None:
    """A date is a day for Python; an order or a stretch of time that is none is an error."""
    [hit] = index.search("title:council")
    assert (hit.date, hit.day) == ("2024-12-31", datetime.date(2024, 12, 31))
    assert [hit.day for hit in index.search("title:letters")] == [None]
    with pytest.raises(ValueError, match="'score' or 'date', not by 'newest'"):
        index.search("ferry", sort="newest")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a bar is a day, a week, a month, a year, not 'hour'"):
        index.views.timeline("ferry", "hour")  # type: ignore[arg-type]
