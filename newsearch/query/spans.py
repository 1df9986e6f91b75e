"""The kinds of query node for groups near each other, and for what is said often.

`Close` and `AtLeast` are leaves like those of `nodes`: queries of Whoosh's, whose own matchers go
passage by passage and are easy to check. `Part` is no query but one word or phrase of such a leaf,
where that matches: what is to be marked.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from newsearch.analysis import laid_out
from newsearch.query.nodes import TEXT, LeafQuery, Span

Side = tuple[LeafQuery, ...]
"""Leaves of which any will do."""
Ours = tuple[int, int]
"""Which of the words and phrases of a leaf, and the token number at which it begins."""


class _Grouped(LeafQuery, ABC):
    """A leaf that is made of others.

    Attributes:
        sides: What must stand there: of each, one of its leaves.
        leaves: The words and phrases in it, `OneOf` and `InOrder`, in order.
    """

    def __init__(self, fieldname: str, sides: tuple[Side, ...], boost: float) -> None:
        super().__init__(fieldname, tuple(_places(sides)), boost)
        self.sides = sides
        self.leaves = tuple(_inside(sides))

    def spans(self, searcher: Any) -> dict[int, set[Span]]:
        return {document: set(found) for document, found in self.matches(searcher).items()}

    @abstractmethod
    def matches(self, searcher: Any) -> dict[int, dict[Span, set[Ours]]]:
        """Return the matches in each document, each with the words that take part in it."""

    def _sides(self, searcher: Any) -> Iterator[dict[int, dict[Span, set[Ours]]]]:
        """Yield for each side the matches of all of its leaves in each document."""
        before = 0
        for side in self.sides:
            found: dict[int, dict[Span, set[Ours]]] = {}
            for leaf in side:
                for document, matches in _matches(leaf, searcher).items():
                    for span, ours in matches.items():
                        moved = {(before + which, at) for which, at in ours}
                        found.setdefault(document, {}).setdefault(span, set()).update(moved)
                before += len(leaf.leaves) if isinstance(leaf, _Grouped) else 1
            yield found


class Close(_Grouped):
    """Two groups near each other.

    Attributes:
        slop: The most tokens from the end of one to the beginning of the other, >= 1; 0 where
            both must stand in one sentence. A title is one sentence.
        ordered: Whether the first side must come first.
    """

    def __init__(
        self, fieldname: str, sides: tuple[Side, Side], slop: int, ordered: bool, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, sides, boost)
        self.slop = slop
        self.ordered = ordered
        self._hash = hash((type(self), fieldname, sides, slop, ordered))

    def __repr__(self) -> str:
        return (
            f"Close({self.fieldname!r}, {self.sides!r}, {self.slop}, {self.ordered}, {self.boost})"
        )

    def matches(self, searcher: Any) -> dict[int, dict[Span, set[Ours]]]:
        first, second = self._sides(searcher)
        found = {}
        for document in first.keys() & second.keys():
            begins = self._begins(searcher, document)
            near: dict[Span, set[Ours]] = {}
            for one, ours in first[document].items():
                for other, theirs in second[document].items():
                    if self._is_near(one, other, begins):
                        span = min(one[0], other[0]), max(one[1], other[1])
                        near.setdefault(span, set()).update(ours, theirs)
            if near:
                found[document] = near
        return found

    def _is_near(self, one: Span, other: Span, begins: list[int]) -> bool:
        if other < one and not self.ordered:
            one, other = other, one
        if not self.slop:
            apart = any(one[0] < begin <= other[1] for begin in begins)
            return one[1] < other[0] and not apart
        return 0 < other[0] - one[1] <= self.slop

    def _begins(self, searcher: Any, document: int) -> list[int]:
        if self.slop or self.fieldname != TEXT:
            return []
        return sentence_begins(searcher.stored_fields(document)["text"])


class AtLeast(_Grouped):
    """Something that a passage says several times.

    Attributes:
        least: How often at least, >= 1; what begins at one word counts once.
    """

    def __init__(self, fieldname: str, leaves: Side, least: int, boost: float = 1.0) -> None:
        super().__init__(fieldname, (leaves,), boost)
        self.least = least
        self._hash = hash((type(self), fieldname, leaves, least))

    def __repr__(self) -> str:
        return f"AtLeast({self.fieldname!r}, {self.sides[0]!r}, {self.least}, {self.boost})"

    def matches(self, searcher: Any) -> dict[int, dict[Span, set[Ours]]]:
        (found,) = self._sides(searcher)
        return {
            document: matches
            for document, matches in found.items()
            if len({start for start, _ in matches}) >= self.least
        }


class Part:
    """A word or a phrase of a leaf, where it takes part in a match.

    Attributes:
        of: The leaf, a `Close` or an `AtLeast`.
        which: The place of the word or the phrase among `of.leaves`.
    """

    def __init__(self, of: Close | AtLeast, which: int) -> None:
        self.of = of
        self.which = which

    def starts(self, searcher: Any) -> dict[int, set[int]]:
        """Return for each document where the word or phrase begins."""
        found: dict[int, set[int]] = {}
        for document, matches in self.of.matches(searcher).items():
            for ours in matches.values():
                here = {at for which, at in ours if which == self.which}
                if here:
                    found.setdefault(document, set()).update(here)
        return found


def sentence_begins(text: str) -> list[int]:
    """Return the number of the first token of each sentence of a text.

    >>> sentence_begins("The night ferry runs. Trams stand still!")
    [0, 4]
    """
    layout = laid_out(text)
    return [layout.tokens_before(start) for start, _ in layout.sentences]


def _matches(leaf: LeafQuery, searcher: Any) -> dict[int, dict[Span, set[Ours]]]:
    if isinstance(leaf, _Grouped):
        return leaf.matches(searcher)
    return {
        document: {span: {(0, span[0])} for span in spans}
        for document, spans in leaf.spans(searcher).items()
    }


def _inside(sides: tuple[Side, ...]) -> Iterator[LeafQuery]:
    for side in sides:
        for leaf in side:
            yield from leaf.leaves if isinstance(leaf, _Grouped) else (leaf,)


def _places(sides: tuple[Side, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what the words of a leaf say, for its score: any of several leaves says little."""
    for side in sides:
        if len(side) == 1:
            yield from side[0].places
        else:
            forms = {form for leaf in side for place in leaf.places for form in place}
            yield tuple(sorted(forms))
