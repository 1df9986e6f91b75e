"""The habits of romanisation as the steps of an edit distance.

In: the rules (`romanisation`). Out: what a step takes of two spellings, what it costs and where it
may happen, arranged so that `distance` finds the few that can begin at a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase
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
# How many letters a step takes of the one spelling, its cost in hundredths, where it may happen.
Step = tuple[int, int, int]
_VOWELS = frozenset("aeiouy")
Whose = Bearers | Literal["anyone"]


def allowed(starts: bool, ends: bool) -> int:
    """Return where a step may happen that begins or ends where the other spelling does."""
    here = ANYWHERE | (START if starts else INSIDE) | (END if ends else 0)
    return here if starts or ends else here | MIDDLE


def fits(where: int, starts: bool, ends: bool) -> bool:
    """Return whether a step may begin or end where the one spelling does."""
    if where == ANYWHERE:
        return True
    if where == START or where == END:
        return starts if where == START else ends
    return not starts and (where == INSIDE or not ends)


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of some names.

    Attributes:
        steps: What a step takes of the one spelling, to what it takes of the other, to the steps.
        comes: What steps may take of one of them.
        begun: What a step takes of the one, to the beginnings of what it may take of the other,
            where it may happen, and what it costs at least.
        longest: The most letters that a step takes.
    """

    steps: dict[str, dict[str, list[Step]]]
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
    steps: dict[str, dict[str, list[Step]]] = {}
    begun: dict[str, dict[tuple[str, int], int]] = {}
    for (gone, come, place), cost in cheapest.items():
        steps.setdefault(gone, {}).setdefault(come, []).append((len(gone), cost, _PLACES[place]))
        known = begun.setdefault(gone, {})
        # What counts only at the end is not in the row of a beginning: it is still to come there.
        for many in range(1, len(come) + (place == "end")):
            beginning = come[:many], _PLACES[place]
            known[beginning] = min(cost, known.get(beginning, cost))
    comes = frozenset(steps)  # what may stand for something, something may stand for
    return Habits(steps, comes, begun, max(map(len, comes)))


@cache
def fitting(whose: Whose, gone: str, starts: bool, ends: bool) -> dict[str, list[Step]]:
    """Return the habits that take some letters of the one spelling, by what they take of the other.

    Args:
        whose: The names whose habits count.
        gone: The letters, which must be among the `steps` of these habits.
        starts, ends: Whether the spelling begins, ends with them.
    """
    steps = habits(whose).steps[gone].items()
    return {come: [step for step in some if fits(step[2], starts, ends)] for come, some in steps}


@cache
def slips(most: int, starts: bool, ends: bool, left: str) -> dict[str, list[Step]]:
    """Return the steps that are no habit and take at most one letter of either spelling.

    Args:
        most: What a step may cost.
        starts, ends: Whether the one spelling begins there, and whether it ends after that letter.
        left: Its letter there, "" for none.

    Returns:
        By the other's letter; "" for those that take none.
    """
    cost = romanisation().slips
    found: dict[str, list[Step]] = {}
    for come in ("", *ascii_lowercase):
        steps = [(1, 0, ANYWHERE)] if left == come != "" else []
        costs = []
        if come:
            costs.append((0, cost.vowel_missing if come in _VOWELS else cost.letter_missing))
        elif left:
            costs.append((1, cost.vowel_missing if left in _VOWELS else cost.letter_missing))
        if come and left and come != left:
            vowels = come in _VOWELS and left in _VOWELS
            costs.append((1, cost.vowel_changed if vowels else cost.letter_changed))
        for taken, each in costs:
            steps += once(taken, each, starts)
        if left and come in romanisation().keys_beside[left] and not starts and not ends and come:
            steps.append((1, cost.key_beside, MIDDLE))
        found[come] = [step for step in steps if step[1] <= most]
    return found


def once(taken: int, cost: int, starts: bool) -> list[Step]:
    """Return the steps of one slip, which costs more where either spelling begins."""
    first = romanisation().slips.first
    return [(taken, cost + first * starts, INSIDE), (taken, cost + first, START)]
