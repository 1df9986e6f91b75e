"""A parsed query to trees that an engine runs, with a vocabulary that is made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vocabularies import MadeUp
from whoosh.query import And, AndMaybe, Not, Or, Require

from newsearch.insights import NameGroup
from newsearch.query import InOrder, Leaf, Lexicon, OneOf, Resolved, Resolver, parse
from newsearch.query.filters import Days, Named
from newsearch.query.known import KnownNames
from newsearch.query.nodes import TEXT, TITLE, Either, Quoted
from newsearch.query.spans import Close

COUNTS = {
    "ferries": (4, 0, 4),
    "ferry": (16, 0, 16),
    "night": (20, 0, 20),
    "rare": (9, 0, 9),
    "earth": (9, 0, 9),
    "earths": (3, 0, 3),
    "tram": (7, 0, 7),
    "us": (70, 0, 68),
    "US": (90, 90, 0),
    "zelensky": (120, 118, 0),
    "zelenskyy": (60, 60, 0),
}


vocabulary = MadeUp(COUNTS)
KNOWN = {
    "source": {"Orlund Post": 3, "Bay Herald": 1},
    "author": {"Ida Moor": 2, "By Jan Ek and Ida Moor": 1, "Zoë Gall": 1},
}


def resolved(text: str) -> Resolved:
    lexicon = Lexicon(vocabulary, known=lambda field: KnownNames(field, KNOWN[field]))
    return Resolver(lexicon, 0.3).resolve(parse(text).tree)


def leaf(*places: str) -> Leaf:
    """Return the leaf for a word or a phrase; the forms of each word are parted by "/".

    Those of a single word that are faint begin with "~".
    """
    forms = tuple(tuple(place.replace("~", "").split("/")) for place in places)
    faint = tuple(form[1:] for form in places[0].split("/") if form.startswith("~"))
    return Leaf(forms, 0.3, faint=faint)


def anywhere(found: Leaf) -> Either:
    """Return what looks for a leaf in the text and, at a lower weight, in the title."""
    return Either([found.text, found.title])


def quoted(found: Leaf) -> Quoted:
    """Return what looks for a leaf that was typed in quotes."""
    return Quoted([found.text, found.title])


FERRY, NIGHT, TRAM = leaf("~ferries/ferry"), leaf("night"), leaf("tram")
RARE_EARTH = leaf("rare", "earth/earths")
TITLE_FERRY = OneOf(TITLE, ("ferries", "ferry"), 0.3, ("ferries",))


def test_nodes() -> None:
    """A leaf of one word is a OneOf, of several an InOrder."""
    assert OneOf(TEXT, ("ferries", "ferry"), 1.0, ("ferries",)) == FERRY.text
    assert OneOf(TEXT, ("ferries", "ferry")) != FERRY.text
    assert InOrder(TITLE, (("rare",), ("earth", "earths")), 0.3) == RARE_EARTH.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ferry", [FERRY]),
        ("night ferry", [NIGHT, FERRY]),
        ("ferry ferries", [FERRY]),
        ("ferries ferry", [leaf("ferries/~ferry")]),
        ("rare-earth", [leaf("rare"), leaf("earth/~earths")]),
        ("F-16", [leaf("f", "16")]),
        ("al-Hadidi", [leaf("hadidi")]),
        ("=al-Hadidi", [leaf("al", "hadidi")]),
        ('"rare earth"', [RARE_EARTH]),
        ("rare earth", [leaf("rare"), leaf("earth/~earths")]),
        ('"ferry"', [FERRY]),
        ("ferr*", [leaf("ferr/ferries/ferry")]),
        ("rare-ear*", [leaf("rare", "ear/earth/earths")]),
        ("US", [leaf("US")]),
        ("us", [leaf("US/us")]),
        ("zelenskyy", [leaf("zelensky/zelenskyy")]),
        ("=Zelenskyy", [leaf("zelenskyy")]),
        ("=ferries", [leaf("ferries")]),
        ("=us", [leaf("us")]),
        ("=rare-earth", [leaf("rare"), leaf("earth")]),
        ("=ferries ferry", [leaf("ferries"), FERRY]),
        ("ferry -tram", [FERRY]),
        ("ferry -(night OR tram)", [FERRY]),
        ("ferry -(night -tram)", [FERRY]),
        ("(ferry OR tram) night", [FERRY, TRAM, NIGHT]),
        ("?err*", [leaf("ferries/ferry")]),
        ("r?re-earth", [leaf("rare", "earth/earths")]),
        ("feryr~2", [leaf("ferry/feryr")]),
        ('"night ferr*"', [leaf("night", "ferr/ferries/ferry")]),
        ('"night =ferries"', [leaf("night", "ferries")]),
        ('="night ferries"', [leaf("night", "ferries")]),
        ("title:ferry", [Leaf((("ferries", "ferry"),), 0.3, TITLE, faint=("ferries",))]),
        ('title:"rare earth"', [Leaf((("rare",), ("earth", "earths")), 0.3, TITLE)]),
        ("ferry source:post date:2025", [FERRY]),
        ("source:post", []),
    ],
)
def test_leaves(text: str, expected: list[Leaf]) -> None:
    """What is looked for, in order and once each; nothing that is to be left out."""
    assert expected == list(resolved(text).leaves)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who took the ferry", [0.3, 1.0, 0.3, 1.0]),
        ("WHO ferry", [1.0, 1.0]),  # the organisation
        ("US", [1.0]),
        ("What the ferry took", [0.3, 0.3, 1.0, 1.0]),
        ('"the ferry"', [1.0]),
        ("the", [0.3]),
    ],
)
def test_function_words_weigh_less(text: str, expected: list[float]) -> None:
    """The words that a question has because it is a sentence say less than the others."""
    found = resolved(text).leaves
    assert expected == [each.weight for each in found]
    assert expected == [each.text.boost for each in found]
    assert [0.3 * weight for weight in expected] == [each.title.boost for each in found]


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("ferry", anywhere(FERRY), anywhere(FERRY)),
        (
            "night ferry",
            And([anywhere(NIGHT), anywhere(FERRY)]),
            Or([anywhere(NIGHT), anywhere(FERRY)]),
        ),
        (
            "night AND ferry",
            And([anywhere(NIGHT), anywhere(FERRY)]),
            And([anywhere(NIGHT), anywhere(FERRY)]),
        ),
        (
            "night OR ferry",
            Or([anywhere(NIGHT), anywhere(FERRY)]),
            Or([anywhere(NIGHT), anywhere(FERRY)]),
        ),
        (
            'night "rare earth" ferry',
            And([anywhere(NIGHT), quoted(RARE_EARTH), anywhere(FERRY)]),
            AndMaybe(quoted(RARE_EARTH), Or([anywhere(NIGHT), anywhere(FERRY)])),
        ),
        (
            "rare-earth",
            And([anywhere(leaf("rare")), anywhere(leaf("earth/~earths"))]),
            Or([anywhere(leaf("rare")), anywhere(leaf("earth/~earths"))]),
        ),
        (
            "ferry al-us",
            And([anywhere(FERRY), anywhere(leaf("al", "US/us"))]),
            Or([anywhere(FERRY), anywhere(leaf("al", "US/us"))]),
        ),
        (
            '"rare earth" "night ferry"',
            And([quoted(RARE_EARTH), quoted(leaf("night", "ferries/ferry"))]),
            And([quoted(RARE_EARTH), quoted(leaf("night", "ferries/ferry"))]),
        ),
        (
            "night ferry -tram",
            And([And([anywhere(NIGHT), anywhere(FERRY)]), Not(TRAM.text)]),
            And([Or([anywhere(NIGHT), anywhere(FERRY)]), Not(TRAM.text)]),
        ),
        (
            "ferry -(night tram)",
            And([anywhere(FERRY), Not(And([NIGHT.text, TRAM.text]))]),
            And([anywhere(FERRY), Not(And([NIGHT.text, TRAM.text]))]),
        ),
        (
            "ferry -rare-earth",
            And([anywhere(FERRY), Not(RARE_EARTH.text)]),
            And([anywhere(FERRY), Not(RARE_EARTH.text)]),
        ),
    ],
)
def test_trees(text: str, strict: object, lenient: object) -> None:
    """All words are wanted first, some will do; quotes and what is left out always count."""
    found = resolved(text)
    said = Or([each.text for each in found.leaves])
    assert (Require(strict, said), lenient) == (found.all, found.some)


NEAR = Close(TEXT, ((OneOf(TEXT, FERRY.places[0]),), (NIGHT.text, TRAM.text)), 5, False)
NEAR_TITLE = Close(
    TITLE,
    (
        (OneOf(TITLE, FERRY.places[0]),),
        tuple(OneOf(TITLE, each.places[0]) for each in (NIGHT, TRAM)),
    ),
    5,
    False,
    0.3,
)


def test_near() -> None:
    """What is near is one thing to look for, of which each word is marked where it takes part."""
    found = resolved("ferry w/5 (night OR tram)")
    assert Quoted([NEAR, NEAR_TITLE]) == found.some
    assert [leaf.places for leaf in (FERRY, NIGHT, TRAM)] == [leaf.places for leaf in found.leaves]
    for which, each in enumerate(found.leaves):
        assert (NEAR, which) == (each.text.of, each.text.which)
        assert (NEAR_TITLE, which) == (each.title.of, each.title.which)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ferry w/5 (night tram)", "ferry w/5 night AND ferry w/5 tram"),
        ("(ferry (night OR rare-earth)) pre/2 tram", None),
        ("((ferry tram) OR night) w/s us", "ferry w/s us AND tram w/s us OR night w/s us"),
        ("atleast2(ferry night)", "atleast2(ferry) AND atleast2(night)"),
    ],
)
def test_groups_near_others(text: str, expected: str | None) -> None:
    """Of a group of which all words are wanted each must be near."""
    found = resolved(text)
    if expected is not None:
        assert shape(resolved(expected).some) == shape(found.some)
    assert found.leaves


def shape(tree: Any) -> Any:
    """Return a tree without what quotes make of its leaves."""
    if isinstance(tree, Either):
        return [*tree][0]
    return type(tree).__name__.replace("Together", "And"), [shape(child) for child in tree]


MOOR = Named("author", ("By Jan Ek and Ida Moor", "Ida Moor"))
POST, ALL_2025 = Named("source", ("Orlund Post",)), Days(20250101, 20251231)


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        (
            "night ferry source:post",
            Require(And([anywhere(NIGHT), anywhere(FERRY), POST]), Or([NIGHT.text, FERRY.text])),
            And([POST, Or([anywhere(NIGHT), anywhere(FERRY)])]),
        ),
        (
            "ferry -source:post",
            Require(And([anywhere(FERRY), Not(POST)]), Or([FERRY.text])),
            And([Not(POST), Or([anywhere(FERRY)])]),
        ),
        ("source:post date:2025", And([POST, ALL_2025]), And([POST, ALL_2025])),
        ("-source:post", Not(POST), Not(POST)),
        ('author:"ida moor"', MOOR, MOOR),
        (
            "ferry OR source:post",
            Or([anywhere(FERRY), POST]),
            Or([anywhere(FERRY), POST]),
        ),
        (
            "title:ferry",
            Require(Either([TITLE_FERRY]), Or([TITLE_FERRY])),
            Either([TITLE_FERRY]),
        ),
        (
            '"rare earth" ferry source:post',
            Require(
                And([quoted(RARE_EARTH), anywhere(FERRY), POST]), Or([RARE_EARTH.text, FERRY.text])
            ),
            AndMaybe(And([quoted(RARE_EARTH), POST]), Or([anywhere(FERRY)])),
        ),
    ],
)
def test_facts(text: str, strict: object, lenient: object) -> None:
    """A source and a date are wanted in any case, and are no words."""
    found = resolved(text)
    assert (strict, lenient) == (found.all, found.some)
    assert found.filters == ("source:" in text or "author:" in text)


def test_unknown_source() -> None:
    """A source that is not there finds nothing, and is told."""
    found = resolved("ferry source:harald")
    assert ("no source is called harald; perhaps Bay Herald",) == found.notes
    assert Named("source", ()) in list(found.some)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zelensky", [NameGroup("zelensky", ("zelensky", "zelenskyy"), (120, 60))]),
        ("ferry “Zelenskyy”", [NameGroup("Zelenskyy", ("zelensky", "zelenskyy"), (120, 60))]),
        ("ferry us", []),
        ("ferry -zelensky", []),
    ],
)
def test_names(text: str, expected: list[NameGroup]) -> None:
    """Spellings that are taken as one are told, with their counts; of what is looked for only."""
    assert expected == list(resolved(text).names)


def test_one_name_twice() -> None:
    """Two spellings of one name in a query are one leaf and one group of spellings."""
    found = resolved("zelensky zelenskyy")
    assert (1, 1) == (len(found.leaves), len(found.names))


words = st.lists(
    st.sampled_from(
        ["ferry", "night", "us", "zel*", "AND", "OR", "NOT", "-", "(", ")", '"', "a-b"]
    ),
    max_size=16,
)


@given(words.map(" ".join))
@settings(deadline=None, max_examples=300)
def test_any_query(text: str) -> None:
    """Whatever can be parsed can be resolved, to something to look for."""
    tree = parse(text).tree
    found = None if tree is None else Resolver(Lexicon(vocabulary), 0.3).resolve(tree)
    assert (tree is None) == (found is None or not found.leaves)


@pytest.mark.parametrize(
    ("text", "same"),
    [("night ferry", True), ("", True), ("ferr*", False), ("fery~", False)],
)
def test_a_query_that_is_asked_again(text: str, same: bool) -> None:
    """It means the same, and is read once only, but for what may stand for thousands of words."""
    resolver = Resolver(Lexicon(vocabulary), 0.3)
    first = resolver.read(text)
    assert (resolver.read(text) is first) == same
    assert [leaf.places for leaf in _leaves(resolver.read(text))] == [
        leaf.places for leaf in _leaves(first)
    ]


def _leaves(read: tuple[Resolved | None, tuple[str, ...]]) -> tuple[Leaf, ...]:
    return read[0].leaves if read[0] else ()
