"""The names of one index: which spellings are one name there, why, and what a person says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newsearch.answering.view import View
from newsearch.engines.base import EVERY, Snapshot
from newsearch.errors import InputError
from newsearch.query import OneOf
from newsearch.query.nodes import TEXT

if TYPE_CHECKING:
    from newsearch.names.judging import Judgement, Spelling


@dataclass(frozen=True, slots=True)
class SpellingFacts:
    """A spelling of a name, and where it stands.

    Attributes:
        form: As the index holds it.
        occurrences: How often it stands in the index.
        passages: How many passages hold it.
        sources: How many outlets use it, as far as the articles say.
        first_date: ISO day of the oldest article with a date that uses it, or None.
        level: "folded" where it counts as the name that was asked for, "suggested" where it may be.
        evidence: "itself", "file", "rule", "slip" or "plural": what says so.
        distance: Of the spelling from the word that was asked for; 0 is none.
        likeness: How alike the words around it are to those around the name; None if not asked.
    """

    form: str
    occurrences: int
    passages: int
    sources: int
    first_date: str | None
    level: str
    evidence: str
    distance: float
    likeness: float | None


class Names:
    """What `NewsIndex.names` gives; see there.

    Args:
        folder: The folder of the index.
        current: Gives the newest view of it.
    """

    def __init__(self, folder: Path, current: Callable[[], AbstractContextManager[View]]) -> None:
        self._folder = folder
        self._current = current

    def spellings(
        self, word: str, level: Literal["folded", "suggested"] = "folded"
    ) -> tuple[SpellingFacts, ...]:
        """Return the spellings of a name that the index holds.

        Args:
            word: A name of one word, in any script.
            level: "folded" for those that a query takes as one, "suggested" for those that may
                be the same name, too.

        Returns:
            Those that are one name first, the most frequent first; empty for what is not there.
        """
        with self._current() as view:
            found = view.names().match(word, level=level)
            facts = [_facts(each, view.snapshot) for each in found]
        return tuple(sorted(facts, key=lambda each: each.level != "folded"))

    @property
    def problem(self) -> str | None:
        """What is wrong with a names file, in a sentence with its place; None if nothing is."""
        with self._current() as view:
            view.names()
            return view.lexicon.problem

    def groups(self) -> Iterator[tuple[Spelling, ...]]:
        """Yield the names of the index with more than one spelling, the most frequent first."""
        with self._current() as view:
            yield from view.names().groups()

    def explain(self, one: str, other: str) -> Judgement:
        """Return why two words are one name in the index, or are not."""
        with self._current() as view:
            return view.names().explain(one, other)

    def same(self, *words: str, why: str = "", everywhere: bool = False) -> Path:
        """Say that spellings are one name; the next query goes by it.

        Args:
            words: Two or more, in any script.
            why: A reason, for the next reader of the file.
            everywhere: For all of the user's indexes, not for this one alone.

        Returns:
            The names file that says it now.

        Raises:
            InputError: The file can't be written, or would make no sense.
        """
        return self._add("name", words, why, everywhere)

    def apart(self, *words: str, why: str = "", everywhere: bool = False) -> Path:
        """Say that names are not one, however alike they look; as `same` otherwise."""
        return self._add("apart", words, why, everywhere)

    def export(self) -> str:
        """Return the names of the index as the text of a names file."""
        from newsearch.names.user_file import as_names_file

        return as_names_file(self.groups())

    def _add(
        self, kind: Literal["name", "apart"], words: tuple[str, ...], why: str, everywhere: bool
    ) -> Path:
        from newsearch.names.user_file import add_entry, names_paths

        if len(set(words)) < 2:
            raise InputError("names", "two different words are needed at least")
        own, index = names_paths(self._folder)
        path = own if everywhere else index
        add_entry(path, kind, words, why)
        return path


def _facts(spelling: Spelling, snapshot: Snapshot) -> SpellingFacts:
    orders = snapshot.search(OneOf(TEXT, (spelling.form,)), EVERY, count=True).orders
    places = [snapshot.passage(order).place() for order in orders.tolist()]
    return SpellingFacts(
        spelling.form,
        spelling.frequency,
        len(places),
        len({place.source for place in places if place.source}),
        min((place.date for place in places if place.date), default=None),
        spelling.level,
        spelling.evidence,
        spelling.distance,
        spelling.likeness,
    )
