"""All names at once: none is missed that asking for one after the other would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsearch.names import keys
from newsearch.names.distance import distance
from newsearch.names.judging import farthest
from newsearch.names.keys import (
    SHORT,
    SHORT_BESIDE,
    SLIP_LETTERS,
    asked_keys,
    letter_set,
    skeletons,
    stored_keys,
    voiced,
)
from newsearch.names.matcher import NameMatcher
from newsearch.names.neighbours import meeting_keys, neighbours

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)
ALIKE = st.text(alphabet="aehijkosuvwyz", min_size=3, max_size=9)


def finds(one: str, other: str) -> bool:
    """Return whether a name asks for something under which another is stored."""
    if min(len(one), len(other)) >= SLIP_LETTERS:
        if (letter_set(one) ^ letter_set(other)).bit_count() <= 1:
            return True
    if max(len(one), len(other)) <= SHORT_BESIDE:
        asked = {near for sounds in voiced(one) for near in keys._one_vowel_apart(sounds)}
        if asked & voiced(other):
            return True
    return min(len(one), len(other)) > SHORT and bool(skeletons(one) & skeletons(other))


@given(NAMES | ALIKE, NAMES | ALIKE)
def test_what_one_name_finds_shares_a_key_with_it(one: str, other: str) -> None:
    """Whatever a name asks for is under a key that both have."""
    assert meeting_keys(one) & meeting_keys(other) or not finds(one, other)


@given(st.lists(NAMES | ALIKE, unique=True, max_size=12))
def test_each_pair_is_told_once(names: list[str]) -> None:
    """Each name is told with later ones only, those that are near among them."""
    told = dict(neighbours(names))
    assert list(told) == names
    for at, one in enumerate(names):
        limit = farthest(one, loose=False)
        asked = asked_keys(one, limit)
        later = names[at + 1 :]
        near = {other for other in later if asked & stored_keys(other)}
        assert {other for other in near if distance(one, other, limit) <= limit} <= {*told[one]}
        assert {*told[one]} <= {*later}


FAMILIES = st.sampled_from(
    "zelensky zelenskyy zelenskiy zelesnky zelinsky kyiv kiev putin poutine putins merkel merkels"
    " khomeini khamenei gaddafi qaddafi kadafi gadafy sokolov sokolow sokoloff".split()
)
USES = st.tuples(st.integers(1, 500), st.sampled_from([None, 0.2, 0.9, 1.0]))


@given(st.dictionaries(FAMILIES | ALIKE, USES, max_size=12))
def test_groups_are_what_the_names_find_one_by_one(uses: dict[str, tuple[int, float]]) -> None:
    """The most frequent names come first; a name whose spellings were told is not told again."""
    words = [(form, *use) for form, use in uses.items()]
    matcher, expected, seen = NameMatcher(words), [], set[str]()
    for form in sorted(uses, key=lambda form: (-uses[form][0], form)):
        group = () if form in seen else matcher.match(form)
        share = uses[form][1]
        if len(group) > 1 and (matcher.names.knows(form) or share is None or share >= 0.5):
            expected.append(group)
        if share is None or share >= 0.5 or matcher.names.knows(form):
            seen.update(each.form for each in group)
    assert list(NameMatcher(words).groups()) == expected
