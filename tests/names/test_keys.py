"""Keys: what may be one name can be looked up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsearch.names.keys import (
    SLIP_LETTERS,
    asked_keys,
    can_be_name,
    key_columns,
    letter_set,
    stored_keys,
)

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)
LONG = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=SLIP_LETTERS, max_size=12)


@given(NAMES)
def test_a_form_finds_itself(form: str) -> None:
    """What is asked for is among what is stored."""
    assert set(stored_keys(form)) <= set(asked_keys(form))
    assert len(asked_keys(form)) == len(set(asked_keys(form)))


@given(LONG, st.integers(0, 10))
def test_a_swap_is_found(form: str, place: int) -> None:
    """Two neighbours that change places leave the set of letters as it is."""
    place %= len(form) - 1
    slip = form[:place] + form[place + 1] + form[place] + form[place + 2 :]
    assert set(asked_keys(form)) & set(stored_keys(slip))


@given(LONG, st.integers(0, 12), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_letter_too_many_is_found_from_either_side(form: str, place: int, letter: str) -> None:
    """One letter more changes at most one bit of the set of letters."""
    slip = form[:place] + letter + form[place:]
    assert set(asked_keys(form)) & set(stored_keys(slip))
    assert set(asked_keys(slip)) & set(stored_keys(form))


@given(st.lists(NAMES | st.sampled_from(["", "us", "US", "f16", "名前", "r&d"]), max_size=8))
def test_columns_hold_every_key_of_every_name(forms: list[str]) -> None:
    """Rows are numbers of forms; what can be no name has no key."""
    keys, rows = key_columns(forms)
    expected = [
        (key, row)
        for row, form in enumerate(forms)
        if can_be_name(form)
        for key in stored_keys(form)
    ]
    assert list(zip(keys, rows, strict=True)) == expected


@given(NAMES)
def test_letter_sets_fit_26_bits(form: str) -> None:
    """They share the space of keys with the hashes of skeletons."""
    assert 0 < letter_set(form) < 1 << 26
    assert all(0 <= key < 1 << 32 for key in stored_keys(form))
