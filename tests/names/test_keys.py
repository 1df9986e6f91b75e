"""Keys: what may be one name can be looked up."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from newsearch.names import keys
from newsearch.names.distance import distance
from newsearch.names.key_arrays import all_keys
from newsearch.names.keys import (
    KEY_BITS,
    SLIP_LETTERS,
    asked_keys,
    letter_set,
    skeletons,
    stored_keys,
    voiced,
)

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)
LONG = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=SLIP_LETTERS, max_size=12)


FAR = 1.0  # a limit at which any first letter may be another one


@given(NAMES, st.floats(0, 1))
def test_a_form_finds_itself(form: str, limit: float) -> None:
    """What is asked for is among what is stored, however near it must be."""
    assert stored_keys(form) <= asked_keys(form, limit)


@given(LONG, st.integers(0, 10))
def test_a_swap_is_found(form: str, place: int) -> None:
    """Two neighbours that change places leave the set of letters as it is."""
    place %= len(form) - 1
    slip = form[:place] + form[place + 1] + form[place] + form[place + 2 :]
    assert asked_keys(form, FAR) & stored_keys(slip)


@given(LONG, st.integers(0, 12), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_letter_too_many_is_found_from_either_side(form: str, place: int, letter: str) -> None:
    """One letter more changes at most one bit of the set of letters."""
    slip = form[:place] + letter + form[place:]
    assert asked_keys(form, FAR) & stored_keys(slip)
    assert asked_keys(slip, FAR) & stored_keys(form)


@given(NAMES, NAMES, st.floats(0, 1))
def test_first_letters_keep_out_only_what_is_too_far(one: str, other: str, limit: float) -> None:
    """A limit takes away keys of forms alone that are beyond it."""
    if distance(one, other, limit) < inf and asked_keys(one, FAR) & stored_keys(other):
        assert asked_keys(one, limit) & stored_keys(other)


LONGER = st.text(alphabet="aehjuwkzsct", min_size=3, max_size=20)


@given(st.lists(NAMES | LONGER | st.from_regex("[a-z]{3,9}e", fullmatch=True), max_size=8))
def test_all_keys_are_those_of_each(forms: list[str]) -> None:
    """Taking forms together changes no key."""
    found = {(pair >> 32, pair & 0xFFFFFFFF) for pair in all_keys(forms).tolist()}
    assert found == {(key, at) for at, form in enumerate(forms) for key in stored_keys(form)}


@given(NAMES)
def test_keys_have_few_bits(form: str) -> None:
    """Whatever they are made of, they are numbers of one size."""
    assert 0 < letter_set(form) < 1 << 26
    assert all(0 <= key < 1 << KEY_BITS for key in stored_keys(form))


READINGS = st.text(alphabet="aehjuwkzsct", min_size=1, max_size=12)


@given(READINGS)
def test_readings_by_runs_are_those_by_letters(form: str) -> None:
    """Taking runs of letters together changes no skeleton, with vowels or without."""
    readings = keys._readings(form)
    assert skeletons(form) == {keys._rough(each) for each in readings}
    assert voiced(form) == {keys._voiced(each.removesuffix("e")) for each in readings}


def test_other_first_letters_are_other_keys() -> None:
    """What sounds alike and begins with another letter shares no key, nor do other sounds.

    A checksum that begins with the letter as it is would: it takes "b" and "F" for "o" and "K".
    """
    begins = "abcdefghijklmnopqrstuvwxyz"
    found = [key for first in begins for key in keys._sound_keys(["Fa", "Ka", "Sa", "La"], first)]
    assert len(set(found)) == len(found)
