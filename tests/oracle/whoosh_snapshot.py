"""Reading a Whoosh index: one commit as it stands.

In: a folder that `whoosh_engine` has written. Out: passages, counts and articles. Trees are
put together here, leaf by leaf; Whoosh's own compound matchers are not used.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from whoosh import index
from whoosh.query import And, AndMaybe, Not, Or, Require
from whoosh.searching import Searcher

from newsearch.analysis import tokenize
from newsearch.engines.base import (
    Alike,
    Begins,
    Counts,
    Matches,
    Numbers,
    Place,
    Scores,
    StoredPassage,
    Truths,
)
from newsearch.engines.guard import guarded
from newsearch.engines.scoring import article_idf, idf
from newsearch.engines.sketching import ENOUGH, NUMBERS, WIDTH, Sketches, form_hashes, sketch
from newsearch.names.keys import can_be_name, stored_keys
from newsearch.query import FormCount, OneOf
from newsearch.query.nodes import TEXT, TITLE
from newsearch.records import Article, Removal
from newsearch.settings import Settings
from oracle.bm25 import BM25

# Fields that count how often a form is written like a name, or says nothing, for `FormCount`.
CAPITALS = "capitals"
UNSURE = "unsure"


def _rows(rows: list[Scores], orders: Numbers) -> Scores:
    return np.array(rows).reshape(len(rows), len(orders))


class WhooshSnapshot:
    """The index as one commit left it."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._lock = RLock()  # Whoosh's readers share file positions between threads
        with self._guarded():
            self._reader = index.open_dir(folder).reader()
            lengths = {TEXT: 0, TITLE: 0}
            count = self._reader.doc_count()
            for searcher, _ in Searcher(self._reader).leaf_searchers() if count else ():
                leaf = searcher.reader()
                for field in lengths:
                    column = leaf.column_reader(field + "_length")
                    lengths[field] += sum(column[number] for number in leaf.all_doc_ids())
            averages = {field: max(total, 1) / max(count, 1) for field, total in lengths.items()}
            self._words = lengths[TEXT]
            model = BM25(settings.k1, settings.b, count, averages)
            self._searcher = Searcher(self._reader, weighting=model)

    def search(self, tree: Any, limit: int, count: bool = False) -> Matches:
        with self._guarded():
            scored = []
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                found = _evaluate(tree, searcher).items()
                scored += [(score, -orders[number]) for number, score in found]
            best = heapq.nlargest(limit, scored)
            return Matches(
                np.array([-negative for _, negative in best], np.int64),
                np.array([score for score, _ in best], np.float64),
                len(scored),
            )

    def holds(self, leaf: Any, orders: Numbers) -> Truths:
        starts = self._starts(leaf)
        return np.array([order in starts for order in orders.tolist()], bool)

    def strengths(self, leaves: Sequence[Any], orders: Numbers) -> Scores:
        return _rows([self._strengths(leaf, orders) for leaf in leaves], orders)

    def _strengths(self, leaf: Any, orders: Numbers) -> Scores:
        with self._guarded():
            parent = self._searcher
            weight = leaf.boost * sum(
                idf(self._reader.doc_count(), holding) for holding in leaf.passages(parent)
            )
        found = self.search(leaf, self._reader.doc_count())
        scores = dict(zip(found.orders.tolist(), found.scores.tolist(), strict=True))
        return np.array([scores.get(order, 0.0) / (weight or 1.0) for order in orders.tolist()])

    def gathered(self, leaves: Sequence[Any], orders: Numbers) -> tuple[Scores, Scores]:
        every = self._by_article()
        names = [self._stored(order)["name"] for order in orders.tolist()]
        rows = []
        for leaf in leaves:
            sums = {name: self._strengths(leaf, np.array(own)).sum() for name, own in every.items()}
            rows.append(np.array([sums[name] for name in names]))
        return self.strengths(leaves, orders), _rows(rows, orders)

    def sizes(self, orders: Numbers) -> Scores:
        every = self._by_article()
        names = [self._stored(order)["name"] for order in orders.tolist()]
        share = len(every) / max(self._reader.doc_count(), 1)
        return np.array([len(every[name]) * share for name in names])

    def spread(self, places: tuple[tuple[str, ...], ...], faint: tuple[str, ...] = ()) -> float:
        every = self._by_article().values()
        total = 0.0
        for forms in places:
            starts = self._starts(OneOf(TEXT, forms))
            holding = sum(not starts.keys().isdisjoint(own) for own in every)
            total += article_idf(len(every), holding)
        return total

    def _by_article(self) -> dict[str, list[int]]:
        """Return the passages of each article."""
        found: dict[str, list[int]] = {}
        with self._guarded():
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                for number in searcher.reader().all_doc_ids():
                    name = searcher.stored_fields(number)["name"]
                    found.setdefault(name, []).append(orders[number])
        return found

    def begins(self, leaves: Sequence[Any], orders: Numbers) -> Begins:
        found = sorted(
            (at << 32 | place, which)
            for which, leaf in enumerate(leaves)
            for starts in [self._starts(leaf)]
            for at, number in enumerate(orders.tolist())
            for place in starts.get(number, ())
        )
        keys, whose = np.array(found, np.int64).reshape(-1, 2).T
        return Begins(keys, whose)

    def _starts(self, leaf: Any) -> dict[int, set[int]]:
        with self._guarded():
            found = {}
            for searcher, _ in self._segments():
                order_of = searcher.reader().column_reader("order")
                for number, starts in leaf.starts(searcher).items():
                    found[order_of[number]] = starts
            return found

    def articles(self, orders: Numbers) -> Numbers:
        names = [self._stored(order)["name"] for order in orders.tolist()]
        every = list(self.article_ids())
        return np.array([every.index(name) for name in names], np.int64)

    def days(self, orders: Numbers) -> Numbers:
        dates = [self.passage(order).place().date for order in orders.tolist()]
        return np.array([int(date.replace("-", "")) if date else 0 for date in dates], np.int64)

    def named(self, field: str, orders: Numbers) -> tuple[Numbers, tuple[str, ...]]:
        each = [getattr(self.passage(order).place(), field) for order in orders.tolist()]
        names = sorted(set(each))
        return np.array([names.index(name) for name in each], np.int64), tuple(names)

    def count(self) -> int:
        with self._guarded():
            return int(self._reader.doc_count())

    def firsts(self) -> Numbers:
        return np.array([self.passages(name)[0] for name in self.article_ids()], np.int64)

    def passages(self, article_id: str) -> Numbers:
        with self._guarded():
            found = []
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                for number, stored in searcher.reader().iter_docs():
                    if stored["name"] == article_id:
                        found.append(orders[number])
            return np.array(sorted(found), np.int64)

    def holding(self, forms: Sequence[str]) -> Numbers:
        counts = [
            sum(OneOf(TEXT, (form,)).passages(searcher)[0] for searcher, _ in self._segments())
            for form in forms
        ]
        return np.array(counts, np.int64)

    def passage(self, order: int) -> StoredPassage:
        every = {each: self._passage(each) for each in self._orders()}
        passage = every.pop(order)
        return replace(passage, others=tuple(every.values()))

    def _passage(self, order: int) -> _Passage:
        stored = self._stored(order)
        article = self.article(stored["name"])
        assert article is not None
        start, end = stored["start"], stored["end"]
        facts = (article.id, article.title, article.source, article.author)
        dated = (article.date, article.date_from, article.url)
        place = Place(*facts, *dated, stored["number"], start, end)
        return _Passage(place, article.text[start:end])

    def sketches(self, orders: Numbers) -> Sketches:
        rows = [_sketch(self._passage(order).text()) for order in orders.tolist()]
        return np.array(rows, np.uint16).reshape(-1, WIDTH)

    def _orders(self) -> list[int]:
        with self._guarded():
            return sorted(
                orders[number]
                for searcher, _ in self._segments()
                for orders in [searcher.reader().column_reader("order")]
                for number in searcher.reader().all_doc_ids()
            )

    def _stored(self, order: int) -> Any:
        with self._guarded():
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                for number in searcher.reader().all_doc_ids():
                    if orders[number] == order:
                        return searcher.stored_fields(number)
        raise LookupError(f"there is no passage {order}")

    def weight(self, forms: tuple[str, ...]) -> float:
        with self._guarded():
            holding = sum(
                OneOf(TEXT, forms).passages(searcher)[0] for searcher, _ in self._segments()
            )
            return idf(self._reader.doc_count(), holding)

    def forms(self, prefix: str) -> Iterator[FormCount]:
        with self._guarded():
            capitals, unsure = self._counts(CAPITALS, prefix), self._counts(UNSURE, prefix)
            found = []
            for form, occurrences in self._counts(TEXT, prefix).items():
                told = occurrences - unsure.get(form, 0)
                upper = capitals.get(form, 0)
                found.append(FormCount(form, occurrences, upper, max(0, told - upper)))
            return iter(found)

    def form(self, form: str) -> FormCount | None:
        return next((count for count in self.forms(form) if count.form == form), None)

    def sharing(self, keys: Collection[int]) -> set[str]:
        names = (count.form for count in self.forms("") if can_be_name(count.form))
        return {form for form in names if not stored_keys(form).isdisjoint(keys)}

    def _counts(self, field: str, prefix: str) -> dict[str, int]:
        """Return how often each form with a prefix occurs in a field, sorted by form."""
        found = {}
        for raw, info in self._reader.iter_field(field, prefix):
            form = raw.decode()
            if not form.startswith(prefix):
                break
            found[form] = int(info.weight())
        return found

    def article(self, article_id: str) -> Article | None:
        record = self.record(article_id)
        return None if record is None else Article(**record["article"])

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        record = self.record(article_id) or {"removed": ()}
        return tuple(Removal(*removal) for removal in record["removed"])

    def whole(self, article_id: str) -> tuple[Article, tuple[Removal, ...]] | None:
        article = self.article(article_id)
        return None if article is None else (article, self.removed(article_id))

    def record(self, article_id: str) -> dict[str, Any] | None:
        """Return what is stored of an article."""
        with self._guarded():
            if ("article", article_id) not in self._reader:
                return None
            # Passages are written in order: the first document is the one with the record.
            for matcher in _steps(self._reader.postings("article", article_id)):
                stored = self._reader.stored_fields(matcher.id())
                return dict(json.loads(stored["record"]))
        return None

    def article_ids(self) -> Iterator[str]:
        with self._guarded():
            added = []
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                for number, stored in searcher.reader().iter_docs():
                    if "record" in stored:
                        added.append((orders[number], stored["name"]))
        return (name for _, name in sorted(added))

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        names = list(self.article_ids())
        records = [self.record(name) for name in names]
        return iter([(n, str(r["fingerprint"])) for n, r in zip(names, records, strict=True) if r])

    def next_order(self) -> int:
        """Return a number for the next passage, above those of all that are there."""
        with self._guarded():
            last = -1
            for searcher, _ in self._segments():
                orders = searcher.reader().column_reader("order")
                last = max(last, *(orders[n] for n in searcher.reader().all_doc_ids()))
            return last + 1

    def info(self) -> Counts:
        with self._guarded():
            stored = [fields for _, fields in self._reader.iter_docs()]
            kept = [json.loads(fields["record"]) for fields in stored if "record" in fields]
            facts = tuple(
                tuple(each["article"][name] for name in ("source", "date", "date_from"))
                for each in kept
            )
            return Counts(len(stored), self._words, facts)

    def close(self) -> None:
        with self._lock:
            if not self._searcher.is_closed:
                self._searcher.close()  # and its reader

    def _segments(self) -> list[tuple[Any, int]]:
        """Return a searcher for each segment that holds passages, and its first document."""
        leaves = self._searcher.leaf_searchers()
        return [leaf for leaf in leaves if leaf[0].reader().doc_count()]

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock, guarded("reading", self._folder):
            yield


@dataclass(frozen=True)
class _Passage:
    where: Place
    said: str
    others: tuple[_Passage, ...] = ()  # of the index

    def place(self) -> Place:
        return self.where

    def text(self) -> str:
        return self.said

    def alike(self, least: int = ENOUGH) -> Alike:
        own, same, perhaps = _sketch(self.said), [], []
        for other in self.others:
            pairs = list(zip(own, _sketch(other.said), strict=True))
            shared = sum(a == b for a, b in pairs)
            if own == _sketch(other.said) and own[0]:
                same.append(other)
            elif sum(a == b != 0 for a, b in pairs[:NUMBERS]) >= least:
                perhaps.append((shared, other))
        perhaps.sort(key=lambda each: -each[0])
        return Alike(tuple(same), tuple(other for _, other in perhaps))


def _sketch(text: str) -> list[int]:
    forms = [token.form for token in tokenize(text)]
    tokens, ends = np.arange(len(forms), dtype=np.uint32), np.array([len(forms)])
    row = sketch(tokens, ends, form_hashes(form.encode() for form in forms))
    return [int(number) for number in row[0]]


def _steps(matcher: Any) -> Iterator[Any]:
    """Yield a matcher at each of its documents in turn."""
    while matcher.is_active():
        yield matcher
        matcher.next()


def _evaluate(node: Any, searcher: Any) -> dict[int, float]:
    """Return document number → score of a tree in one segment.

    Compound nodes are put together here, as sets: Whoosh's own matchers for them lose documents
    (a Require over two Or nodes, for one). Any other kind of node goes to its Whoosh matcher.
    """
    if isinstance(node, Not):
        left_out = _evaluate(node.query, searcher)
        return {n: 0.0 for n in searcher.reader().all_doc_ids() if n not in left_out}
    if isinstance(node, (And, Or, AndMaybe, Require)):
        parts = [_evaluate(child, searcher) for child in node.children()]
        if isinstance(node, Or):
            documents = set().union(*parts)
        elif isinstance(node, AndMaybe):
            documents = set(parts[0])
        else:
            documents = set(parts[0]).intersection(*parts[1:])
        scored = parts[:1] if isinstance(node, Require) else parts
        return {n: sum(part.get(n, 0.0) for part in scored) for n in documents}
    return {step.id(): step.score() for step in _steps(node.matcher(searcher, searcher.context()))}
