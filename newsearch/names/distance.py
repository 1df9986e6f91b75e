"""How far apart two spellings are, counted in the habits of romanisation.

In: two folded forms. Out: a number; 0 for the same letters, a few hundredths for each difference
between two ways of writing one name, up to 1 for each letter changed at random. Whether two
spellings are taken as one name is not decided here (see `matcher`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import inf

from newsearch.names.gates import bearers
from newsearch.names.romanisation import Bearers, Place, romanisation

# What one step takes of both spellings, its cost in hundredths, and where it may happen.
_Step = tuple[str, str, int, Place]
# Steps by the next letter of both spellings, "" where a step takes nothing of one of them.
_Steps = dict[tuple[str, str], list[_Step]]


def distance(left: str, right: str, limit: float = inf) -> float:
    """Return the cost of the cheapest way to turn one spelling into the other.

    Args:
        left: A folded form.
        right: Another; the order of the two does not matter.
        limit: Stop as soon as the distance is sure to be above this, at least 0; the lower, the
            faster.

    Returns:
        0 for equal spellings, else more, in hundredths; `math.inf` above the limit. Never more
        than the length of the longer spelling.

    >>> distance("zelenskyy", "selenskyj"), distance("zelensky", "biden", limit=0.4)
    (0.23, inf)
    """
    if left == right:
        return 0.0
    most = int(min(limit, len(left) + len(right)) * 100 + 0.5)
    steps = _steps(bearers(left, right))
    slips = most >= min(romanisation().swap, romanisation().letter)
    rows: list[dict[int, int]] = [{} for _ in range(len(left) + 1)]
    rows[0][0] = 0
    for here, row in enumerate(rows):
        for there in range(len(right) + 1) if row else ():
            spent = row.get(there)
            if spent is None:
                continue
            for took, gave, cost in _next(left, right, here, there, steps):
                _reach(rows[here + took], there + gave, spent + cost, most)
            if slips:
                for took, gave, cost in _slips(left, right, here, there):
                    _reach(rows[here + took], there + gave, spent + cost, most)
    total = rows[-1].get(len(right))
    return inf if total is None else total / 100


def _reach(row: dict[int, int], place: int, cost: int, most: int) -> None:
    """Note that a place can be reached, unless that is known more cheaply or is too dear."""
    if cost <= most and cost < row.get(place, most + 1):
        row[place] = cost


def _next(
    left: str, right: str, here: int, there: int, steps: _Steps
) -> Iterator[tuple[int, int, int]]:
    """Yield how far equal letters and each habit lead: letters of both sides and the cost."""
    one, other = left[here : here + 1], right[there : there + 1]
    if one == other:
        if one:
            yield 1, 1, 0
    for key in ((one, other), (one, ""), ("", other)):
        for gone, come, cost, place in steps.get(key, ()):
            if left.startswith(gone, here) and right.startswith(come, there):
                after = len(left) - here - len(gone), len(right) - there - len(come)
                if place == "anywhere" or _fits(place, (here, there), after):
                    yield len(gone), len(come), cost


def _fits(place: Place, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Return whether a step stands where its habit is found."""
    if place == "start":
        return before == (0, 0)
    if place == "end":
        return after == (0, 0)
    return min(before) > 0 and (place == "inside" or min(after) > 0)


def _slips(left: str, right: str, here: int, there: int) -> Iterator[tuple[int, int, int]]:
    """Yield the steps that are no habit: slips of the keyboard, and any letter for any other."""
    rules = romanisation()
    one, other = left[here : here + 2], right[there : there + 2]
    if one:
        yield 1, 0, rules.letter
    if other:
        yield 0, 1, rules.letter
    if one and other:
        yield 1, 1, rules.other
    if len(one) == 2 and one == other[::-1]:
        yield 2, 2, rules.swap


@cache
def _steps(whose: Bearers) -> _Steps:
    """Return by first letters the habits of all names and those of one kind of names."""
    cheapest: dict[tuple[str, str, Place], int] = {}
    for rule in romanisation().operations:
        if rule.only in ("all", whose):
            key = rule.left, rule.right, rule.place
            cheapest[key] = min(rule.cost, cheapest.get(key, rule.cost))
    table: _Steps = {}
    for (gone, come, place), cost in cheapest.items():
        table.setdefault((gone[:1], come[:1]), []).append((gone, come, cost, place))
    return table
