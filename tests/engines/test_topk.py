"""The best of a union are the best of all of it, whatever was not looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.engines.local.arrays import Documents, Scores, only_best
from newsearch.engines.local.finding.bitmaps import Sought
from newsearch.engines.local.finding.listed import Scored, listed, scored
from newsearch.engines.local.finding.longlist import LongList
from newsearch.engines.local.finding.reaching import in_all, in_any
from newsearch.engines.local.finding.shortlist import ShortList
from newsearch.engines.local.finding.topk import best_of_union

PASSAGES = 140_000  # so many that long lists are bitmaps
NORMS = np.random.default_rng(7).integers(20, 40, PASSAGES) / 16  # few, so that many scores tie


def drawn(seed: int, count: int) -> tuple[Documents, Scores]:
    """Return so many passages, with frequencies like those of a word and of faint forms."""
    rng = np.random.default_rng(seed)
    documents = np.sort(rng.choice(PASSAGES, count, replace=False))
    return documents, rng.geometric(0.6, count) / rng.choice((1, 2))


def word(seed: int, count: int, top: float) -> Scored:
    """Return a list of so many passages, scored; every third one is of two words."""

    def score(passages: Sought, frequencies: Scores) -> Scores:
        return top * (frequencies / (frequencies + NORMS[passages.documents]))

    parts = [(listed(*drawn(seed, count), PASSAGES), score)]
    if seed % 3 == 0:
        parts.append((listed(*drawn(seed + 1, count // 2 + 1), PASSAGES), score))
    return scored(parts, [held.documents for held, _ in parts], PASSAGES)


# Short lists, those that have levels, long ones, and those that are nearly everywhere.
counts = st.sampled_from((1, 9, 90, 2180, 2190, 6000, 16_383, 16_384, 30_000, 139_000))
words = st.lists(
    st.builds(word, st.integers(0, 999), counts, st.floats(0.5, 9) | st.just(0.0)),
    min_size=1,
    max_size=8,
)


@given(words, st.sampled_from((1, 10, 100, 700)))
@settings(deadline=None, max_examples=200)
def test_best(lists: list[Scored], limit: int) -> None:
    """The same passages and scores, to the bit, as adding all up and sorting gives."""
    dense, held = np.zeros(PASSAGES), np.zeros(PASSAGES, bool)
    for each in lists:
        dense[each.documents] += each.scores
        held[each.documents] = True
    expected = sorted(np.flatnonzero(held).tolist(), key=lambda at: (-dense[at], at))[:limit]
    documents, scores = only_best(*best_of_union(lists, limit), limit)
    assert sorted(expected) == documents.tolist()
    assert dense[documents].tolist() == scores.tolist()


@given(words)
@settings(deadline=None, max_examples=50)
def test_in_all_and_in_any(lists: list[Scored]) -> None:
    sets = [set(each.documents.tolist()) for each in lists]
    assert sorted(set.intersection(*sets)) == in_all(lists).tolist()
    assert sorted(set.union(*sets)) == in_any(lists).tolist()


@given(words, st.integers(0, 99))
@settings(deadline=None, max_examples=100)
def test_looking_up(lists: list[Scored], seed: int) -> None:
    """Many passages or few: who is in a list, and that none scores more than is said."""
    rng = np.random.default_rng(seed)
    for each in lists:
        known = dict(zip(each.documents.tolist(), each.scores.tolist(), strict=True))
        assert len(each) == len(known)
        assert each.most == max(known.values())
        for count in (0, 3, 300, 5000):
            wanted = np.sort(rng.choice(PASSAGES, count, replace=False))
            scores = [known.get(at, 0.0) for at in wanted.tolist()]
            assert [at in known for at in wanted.tolist()] == each.holds(wanted).tolist()
            assert scores == each.of(Sought(wanted)).tolist()
            if isinstance(each, ShortList):
                assert (each.most_of(wanted) >= np.array(scores)).all()


@pytest.mark.parametrize("most", [3, 127, 128, 70_000])
@pytest.mark.parametrize("unit", [1.0, 0.5, 0.3])
def test_frequencies_of_many(most: int, unit: float) -> None:
    """However large, and whatever they are multiples of, they come back as they were."""
    documents, _ = drawn(1, 17_000)
    frequencies = np.random.default_rng(2).integers(1, most + 1, 17_000) * unit
    frequencies[-1] = most * unit
    many = listed(documents, frequencies, PASSAGES)
    assert isinstance(many, LongList)
    assert many.documents.tolist() == documents.tolist()
    assert many.scores.tolist() == frequencies.tolist()
    assert many.of(Sought(documents[::7])).tolist() == frequencies[::7].tolist()


@pytest.mark.parametrize("limit", [1, 2, 3, 9])
def test_scores_below_nothing(limit: int) -> None:
    """A word may count against a passage that holds it; it is found all the same."""
    few = ShortList(np.array([1, 4, 6]), np.array([-2.0, -1.0, -3.0]), PASSAGES)
    documents, _ = few.best(limit)
    assert [[4], [1, 4], [1, 4, 6]][min(limit, 3) - 1] == documents.tolist()


@pytest.mark.parametrize("most", [3, 200])
@given(st.integers(0, 99), st.sampled_from((0, 1, 40, 900)))
@settings(deadline=None, max_examples=10)
def test_occurrences(most: int, seed: int, count: int) -> None:
    """Where the occurrences in a passage stand among all of a word, however many one holds."""
    documents, _ = drawn(1, 17_000)
    frequencies = np.random.default_rng(3).integers(1, most + 1, 17_000)
    many = listed(documents, frequencies.astype(np.float64), PASSAGES)
    assert isinstance(many, LongList)
    dense = np.zeros(PASSAGES, np.int64)
    dense[documents] = frequencies
    wanted = np.sort(np.random.default_rng(seed).choice(PASSAGES, count, replace=False))
    before, held = many.occurrences(Sought(wanted))
    assert dense[wanted].tolist() == held.tolist()
    assert (dense.cumsum() - dense)[wanted].tolist() == before.tolist()


@pytest.mark.parametrize(("limit", "expected"), [(0, []), (1, [2]), (2, [1, 2]), (3, [1, 2, 5])])
def test_only_best(limit: int, expected: list[int]) -> None:
    """Of equal scores at the limit, the first passages are taken."""
    documents, _ = only_best(np.array([1, 2, 5, 7]), np.array([2.0, 3.0, 2.0, 2.0]), limit)
    assert expected == documents.tolist()
