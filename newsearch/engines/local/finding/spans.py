"""Groups of words near each other, and what is said often, by operations on whole arrays.

In: a `Close` or an `AtLeast`, and the places of the words in it. Out: where its matches begin, and
which places of each of its words take part in one. A place is a key `document << 32 | token`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import ragged
from newsearch.query.spans import AtLeast, Close, Side

Keys = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_SHIFT = 32
_LOW = (1 << _SHIFT) - 1
_FAR = 1 << 31  # more tokens than a passage has
_AT_ONCE = 1_000_000  # places that are compared at a time: tens of megabytes


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a leaf that is made of others matches.

    Attributes:
        begins: The first places of its matches, sorted, each once.
        parts: For each word and phrase in it, the places that take part; sorted.
    """

    begins: Keys
    parts: tuple[Keys, ...]

    @property
    def numbers(self) -> int:
        """How many numbers of eight bytes it holds."""
        return len(self.begins) + sum(map(len, self.parts))


@dataclass(frozen=True, slots=True)
class _Spans:
    """Matches of something, sorted by their first places.

    Attributes:
        starts, ends: The first and the last place of each.
        parts: Given which of the matches count, says for each word inside which of its places do.
    """

    starts: Keys
    ends: Keys
    parts: Callable[[Truths], list[Truths]]


def matched(
    leaf: Close | AtLeast, places: list[Keys], sentences: Callable[[Keys], Keys]
) -> Matched:
    """Return where a leaf matches.

    Args:
        leaf: The leaf.
        places: For each of `leaf.leaves` the places where it begins, sorted.
        sentences: Given documents, sorted, returns the places at which their sentences begin.
    """
    documents = _documents(leaf, iter([np.unique(keys >> _SHIFT) for keys in places]))
    places = [keys[_among(keys >> _SHIFT, documents)] for keys in places]
    pieces = max(1, -(-sum(map(len, places)) // _AT_ONCE))
    found = [
        _piece(leaf, places, some, sentences)
        for some in np.array_split(documents, pieces)
        if len(some)
    ]
    none = [np.zeros(0, np.int64)]
    return Matched(
        np.concatenate(none + [each.begins for each in found]),
        tuple(
            np.concatenate(none + [each.parts[which] for each in found])
            for which in range(len(places))
        ),
    )


def _piece(
    leaf: Close | AtLeast,
    places: list[Keys],
    documents: Keys,
    sentences: Callable[[Keys], Keys],
) -> Matched:
    """Return where a leaf matches in some documents."""
    bounds = documents[[0, -1]] + (0, 1) << _SHIFT
    here = [keys[slice(*keys.searchsorted(bounds))] for keys in places]
    limits = sentences(documents) if _asks_for_sentences(leaf) else documents[:0]
    spans = _spans(leaf, iter(here), limits)
    masks = spans.parts(np.ones(len(spans.starts), bool))
    parts = tuple(keys[mask] for keys, mask in zip(here, masks, strict=True))
    return Matched(np.unique(spans.starts), parts)


def _documents(leaf: Any, each: Any) -> Keys:
    """Return the documents that hold something of every side."""
    if not isinstance(leaf, (Close, AtLeast)):
        found: Keys = next(each)
        return found
    sides = [reduce(np.union1d, [_documents(inner, each) for inner in side]) for side in leaf.sides]
    return reduce(_common, sides)


def _common(one: Keys, other: Keys) -> Keys:
    return np.intersect1d(one, other, assume_unique=True)


def _among(numbers: Keys, wanted: Keys) -> Truths:
    if not len(wanted):
        return np.zeros(len(numbers), bool)
    at = np.minimum(wanted.searchsorted(numbers), len(wanted) - 1)
    there: Truths = wanted[at] == numbers
    return there


def _asks_for_sentences(leaf: Any) -> bool:
    if isinstance(leaf, Close) and not leaf.slop:
        return True
    sides = leaf.sides if isinstance(leaf, (Close, AtLeast)) else ()
    return any(_asks_for_sentences(inner) for side in sides for inner in side)


def _spans(leaf: Any, places: Any, limits: Keys) -> _Spans:
    """Return the matches of a leaf, of which `places` yields those of its words in order."""
    if isinstance(leaf, Close):
        a, b = [_side(side, places, limits) for side in leaf.sides]
        return _close(leaf, a, b, limits)
    if isinstance(leaf, AtLeast):
        return _often(_side(leaf.sides[0], places, limits), leaf.least)
    keys = next(places)
    return _Spans(keys, keys + (len(leaf.places) - 1), lambda kept: [kept])


def _side(side: Side, places: Any, limits: Keys) -> _Spans:
    """Return the matches of any of several leaves."""
    found = [_spans(leaf, places, limits) for leaf in side]
    if len(found) == 1:
        return found[0]
    starts = np.concatenate([each.starts for each in found])
    order = np.argsort(starts, kind="stable")
    cuts = np.cumsum([len(each.starts) for each in found])[:-1]

    def parts(kept: Truths) -> list[Truths]:
        back = np.zeros(len(order), bool)
        back[order] = kept
        split = zip(found, np.split(back, cuts), strict=True)
        return [mask for each, ours in split for mask in each.parts(ours)]

    return _Spans(starts[order], np.concatenate([each.ends for each in found])[order], parts)


def _often(spans: _Spans, least: int) -> _Spans:
    opens = np.diff(spans.starts, prepend=-1) != 0  # what begins at one word counts once
    documents = spans.starts >> _SHIFT
    there, which = np.unique(documents, return_inverse=True)
    enough = np.bincount(which[opens], minlength=len(there))[which] >= least

    def parts(kept: Truths) -> list[Truths]:
        mask = enough.copy()
        mask[enough] = kept
        return spans.parts(mask)

    return _Spans(spans.starts[enough], spans.ends[enough], parts)


def _close(leaf: Close, a: _Spans, b: _Spans, limits: Keys) -> _Spans:
    """Return the spans from the beginning of one to the end of the other where both are near."""
    of_a, of_b = _following(leaf, a, b, limits)
    if not leaf.ordered:
        more_b, more_a = _following(leaf, b, a, limits)
        of_a, of_b = np.concatenate((of_a, more_a)), np.concatenate((of_b, more_b))
    starts = np.minimum(a.starts[of_a], b.starts[of_b])
    ends = np.maximum(a.ends[of_a], b.ends[of_b])
    order = np.lexsort((ends, starts))
    starts, ends, of_a, of_b = starts[order], ends[order], of_a[order], of_b[order]
    opens = (np.diff(starts, prepend=-1) != 0) | (np.diff(ends, prepend=-1) != 0)
    number = np.cumsum(opens) - 1

    def parts(kept: Truths) -> list[Truths]:
        pairs = kept[number]
        masks = np.zeros(len(a.starts), bool), np.zeros(len(b.starts), bool)
        masks[0][of_a[pairs]] = True
        masks[1][of_b[pairs]] = True
        return a.parts(masks[0]) + b.parts(masks[1])

    return _Spans(starts[opens], ends[opens], parts)


def _following(leaf: Close, one: _Spans, other: _Spans, limits: Keys) -> tuple[Keys, Keys]:
    """Return the pairs of which the second follows near the end of the first, as their numbers."""
    ends = one.ends
    if leaf.slop:
        reach = np.minimum(ends + min(leaf.slop, _FAR), ends | _LOW)
    else:
        reach = _sentence_ends(ends, limits)
    first = other.starts.searchsorted(ends, side="right")
    many = np.maximum(other.starts.searchsorted(reach, side="right") - first, 0)
    if not leaf.slop:  # the first must itself be within one sentence
        many[_sentence_ends(one.starts, limits) != reach] = 0
    ours, theirs = np.repeat(np.arange(len(ends)), many), ragged(first, many)
    if not leaf.slop:
        whole = other.ends[theirs] <= reach[ours]
        ours, theirs = ours[whole], theirs[whole]
    return ours, theirs


def _sentence_ends(places: Keys, limits: Keys) -> Keys:
    """Return for each place the last one of its sentence, or one between it and the next."""
    at = limits.searchsorted(places, side="right")
    after = np.append(limits, np.int64(1) << 62)[at] - 1
    ends: Keys = np.minimum(after, places | _LOW)
    return ends
