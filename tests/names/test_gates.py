"""What two spellings of one name must not be."""

from __future__ import annotations

import pytest

from newsearch.names.gates import derived, slipped
from newsearch.names.keys import skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zelensky", "zelenska"),
        ("tsikhanouski", "tsikhanouskaya"),
        ("ivanov", "ivanova"),
        ("popov", "popovich"),
        ("iran", "iranian"),
        ("houthi", "houthis"),
        ("zelensk", "zelensky"),
        ("berdymukhamedov", "berdymukhamedova"),
        ("yevgenia", "yevgeny"),
        ("evgenia", "yevgeniy"),
        ("phillipines", "philippine"),
        ("belarussian", "belarusians"),
        ("chancellery", "chancellor"),
        ("islamaphobia", "islamophobic"),
    ],
)
def test_derivations(one: str, other: str) -> None:
    """A woman's form, a patronymic, a people or a plural is another word, from either side.

    So it is in another spelling than that of the word from which it is made.
    """
    assert derived(one, other)
    assert derived(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zelensky", "zelenskyy"),
        ("peskov", "peskow"),
        ("milosevic", "milosevich"),
        ("balazs", "balasz"),
        ("mariya", "maria"),
        ("haniyeh", "haniya"),
    ],
)
def test_endings_of_one_kind_are_no_derivation(one: str, other: str) -> None:
    """An ending in two romanisations stays the same ending."""
    assert not derived(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("netanyahu", "netanayhu", True),
        ("erdogan", "erdgan", True),
        ("hollande", "holllande", True),
        ("erdogan", "rdogan", False),  # the first letter
        ("macron", "macro", False),  # the last
        ("merkel", "merekl", True),
        ("merkel", "markel", False),  # another letter, not a slip of the order
        ("merkel", "merkel", False),
    ],
)
def test_slips(one: str, other: str, expected: bool) -> None:
    """One swap, or one letter too few or too many, inside the word."""
    assert slipped(one, other) == expected
    assert slipped(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zelensky", "selenskyj"),
        ("khrushchev", "chruschtschow"),
        ("gaddafi", "qadhafi"),
        ("tchaikovsky", "czajkowski"),
        ("abdelwadoud", "abdelouadoud"),
        ("grodno", "hrodna"),
        ("aleksei", "alexey"),
    ],
)
def test_spellings_share_a_skeleton(one: str, other: str) -> None:
    """Habits leave the rough consonants, under which candidates are found, as they are."""
    assert skeletons(one) & skeletons(other)
