"""The habits of romanisation as data: which letters stand for which, and at what cost.

In: `romanisation.toml`, shipped and read once. Out: `Romanisation`, plain values. It measures
nothing (see `distance`) and decides nothing (see `gates` and `matcher`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import permutations
from typing import Any, Literal

Place = Literal["anywhere", "start", "inside", "middle", "end"]
Bearers = Literal["all", "slavic", "free"]
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Operation:
    """One difference between two spellings, in one direction.

    Attributes:
        left: Letters in the one spelling; "" for none.
        right: The letters that stand for them in the other; "" for none.
        cost: What it adds to the distance, in hundredths, 1 to 100.
        place: Where in both spellings it may happen.
        only: Whose names have it: all, those with a Slavic ending, or those with neither a
            Slavic nor a Western one.
    """

    left: str
    right: str
    cost: int
    place: Place
    only: Bearers


@dataclass(frozen=True, slots=True)
class Romanisation:
    """The rules, ready to use.

    Attributes:
        operations: Every cheap difference, in both directions.
        swap: What two neighbours that change places cost, in hundredths.
        letter: What a missing or extra letter costs, in hundredths.
        other: What any letter for any other costs, in hundredths.
        slavic: Ending to its kind; an ending of one kind never stands for one of another.
        western: Endings of names that are spelled in Latin letters by those who bear them.
        added: Endings that turn a name into another word.
    """

    operations: tuple[Operation, ...]
    swap: int
    letter: int
    other: int
    slavic: dict[str, int]
    western: tuple[str, ...]
    added: frozenset[str]


@cache
def romanisation() -> Romanisation:
    """Return the shipped rules.

    >>> any(rule.left == "sch" and rule.right == "sh" for rule in romanisation().operations)
    True
    """
    text = resources.files("newsearch.names").joinpath("romanisation.toml").read_text("utf-8")
    data = tomllib.loads(text)
    slip, endings = data["slip"], data["endings"]
    return Romanisation(
        operations=tuple(rule for entry in data["class"] for rule in _operations(entry)),
        swap=_hundredths(slip["swap"]),
        letter=_hundredths(slip["letter"]),
        other=_hundredths(slip["other"]),
        slavic={end: kind for kind, ends in enumerate(endings["slavic"]) for end in ends},
        western=tuple(endings["western"]),
        added=frozenset(endings["added"]),
    )


def _operations(entry: dict[str, Any]) -> Iterator[Operation]:
    """Yield every ordered pair out of the groups of one class."""
    for group in entry["alike"]:
        letters = ["" if part == _NOTHING else part for part in group.split()]
        for left, right in permutations(letters, 2):
            yield Operation(
                left=left,
                right=right,
                cost=_hundredths(entry["cost"]),
                place=entry.get("where", "anywhere"),
                only=entry.get("only", "all"),
            )


def _hundredths(cost: float) -> int:
    return round(cost * 100)
