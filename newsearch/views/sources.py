"""An answer by outlet: who has it, since when, and in which words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from newsearch.analysis import fold
from newsearch.answering.facts import known
from newsearch.engines.base import Numbers, Snapshot
from newsearch.query.filters import SOURCE
from newsearch.views.found import Found
from newsearch.views.records import Outlet, Sources
from newsearch.views.wording import READ_AT_MOST, SURE, Sample, read, surprise

_WORDS = 5  # of an outlet
_FEW = 3  # passages; of fewer, any word may be the outlet's
_NEVER = 99_999_999  # later than any day


def sources(found: Found, limit: int | None) -> Sources:
    """Return an answer by outlet, at most so many of them."""
    snapshot, orders = found.snapshot, found.orders
    source_of, names = snapshot.named(SOURCE, orders)
    passages = np.bincount(source_of, minlength=len(names))
    articles = np.bincount(source_of[found.opening], minlength=len(names))
    counts = known(snapshot, SOURCE).counts
    corpus = {**counts, "": len(snapshot.firsts()) - sum(counts.values())}
    days = snapshot.days(orders)
    first, last = np.full(len(names), _NEVER), np.zeros(len(names), np.int64)
    np.minimum.at(first, source_of, np.where(days, days, _NEVER))
    np.maximum.at(last, source_of, days)
    there = np.flatnonzero(passages).tolist()
    shown = sorted(there, key=lambda each: (-int(passages[each]), names[each]))[:limit]
    words = _words(
        snapshot,
        [orders[source_of == each] for each in shown],
        [names[each] for each in shown],
    )
    made = tuple(
        Outlet(
            names[each],
            int(passages[each]),
            int(articles[each]),
            corpus[names[each]],
            _iso(int(first[each])),
            _iso(int(last[each])),
            said,
        )
        for each, said in zip(shown, words, strict=True)
    )
    return Sources(found.scope(), made, len(there))


def _words(snapshot: Snapshot, answers: list[Numbers], names: list[str]) -> list[tuple[str, ...]]:
    """Return what each outlet says more often than the others, on the same matter."""
    if len(answers) < 2:
        return [()] * len(answers)
    samples = [read(snapshot, orders, max(2, READ_AT_MOST // len(answers))) for orders in answers]
    every: Counter[str] = Counter()
    for sample in samples:
        every.update(sample.every)
    many = sum(map(len, samples))
    return [
        _words_of(sample, every, many, name) for sample, name in zip(samples, names, strict=True)
    ]


def _words_of(sample: Sample, every: Counter[str], many: int, name: str) -> tuple[str, ...]:
    """Return what one outlet says more often; its own name is no news."""
    here, own = len(sample), fold(name)
    if here < _FEW:
        return ()
    scored = {
        form: surprise(count, here, every[form] - count, many - here)
        for form, count in sample.counts.items()
        if fold(form) not in own
    }
    sure = (form for form, score in scored.items() if score >= SURE)
    best = sorted(sure, key=lambda form: (-scored[form], form))[:_WORDS]
    written = sample.written(best)
    return tuple(written[form][0] for form in best)


def _iso(day: int) -> str | None:
    if day in (0, _NEVER):
        return None
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
