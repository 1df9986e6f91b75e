"""A query that is ready to run, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsearch.insights import NameGroup
from newsearch.query.lexicon import Meaning
from newsearch.query.nearness import moved
from newsearch.query.nodes import TEXT, TITLE, InOrder, LeafQuery, OneOf
from newsearch.query.spans import AtLeast, Close, Part


@dataclass(frozen=True)
class Leaf:
    """One thing that is looked for: a word, or a phrase of several.

    Attributes:
        places: The forms for each word, in order; one for a single word.
        title_weight: What it counts in the title beside one in the passage.
        only: TEXT or TITLE where it counts there alone.
        of, which: The leaf with which it must match, and its place there; None for none.
        weight: What it counts beside other leaves of the same idf.
        faint: Forms of a single word that count as half an occurrence each.
    """

    places: tuple[tuple[str, ...], ...]
    title_weight: float = 1.0
    only: str = ""
    of: Close | AtLeast | None = None
    which: int = 0
    weight: float = 1.0
    faint: tuple[str, ...] = ()

    @cached_property
    def text(self) -> Any:
        """What stands for it in the passage: a query, or a `Part` of one."""
        if self.only == TITLE:
            return OneOf(TEXT, ())
        if self.of:
            return Part(self.of, self.which)
        return words_in(self.places, TEXT, self.weight, self.faint)

    @cached_property
    def title(self) -> Any:
        """What stands for it in the title, as `text` has it for the passage."""
        if self.only == TEXT:
            return OneOf(TITLE, ())
        if self.of:
            return Part(moved(self.of, TITLE, self.title_weight), self.which)
        return words_in(self.places, TITLE, self.weight * self.title_weight, self.faint)

    @cached_property
    def said(self) -> Any:
        """The query for what makes a passage hold it: in its text, if that counts at all."""
        found = self.title if self.only == TITLE else self.text
        return found.of if isinstance(found, Part) else found


def words_in(
    places: tuple[tuple[str, ...], ...],
    fieldname: str,
    boost: float,
    faint: tuple[str, ...] = (),
) -> LeafQuery:
    """Return the query for words one after the other, each in any of its forms."""
    if len(places) == 1:
        return OneOf(fieldname, places[0], boost, faint)
    return InOrder(fieldname, places, boost)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query that is ready to run.

    Attributes:
        all: Wants every word; None where nothing is left to look for.
        some: Is content with some words where several stand side by side, and with a title.
        leaves: What is looked for, in the order of the query; nothing that is to be left out, and
            none where only facts are asked for.
        names: Spellings that are taken as one.
        meanings: What the leaves' words stand for, each once.
        notes: One sentence for each thing that is not what it seems to be.
        filters: Whether facts of articles are asked for.
        typed: The query as it was typed.
    """

    all: Any
    some: Any
    leaves: tuple[Leaf, ...]
    names: tuple[NameGroup, ...]
    meanings: tuple[Meaning, ...] = ()
    notes: tuple[str, ...] = ()
    filters: bool = False
    typed: Any = None

    @property
    def forms(self) -> frozenset[str]:
        """All forms that are looked for."""
        return frozenset(form for leaf in self.leaves for forms in leaf.places for form in forms)
