"""Sketches tell which passages may be copies, and forget none that are but a few."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import comb
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.answering.copies import shingles, similarity
from newsearch.engines import sketching
from newsearch.engines.sketching import ENOUGH, NUMBERS, SHINGLE, WIDTH, form_hashes, sketch

WORDS = st.lists(st.sampled_from("ferry tram US the of harbour é".split()), max_size=14)
PASSAGES = st.lists(WORDS, max_size=9)


def word(number: int) -> str:
    """Return a word of its own for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def sketches(passages: Sequence[Sequence[str]], vocabulary: Sequence[str] = ()) -> np.ndarray:
    """Return sketches of passages whose forms are numbered as they come after a vocabulary."""
    numbers = {form: number for number, form in enumerate(dict.fromkeys(vocabulary))}
    tokens = [numbers.setdefault(form, len(numbers)) for each in passages for form in each]
    ends = np.cumsum([len(each) for each in passages], dtype=np.int64)
    return sketch(np.array(tokens, np.uint32), ends, form_hashes(form.encode() for form in numbers))


@FEW
@given(PASSAGES, st.sampled_from([1, 7, 1 << 15]), st.booleans())
def test_alone_and_among_others(passages: list[list[str]], few: int, other: bool) -> None:
    """A sketch is of the words alone: not of neighbours, numbering or how many are made at once."""
    with patch.object(sketching, "_FEW", few):
        together = sketches(passages, ["harbour", "other", "tram"] if other else [])
    alone = [sketches([each])[0].tolist() for each in passages]
    assert alone == together.tolist()


@FEW
@given(WORDS, WORDS)
def test_equal_sketches(one: list[str], other: list[str]) -> None:
    """Equal are the sketches of the same shingles; those without words are zeros."""
    first, second = sketches([one, other]).tolist()
    if first == second and one:
        assert 1.0 == similarity(shingles(" ".join(one)), shingles(" ".join(other)))
    assert (first == [0] * WIDTH) == (not one)
    assert one == [] or 0 not in first[:NUMBERS]
    assert one != other or first == second


def changed(words: list[str], many: int, chance: random.Random) -> list[str]:
    """Return words of which some were replaced by others."""
    places = set(chance.sample(range(len(words)), many))
    return [
        word(chance.randrange(10**8, 10**9)) if at in places else each
        for at, each in enumerate(words)
    ]


@pytest.mark.parametrize("changes", [0, 1, 2, 3, 4, 6, 10, 20])
def test_recall(changes: int) -> None:
    """Of a passage and its copy with some words changed, each number is the same with chance j."""
    chance = random.Random(7)
    pairs, expected = [], []
    for _ in range(500):
        words = [word(chance.randrange(50_000)) for _ in range(100)]
        pairs += [words, changed(words, changes, chance)]
        alike = similarity(*(shingles(" ".join(each)) for each in pairs[-2:]))
        expected.append(
            [
                comb(NUMBERS, many) * alike**many * (1 - alike) ** (NUMBERS - many)
                for many in range(NUMBERS + 1)
            ]
        )
    made = sketches(pairs)
    shared = np.count_nonzero(made[0::2, :NUMBERS] == made[1::2, :NUMBERS], axis=1)
    found = np.bincount(shared, minlength=NUMBERS + 1) / len(shared)
    assert found == pytest.approx(np.mean(expected, axis=0), abs=0.05)
    enough = np.mean(expected, axis=0)[ENOUGH:].sum()
    assert (shared >= ENOUGH).mean() == pytest.approx(enough, abs=0.03)


def test_strangers() -> None:
    """Passages that share no more than a set phrase seem to be copies once in a hundred times."""
    chance = random.Random(7)
    phrase = "did not immediately respond to a request for comment on friday".split()
    made = sketches(
        [[*phrase, *(word(chance.randrange(50_000)) for _ in range(80))] for _ in range(400)]
    )
    pairs = [
        np.count_nonzero(made[one, :NUMBERS] == made[other, :NUMBERS]) >= ENOUGH
        for one in range(400)
        for other in range(one)
    ]
    assert sum(pairs) / len(pairs) < 0.01


def test_order_of_words() -> None:
    """The same words in another order are another passage, however short."""
    for many in (2, SHINGLE - 1, SHINGLE, SHINGLE + 1):
        words = [f"w{at}" for at in range(many)]
        one, other = sketches([words, words[::-1]])
        assert np.count_nonzero(one[:NUMBERS] == other[:NUMBERS]) < ENOUGH
