"""A query and a snapshot of an index to `Results`: the stages of asking, one after the other.

parse → resolve → engine.search → match → rank → choose → snippets
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsearch.analysis import Token
from newsearch.answering.choosing import Chosen, Pool, find
from newsearch.answering.company import Company
from newsearch.answering.copies import copies_of, remembering
from newsearch.answering.facts import known, searched
from newsearch.answering.matching import Places
from newsearch.answering.showing import shown
from newsearch.engines.base import Snapshot
from newsearch.insights import Searched
from newsearch.query import Lexicon, Meaning, Resolved, Resolver, parse
from newsearch.query.filters import SOURCE
from newsearch.records import Hit, Results
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.names import NameMatcher


@dataclass(frozen=True, slots=True)
class Asked:
    """How an answer is wanted; see `NewsIndex.search`."""

    limit: int
    per_article: int | None = None
    count: bool = False
    exact_names: bool = False
    suggest: bool = False
    articles: bool = False
    offset: int = 0
    newest: bool = False
    copies: bool = False
    snippet: int | None = None
    explain: bool = False

    @property
    def depth(self) -> int:
        """How many hits there must be to answer."""
        return self.offset + self.limit


def by_date(sort: str) -> bool:
    """Return whether hits are to be the newest first, given "score" or "date".

    Raises:
        ValueError: It is neither.
    """
    if sort not in ("score", "date"):
        raise ValueError(f"hits are sorted by 'score' or 'date', not by {sort!r}")
    return sort == "date"


class View:
    """One snapshot of an index with its vocabulary; answers queries, from any thread.

    Whoever uses it holds it; when the last holder lets go, its files are closed.
    """

    def __init__(self, snapshot: Snapshot, settings: Settings, folder: Path | None = None) -> None:
        self.snapshot = snapshot
        self.settings = settings
        self.known = cache(partial(known, snapshot))  # the outlets, the authors
        self.lexicon = Lexicon(snapshot, Company(snapshot), folder, self.known)
        self.shingles = remembering(snapshot)
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

    def answer(self, text: str, asked: Asked) -> Results:
        """Answer one query; see `NewsIndex.search`."""
        started = time.perf_counter()
        resolved, notes = self.read(text, not asked.exact_names)
        if resolved is None:
            return Results(query=text, notes=notes)
        if not resolved.leaves:
            asked = replace(asked, newest=True)  # facts alone make no passage better than another
        pool, chosen = find(self, resolved, asked)
        found = Results(
            query=text,
            hits=self._hits(pool, chosen, asked),
            complete=pool.complete,
            total=pool.total,
            exact=pool.exact,
            words=len(resolved.leaves),
            filtered=resolved.filters,
            names=resolved.names,
            notes=notes,
            offset=asked.offset,
            seconds=time.perf_counter() - started,
        )
        if not asked.suggest and not asked.explain:
            return found
        resolver = self.resolver(not asked.exact_names)
        if asked.suggest:
            from newsearch.answering.helping import helped  # what few answers need

            found = helped(found, self, resolver, resolved)
        if asked.explain:
            from newsearch.answering.explaining import explained, score_of

            how = pool.ranked, pool.matches, resolved, self.settings.title_weight
            scores = tuple([score_of(each[0], *how) for each in chosen])
            found = explained(found, self, resolver, resolved, scores)
        return replace(found, seconds=time.perf_counter() - started)

    def read(self, text: str, names: bool = True) -> tuple[Resolved | None, tuple[str, ...]]:
        """Return what a query looks for, None where that is nothing, and what is to be noted.

        Args:
            text: The query.
            names: Whether a name stands for its other spellings, too.
        """
        parsed = parse(text)
        if parsed.tree is None:
            return None, parsed.notes
        resolved = self.resolver(names).resolve(parsed.tree)
        problem = self.lexicon.problem
        notes = (*parsed.notes, *resolved.notes, *([problem] if problem else []))
        return (None if resolved.all is None else resolved), notes

    def meaning(self, token: Token, word: str) -> Meaning:
        """Return what a word of a text stands for in the index."""
        self.resolver()
        return self.lexicon.meaning(token, word)

    def _hits(self, pool: Pool, chosen: Chosen, asked: Asked) -> tuple[Hit, ...]:
        matches = pool.matches
        places = Places(matches.begins, matches.lengths.tolist(), matches.weights.tolist())
        most = self.settings.snippet_characters if asked.snippet is None else max(1, asked.snippet)

        def hit(at: int, *others: int) -> Hit:
            passage = self.snapshot.passage(int(pool.orders[at]))
            place = passage.place()
            show = partial(shown, passage, place, places, at, most)
            score, copies = pool.folding.folded[at]
            find_copies = partial(copies_of, passage, copies, pool.folding.least)
            return Hit(score, *place, show, find_copies, tuple([hit(other) for other in others]))

        return tuple([hit(*each) for each in chosen])
