"""A query and a snapshot of an index to `Results`: the stages of asking, one after the other.

parse → resolve → engine.search → match → rank → choose → snippets
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from newsearch.analysis import Token
from newsearch.answering.candidates import candidates
from newsearch.answering.company import Company
from newsearch.answering.copies import ALL_APART, Folding, copies_of
from newsearch.answering.facts import known
from newsearch.answering.matching import Places
from newsearch.answering.ranking import LeafMatches, Ranked, rank
from newsearch.answering.showing import shown
from newsearch.engines.base import Numbers, Snapshot
from newsearch.query import Leaf, Lexicon, Meaning, Resolved, Resolver, parse
from newsearch.records import Hit, Results
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.names import NameMatcher

_POOL = 40  # candidates that are looked at closely, at least
_PASSAGES = 4  # of an article on average, where articles are wanted
_Chosen = list[tuple[int, ...]]  # places in the pool, best first; together what one hit shows


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


@dataclass(frozen=True, slots=True)
class _Pool:
    """Candidates, and how they answer.

    Attributes:
        orders: Which passages; sorted.
        matches: What the leaves of the query are in them.
        places: Where these stand.
        ranked: Their scores.
        complete: How many passages hold all of the query's words.
        total, exact: How many hold any, and whether all of these were counted.
        exhausted: Whether there are no more candidates than these.
        days: Of each, where the newest come first; None where the best do.
        folding: Which are copies of one another.
        budget: The longest snippet, in characters.
    """

    orders: Numbers
    matches: LeafMatches
    places: Places
    ranked: Ranked
    complete: int
    total: int
    exact: bool
    exhausted: bool
    days: Numbers | None
    folding: Folding
    budget: int


class View:
    """One snapshot of an index with its vocabulary; answers queries, from any thread.

    Whoever uses it holds it; when the last holder lets go, its files are closed.
    """

    def __init__(self, snapshot: Snapshot, settings: Settings, folder: Path | None = None) -> None:
        self.snapshot = snapshot
        self.settings = settings
        self.known = cache(partial(known, snapshot))  # the outlets, the authors
        self.lexicon = Lexicon(snapshot, Company(snapshot), folder, self.known)
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
        pool, chosen = self._find(resolved, asked)
        results = Results(
            query=text,
            hits=tuple([self._hit(pool, *each) for each in chosen]),
            complete=pool.complete,
            total=pool.total,
            exact=pool.exact,
            words=len(resolved.leaves),
            filtered=resolved.filters,
            names=resolved.names,
            notes=notes,
            offset=asked.offset,
        )
        resolver = self.resolver(not asked.exact_names)
        if asked.suggest:
            from newsearch.answering.helping import helped  # what few answers need

            results = helped(results, self, resolver, resolved)
        if asked.explain:
            from newsearch.answering.explaining import explained, score_of

            how = pool.ranked, pool.matches, resolved, self.settings.title_weight
            scores = tuple([score_of(each[0], *how) for each in chosen])
            results = explained(results, self, resolver, resolved, scores)
        return replace(results, seconds=time.perf_counter() - started)

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

    def _find(self, resolved: Resolved, asked: Asked) -> tuple[_Pool, _Chosen]:
        """Return what an answer is chosen from, and the places in it of what is shown."""
        depth = max(_POOL, 2 * asked.depth) * (_PASSAGES if asked.articles else 1)
        choose = self._choose_articles if asked.articles else self._choose
        while True:
            pool = self._pool(resolved, depth, asked)
            chosen = choose(pool, asked.depth, asked.per_article)
            if len(chosen) >= asked.depth or pool.exhausted:
                return pool, chosen[asked.offset :]
            depth *= 4  # many passages of a few articles, or copies of a few, filled the pool

    def _pool(self, resolved: Resolved, depth: int, asked: Asked) -> _Pool:
        found = complete = candidates(self.snapshot, resolved.all, depth, True, asked.newest)
        orders = complete.orders
        # Passages with some of the words come after all others, but not where the date decides.
        if complete.total < (1 if asked.newest else depth):
            some = resolved.some
            found = candidates(self.snapshot, some, depth, asked.count, asked.newest)
            orders = np.concatenate((orders, found.orders))
        orders = np.unique(orders)
        matches = self._matches(resolved.leaves, orders)
        ranked = rank(matches, self.snapshot.sizes(orders), self.settings.title_weight)
        return _Pool(
            orders,
            matches,
            Places(matches.begins, matches.lengths.tolist(), matches.weights.tolist()),
            ranked,
            complete.total,
            max(complete.total, found.total),
            found.exact,
            len(found.orders) < depth,
            self.snapshot.days(orders) if asked.newest else None,
            Folding(
                self.snapshot,
                orders,
                ranked.total,
                ALL_APART if asked.copies else self.settings.copies,
            ),
            self.settings.snippet_characters if asked.snippet is None else max(1, asked.snippet),
        )

    def _matches(self, leaves: Sequence[Leaf], orders: Numbers) -> LeafMatches:
        snapshot, texts = self.snapshot, [leaf.text for leaf in leaves]
        weights = [leaf.weight * snapshot.spread(leaf.places, leaf.faint) for leaf in leaves]
        return LeafMatches(
            np.array(weights, np.float64),
            np.array([len(leaf.places) for leaf in leaves], np.int64),
            snapshot.begins(texts, orders),
            snapshot.strengths(texts, orders),
            snapshot.strengths([leaf.title for leaf in leaves], orders),
            snapshot.gathered(texts, orders),
        )

    def _choose(self, pool: _Pool, limit: int, per_article: int | None) -> _Chosen:
        """Return the best passages.

        Of one article only a few are taken, and only one if nothing but its title fits.
        """
        said = pool.ranked.said.tolist()
        taken: Counter[int] = Counter()
        chosen: _Chosen = []
        for at, article in self._best(pool):
            if len(chosen) >= limit:
                break
            most = per_article if said[at] else 1
            if most is None or taken[article] < most:
                taken[article] += 1
                chosen.append((at,))
        return chosen

    def _choose_articles(self, pool: _Pool, limit: int, per_article: int | None) -> _Chosen:
        """Return the passages of the best articles; an article is as good as its best passage."""
        said = pool.ranked.said.tolist()
        chosen: dict[int, list[int]] = {}
        for at, article in self._best(pool):
            passages = chosen.get(article)
            if passages is None:
                if len(chosen) < limit:
                    chosen[article] = [at]
            elif said[at] and (per_article is None or len(passages) < per_article):
                passages.append(at)
        return [tuple(passages) for passages in chosen.values()]

    def _best(self, pool: _Pool) -> Iterator[tuple[int, int]]:
        """Yield the passages of a pool, best or newest first, each with its article.

        Of copies there is only one.
        """
        best = np.argsort(-pool.ranked.total, kind="stable")
        if pool.days is not None:
            best = best[np.argsort(-pool.days[best], kind="stable")]
        articles = self.snapshot.articles(pool.orders).tolist()
        for at in pool.folding.firsts(best.tolist(), by_date=pool.days is not None):
            yield at, articles[at]

    def _hit(self, pool: _Pool, at: int, *others: int) -> Hit:
        passage = self.snapshot.passage(int(pool.orders[at]))
        place = passage.place()
        show = partial(shown, passage, place, pool.places, at, pool.budget)
        score, copies = pool.folding.folded[at]
        find = partial(copies_of, passage, copies, pool.folding.least)
        return Hit(score, *place, show, find, tuple([self._hit(pool, other) for other in others]))
