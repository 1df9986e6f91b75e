"""How far apart two spellings are, counted in the habits of romanisation.

In: two folded forms. Out: a number; 0 for the same letters, a few hundredths for each difference
between two ways of writing one name, more for each slip of the keyboard, up to 1 for a letter
changed at random. Whether two spellings are taken as one name is not decided here (see
`judging`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf

from newsearch.names.gates import bearers
from newsearch.names.keys import letter_set
from newsearch.names.romanisation import Bearers, Place, romanisation

# A step: what it takes of both spellings, its cost in hundredths, where it may happen.
_Step = tuple[str, str, int, Place]
_VOWELS = frozenset("aeiouy")


def distance(left: str, right: str, limit: float = inf) -> float:
    """Return the cost of the cheapest way to turn one spelling into the other.

    Args:
        left: A folded form.
        right: Another; the order of the two does not matter.
        limit: Stop as soon as the distance is sure to be above this, at least 0; the lower, the
            faster.

    Returns:
        0 for equal spellings, else more, in hundredths; `math.inf` above the limit. Never more
        than one for each letter of the longer spelling, and a little for the first letter.

    >>> distance("zelensky", "zelensky"), distance("zelensky", "biden", limit=0.4)
    (0.0, inf)
    """
    if left == right:
        return 0.0
    most = int(min(limit, len(left) + len(right) + 1) * 100 + 0.5)
    if _least(letter_set(left) ^ letter_set(right)) > most:
        return inf
    steps = _steps(bearers(left, right))
    slip = romanisation().slips
    cheapest_slip = min(slip.swap, slip.vowel_missing, slip.letter_missing)
    width, height = len(right), len(left)
    rows: list[dict[int, int]] = [{} for _ in range(height + 1)]
    rows[0][0] = 0
    for here, row in enumerate(rows):
        one = left[here : here + 1]
        there = min(row, default=width + 1)
        while there <= width:
            spent = row.get(there)
            if spent is None:
                there += 1
                continue
            other = right[there : there + 1]
            if one == other and one:
                _reach(rows[here + 1], there + 1, spent, most)
            room = most - spent
            for gone, come, cost, place in steps.of(one, other):
                if cost > room:
                    break
                if not (left.startswith(gone, here) and right.startswith(come, there)):
                    continue
                took, gave = here + len(gone), there + len(come)
                if place == "anywhere" or _fits(
                    place, (here, there), (height - took, width - gave)
                ):
                    _reach(rows[took], gave, spent + cost, most)
            if room >= cheapest_slip:
                first = slip.first if here == 0 or there == 0 else 0
                for took, gave, cost in _slips(left[here : here + 2], right[there : there + 2]):
                    _reach(rows[here + took], there + gave, spent + cost + first, most)
            there += 1
    total = rows[-1].get(width)
    return inf if total is None else total / 100


@lru_cache(maxsize=50_000)
def _least(different: int) -> float:
    """Return what it costs at least to bring in or do away with some letters, in hundredths.

    Args:
        different: The letters, as `keys.letter_set` gives them.
    """
    prices = _prices()
    least = 0.0
    while different:
        lowest = different & -different
        least += prices[lowest]
        different ^= lowest
    return least


@cache
def _prices() -> dict[int, float]:
    """Return by letter, as a bit, its least share of the cost of a step that brings it in."""
    slips = romanisation().slips
    prices = {1 << place: float(slips.letter_missing) for place in range(26)}
    for vowel in _VOWELS:
        prices[letter_set(vowel)] = min(slips.vowel_missing, slips.vowel_changed / 2)
    for one, other, cost, *_ in romanisation().operations:
        different = letter_set(one) ^ letter_set(other)
        share = cost / max(1, different.bit_count())
        for letter in set(one + other):
            bit = letter_set(letter)
            if different & bit:
                prices[bit] = min(prices[bit], share)
    return prices


def _reach(row: dict[int, int], place: int, cost: int, most: int) -> None:
    """Note that a place can be reached, unless that is known more cheaply or is too dear."""
    if cost <= most and cost < row.get(place, most + 1):
        row[place] = cost


def _fits(place: Place, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Return whether a step stands where its habit is found."""
    if place == "start":
        return before == (0, 0)
    if place == "end":
        return after == (0, 0)
    return min(before) > 0 and (place == "inside" or min(after) > 0)


def _slips(one: str, other: str) -> list[tuple[int, int, int]]:
    """Return the steps that are no habit, given the next two letters of both sides."""
    slip = romanisation().slips
    found = []
    if one:
        found.append((1, 0, slip.vowel_missing if one[0] in _VOWELS else slip.letter_missing))
    if other:
        found.append((0, 1, slip.vowel_missing if other[0] in _VOWELS else slip.letter_missing))
    if one and other and one[0] != other[0]:
        vowels = one[0] in _VOWELS and other[0] in _VOWELS
        found.append((1, 1, slip.vowel_changed if vowels else slip.letter_changed))
        if len(one) == 2 and one == other[::-1]:
            found.append((2, 2, slip.swap))
    return found


@dataclass(frozen=True, slots=True)
class _Steps:
    """The habits that one kind of names has.

    Attributes:
        by_letters: Steps by the first letters that they take, "" where they take none.
        found: What `of` has put together so far.
    """

    by_letters: dict[tuple[str, str], list[_Step]]
    found: dict[tuple[str, str], list[_Step]]

    def of(self, one: str, other: str) -> list[_Step]:
        """Return the steps that may begin at two next letters, cheapest first; "" at an end."""
        key = one, other
        steps = self.found.get(key)
        if steps is None:
            keys = dict.fromkeys((key, (one, ""), ("", other)))
            steps = [step for each in keys for step in self.by_letters.get(each, ())]
            steps.sort(key=lambda step: step[2])
            self.found[key] = steps
        return steps


@cache
def _steps(whose: Bearers) -> _Steps:
    """Return the habits of all names and those of one kind of names."""
    cheapest: dict[tuple[str, str, Place], int] = {}
    for one, other, cost, place, only in romanisation().operations:
        if only == "all" or only == whose:
            for key in ((one, other, place), (other, one, place)):
                cheapest[key] = min(cost, cheapest.get(key, cost))
    table: dict[tuple[str, str], list[_Step]] = {}
    for (gone, come, place), cost in cheapest.items():
        table.setdefault((gone[:1], come[:1]), []).append((gone, come, cost, place))
    return _Steps(table, {})
