"""The best of a union are the best of all of it, whatever was not looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.engines.local.listed import Listed
from newsearch.engines.local.topk import best_of_union, only_best

PASSAGES = 20_000


def listed(seed: int, count: int, top: float) -> Listed:
    """Return a list of so many passages, with scores like those of a word, many of them equal."""
    rng = np.random.default_rng(seed)
    documents = np.sort(rng.choice(PASSAGES, count, replace=False))
    scores = np.round(top * rng.beta(2, 4, count), 2) + 0.01
    return Listed(documents, scores, PASSAGES)


lists = st.lists(
    st.builds(
        listed,
        st.integers(0, 999),
        # Short lists, those that have levels, and those that are nearly everywhere.
        st.sampled_from((1, 9, 90, 311, 320, 2000, 6000, 19_000)),
        st.floats(0.5, 9),
    ),
    min_size=1,
    max_size=4,
)


@given(lists, st.sampled_from((1, 10, 100, 700)))
@settings(deadline=None, max_examples=200)
def test_best(lists: list[Listed], limit: int) -> None:
    """The same passages and scores, to the bit, as adding all up and sorting gives."""
    dense = np.zeros(PASSAGES)
    for each in lists:
        dense[each.documents] += each.scores
    expected = sorted(np.flatnonzero(dense).tolist(), key=lambda at: (-dense[at], at))[:limit]
    documents, scores = only_best(*best_of_union(lists, limit), limit)
    assert sorted(expected) == documents.tolist()
    assert dense[documents].tolist() == scores.tolist()


@given(lists, st.integers(0, 99))
@settings(deadline=None, max_examples=100)
def test_looking_up(lists: list[Listed], seed: int) -> None:
    """Many passages or few: who is in a list, and that none scores more than is said."""
    rng = np.random.default_rng(seed)
    for each in lists:
        known = dict(zip(each.documents.tolist(), each.scores.tolist(), strict=True))
        for count in (0, 3, 300, 5000):
            wanted = np.sort(rng.choice(PASSAGES, count, replace=False))
            scores = [known.get(at, 0.0) for at in wanted.tolist()]
            assert [at in known for at in wanted.tolist()] == each.holds(wanted).tolist()
            assert scores == each.of(wanted).tolist()
            assert (each.most_of(wanted) >= np.array(scores)).all()


@pytest.mark.parametrize(("limit", "expected"), [(0, []), (1, [2]), (2, [1, 2]), (3, [1, 2, 5])])
def test_only_best(limit: int, expected: list[int]) -> None:
    """Of equal scores at the limit, the first passages are taken."""
    documents, _ = only_best(np.array([1, 2, 5, 7]), np.array([2.0, 3.0, 2.0, 2.0]), limit)
    assert expected == documents.tolist()
