"""The index as one commit left it, open for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from newsearch.engines.base import Candidate, Counts, Matches
from newsearch.engines.guard import guarded
from newsearch.engines.local.evaluating import Evaluator, Forms, Scoring, leaf_keys
from newsearch.engines.local.manifest import Manifest, read_manifest
from newsearch.engines.local.records import from_bytes
from newsearch.engines.local.segment import Segment
from newsearch.engines.scoring import idf
from newsearch.query import FormCount
from newsearch.query.nodes import TEXT, TITLE
from newsearch.records import Article, Removal
from newsearch.settings import Settings

_REMEMBERED = 10_000  # weights of words; a server that runs for months is asked for many


class LocalSnapshot:
    """The segments of one manifest. They are never changed, so any thread may read them."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        with guarded("reading", folder):
            self.manifest, self.segments = open_segments(folder)
            self._evaluators = [Evaluator(segment) for segment in self.segments]
            self._bases = np.cumsum(
                [0, *(each.passages for each in self.manifest.segments)], dtype=np.int64
            ).tolist()
            self._passages, lengths = 0, {TEXT: 0, TITLE: 0}
            for segment in self.segments:
                live = slice(None) if segment.live is None else segment.live
                text = segment.text_length[live]
                self._passages += len(text)
                lengths[TEXT] += int(text.sum(dtype=np.int64))
                lengths[TITLE] += int(segment.title_length[live].sum(dtype=np.int64))
        self._words = lengths[TEXT]
        self._averages = {
            field: max(total, 1) / max(self._passages, 1) for field, total in lengths.items()
        }
        self._k1, self._b = settings.k1, settings.b
        self._idf: dict[tuple[str, Forms], float] = {}

    def search(self, tree: Any, limit: int) -> Matches:
        with guarded("reading", self._folder):
            weights = {key: self._weight(*key) for key in leaf_keys(tree)}
            scoring = Scoring(self._k1, self._b, self._averages, weights)
            found = [evaluator.run(tree, scoring) for evaluator in self._evaluators]
            total = sum(len(passages) for passages, _ in found)
            best = [
                (score, base + passage, segment, passage)
                for base, segment, (passages, scores) in zip(
                    self._bases, self.segments, found, strict=False
                )
                for passage, score in _best(passages, scores, limit)
            ]
            best.sort(key=lambda each: (-each[0], each[1]))
            return Matches(tuple(_candidate(*each) for each in best[:limit]), total)

    def places(self, leaf: Any, orders: Sequence[int]) -> dict[int, tuple[int, ...]]:
        wanted = np.sort(np.array(orders, np.int64))
        found: dict[int, tuple[int, ...]] = {}
        with guarded("reading", self._folder):
            for base, end, evaluator in zip(
                self._bases, self._bases[1:], self._evaluators, strict=False
            ):
                here = wanted[np.searchsorted(wanted, base) : np.searchsorted(wanted, end)] - base
                passages, begins = evaluator.places(leaf.fieldname, leaf.places, here)
                for passage, begin in zip(passages.tolist(), begins.tolist(), strict=True):
                    found[base + passage] = (*found.get(base + passage, ()), begin)
        return found

    def weight(self, forms: tuple[str, ...]) -> float:
        with guarded("reading", self._folder):
            return self._weight(TEXT, forms)

    def _weight(self, field: str, forms: Forms) -> float:
        weight = self._idf.get((field, forms))
        if weight is None:
            if len(self._idf) >= _REMEMBERED:
                self._idf.clear()
            holding = sum(len(each.union(field, forms)[0]) for each in self._evaluators)
            weight = self._idf[field, forms] = idf(self._passages, holding)
        return weight

    def forms(self, prefix: str) -> Iterator[FormCount]:
        with guarded("reading", self._folder):
            counts: dict[str, tuple[int, int, int]] = {}
            for segment in self.segments:
                _count_forms(segment, prefix, counts)
        return iter([FormCount(form, *_told(*counts[form])) for form in sorted(counts)])

    def article(self, article_id: str) -> Article | None:
        record = self._record(article_id)
        return None if record is None else from_bytes(record)[0]

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        record = self._record(article_id)
        return () if record is None else from_bytes(record)[1]

    def _record(self, article_id: str) -> bytes | None:
        with guarded("reading", self._folder):
            place = self.find(article_id)
            return None if place is None else self.segments[place[0]].record(place[1])

    def find(self, article_id: str) -> tuple[int, int] | None:
        """Return the segment and the number in it of a live article, or None."""
        for at, segment in enumerate(self.segments):
            number = segment.article(article_id)
            if number is not None:
                return at, number
        return None

    def article_ids(self) -> Iterator[str]:
        with guarded("reading", self._folder):
            return iter(
                [
                    text.decode()
                    for segment in self.segments
                    for number, text in enumerate(segment.ids.slice(0, len(segment.ids)))
                    if segment.dead is None or not segment.dead[number]
                ]
            )

    def info(self) -> Counts:
        with guarded("reading", self._folder):
            facts = tuple(
                (source.decode(), _iso(date))
                for segment in self.segments
                for number, (source, date) in enumerate(
                    zip(
                        segment.sources.slice(0, len(segment.sources)),
                        segment.columns["dates"].tolist(),
                        strict=True,
                    )
                )
                if segment.dead is None or not segment.dead[number]
            )
        return Counts(self._passages, self._words, facts)

    def close(self) -> None:
        """Let go of the columns; their files are unmapped with the last array over them."""
        self.segments, self._evaluators = [], []


def open_segments(folder: Path) -> tuple[Manifest, list[Segment]]:
    """Return the newest manifest and its segments.

    A writer may replace the manifest and remove a segment between the two looks; then the newer
    manifest is read.
    """
    while True:
        manifest = read_manifest(folder)
        try:
            return manifest, [Segment(folder, entry) for entry in manifest.segments]
        except FileNotFoundError:
            if read_manifest(folder) == manifest:
                raise


def _best(passages: Any, scores: Any, limit: int) -> Iterator[tuple[int, float]]:
    """Yield the passages of the highest scores; of equal ones at the limit, the first."""
    if len(scores) > limit > 0:
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        above = np.flatnonzero(scores > least)
        chosen = np.concatenate((above, np.flatnonzero(scores == least)[: limit - len(above)]))
        passages, scores = passages[chosen], scores[chosen]
    return zip(passages.tolist(), scores.tolist(), strict=True)


def _candidate(score: float, order: int, segment: Segment, passage: int) -> Candidate:
    article = int(segment.article_of[passage])
    return Candidate(
        score,
        order,
        segment.ids[article].decode(),
        passage - int(segment.article_first[article]),
        int(segment.columns["passage_start"][passage]),
        int(segment.columns["passage_end"][passage]),
    )


def _count_forms(segment: Segment, prefix: str, counts: dict[str, tuple[int, int, int]]) -> None:
    numbers = segment.prefixed(prefix)
    first, last = numbers.start, numbers.stop
    occurs = np.diff(segment.fields[TEXT].position_first[first : last + 1].astype(np.int64))
    capitals = segment.columns["capitals"][first:last].tolist()
    unsure = segment.columns["unsure"][first:last].tolist()
    texts = segment.terms.slice(first, last)
    for text, said, upper, not_told in zip(texts, occurs.tolist(), capitals, unsure, strict=True):
        if said:
            form = text.decode()
            before = counts.get(form, (0, 0, 0))
            counts[form] = before[0] + said, before[1] + upper, before[2] + not_told


def _told(occurrences: int, capitals: int, unsure: int) -> tuple[int, int, int]:
    return occurrences, capitals, occurrences - capitals - unsure


def _iso(date: int) -> str | None:
    return f"{date // 10000:04}-{date // 100 % 100:02}-{date % 100:02}" if date else None
