"""A parsed query to trees that an engine runs, with a vocabulary that is made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, Not, Or, Require

from newsearch.query import FormCount, InOrder, Leaf, Lexicon, OneOf, Resolved, Resolver, parse
from newsearch.query.nodes import TEXT, TITLE, Either, Quoted
from newsearch.records import NameGroup

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


def vocabulary(prefix: str) -> Iterator[FormCount]:
    return (FormCount(form, *COUNTS[form]) for form in sorted(COUNTS) if form.startswith(prefix))


def resolved(text: str) -> Resolved:
    return Resolver(Lexicon(vocabulary), 0.3).resolve(parse(text).tree)


def leaf(*places: str) -> Leaf:
    """Return the leaf for a word or a phrase; the forms of each word are parted by "/"."""
    return Leaf(tuple(tuple(place.split("/")) for place in places), 0.3)


def anywhere(found: Leaf) -> Either:
    """Return what looks for a leaf in the text and, at a lower weight, in the title."""
    return Either([found.text, found.title])


def quoted(found: Leaf) -> Quoted:
    """Return what looks for a leaf that was typed in quotes."""
    return Quoted([found.text, found.title])


FERRY, NIGHT, TRAM = leaf("ferries/ferry"), leaf("night"), leaf("tram")
RARE_EARTH = leaf("rare", "earth/earths")


def test_nodes() -> None:
    """A leaf of one word is a OneOf, of several an InOrder."""
    assert OneOf(TEXT, ("ferries", "ferry"), 1.0) == FERRY.text
    assert InOrder(TITLE, (("rare",), ("earth", "earths")), 0.3) == RARE_EARTH.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ferry", [FERRY]),
        ("night ferry", [NIGHT, FERRY]),
        ("ferry ferries", [FERRY]),
        ("rare-earth", [leaf("rare"), leaf("earth/earths")]),
        ("F-16", [leaf("f", "16")]),
        ("al-Hadidi", [leaf("al", "hadidi")]),
        ('"rare earth"', [RARE_EARTH]),
        ("rare earth", [leaf("rare"), leaf("earth/earths")]),
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
    ],
)
def test_leaves(text: str, expected: list[Leaf]) -> None:
    """What is looked for, in order and once each; nothing that is to be left out."""
    assert expected == list(resolved(text).leaves)


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
            And([anywhere(leaf("rare")), anywhere(leaf("earth/earths"))]),
            Or([anywhere(leaf("rare")), anywhere(leaf("earth/earths"))]),
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
