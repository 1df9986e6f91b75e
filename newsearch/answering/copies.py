"""Which passages are copies of one another, and which articles of one another's.

In: what an engine says may be alike. Out: what is, by the share of shingles (runs of five words)
that two texts have in common, Jaccard's: 1 for the same words in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from newsearch.analysis import token_forms
from newsearch.engines.base import Alike, Numbers, Scores, Snapshot, StoredPassage
from newsearch.engines.sketching import ENOUGH, NUMBERS, SHINGLE, Sketches
from newsearch.records import Article
from newsearch.related import Copy, LinkedArticle

Shingles = frozenset[tuple[str, ...]]

ALL_APART = 2.0  # more than any two passages have in common
_UNDATED = "9999"  # comes after all days
_READ = 200  # passages, of those that share a set phrase only, that are read
_LINKED = 100  # articles that are looked at
_CARRIED = 500  # passages; what stands in more is page furniture, and leads to no story
_RECURS, _DAYS = 10, 5  # articles, and days of these, whose whole text can't be one story
_SOME = 2  # numbers of their sketches, that passages of updates share
_IN_COMMON = 0.2  # of the passages of the shorter article, some word for word, some nearly
_SAYS_AGAIN = 0.5  # of the shorter article's shingles, what the other must hold, too


def shingles(text: str) -> Shingles:
    """Return the runs of five words in a text, or its words where it has fewer.

    >>> sorted(shingles("The ferry to Orlund runs again."))
    [('ferry', 'to', 'orlund', 'runs', 'again'), ('the', 'ferry', 'to', 'orlund', 'runs')]
    """
    forms = token_forms(text)
    if len(forms) < SHINGLE:
        return frozenset([tuple(forms)] if forms else [])
    return frozenset(zip(*(forms[at:] for at in range(SHINGLE)), strict=False))


def similarity(one: Shingles, other: Shingles) -> float:
    """Return what two texts have in common, as a share of what is in either, 0 to 1.

    >>> similarity(shingles("The ferry runs."), shingles("the FERRY runs"))
    1.0
    >>> similarity(shingles(""), shingles(""))
    0.0
    """
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def remembering(snapshot: Snapshot) -> Callable[[int], Shingles]:
    """Return what returns the shingles of passages; it remembers some.

    What comes near a copy in one answer does so in the next.
    """
    return lru_cache(maxsize=500)(lambda order: shingles(snapshot.passage(order).text()))


class Folding:
    """The copies among the candidates of one query.

    Args:
        snapshot: Where they are.
        remembered: Returns the shingles of a passage.
        orders: Which passages; sorted.
        scores: Of each.
        least: How alike copies are at least, 0 to 1; with more, nothing is one.

    Attributes:
        least: The same.
        folded: For each place that was yielded, its score, which is that of the best of its
            copies, and these.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        remembered: Callable[[int], Shingles],
        orders: Numbers,
        scores: Scores,
        least: float,
    ) -> None:
        self._snapshot = snapshot
        self._shingles = remembered
        self._orders = orders
        self._scores = scores
        self.least = least
        self.folded: dict[int, tuple[float, list[StoredPassage]]] = {}
        self._sketches = snapshot.sketches(orders if least <= 1 else orders[:0])
        self._sharing = _sharing(self._sketches)

    def firsts(self, places: Iterable[int], by_date: bool) -> Iterator[int]:
        """Yield candidates, of copies the earliest dated, once; those without a date are last.

        Args:
            places: All candidates in the order in which they are wanted.
            by_date: Whether that is by date. If so, the turn of copies comes with the one that is
                yielded; if not, with the first of them.
        """
        met: set[int] = set()
        for at in places:
            if at in met:
                continue
            if at not in self._sharing:  # most have none
                self.folded[at] = self._scores.item(at), []
                yield at
                continue
            group = [each for each in self._group(at) if each not in met]
            first = group[0]
            if first == at or not by_date:
                met.update(group)
                copies = [self._passage(other) for other in group[1:]]
                score = self._scores.item(first if by_date else at)
                self.folded[first] = score, copies
                yield first

    def _group(self, at: int) -> list[int]:
        """Return a candidate and its copies, by date, then by score."""
        equal = self._sketches[self._sharing] == self._sketches[at]
        enough = np.add.reduce(equal[:, :NUMBERS], axis=1) >= ENOUGH
        same = equal.all(axis=1)
        found = [
            self._sharing[row]
            for row in np.flatnonzero(enough).tolist()
            if same[row] or self._similarity(at, self._sharing[row]) >= self.least
        ]
        return sorted(found, key=self._turn) if len(found) > 1 else found

    def _passage(self, at: int) -> StoredPassage:
        """Return a candidate's passage."""
        return self._snapshot.passage(int(self._orders[at]))

    def _turn(self, at: int) -> tuple[str, float]:
        return self._passage(at).place().date or _UNDATED, -self._scores.item(at)

    def _similarity(self, at: int, other: int) -> float:
        return similarity(*[self._shingles(int(self._orders[each])) for each in (at, other)])


def _sharing(sketches: Sketches) -> list[int]:
    """Return the rows of which enough numbers stand in others, too, be it in different ones."""
    flat = (sketches[:, :NUMBERS] + _COLUMNS).ravel()
    order = flat.argsort()
    ordered = flat[order]
    again = (ordered[1:] == ordered[:-1]).nonzero()[0]
    shared = np.zeros(len(flat), np.uint8)
    shared[order[again]] = shared[order[again + 1]] = 1
    many = np.add.reduce(shared.reshape(-1, NUMBERS), axis=1)
    # A passage without words has no numbers.
    found: list[int] = ((many >= ENOUGH) & (sketches[:, 0] > 0)).nonzero()[0].tolist()
    return found


_COLUMNS = np.arange(NUMBERS, dtype=np.uint32) << 16


def copies_of(
    passage: StoredPassage, known: Sequence[StoredPassage], least: float
) -> tuple[Copy, ...]:
    """Return all copies of a passage in the index, the earliest dated first, the undated last.

    Args:
        passage: Of which.
        known: Passages that were folded into it; they are among what is returned.
        least: How alike copies are at least, 0 to 1; with more, nothing is one.
    """
    alike = passage.alike() if least <= 1 else Alike((), ())
    own = shingles(passage.text()) if alike.perhaps or known else frozenset()
    found = [(each, 1.0) for each in alike.same]
    near = ((each, similarity(own, shingles(each.text()))) for each in alike.perhaps[:_READ])
    found += [(each, share) for each, share in near if share >= least]
    copies = [_copy(each, share) for each, share in found]
    there = {(copy.article_id, copy.passage) for copy in copies}
    for each in known:
        place = each.place()
        if (place.article_id, place.passage) not in there:
            copies.append(_copy(each, similarity(own, shingles(each.text()))))
    return tuple(sorted(copies, key=lambda copy: copy.date or _UNDATED))


def copied(snapshot: Snapshot) -> int:
    """Return how many passages say to the word what another one says, of which one is counted out.

    An answer shows only one of them; those that are alike but for a few words are not counted.
    """
    orders = [snapshot.passages(each) for each in snapshot.article_ids()]
    sketches = snapshot.sketches(np.sort(np.concatenate([np.zeros(0, np.int64), *orders])))
    told = sketches[sketches[:, 0] > 0]
    return len(told) - len(np.unique(told, axis=0))


def _copy(passage: StoredPassage, share: float) -> Copy:
    place = passage.place()
    return Copy(
        place.article_id, place.title, place.source, place.date, place.url, place.passage, share
    )


def linked_articles(snapshot: Snapshot, article_id: str, least: float) -> tuple[LinkedArticle, ...]:
    """Return the articles that are copies, updates or earlier versions of one, likest first.

    Args:
        snapshot: Where they are.
        article_id: Of which.
        least: What a copy and the article have in common at least, 0 to 1.
    """
    article = snapshot.article(article_id)
    if article is None:
        return ()
    met: Counter[str] = Counter()
    orders = snapshot.passages(article_id)
    for order in orders.tolist():
        alike = snapshot.passage(order).alike(_SOME)
        found = alike.same + alike.perhaps
        if len(found) <= _CARRIED:
            met.update({each.place().article_id for each in found})
    del met[article_id]
    own = shingles(article.text)
    likely = [
        snapshot.article(name)
        for name, many in met.most_common(_LINKED)
        if many >= _IN_COMMON * min(len(orders), len(snapshot.passages(name)))
    ]
    all_of_them = (_linked(article, own, other, least) for other in likely if other)
    linked = sorted(filter(None, all_of_them), key=lambda each: (-each.similarity, each.article_id))
    return () if _is_furniture(linked) else tuple(linked)


def _is_furniture(linked: Sequence[LinkedArticle]) -> bool:
    """Tell whether an article has the text of many others, of many days: it has no story."""
    same = [each.date or each.title for each in linked if each.similarity == 1]
    return len(same) >= _RECURS and len(set(same)) >= _DAYS


def _linked(article: Article, own: Shingles, other: Article, least: float) -> LinkedArticle | None:
    """Return what another article is to one, or None where they have little in common."""
    its = shingles(other.text)
    common = len(own & its)
    containment = common / max(min(len(own), len(its)), 1)
    if containment < _SAYS_AGAIN:
        return None
    share = similarity(own, its)
    later = _age(other, its) > _age(article, own)
    newer = its if later else own
    # What adds nothing to the earlier one is a copy of it, though it may be cut.
    is_copy = share >= least or common >= least * len(newer)
    kind = "copy" if is_copy else "update" if later else "earlier"
    return LinkedArticle(
        other.id, other.title, other.source, other.date, other.url, kind, share, containment
    )


def _age(article: Article, its: Shingles) -> tuple[str, int]:
    """Return what is larger for the later of two articles; of one day, the longer is the later."""
    return article.date or _UNDATED, len(its)
