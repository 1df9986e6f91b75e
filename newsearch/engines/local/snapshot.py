"""The index as one commit left it, open for reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from newsearch.engines.base import Begins, Counts, Matches, Numbers, Scores, Truths
from newsearch.engines.guard import guarded
from newsearch.engines.local.arrays import SHIFT, beside
from newsearch.engines.local.counting import count_form, count_forms, forms_under, holding
from newsearch.engines.local.finding.evaluating import Evaluator, UnknownNode
from newsearch.engines.local.finding.lists import Forms
from newsearch.engines.local.opened import find, open_segments
from newsearch.engines.local.passage import LocalPassage
from newsearch.engines.local.segment import Segment
from newsearch.engines.scoring import Scoring, article_idf, idf
from newsearch.engines.sketching import WIDTH, Sketches
from newsearch.query import Among, FormCount
from newsearch.query.nodes import TEXT, TITLE
from newsearch.query.spans import Part
from newsearch.records import Article, Removal
from newsearch.settings import Settings

_Array = TypeVar("_Array", Numbers, Scores)
_REMEMBERED = 10_000  # weights of words; a server that runs for months is asked for many


class LocalSnapshot:
    """The segments of one manifest. They are never changed, so any thread may read them."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._settings = settings
        self._reading = guarded("reading", folder)
        with self._reading:
            self.manifest, self.segments = open_segments(folder)
            self._bases = np.cumsum(
                [0, *(each.passages for each in self.manifest.segments)], dtype=np.int64
            ).tolist()
            self._passages = self._articles = 0
            lengths = {TEXT: 0, TITLE: 0}
            for segment in self.segments:
                live = slice(None) if segment.live is None else segment.live
                text = segment.text_length[live]
                self._passages += len(text)
                dead = 0 if segment.dead is None else int(np.count_nonzero(segment.dead))
                self._articles += segment.entry.articles - dead
                lengths[TEXT] += int(text.sum(dtype=np.int64))
                lengths[TITLE] += int(segment.title_length[live].sum(dtype=np.int64))
        self._words = lengths[TEXT]
        averages = {
            field: max(total, 1) / max(self._passages, 1) for field, total in lengths.items()
        }
        self._scoring = Scoring(settings.k1, settings.b, averages, self._weight)
        whole = max(self._bases[-1], 1)
        self._evaluators = [
            Evaluator(each, self._scoring, each.entry.passages / whole) for each in self.segments
        ]
        self._idf: dict[tuple[str, Forms], float] = {}

    def search(self, tree: Any, limit: int, count: bool = False) -> Matches:
        with self._reading:
            try:
                found = [evaluator.best(tree, limit, count) for evaluator in self._evaluators]
            except UnknownNode:
                from newsearch.engines.local.whoosh import rewriting  # 3 ms that few need pay

                tree = rewriting.rewrite(tree, self)
                found = [evaluator.best(tree, limit, count) for evaluator in self._evaluators]
            orders = _joined([b + part[0] for b, part in zip(self._bases, found, strict=False)])
            scores = _joined([part[1] for part in found])
            best = (-scores).argsort(kind="stable")[:limit]
        total, exact = sum(part[2] for part in found), all(part[3] for part in found)
        return Matches(orders[best], scores[best], total, exact)

    def matches(self, tree: Any) -> bool:
        """Tell whether any passage matches a tree that the evaluator knows."""
        with self._reading:
            return any(len(evaluator.run(tree)[0]) for evaluator in self._evaluators)

    def searcher(self) -> Any:
        from newsearch.engines.local.whoosh.reader import searcher  # 20 ms that few need pay

        with self._reading:
            return searcher(self.segments, self.manifest.next_number, self._settings)

    @cached_property
    def whoosh(self) -> Any:
        """A searcher for queries that need one; it lives as long as the snapshot."""
        return self.searcher()

    def holds(self, leaf: Any, orders: Numbers) -> Truths:
        tree = leaf.of if isinstance(leaf, Part) else leaf
        with self._reading:
            parts = [each.listed(tree).holds(wanted) for _, each, wanted in self._parts(orders)]
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def strengths(self, leaves: Sequence[Any], orders: Numbers) -> Scores:
        with self._reading:
            parts = [each.lists.strengths(leaves, few) for _, each, few in self._parts(orders)]
        return beside(parts, len(leaves))

    def gathered(self, leaves: Sequence[Any], orders: Numbers) -> tuple[Scores, Scores]:
        with self._reading:
            parts = [each.lists.gathered(leaves, few) for _, each, few in self._parts(orders)]
        own, sums = [part[0] for part in parts], [part[1] for part in parts]
        return beside(own, len(leaves)), beside(sums, len(leaves))

    def sizes(self, orders: Numbers) -> Scores:
        with self._reading:
            parts = [each.segment.sizes(wanted) for _, each, wanted in self._parts(orders)]
        return _joined(parts).astype(np.float64) * (self._articles / max(self._passages, 1))

    def begins(self, leaves: Sequence[Any], orders: Numbers) -> Begins:
        found, before = [], 0
        with self._reading:
            for _, each, wanted in self._parts(orders):
                keys, whose = each.begins(leaves, wanted)
                found.append((keys + (before << SHIFT), whose))
                before += len(wanted)
        return Begins(_joined([keys for keys, _ in found]), _joined([each for _, each in found]))

    def articles(self, orders: Numbers) -> Numbers:
        with self._reading:
            parts = [
                # An article has a passage at least: a segment's first passage is a safe base.
                self._bases[at] + each.segment.article_of[wanted].astype(np.int64)
                for at, each, wanted in self._parts(orders)
            ]
        return _joined(parts)

    def days(self, orders: Numbers) -> Numbers:
        with self._reading:
            parts = [
                each.segment.columns["dates"][each.segment.article_of[wanted]].astype(np.int64)
                for _, each, wanted in self._parts(orders)
            ]
        return _joined(parts)

    def named(self, field: str, orders: Numbers) -> tuple[Numbers, tuple[str, ...]]:
        names: dict[bytes, int] = {}
        parts = []
        with self._reading:
            for _, each, wanted in self._parts(orders):
                own, name_of = each.facts.numbered(field)
                numbers = [names.setdefault(name, len(names)) for name in own]
                parts.append(np.array(numbers)[name_of[each.segment.article_of[wanted]]])
            return _joined(parts), tuple([name.decode() for name in names])

    def count(self) -> int:
        return self._passages

    def firsts(self) -> Numbers:
        with self._reading:
            return _joined(
                [
                    base + segment.article_first[:-1][_living(segment)].astype(np.int64)
                    for base, segment in zip(self._bases, self.segments, strict=False)
                ]
            )

    def passages(self, article_id: str) -> Numbers:
        with self._reading:
            found = find(self.segments, article_id)
            if found is None:
                return np.zeros(0, np.int64)
            at, number = found
            first, last = self.segments[at].article_first[number : number + 2].tolist()
            return np.arange(self._bases[at] + first, self._bases[at] + last)

    def holding(self, forms: Sequence[str]) -> Numbers:
        with self._reading:
            counts = [sum(holding(segment, form) for segment in self.segments) for form in forms]
        return np.array(counts, np.int64)

    def passage(self, order: int) -> LocalPassage:
        at = bisect_right(self._bases, order) - 1
        return LocalPassage(self._reading, self.segments, at, order - self._bases[at])

    def sketches(self, orders: Numbers) -> Sketches:
        with self._reading:
            parts = [each.segment.sketches.of(wanted) for _, each, wanted in self._parts(orders)]
        return np.concatenate([np.zeros((0, WIDTH), np.uint16), *parts])

    def _parts(self, orders: Numbers) -> Iterator[tuple[int, Evaluator, Numbers]]:
        """Yield for each segment its place, itself, and those of some passages that it holds."""
        if len(self._evaluators) == 1:
            yield 0, self._evaluators[0], orders
            return
        ends = orders.searchsorted(self._bases).tolist()
        for at, (first, last) in enumerate(pairwise(ends)):
            if first < last:
                yield at, self._evaluators[at], orders[first:last] - self._bases[at]

    def weight(self, forms: tuple[str, ...]) -> float:
        with self._reading:
            return self._weight(TEXT, forms)

    def spread(self, places: tuple[Forms, ...], faint: Forms = ()) -> float:
        with self._reading:
            return sum([self._weight("", forms, faint) for forms in places])

    def _weight(self, field: str, forms: Forms, faint: Forms = ()) -> float:
        """Return the idf of forms over passages by their words in a field, or over articles."""
        weight = self._idf.get((field, forms))
        if weight is None:
            if len(self._idf) >= _REMEMBERED:
                self._idf.clear()
            every = [each.lists for each in self._evaluators]
            if field == TEXT and len(forms) == 1:  # no postings need be read
                many = [holding(each, forms[0]) for each in self.segments]
            elif field:
                many = [len(each.union(field, forms, faint)) for each in every]
            else:
                many = [each.spread(forms, faint) for each in every]
            found = sum(many)
            weight = idf(self._passages, found) if field else article_idf(self._articles, found)
            self._idf[field, forms] = weight
        return weight

    def forms(self, prefix: str, among: Among | None = None) -> Iterator[FormCount]:
        with self._reading:
            return iter(count_forms(self.segments, prefix, among))

    def form(self, form: str) -> FormCount | None:
        with self._reading:
            return count_form(self.segments, form)

    def sharing(self, keys: Collection[int]) -> set[str]:
        with self._reading:
            return forms_under(self.segments, keys)

    def article(self, article_id: str) -> Article | None:
        found = self.whole(article_id)
        return None if found is None else found[0]

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        found = self.whole(article_id)
        return () if found is None else found[1]

    def whole(self, article_id: str) -> tuple[Article, tuple[Removal, ...]] | None:
        with self._reading:
            place = find(self.segments, article_id)
            return None if place is None else self.segments[place[0]].whole(place[1])

    def article_ids(self) -> Iterator[str]:
        return (name for name, _ in self.fingerprints())

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        with self._reading:
            return iter([pair for segment in self.segments for pair in segment.fingerprints()])

    def info(self) -> Counts:
        with self._reading:
            facts = tuple([fact for each in self.segments for fact in each.facts()])
        return Counts(self._passages, self._words, facts)

    def close(self) -> None:
        """Let go of the columns; their files are unmapped with the last array over them."""
        self.segments, self._evaluators = [], []
        if "whoosh" in vars(self):
            self.whoosh.close()


def _joined(parts: list[_Array]) -> _Array:
    empty: Any = np.zeros(0, np.int64)
    return parts[0] if len(parts) == 1 else np.concatenate(parts or [empty])


def _living(segment: Segment) -> Any:
    return slice(None) if segment.dead is None else ~segment.dead
