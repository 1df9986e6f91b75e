"""The habits of romanisation as the steps of an edit distance.

In: the rules (`romanisation`). Out: what a step takes of two spellings, what it costs and where it
may happen, arranged so that `distance` finds the few that can begin at a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsearch.names.romanisation import Bearers, Place, romanisation

# Where in the other spelling a step may happen, as bits.
ANYWHERE, START, INSIDE, MIDDLE, END = 1, 2, 4, 8, 16
_PLACES: dict[Place, int] = {
    "anywhere": ANYWHERE,
    "start": START,
    "inside": INSIDE,
    "middle": MIDDLE,
    "end": END,
}
Whose = Bearers | Literal["anyone"]


def allowed(starts: bool, ends: bool) -> int:
    """Return where a step may happen that begins or ends where the other spelling does."""
    here = ANYWHERE | (START if starts else INSIDE) | (END if ends else 0)
    return here if starts or ends else here | MIDDLE


def fits(where: int, place: int, after: int, length: int) -> bool:
    """Return whether a step is where it may happen in the one spelling."""
    if where == ANYWHERE:
        return True
    if where == START or where == END:
        return place == 0 if where == START else after == length
    return place > 0 and (where == INSIDE or after < length)


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of some names.

    Attributes:
        costs: What a step takes of both spellings, to its costs and where it may happen.
        comes: What steps may take of one of them.
        begun: What a step takes of the one, to the beginnings of what it may take of the other,
            where it may happen, and what it costs at least.
        longest: The most letters that a step takes.
    """

    costs: dict[tuple[str, str], list[tuple[int, int]]]
    comes: frozenset[str]
    begun: dict[str, dict[tuple[str, int], int]]
    longest: int


@cache
def habits(whose: Whose) -> Habits:
    cheapest: dict[tuple[str, str, Place], int] = {}
    for one, other, cost, place, only in romanisation().operations:
        if only in ("all", whose) or whose == "anyone":
            for key in ((one, other, place), (other, one, place)):
                cheapest[key] = min(cost, cheapest.get(key, cost))
    costs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    begun: dict[str, dict[tuple[str, int], int]] = {}
    for (gone, come, place), cost in cheapest.items():
        costs.setdefault((gone, come), []).append((cost, _PLACES[place]))
        known = begun.setdefault(gone, {})
        # What counts only at the end is not in the row of a beginning: it is still to come there.
        for many in range(1, len(come) + (place == "end")):
            beginning = come[:many], _PLACES[place]
            known[beginning] = min(cost, known.get(beginning, cost))
    comes = frozenset([come for _, come in costs])
    return Habits(costs, comes, begun, max(map(len, comes)))
