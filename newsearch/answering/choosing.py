"""Which passages an answer is made of.

In: a resolved query. Out: a `Pool` of candidates, ranked, and the places in it of what is shown:
the best ones or the newest ones, of one article only a few, of copies only one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from newsearch.answering.asked import Asked
from newsearch.answering.copies import ALL_APART, Folding
from newsearch.answering.ranking import LeafMatches, Ranked, rank
from newsearch.answering.view import View
from newsearch.engines.base import EVERY, Matches, Numbers, Snapshot
from newsearch.query import Leaf, Resolved

_POOL = 40  # candidates that are looked at closely, at least
_PASSAGES = 4  # of an article on average, where articles are wanted

Chosen = list[tuple[int, ...]]
"""Places in a pool, best first; together what one hit shows."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates, and how they answer.

    Attributes:
        orders: Which passages; sorted.
        articles: The article of each.
        matches: What the leaves of the query are in them.
        ranked: Their scores.
        complete: How many passages hold all of the query's words.
        total, exact: How many hold any, and whether all of these were counted.
        exhausted: Whether there are no more candidates than these.
        days: Of each, where the newest come first; None where the best do.
        folding: Which are copies of one another.
    """

    orders: Numbers
    articles: Numbers
    matches: LeafMatches
    ranked: Ranked
    complete: int
    total: int
    exact: bool
    exhausted: bool
    days: Numbers | None
    folding: Folding


def find(view: View, resolved: Resolved, asked: Asked) -> tuple[Pool, Chosen]:
    """Return what an answer is chosen from, and the places in it of what is shown."""
    depth = max(_POOL, 2 * asked.depth) * (_PASSAGES if asked.articles else 1)
    choose = _articles if asked.articles else _passages
    while True:
        pool = _pool(view, resolved, depth, asked)
        chosen = choose(pool, asked.depth, asked.per_article)
        if len(chosen) >= asked.depth or pool.exhausted:
            return pool, chosen[asked.offset :]
        depth *= 4  # many passages of a few articles, or copies of a few, filled the pool


def _pool(view: View, resolved: Resolved, depth: int, asked: Asked) -> Pool:
    snapshot, newest = view.snapshot, asked.newest
    found = complete = _candidates(snapshot, resolved.all, depth, True, newest)
    orders = complete.orders
    # Passages with some of the words come after all others, but not where the date decides.
    if complete.total < (1 if newest else depth):
        found = _candidates(snapshot, resolved.some, depth, asked.count, newest)
        orders = np.concatenate((orders, found.orders))
    orders = np.unique(orders)
    matches = _matches(snapshot, resolved.leaves, orders)
    ranked = rank(matches, snapshot.sizes(orders), view.settings.title_weight)
    least = ALL_APART if asked.copies else view.settings.copies
    return Pool(
        orders,
        snapshot.articles(orders),
        matches,
        ranked,
        complete.total,
        max(complete.total, found.total),
        found.exact,
        len(found.orders) < depth,
        snapshot.days(orders) if newest else None,
        Folding(snapshot, view.shingles, orders, ranked.total, least),
    )


def _candidates(snapshot: Snapshot, tree: Any, most: int, count: bool, newest: bool) -> Matches:
    """Return the passages that match a tree, the best or the newest ones of them.

    The newest are those of the latest days, of one day the best; the undated come last.
    """
    if not newest:
        return snapshot.search(tree, most, count)
    found = snapshot.search(tree, EVERY, count=True)
    by_order = np.argsort(found.orders)
    orders, scores = found.orders[by_order], found.scores[by_order]
    latest = np.lexsort((-scores, -snapshot.days(orders)))[:most]
    return Matches(orders[latest], scores[latest], found.total)


def _matches(snapshot: Snapshot, leaves: Sequence[Leaf], orders: Numbers) -> LeafMatches:
    texts = [leaf.text for leaf in leaves]
    weights = [leaf.weight * snapshot.spread(leaf.places, leaf.faint) for leaf in leaves]
    strengths, articles = snapshot.gathered(texts, orders)
    return LeafMatches(
        np.array(weights, np.float64),
        np.array([len(leaf.places) for leaf in leaves], np.int64),
        snapshot.begins(texts, orders),
        strengths,
        snapshot.strengths([leaf.title for leaf in leaves], orders),
        articles,
    )


def _passages(pool: Pool, limit: int, per_article: int | None) -> Chosen:
    """Return the best passages.

    Of one article only a few are taken, and only one if nothing but its title fits.
    """
    said = pool.ranked.said.tolist()
    taken: defaultdict[int, int] = defaultdict(int)
    chosen: Chosen = []
    for at, article in _best(pool):
        if len(chosen) >= limit:
            break
        most = per_article if said[at] else 1
        if most is None or taken[article] < most:
            taken[article] += 1
            chosen.append((at,))
    return chosen


def _articles(pool: Pool, limit: int, per_article: int | None) -> Chosen:
    """Return the passages of the best articles; an article is as good as its best passage."""
    said = pool.ranked.said.tolist()
    chosen: dict[int, list[int]] = {}
    for at, article in _best(pool):
        passages = chosen.get(article)
        if passages is None:
            if len(chosen) < limit:
                chosen[article] = [at]
        elif said[at] and (per_article is None or len(passages) < per_article):
            passages.append(at)
    return [tuple(passages) for passages in chosen.values()]


def _best(pool: Pool) -> Iterator[tuple[int, int]]:
    """Yield the passages of a pool, best or newest first, each with its article.

    Of copies there is only one.
    """
    best = np.argsort(-pool.ranked.total, kind="stable")
    if pool.days is not None:
        best = best[np.argsort(-pool.days[best], kind="stable")]
    articles = pool.articles.tolist()
    for at in pool.folding.firsts(best.tolist(), by_date=pool.days is not None):
        yield at, articles[at]
