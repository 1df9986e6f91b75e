"""How far apart two spellings are, counted in the habits of romanisation.

In: two folded forms. Out: a number; 0 for the same letters, a few hundredths for each difference
between two ways of writing one name, more for each slip of the keyboard, up to 1 for a letter
changed at random. Whether two spellings are taken as one name is not decided here (see
`judging`).

A name is compared with hundreds of others, and most of them begin in a way that leads nowhere. So
the cheapest ways are worked out letter by letter of the other spelling, and what was found of a
beginning serves all that begin so (`_Reach`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import inf
from string import ascii_lowercase

from newsearch.names.gates import bearers
from newsearch.names.habits import (
    Step,
    Whose,
    allowed,
    fits,
    fitting,
    habits,
    once,
    slips,
)
from newsearch.names.romanisation import romanisation

# At a place in the other spelling: places in this one that can be reached, and the least cost.
_Row = dict[int, int]
_REMEMBERED = 32  # spellings whose reach is kept, of some 100 kB each


def distance(left: str, right: str, limit: float = inf) -> float:
    """Return the cost of the cheapest way to turn one spelling into the other.

    Args:
        left: A folded form.
        right: Another. The order of the two does not matter, but many with the same left one and
            the same limit are faster.
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
    most = _hundredths(min(limit, len(left) + len(right) + 1))
    cost = _reach(left, most, bearers(left, right)).cost(right)
    return inf if cost is None else cost / 100


def within(form: str, others: Iterable[str], limit: float) -> list[str]:
    """Return those of some forms that are within a distance of one, and perhaps some more, sorted.

    It counts the habits of all names, whosever a pair is.
    """
    cost = _reach(form, _hundredths(limit), "anyone").cost
    return sorted([other for other in others if cost(other) is not None])


def first_letters(form: str, limit: float) -> str:
    """Return the letters that a spelling within a distance of a form may begin with, sorted.

    >>> first_letters("qasim", 0.15)
    'cgkq'
    """
    return "".join(filter(_reach(form, _hundredths(limit), "anyone").may_begin, ascii_lowercase))


def _hundredths(limit: float) -> int:
    return int(limit * 100 + 0.5)


class _Beginning:
    """A beginning of other spellings.

    Attributes:
        letters: The last ones, as many as one step takes at most.
        rows: What can be reached at its end, one letter before, and so on; as many.
        many: How many letters it has.
        further: Letter to the beginning with it, None for a dead end; those that were asked for.
        cost: The distance of the spelling that is just this, None if it is too far; -1 where
            that was not asked.
    """

    __slots__ = ("cost", "further", "letters", "many", "rows")

    def __init__(self, letters: str, rows: tuple[_Row, ...], many: int) -> None:
        self.letters, self.rows, self.many = letters, rows, many
        self.further: dict[str, _Beginning | None] = {}
        self.cost: int | None = -1


class _Reach:
    """What lies within a distance of a spelling; several threads may find it together.

    Args:
        form: The spelling.
        most: The distance, in hundredths.
        whose: The names whose habits count.
    """

    def __init__(self, form: str, most: int, whose: Whose) -> None:
        self.form, self.habits = form, habits(whose)
        self._most = most
        steps, longest, many = self.habits.steps, self.habits.longest, len(form)
        self._known = [
            [
                fitting(whose, form[place:after], not place, after == many)
                for after in range(place, min(place + longest, many) + 1)
                if form[place:after] in steps
            ]
            for place in range(many + 1)
        ]
        self._slips = [
            slips(most, not at, at + 1 == many, form[at : at + 1]) for at in range(many + 1)
        ]
        self._steps: list[dict[str, list[Step]]] = [{} for _ in self._known]
        self._begun: list[set[str] | None] = [None for _ in self._known]
        self._swapped = {form[at + 1] + form[at] for at in range(len(form) - 1)}
        self._start = _Beginning("", (self.row("", (), 0, ends=False),), 0)

    def cost(self, other: str) -> int | None:
        """Return how far away a spelling is, in hundredths, None if it is too far."""
        at = self._start
        for letter in other:
            further = at.further[letter] if letter in at.further else self._go_on(at, letter)
            if further is None:
                return None
            at = further
        if at.cost == -1:
            at.cost = self.row(at.letters, at.rows[1:], at.many, ends=True).get(len(self.form))
        return at.cost

    def may_begin(self, letter: str) -> bool:
        """Return whether a spelling that is near enough may begin with a letter."""
        start = self._start
        known = letter in start.further
        return (start.further[letter] if known else self._go_on(start, letter)) is not None

    def _go_on(self, at: _Beginning, letter: str) -> _Beginning | None:
        """Return a beginning with one letter more."""
        most = self.habits.longest
        letters, many = (at.letters + letter)[-most:], at.many + 1
        row = self.row(letters, at.rows, many, ends=False)
        found = None
        if row or self.is_under_way(letters, at.rows):
            found = _Beginning(letters, (row, *at.rows[: most - 1]), many)
        at.further[letter] = found
        return found

    def row(self, letters: str, rows: tuple[_Row, ...], many: int, ends: bool) -> _Row:
        """Return what can be reached at a place in another spelling.

        Args:
            letters: The last ones before it.
            rows: What can be reached one letter before it, two before, and so on, at most to the
                beginning.
            many: How many letters are before it.
            ends: Whether none comes after it.
        """
        row: _Row = {} if many else {0: 0}
        for back, reached in enumerate(rows, 1):
            come = letters[-back:]
            if reached and (back == 1 or come in self.habits.comes or come in self._swapped):
                self._go(row, reached, come, allowed(back == many, ends))
        if row:
            self._go(row, row, "", allowed(not many, ends))
        return row

    def is_under_way(self, letters: str, rows: tuple[_Row, ...]) -> bool:
        """Return whether the last letters may be the first ones of a step that takes more.

        Args:
            letters: The last ones.
            rows: What can be reached before the last one, before the last two, and so on.
        """
        for back, reached in enumerate(rows, 1):
            begun = letters[-back:]
            for place in reached:
                if begun in self._begun_from(place):
                    return True
        return False

    def _go(self, row: _Row, reached: _Row, come: str, here: int) -> None:
        """Note where steps lead from places that are reached, unless that is too far.

        Args:
            row: What is reached after them.
            reached: What is reached before them; the row itself where they take no letter.
            come: What they take of the other spelling.
            here: Where they are (see `habits.allowed`).
        """
        most, known_steps = self._most, self._steps
        # Steps that take no letter lead to later places of the row, which are to be gone from, too.
        for place in reached if come else range(min(row), len(self.form)):
            if place not in reached:
                continue
            spent = reached[place]
            steps = known_steps[place].get(come)
            if steps is None:
                steps = self._find(place, come)
            for taken, cost, where in steps:
                total = spent + cost
                after = place + taken
                if total <= most and where & here and total < row.get(after, total + 1):
                    row[after] = total

    def _find(self, place: int, come: str) -> list[Step]:
        """Return the steps from a place that take some letters of the other spelling."""
        steps: list[Step] = []
        for comes in self._known[place]:
            if come in comes:
                steps += comes[come]
        if len(come) < 2:
            steps += self._slips[place].get(come, ())
        elif come == self.form[place : place + 2][::-1] and come[0] != come[1]:
            steps += once(2, romanisation().slips.swap, not place)
        self._steps[place][come] = steps
        return steps

    def _begun_from(self, place: int) -> set[str]:
        """Return the beginnings of what steps from a place take of the other spelling."""
        begun = self._begun[place]
        if begun is None:
            form, most, slips = self.form, self._most, romanisation().slips
            begun = set()
            if slips.swap + (0 if place else slips.first) <= most:
                begun.update(form[place + 1 : place + 2])
            for after in range(place, min(place + self.habits.longest, len(form)) + 1):
                for (letters, where), cost in self.habits.begun.get(form[place:after], {}).items():
                    if cost <= most and fits(where, not place, after == len(form)):
                        begun.add(letters)
            self._begun[place] = begun
        return begun


@lru_cache(maxsize=_REMEMBERED)
def _reach(form: str, most: int, whose: Whose) -> _Reach:
    return _Reach(form, most, whose)
