"""One snapshot of an index, with what is known of its words: all stages of asking look at it."""

from __future__ import annotations

from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsearch.analysis import Token
from newsearch.answering.company import Company
from newsearch.answering.copies import remembering
from newsearch.answering.facts import known, searched
from newsearch.answering.layouts import Layouts
from newsearch.engines.base import Snapshot
from newsearch.insights import Searched
from newsearch.query import Lexicon, Meaning, Resolved, Resolver
from newsearch.query.filters import SOURCE
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.names.matcher import NameMatcher


class View:
    """One snapshot of an index with its vocabulary; of use to any number of threads.

    Whoever uses it holds it; when the last holder lets go, its files are closed.
    """

    def __init__(self, snapshot: Snapshot, settings: Settings, folder: Path | None = None) -> None:
        self.snapshot = snapshot
        self.settings = settings
        self.known = cache(partial(known, snapshot))  # the outlets, the authors
        self.lexicon = Lexicon(snapshot, Company(snapshot), folder, self.known)
        self.shingles = remembering(snapshot)
        self.layouts = Layouts()
        self._resolvers: dict[bool, Resolver] = {}
        self._holders = 0
        self._counting = Lock()

    def hold(self) -> View:
        with self._counting:
            self._holders += 1
        return self

    def let_go(self) -> None:
        with self._counting:
            self._holders -= 1
            if not self._holders:
                self.snapshot.close()

    @cached_property
    def searched(self) -> Searched:
        """What there is to look through."""
        return searched(self.snapshot, self.known(SOURCE).counts)

    def resolver(self, names: bool = True) -> Resolver:
        """Return what replaces the words of queries by what they stand for.

        Args:
            names: Whether a name stands for its other spellings, too.
        """
        if self.lexicon.refresh():
            self._resolvers = {}
        found = self._resolvers.get(names)
        if found is None:
            found = Resolver(self.lexicon, self.settings.title_weight, names)
            self._resolvers[names] = found
        return found

    def names(self) -> NameMatcher:
        """Return what knows the names of the index, by the names files as they are now."""
        self.resolver()
        return self.lexicon.matcher

    def read(self, text: str, names: bool = True) -> tuple[Resolved | None, tuple[str, ...]]:
        """Return what a query looks for, None where that is nothing, and what is to be noted.

        Args:
            text: The query.
            names: Whether a name stands for its other spellings, too.
        """
        resolved, notes = self.resolver(names).read(text)
        problem = self.lexicon.problem if resolved else None
        return resolved, (*notes, problem) if problem else notes

    def meaning(self, token: Token, word: str) -> Meaning:
        """Return what a word of a text stands for in the index."""
        self.resolver()
        return self.lexicon.meaning(token, word)
