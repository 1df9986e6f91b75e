"""Learning page furniture from the articles of an index, and setting it aside in all of them.

In: a snapshot of the index. Out: what was learned, and articles that replace those in which it
stood. What is learned depends on nothing but the articles that are there, whatever was learned
before: a sample of a source is chosen by the articles' ids, and is looked at as it was before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import blake2b
from heapq import nsmallest
from pathlib import Path

from newsearch.adding import entry_of
from newsearch.cleaning.cleaning import Cleaned
from newsearch.cleaning.furniture import (
    LEARNED,
    Relearned,
    SetAside,
    key,
    kind_of,
    learned_back,
    removals_of,
    set_aside,
)
from newsearch.cleaning.furniture_file import Learned, Source, load_learned, save_learned
from newsearch.cleaning.learning import SAMPLE, Sample, learn
from newsearch.engines.base import Snapshot
from newsearch.engines.changing import Engine, Writer
from newsearch.errors import NewsearchError
from newsearch.settings import Settings

_FEW = 200  # articles; a source of no more is looked at whenever it has changed
_MUCH = 0.2  # of all articles
_GROWN = 0.05  # of its articles; a larger one when it has changed by so much

_Ids = dict[str, list[tuple[str, str]]]  # ids and fingerprints of the articles of each source


def learn_boilerplate(
    engine: Engine,
    folder: Path,
    settings: Settings,
    keep: Iterable[str],
    changing: Callable[[], AbstractContextManager[Writer]],
    optimize: Callable[[], None],
) -> Relearned:
    """Look for what recurs in the articles of a source, and set it aside in all of them.

    What is set aside is kept, with its place.

    Args:
        engine: The index.
        folder: Where it is kept what was learned.
        settings: Those of the index.
        keep: From now on, never set aside what holds one of these texts (`*` in it stands for
            anything), nor what a rule of one of these names takes out; it is put back.
        changing: Gives a writer whose changes are all made, or none.
        optimize: Rewrites the index.

    Raises:
        EngineError: The disk is full or another process is writing; nothing was changed.
    """
    with changing() as writer:  # from here on, nobody else changes the index
        before = load_learned(folder)
        snapshot = engine.snapshot()
        try:
            now = _with_kept(relearn(snapshot, before, settings), keep)
            done = set_aside_everywhere(snapshot, writer, before, now, settings)
            articles = len(snapshot.info().facts)
        finally:
            snapshot.close()
    # Killed before this, the next run finds that it has to look at all articles again.
    if now != before:
        save_learned(folder, now)
    if done.articles > _MUCH * articles:
        optimize()  # the earlier versions would take their place for long
    return done


def relearn(snapshot: Snapshot, learned: Learned, settings: Settings) -> Learned:
    """Return what is to be set aside in an index as it is now.

    Args:
        snapshot: The index.
        learned: What was learned before; of sources that have hardly changed, it stays.
        settings: What is kept; nothing is learned if "learned" is kept.
    """
    if LEARNED in settings.keep:
        return Learned({}, learned.keep)
    sources = {}
    for name, articles in _by_source(snapshot).items():
        before = learned.sources.get(name)
        if before and not _has_grown(before.articles, len(articles)):
            sources[name] = before
            continue
        ids = nsmallest(SAMPLE, (each for each, _ in articles), key=_lot)
        blocks = learn(_sample(snapshot, each) for each in ids)
        sources[name] = Source(len(articles), tuple(blocks))
    return Learned(sources, learned.keep)


def set_aside_everywhere(
    snapshot: Snapshot, writer: Writer, before: Learned, now: Learned, settings: Settings
) -> Relearned:
    """Replace the articles in which something else is set aside than before.

    Args:
        snapshot: The index.
        writer: Takes the articles.
        before: What was set aside until now.
        now: What is to be set aside.
        settings: How articles are cut.
    """
    furniture, earlier = now.furniture(), before.furniture()
    articles = pieces = 0
    if (furniture.blocks, now.keep) == (earlier.blocks, before.keep):
        return Relearned()
    for name, ids in _by_source(snapshot).items():
        if now.keep == before.keep and furniture.blocks.get(name) == earlier.blocks.get(name):
            continue
        for article_id, fingerprint in ids:
            stored = _stored(snapshot, article_id)
            cleaned = set_aside(stored, furniture)
            if cleaned != stored:
                writer.put(entry_of(cleaned, fingerprint, settings))
                articles += 1
                pieces += len(cleaned.removed) - len(stored.removed)
    return Relearned(articles, pieces)


def tally(snapshot: Snapshot) -> list[SetAside]:
    """Return what was set aside in an index, what is most frequent first.

    Learned blocks are told apart by their words, what a rule took out by the rule.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], tuple[str, str]] = {}
    for name, ids in _by_source(snapshot).items():
        for article_id, _ in ids:
            met = set()
            for each in removals_of(snapshot.removed(article_id)):
                kind = (name, each.rule, kind_of(each.text) if each.rule == LEARNED else "")
                examples.setdefault(kind, (each.text, article_id))
                met.add(kind)
            counts.update(met)
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return [SetAside(kind[1], kind[0], counts[kind], *examples[kind]) for kind in order]


def _by_source(snapshot: Snapshot) -> _Ids:
    found: _Ids = {}
    for pair, (source, *_) in zip(snapshot.fingerprints(), snapshot.info().facts, strict=True):
        found.setdefault(source, []).append(pair)
    return found


def _has_grown(before: int, now: int) -> bool:
    return now != before and (now <= _FEW or abs(now - before) >= _GROWN * now)


def _lot(article_id: str) -> bytes:
    """Return something that has no order of time or place."""
    return blake2b(article_id.encode(), digest_size=8).digest()


def _stored(snapshot: Snapshot, article_id: str) -> Cleaned:
    whole = snapshot.whole(article_id)
    assert whole  # the snapshot itself has named it
    return Cleaned(*whole)


def _sample(snapshot: Snapshot, article_id: str) -> Sample:
    stored = _stored(snapshot, article_id)
    return Sample(tuple(learned_back(stored)), stored.article.date or stored.article.title)


def _with_kept(learned: Learned, patterns: Iterable[str]) -> Learned:
    """Return what was learned with more that people want to keep.

    Raises:
        NewsearchError: A pattern has no word, and would keep everything.
    """
    patterns = list(patterns)
    for pattern in patterns:
        if not key(pattern):
            raise NewsearchError(
                f"the pattern {pattern!r} has no word, and would keep everything; give it one"
            )
    return replace(learned, keep=tuple(dict.fromkeys((*learned.keep, *patterns))))
