"""Words near each other, by operations on whole arrays.

In: for each word the sorted keys `document << 32 | token number` of its places. Out: the keys of
the places at which a match begins, sorted. What counts as near is what `whoosh.query.SpanNear2`
takes for near, with a least distance of 1: each word stands at most `slop` tokens after the one
before it, or, where the order does not matter, at most `slop` tokens away from what the words
before it span, but not inside that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import ragged

Keys = npt.NDArray[np.int64]

_LOW = (1 << 32) - 1
_FAR = 1 << 31  # more tokens than a passage has


def near(places: list[Keys], slop: int, ordered: bool) -> Keys:
    """Return where several words stand near each other.

    Args:
        places: For each word, in order, the keys of its places, sorted, each once. At least one
            word.
        slop: The greatest distance in tokens from one word to the next; 1 for side by side.
        ordered: Whether the words must come in the order given.

    Returns:
        The keys of the first tokens of all matches, sorted, each once.

    >>> ferry, night = np.array([3, 9]), np.array([1, 5])
    >>> near([ferry, night], 2, True).tolist(), near([ferry, night], 2, False).tolist()
    ([3], [1, 3])
    """
    slop = min(max(slop, 0), _FAR)
    if ordered:
        return _begins_in_order(places, slop)
    starts, ends = places[0], places[0]
    for word in places[1:]:
        starts, ends = _widened(starts, ends, word, slop)
    return np.unique(starts)


def _begins_in_order(places: list[Keys], slop: int) -> Keys:
    """Return which places of the first word begin a chain: found from the last word backwards."""
    following = places[-1]
    for word in reversed(places[:-1]):
        if not len(following):
            return following
        at = np.searchsorted(following, word, side="right")
        there = at < len(following)
        nearest = following[np.minimum(at, len(following) - 1)]
        following = word[there & (nearest <= np.minimum(word + slop, word | _LOW))]
    return following


def _widened(starts: Keys, ends: Keys, word: Keys, slop: int) -> tuple[Keys, Keys]:
    """Return all spans that a next word makes of spans: before their start or after their end."""
    after = np.searchsorted(word, ends, side="right")
    many = np.searchsorted(word, np.minimum(ends + slop, ends | _LOW), side="right") - after
    before = np.searchsorted(word, np.maximum(starts - slop, starts & ~_LOW))
    many_before = np.searchsorted(word, starts) - before
    later, earlier = word[ragged(after, many)], word[ragged(before, many_before)]
    spans = np.stack(
        (
            np.concatenate((np.repeat(starts, many), earlier)),
            np.concatenate((later, np.repeat(ends, many_before))),
        )
    )
    found = np.unique(spans, axis=1)
    return found[0], found[1]
