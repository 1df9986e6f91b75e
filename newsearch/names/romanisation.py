"""The habits of romanisation as data: which letters stand for which, and at what cost.

In: `romanisation.toml`, in its compiled form (see `compiling`), read once. Out: `Romanisation`,
plain values. It measures nothing (see `distance`) and decides nothing (see `gates`, `judging`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Literal

from newsearch.names.compiled import compiled

Place = Literal["anywhere", "start", "inside", "middle", "end"]
Bearers = Literal["all", "slavic", "free"]
# Letters in the one spelling, those that stand for them in the other ("" for none), the cost in
# hundredths, where in both spellings it may happen, and whose names have the habit: all, those
# with a Slavic ending, or those with neither a Slavic nor a Western one. In either direction.
Operation = tuple[str, str, int, Place, Bearers]
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Slips:
    """What a difference costs that is no habit, in hundredths.

    Attributes:
        swap: Two neighbours change places.
        vowel_missing, letter_missing: A vowel, another letter is missing or too many.
        vowel_changed: One vowel stands for another.
        key_beside: A letter stands for one beside it on the keyboard.
        letter_changed: Any letter stands for any other.
        first: What is added where it is the first letter.
    """

    swap: int
    vowel_missing: int
    letter_missing: int
    vowel_changed: int
    key_beside: int
    letter_changed: int
    first: int


@dataclass(frozen=True, slots=True)
class Romanisation:
    """The rules, ready to use.

    Attributes:
        operations: Every cheap difference, once.
        slips: What other differences cost.
        keys_beside: Letter to those beside it on the keyboard.
        limits: By the letters of the shorter spelling, how far apart two spellings of one name
            may be, in hundredths; the last one is for all longer ones.
        slavic: Ending to its kind; an ending of one kind never stands for one of another.
        western: Endings of names that are spelled in Latin letters by those who bear them.
        added: Endings that turn a name into another word.
        peoples: Those of them that may replace one another.
        made: Ending to its kind, of words that are made from names; one of one kind never stands
            for one of another.
        feminine, masculine: Endings of first names that never stand for one another.
    """

    operations: tuple[Operation, ...]
    slips: Slips
    keys_beside: dict[str, str]
    limits: tuple[int, ...]
    slavic: dict[str, int]
    western: tuple[str, ...]
    added: frozenset[str]
    peoples: frozenset[str]
    made: dict[str, int]
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]


@cache
def romanisation() -> Romanisation:
    """Return the shipped rules.

    >>> any(rule[:2] in (("sch", "sh"), ("sh", "sch")) for rule in romanisation().operations)
    True
    """
    data = compiled("romanisation")
    return Romanisation(
        operations=tuple((a, b, cost, place, only) for a, b, cost, place, only in data["rules"]),
        slips=Slips(**data["slips"]),
        keys_beside=data["keys_beside"],
        limits=tuple(data["limits"]),
        slavic={end: kind for kind, ends in enumerate(data["slavic"]) for end in ends},
        western=tuple(data["western"]),
        added=frozenset(data["added"]),
        peoples=frozenset(data["peoples"]),
        made={end: kind for kind, ends in enumerate(data["made"]) for end in ends},
        feminine=tuple(data["feminine"]),
        masculine=tuple(data["masculine"]),
    )


def compile_romanisation(data: dict[str, Any]) -> dict[str, Any]:
    """Return the content of `romanisation.toml` in the form that is read at query time.

    Costs become whole hundredths, and each group of a class its pairs.
    """
    return {
        "rules": [
            [one, other, _hundredths(entry["cost"]), entry.get("where", "anywhere"),
             entry.get("only", "all")]
            for entry in data["class"]
            for group in entry["alike"]
            for one, other in combinations(
                ["" if part == _NOTHING else part for part in group.split()], 2
            )
        ],
        "slips": {name: _hundredths(cost) for name, cost in data["slip"].items()},
        "keys_beside": {
            letter: (" " + row)[at] + (row + " ")[at + 1]
            for row in data["keyboard"]["rows"]
            for at, letter in enumerate(row)
        },
        "limits": [_hundredths(limit) for limit in data["limits"]["by_letters"]],
        **data["endings"],
    }  # fmt: skip


def _hundredths(cost: float) -> int:
    return round(cost * 100)
