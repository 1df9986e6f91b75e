"""The order of answers: what a reader would want to see first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import Article, Hit, NewsIndex
from newsearch.answering.ranking import LeafMatches, rank
from newsearch.engines.base import Begins

FILLER = " ".join(["calm water all along the bay"] * 4)


@pytest.fixture(scope="module")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., NewsIndex]:
    """Make an index of articles whose ids are 1, 2, 3, … from their texts or (title, text)."""

    def make(*given: str | tuple[str, str]) -> NewsIndex:
        pairs = [("", each) if isinstance(each, str) else each for each in given]
        index = newsearch.create(tmp_path_factory.mktemp("index"))
        index.add(
            Article(id=str(number), title=title or "News", text=text)
            for number, (title, text) in enumerate(pairs, 1)
        )
        return index

    return make


def order(index: NewsIndex, query: str) -> list[str]:
    return [hit.article_id for hit in index.search(query, copies=True)]


def marked(hit: Hit) -> list[str]:
    return [hit.text[start - hit.start : end - hit.start] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "texts", "expected"),
    [
        # All of the words come before some, however often those stand.
        (
            "night ferry",
            [
                "The ferry, a ferry, every ferry.",
                f"One night. {FILLER}. One ferry.",
                "Night, and night again.",
            ],
            ["2", "1", "3"],
        ),
        # The nearer together, the better; in the order of the query or not.
        (
            "night ferry",
            ["A night on which no such slow ferry ran.", "On a night ferry no such slow tram ran."],
            ["2", "1"],
        ),
        (
            "night ferry",
            [
                "A ferry on which no such slow night fell.",
                "On a ferry night no such slow tram ran.",
            ],
            ["2", "1"],
        ),
        # A rare word says more than a common one.
        (
            "tram ferry",
            [
                "The ferry was late.",
                "A ferry was late.",
                "The tram was late.",
                "One ferry was late.",
            ],
            ["3", "1", "2", "4"],
        ),
        # Of two equal passages, that of the article that goes on about it.
        (
            "ferry",
            [
                f"The ferry is late. {FILLER}. {FILLER}. {FILLER}.\n\nNo tram. {FILLER}. {FILLER}.",
                f"The ferry is late. {FILLER}. {FILLER}. {FILLER}.\n\nA ferry. {FILLER}. {FILLER}.",
            ],
            ["2", "2", "1"],
        ),
        # The form that was typed says more than another form of the word.
        ("ferries", ["A ferry runs.", "Ferries run."], ["2", "1"]),
        # The words of a question that are no part of its subject say little.
        (
            "why the strike",
            ["Why the ferry? Why?", f"One strike. {FILLER}"],
            ["2", "1"],
        ),
        # Short passages say more of it than long ones.
        ("ferry", [f"The ferry. {FILLER}.", "The ferry."], ["2", "1"]),
        # Equal scores: in the order of adding.
        ("ferry", ["The ferry ran.", "The ferry sank.", "The ferry paid."], ["1", "2", "3"]),
        # A phrase is found only as a phrase.
        (
            '"night ferry"',
            ["A ferry by night.", "The night ferry.", "Night. Ferry tickets."],
            ["2", "3"],
        ),
        ("rare-earth", ["Earth is so rare.", "A rare earth deal."], ["2", "1"]),
        ("rare earth", ["Earth is so rare.", "Rare-earth deal."], ["2", "1"]),
        ("F-16", ["16 letters in F.", "An F-16.", "An F16."], ["2", "3"]),
        # What is left out is left out.
        ("ferry -tram", ["A ferry and a tram.", "A ferry.", "A tram."], ["2"]),
        ('ferry -"night tram"', ["A night tram, a ferry.", "A tram by night, a ferry."], ["2"]),
        ("ferry AND tram", ["A ferry and a tram.", "A ferry.", "A tram."], ["1"]),
        ("(ferry OR tram) AND night", ["A ferry.", "A tram at night.", "Night."], ["2"]),
        ("ferr*", ["A ferry.", "Two ferries.", "A tram."], ["1", "2"]),
    ],
)
def test_order(
    index_of: Callable[..., NewsIndex], query: str, texts: list[str], expected: list[str]
) -> None:
    """Which of a few short articles are found, best first."""
    with index_of(*texts) as index:
        assert sorted(expected) == sorted(order(index, query))
        assert expected == order(index, query)


def test_complete_before_some(newsroom: NewsIndex) -> None:
    """In the newsroom, too, passages with all of the words come before those with some."""
    found = newsroom.search("security guarantee ferry", limit=100, per_article=None)
    words = [{word.lower()[:4] for word in marked(hit)} for hit in found]
    whole = [len(each) == 3 for each in words]
    assert found.complete > 0
    assert sorted(whole, reverse=True) == whole


def test_phrases_are_marked_as_phrases(index_of: Callable[..., NewsIndex]) -> None:
    """A word of a phrase that stands alone is not marked."""
    with index_of("The night was long. The night ferry ran. No other ferry did.") as index:
        [hit] = index.search('"night ferry"')
        assert ["night", "ferry"] == marked(hit)
        assert ((24, 29), (30, 35)) == hit.spans


def test_a_title_counts(index_of: Callable[..., NewsIndex]) -> None:
    """Of two equal passages, that of the article whose title says it too comes first."""
    with index_of(("Trams", "The ferry ran."), ("Ferry news", "The ferry ran.")) as index:
        assert ["2", "1"] == order(index, "ferry")


def test_a_title_alone(index_of: Callable[..., NewsIndex]) -> None:
    """An article of which only the title matches comes last, once, with nothing marked."""
    long = "\n\n".join(f"Paragraph {number}. {FILLER}. {FILLER}. {FILLER}." for number in range(6))
    with index_of(("Ferry news", long), "No ferry.") as index:
        assert ["2", "1"] == order(index, "ferry")
        last = index.search("ferry")[1]
        assert (0, (), ()) == (last.passage, last.spans, last.snippet.spans)


def test_passages_of_one_article(index_of: Callable[..., NewsIndex]) -> None:
    """One article gives a few passages at most, all of them if that is asked for."""
    long = "\n\n".join(f"Ferry {number}. {FILLER}. {FILLER}. {FILLER}." for number in range(6))
    with index_of(long, "The tram and, last of all, the ferry in the rain.") as index:
        all_of_them = index.search("ferry", per_article=None)
        assert Counter({"1": 6, "2": 1}) == Counter(hit.article_id for hit in all_of_them)
        for most in (1, 2, 3):
            found = index.search("ferry", per_article=most)
            assert Counter({"1": most, "2": 1}) == Counter(hit.article_id for hit in found)
            assert 7 == found.complete == found.total


def test_an_article_that_fills_the_pool(index_of: Callable[..., NewsIndex]) -> None:
    """However many good passages one article has, others get their places."""
    long = "\n\n".join(
        f"Ferry, ferry {number}. {FILLER}. {FILLER}. {FILLER}." for number in range(250)
    )
    with index_of(long, f"The ferry. {FILLER}. {FILLER}. {FILLER}. {FILLER}.") as index:
        assert ["1", "1", "1", "2"] == order(index, "ferry")


@pytest.mark.parametrize(
    "typed",
    ["zelensky", "Zelenskyy", "Zelesnky", "ZELENSKY’S", "Зеленський", "Zelenskiy", "Zelenskyy's"],
)
def test_names(newsroom: NewsIndex, typed: str) -> None:
    """However a name is spelled, the answer is the same, to the last score."""
    expected = newsroom.search("Zelensky", limit=100)
    assert len(expected) > 5
    assert expected.hits == newsroom.search(typed, limit=100).hits


def test_names_are_told(newsroom: NewsIndex) -> None:
    """The answer says which spellings were taken as one name, with how often each occurs."""
    [name] = newsroom.search("Zelensky guarantee").names
    assert "Zelensky" == name.word
    assert {"zelensky", "zelenskyy"} <= set(name.spellings)
    assert sorted(name.counts, reverse=True) == list(name.counts)


def test_spellings(index_of: Callable[..., NewsIndex]) -> None:
    """A hit says how the query's words are spelled in it, in order of appearance."""
    with index_of("Ferries! The ferry, a Ferry and the ferry.") as index:
        assert ("Ferries", "ferry", "Ferry") == index.search("ferry")[0].spellings


# The parts of a score.


class Match(NamedTuple):
    """How one leaf matches in one passage."""

    weight: float
    places: tuple[int, ...]
    length: int
    in_title: bool


NEAR = (Match(1.0, (4,), 1, False), Match(1.0, (5,), 1, False))


def test_no_words() -> None:
    """Words that no passage holds add nothing to what the engine found."""
    assert Parts(0.0, 0.0, 0.0, 0.0, 0.0) == parts([Match(0.0, (), 1, False)])


class Parts(NamedTuple):
    """The parts of the score of one passage."""

    passage: float
    title: float
    article: float
    coverage: float
    proximity: float


def parts(leaves: Sequence[Match], size: float = 1.0) -> Parts:
    return parts_of([leaves], size)[0]


def parts_of(passages: list[Sequence[Match]], size: float = 1.0) -> list[Parts]:
    """Return the parts of the scores of some passages by their matches.

    The strength of a leaf is a half where it stands, and that in the article three times of it.
    """
    rows = list(zip(*passages, strict=True))
    begins = sorted(
        (at << 32 | place, which)
        for which, row in enumerate(rows)
        for at, leaf in enumerate(row)
        for place in leaf.places
    )
    strengths = 0.5 * np.array([[bool(leaf.places) for leaf in row] for row in rows])
    matches = LeafMatches(
        np.array([row[0].weight for row in rows]),
        np.array([row[0].length for row in rows]),
        Begins(*np.array(begins, np.int64).reshape(-1, 2).T),
        strengths,
        0.5 * np.array([[leaf.in_title for leaf in row] for row in rows]),
        3 * strengths,
    )
    found = rank(matches, np.full(len(passages), size), 0.8)
    said = [any(leaf.places for leaf in leaves) for leaves in passages]
    assert said == found.said.tolist()
    arrays = (found.passage, found.title, found.article, found.coverage, found.proximity)
    assert np.allclose(sum(arrays), found.total)
    return [Parts(*each) for each in zip(*arrays, strict=True)]


@pytest.mark.parametrize(
    ("leaves", "coverage", "proximity"),
    [
        # One pair that stands together once: half of a fifth of the weight.
        (NEAR, 6.0, 0.2),
        # Twice, and once more the other way round, three tokens apart: 2 + 1 / 16 times.
        ((Match(1.0, (4, 8), 1, False), Match(1.0, (5, 9), 1, False)), 6.0, 0.4 * 33 / 49),
        # Two tokens farther: a ninth. The other way round: one more.
        ((Match(1.0, (4,), 1, False), Match(1.0, (7,), 1, False)), 6.0, 0.4 * (1 / 9) / (10 / 9)),
        ((Match(1.0, (5,), 1, False), Match(1.0, (4,), 1, False)), 6.0, 0.4 * (1 / 4) / (5 / 4)),
        # A phrase is as long as it is.
        ((Match(2.0, (0,), 2, False), Match(1.0, (2,), 1, False)), 9.0, 0.3),
        # One inside the other, or both the same.
        ((Match(2.0, (3,), 2, False), Match(1.0, (4,), 1, False)), 9.0, 0.0),
        ((Match(2.0, (3,), 1, False), Match(1.0, (3,), 1, False)), 9.0, 0.0),
        # Of three words the first two, then the last two: a pair weighs what its rarer word does.
        ((NEAR[0], NEAR[1], Match(3.0, (40,), 1, False)), 15.0, 1.0 * (1 / 8 + 3 / 4 / 1226)),
        ((Match(1.0, (90,), 1, False), NEAR[0], Match(3.0, (5,), 1, False)), 15.0, 0.375),
        # The first and the last of three are no neighbours in the query.
        ((NEAR[0], Match(1.0, (), 1, False), NEAR[1]), 9 * (2 / 3) ** 24, 0.0),
        # Nine tenths of the weight: a twelfth. Half of it: next to nothing.
        ((Match(9.0, (4,), 1, False), Match(1.0, (), 1, False)), 30 * 0.9**24, 0.0),
        ((Match(1.0, (4,), 1, False), Match(1.0, (), 1, False)), 6 / 2**24, 0.0),
        # A title covers half of what a passage does, and brings nothing near.
        ((Match(2.0, (), 1, True),), 6 / 2**24, 0.0),
        ((Match(2.0, (3,), 1, True),), 6.0, 0.0),
    ],
)
def test_coverage_and_proximity(leaves: Sequence[Match], coverage: float, proximity: float) -> None:
    """Coverage and proximity, for leaves whose places are given."""
    found = parts(leaves)
    assert pytest.approx((coverage, proximity)) == (found.coverage, found.proximity)


@pytest.mark.parametrize(
    ("match", "size", "expected"),
    [
        (Match(2.0, (4,), 1, False), 1.0, (1.0, 0.0, 2 * 1.5 / 2.5)),
        (Match(2.0, (4,), 1, True), 1.0, (1.0, 0.8, 2 * 2.0 / 3.0)),
        (Match(2.0, (), 1, True), 1.0, (0.0, 0.8, 2 * 0.5 / 1.5)),
        # The same in an article three times as long as most: less of it is about that.
        (Match(2.0, (4,), 1, False), 3.0, (1.0, 0.0, 2 * 1.5 / 4.0)),
    ],
)
def test_passage_title_and_article(
    match: Match, size: float, expected: tuple[float, float, float]
) -> None:
    """A leaf's strengths, weighted; the article's part saturates."""
    assert pytest.approx(expected) == parts([match], size)[:3]


matches = st.builds(
    Match,
    st.floats(0.01, 10),
    st.lists(st.integers(0, 60), unique=True, max_size=5).map(lambda places: tuple(sorted(places))),
    st.integers(1, 3),
    st.booleans(),
)


@given(st.lists(matches, min_size=1, max_size=5), st.floats(0.01, 40))
@settings(deadline=None, max_examples=300)
def test_bounds(leaves: Sequence[Match], size: float) -> None:
    """Coverage is at most three times the weight, the others less, and none takes away."""
    weight = sum(leaf.weight for leaf in leaves) * (1 + 1e-9)
    found = parts(leaves, size)
    assert min(found) >= 0
    assert found.coverage <= 3 * weight
    assert found.proximity <= 0.2 * weight
    assert max(found.passage, found.title, found.article) <= weight


@given(st.lists(matches, min_size=2, max_size=5), st.integers(0, 60))
@settings(deadline=None, max_examples=300)
def test_one_word_more(leaves: Sequence[Match], place: int) -> None:
    """A passage that holds one more of the words is covered better."""
    first, *rest = leaves
    without = Match(first.weight, (), first.length, False)
    with_it = Match(first.weight, (place,), first.length, False)
    assert parts([without, *rest]).coverage < parts([with_it, *rest]).coverage


@st.composite
def pools(draw: st.DrawFn) -> list[list[Match]]:
    """How the same leaves match in each of some passages."""
    leaves = draw(st.lists(matches, min_size=1, max_size=4))
    if draw(st.booleans()):
        leaves = [leaf._replace(length=1) for leaf in leaves]
    places = st.lists(st.integers(0, 30), unique=True, max_size=4).map(sorted).map(tuple)
    return [
        [each._replace(places=draw(places), in_title=draw(st.booleans())) for each in leaves]
        for _ in range(draw(st.integers(1, 4)))
    ]


@given(pools())
@settings(deadline=None, max_examples=300)
def test_together(pool: list[list[Match]]) -> None:
    """A passage's parts are the same whatever else is in the pool, and as defined."""
    together = parts_of(pool)
    for leaves, found in zip(pool, together, strict=True):
        assert pytest.approx(parts(leaves)) == found
        assert pytest.approx(0.2 * nearness(leaves)) == found.proximity


def nearness(leaves: Sequence[Match]) -> float:
    """Return how near neighbours stand, times the weight of all, place by place."""
    places = sorted((at, which) for which, leaf in enumerate(leaves) for at in leaf.places)
    counts: Counter[int] = Counter()
    for (before, one), (after, other) in pairwise(places):
        distance = after - before - leaves[one].length + 1
        if abs(one - other) == 1 and distance > 0:
            counts[min(one, other)] += 1 / (distance + (other < one)) ** 2
    pairs = [max(one.weight, other.weight) for one, other in pairwise(leaves)]
    near = sum(pairs[at] * count / (count + 1) for at, count in counts.items())
    return near / sum(pairs) * sum(leaf.weight for leaf in leaves) if pairs else 0.0
