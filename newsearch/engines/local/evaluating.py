"""A query tree to the passages of one segment that match, with their scores, by whole arrays.

In: a tree of `OneOf`, `InOrder` and Whoosh's And, Or, Not, AndMaybe and Require. Out: passage
numbers, sorted, and a score for each. A list of postings is one array, a union or an
intersection one operation on it; there is no loop over passages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.query import And, AndMaybe, Not, Or, Require

from newsearch.engines.local.inverting import ragged
from newsearch.engines.local.segment import Documents, Segment
from newsearch.errors import EngineError
from newsearch.query import InOrder, OneOf
from newsearch.query.nodes import TITLE

Scores = npt.NDArray[np.float64]
Found = tuple[Documents, Scores]
Places = tuple[Documents, Documents]
Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scoring:
    """The numbers of BM25 (see `newsearch.engines.scoring`) for one snapshot.

    Attributes:
        k1, b: Its parameters.
        averages: The average length of each field, in tokens, over live passages.
        idf: For each field and forms that are asked for, what they say.
    """

    k1: float
    b: float
    averages: Mapping[str, float]
    idf: Mapping[tuple[str, Forms], float]


class Evaluator:
    """Runs trees over one segment, and remembers the unions it has made."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._unions: dict[tuple[str, Forms], tuple[Documents, npt.NDArray[np.float64]]] = {}
        self._remembered = 0

    def union(self, field: str, forms: Forms) -> tuple[Documents, npt.NDArray[np.float64]]:
        """Return the live passages with any of the forms, and how often they stand in each."""
        key = (field, forms)
        found = self._unions.get(key)
        if found is None:
            found = self._live(*self._passages(field, forms))
            self._remembered += len(found[0])
            if self._remembered > _REMEMBERED:
                self._unions.clear()
                self._remembered = len(found[0])
            self._unions[key] = found
        return found

    def _passages(self, field: str, forms: Forms) -> Found:
        known = [number for form in forms if (number := self.segment.term(form)) is not None]
        lists = [self.segment.fields[field].postings(term) for term in known]
        documents, counts = add_up(
            [(docs.astype(np.int64), often.astype(np.float64)) for docs, often in lists]
        )
        return self._of_titles(documents, counts) if field == TITLE else (documents, counts)

    def _of_titles(self, articles: Documents, values: Scores) -> Found:
        """Return the passages of articles, each with its article's value."""
        first = self.segment.article_first.astype(np.int64)
        many = first[articles + 1] - first[articles]
        if many.sum() > self.segment.entry.passages:
            raise EngineError("the titles of the index name an article twice; make it anew")
        return ragged(first[articles], many), np.repeat(values, many)

    def _live(self, passages: Documents, values: Scores) -> Found:
        if self.segment.live is None:
            return passages, values
        kept = self.segment.live[passages]
        return passages[kept], values[kept]

    def phrase(self, field: str, places: tuple[Forms, ...]) -> Found:
        """Return the live passages with a phrase, and how often it stands in each."""
        documents, begins = np.unique(self._starts(field, places)[0], return_counts=True)
        found = documents, begins.astype(np.float64)
        return self._live(*(self._of_titles(*found) if field == TITLE else found))

    def places(self, field: str, places: tuple[Forms, ...], wanted: Documents) -> Places:
        """Return where a phrase, or a word, begins in some passages.

        Args:
            field: The field.
            places: The forms of each word.
            wanted: Live passages, sorted.

        Returns:
            For each beginning, its passage and its token number; sorted by both.
        """
        if field != TITLE:
            return self._starts(field, places, wanted)
        articles = self.segment.article_of[wanted].astype(np.int64)
        documents, begins = self._starts(field, places, np.unique(articles))
        first = np.searchsorted(documents, articles)
        many = np.searchsorted(documents, articles, side="right") - first
        return np.repeat(wanted, many), begins[ragged(first, many)]

    def _starts(
        self, field: str, places: tuple[Forms, ...], wanted: Documents | None = None
    ) -> Places:
        """Return the documents of a field in which a phrase begins, and where; all if not told."""
        columns = self.segment.fields[field]
        terms = [
            [number for form in forms if (number := self.segment.term(form)) is not None]
            for forms in places
        ]
        for each in terms if wanted is None or len(terms) > 1 else ():
            holding = _merged([columns.postings(term)[0].astype(np.int64) for term in each])
            wanted = holding if wanted is None else _common(wanted, holding)
        assert wanted is not None
        starts: Documents | None = None
        for step, each in enumerate(terms):
            spots = [columns.spots(term, wanted) for term in each]
            keys = _merged([(docs << _SHIFT) + at - step for docs, at in spots if len(docs)])
            starts = keys if starts is None else _common(starts, keys)
        assert starts is not None
        return starts >> _SHIFT, starts & ((1 << _SHIFT) - 1)

    def run(self, node: Any, scoring: Scoring) -> Found:
        """Return the live passages that match a tree, sorted, and their scores."""
        if isinstance(node, (OneOf, InOrder)):
            weight = node.boost * sum(scoring.idf[node.fieldname, each] for each in node.places)
            if isinstance(node, OneOf):
                found = self.union(node.fieldname, node.forms)
            else:
                found = self.phrase(node.fieldname, node.places)
            return self._score(node.fieldname, weight, scoring, found)
        if isinstance(node, Not):
            return self._without(self.run(node.query, scoring)[0])
        parts = [self.run(child, scoring) for child in node.children()]
        if isinstance(node, Require):
            return _kept(parts[0], parts[1][0])
        if isinstance(node, AndMaybe):
            return _plus(parts[0], parts[1])
        if isinstance(node, And):
            return _intersection(parts)
        if isinstance(node, Or):
            return add_up(parts)
        raise EngineError(f"this engine can't run a {type(node).__name__} query")

    def _score(self, field: str, weight: float, scoring: Scoring, found: Found) -> Found:
        passages, frequency = found
        segment = self.segment
        lengths = segment.title_length if field == TITLE else segment.text_length
        relative = lengths[passages] / scoring.averages[field]
        norm = scoring.k1 * (1 - scoring.b + scoring.b * relative)
        return passages, weight * frequency / (frequency + norm)

    def _without(self, passages: Documents) -> Found:
        left = np.ones(self.segment.entry.passages, bool)
        if self.segment.live is not None:
            left &= self.segment.live
        left[passages] = False
        found = np.flatnonzero(left)
        return found, np.zeros(len(found))


_REMEMBERED = 4_000_000  # passages in all unions that are kept: 64 MB
_SHIFT = 32


def leaf_keys(node: Any) -> set[tuple[str, Forms]]:
    """Return the fields and forms that a tree asks for."""
    if isinstance(node, (OneOf, InOrder)):
        return {(node.fieldname, forms) for forms in node.places}
    children = [node.query] if isinstance(node, Not) else node.children()
    return set().union(*map(leaf_keys, children))


def add_up(parts: list[Found]) -> Found:
    """Return all documents of several sorted lists, and the sum of what they have there."""
    parts = [part for part in parts if len(part[0])]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0)
    if len(parts) == 1:
        return parts[0]
    documents = np.concatenate([part[0] for part in parts])
    order = np.argsort(documents, kind="stable")  # merges runs that are sorted already
    documents = documents[order]
    values = np.concatenate([part[1] for part in parts])[order]
    begins = np.flatnonzero(np.diff(documents, prepend=-1))
    return documents[begins], np.add.reduceat(values, begins)


def _merged(lists: list[Documents]) -> Documents:
    if len(lists) == 1:
        return lists[0]
    return np.unique(np.concatenate(lists)) if lists else np.zeros(0, np.int64)


def _places(wanted: Documents, among: Documents) -> tuple[Documents, npt.NDArray[np.bool_]]:
    """Return where each wanted document stands among sorted others, and whether it does."""
    if not len(among):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return at, among[at] == wanted


def _common(one: Documents, other: Documents) -> Documents:
    short, long = sorted((one, other), key=len)
    return short[_places(short, long)[1]]


def _kept(found: Found, wanted: Documents) -> Found:
    there = _places(found[0], wanted)[1]
    return found[0][there], found[1][there]


def _plus(found: Found, more: Found) -> Found:
    at, there = _places(found[0], more[0])
    added = np.zeros(len(found[0]))
    added[there] = more[1][at[there]]
    return found[0], found[1] + added


def _intersection(parts: list[Found]) -> Found:
    first, *rest = sorted(parts, key=lambda part: len(part[0]))
    for part in rest:
        first = _plus(_kept(first, part[0]), part)
    return first
