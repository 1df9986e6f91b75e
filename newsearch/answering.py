"""A query and a snapshot of an index to `Results`: the stages of asking, one after the other.

parse → resolve → engine.search → match → rank → choose → snippets
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from newsearch.analysis import tokenize
from newsearch.engines import Candidate, Matches, Snapshot
from newsearch.errors import EngineError
from newsearch.matching import marks
from newsearch.query import Leaf, Lexicon, Resolved, parse, resolve
from newsearch.query.nodes import TEXT, TITLE
from newsearch.ranking import LeafMatch, Score, score
from newsearch.records import Article, Hit, Results
from newsearch.settings import Settings
from newsearch.snippets import snippet

_POOL = 100  # candidates that are looked at closely, at least


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A candidate with where the leaves match in it."""

    candidate: Candidate
    matches: tuple[LeafMatch, ...]
    score: Score

    @property
    def in_title_only(self) -> bool:
        return not any(leaf.places for leaf in self.matches)


class View:
    """One snapshot of an index with its vocabulary; answers queries, from any thread.

    Whoever uses it holds it; when the last holder lets go, its files are closed.
    """

    def __init__(self, snapshot: Snapshot, settings: Settings) -> None:
        self.snapshot = snapshot
        self.settings = settings
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
    def lexicon(self) -> Lexicon:
        return Lexicon(self.snapshot.forms)

    def answer(self, text: str, limit: int, per_article: int | None) -> Results:
        """Answer one query; see `NewsIndex.search`."""
        started = time.perf_counter()
        parsed = parse(text)
        if parsed.tree is None:
            return Results(query=text, notes=parsed.notes)
        resolved = resolve(parsed.tree, self.lexicon, self.settings.title_weight)
        if not resolved.leaves:
            return Results(query=text, notes=parsed.notes)
        complete, found, chosen = self._find(resolved, limit, per_article)
        return Results(
            query=text,
            hits=tuple(self._hit(ranked) for ranked in chosen),
            complete=complete,
            total=found,
            words=len(resolved.leaves),
            names=resolved.names,
            notes=parsed.notes,
            seconds=time.perf_counter() - started,
        )

    def _find(
        self, resolved: Resolved, limit: int, per_article: int | None
    ) -> tuple[int, int, list[_Ranked]]:
        """Return how many passages have all words, how many any, and the best of them."""
        depth = max(_POOL, 2 * limit)
        while True:
            all_words = self.snapshot.search(resolved.all, depth)
            some = Matches((), 0)
            if all_words.total < depth:
                some = self.snapshot.search(resolved.some, depth)
            pool = {each.order: each for each in (*all_words.candidates, *some.candidates)}
            ranked = self._rank(pool, resolved.leaves)
            chosen = list(_choose(ranked, limit, per_article))
            found = max(all_words.total, some.total)
            if len(chosen) >= limit or found <= depth:
                return all_words.total, found, chosen
            depth *= 4  # a few articles with many passages filled the pool

    def _rank(self, pool: Mapping[int, Candidate], leaves: Sequence[Leaf]) -> list[_Ranked]:
        """Return candidates, best first, by where the leaves match in them and their titles."""
        orders = sorted(pool)
        found = [
            (
                sum(map(self.snapshot.weight, leaf.places)),
                self.snapshot.places(leaf.node(TEXT), orders),
                len(leaf.places),
                self.snapshot.places(leaf.node(TITLE), orders),
            )
            for leaf in leaves
        ]
        ranked = []
        for order in orders:
            matches = tuple(
                LeafMatch(weight, places.get(order, ()), length, order in titled)
                for weight, places, length, titled in found
            )
            ranked.append(_Ranked(pool[order], matches, score(pool[order].score, matches)))
        return sorted(ranked, key=lambda each: (-each.score.total, each.candidate.order))

    def _hit(self, ranked: _Ranked) -> Hit:
        candidate = ranked.candidate
        article = self.snapshot.article(candidate.article_id) or Article(candidate.article_id)
        text = article.text[candidate.start : candidate.end]
        try:
            found = marks(tokenize(text), ranked.matches)
        except IndexError as error:
            raise EngineError(
                f"the index and the text of article {article.id!r} differ; make the index anew"
            ) from error
        return Hit(
            score=ranked.score.total,
            article_id=article.id,
            title=article.title,
            source=article.source,
            date=article.date,
            url=article.url,
            passage=candidate.number,
            start=candidate.start,
            end=candidate.end,
            text=text,
            spans=tuple(
                (candidate.start + mark.start, candidate.start + mark.end) for mark in found
            ),
            snippet=snippet(text, found, self.settings.snippet_characters),
            spellings=tuple(dict.fromkeys(text[mark.start : mark.end] for mark in found)),
        )


def _choose(ranked: list[_Ranked], limit: int, per_article: int | None) -> Iterator[_Ranked]:
    """Yield the best, but of one article only a few, and only one if nothing but its title fits."""
    taken: Counter[str] = Counter()
    left = limit
    for each in ranked:
        most = 1 if each.in_title_only else per_article
        if left > 0 and (most is None or taken[each.candidate.article_id] < most):
            taken[each.candidate.article_id] += 1
            left -= 1
            yield each
