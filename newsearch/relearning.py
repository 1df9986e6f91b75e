"""Learning page furniture from the articles of an index, and setting it aside in all of them.

In: a snapshot of the index. Out: what was learned, and articles that replace those in which it
stood. What is learned depends on nothing but the articles that are there, whatever was learned
before: a sample of a source is chosen by the articles' ids, and is looked at as it was before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from newsearch.adding import add, entry_of, storable
from newsearch.cleaning.cleaning import Cleaned, clean
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
from newsearch.cleaning.learning import AT_LEAST, SAMPLE, Sample, learn
from newsearch.engines.changing import Engine, Writer
from newsearch.errors import IndexDamaged, NewsearchError
from newsearch.records import Article
from newsearch.settings import Settings

if TYPE_CHECKING:  # adding needs nothing of what it stands on
    from newsearch.engines.base import Snapshot

_HELD = 32_000_000  # characters of text, of a pile that is looked at before it is written
_FEW = 200  # articles; a source of no more is looked at whenever it has changed
_MUCH = 0.2  # of all articles
_GROWN = 0.05  # of its articles; a larger one when it has changed by so much

_Ids = dict[str, list[tuple[str, str]]]  # ids and fingerprints of the articles of each source


def learn_boilerplate(
    engine: Engine,
    folder: Path,
    settings: Settings,
    keep: Iterable[str],
    drop: Iterable[str],
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
        drop: Patterns that were given as `keep` and are not to count any more. What was learned is
            set aside again at once, what a rule takes out in articles that come from now on.
        changing: Gives a writer whose changes are all made, or none.
        optimize: Rewrites the index.

    Raises:
        EngineError: The disk is full or another process is writing; nothing was changed.
        NewsearchError: A pattern has no word, or is dropped and was never kept.
    """
    with changing() as writer:  # from here on, nobody else changes the index
        before = load_learned(folder)
        snapshot = engine.snapshot()
        try:
            now = _with_kept(relearn(snapshot, before, settings), keep, drop)
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


def add_learning(
    articles: Iterable[Article],
    writer: Writer,
    settings: Settings,
    jobs: int,
    folder: Path,
    first: bool,
) -> Counter[str]:
    """Add articles without what is known to be page furniture; see `adding.add`.

    Args:
        articles, writer, settings, jobs: As there.
        folder: Where it is kept what was learned.
        first: Whether to learn from the articles before they are added.
    """
    known = load_learned(folder)
    articles, learned = learn_first(articles, known, settings) if first else (articles, known)
    count = add(articles, writer, settings, jobs, learned.furniture())
    if learned != known:  # if nothing is committed now, what was learned does no harm
        save_learned(folder, learned)
    return count


def learn_first(
    articles: Iterable[Article], learned: Learned, settings: Settings
) -> tuple[Iterator[Article], Learned]:
    """Learn from articles before they are written, so that they need not be written again.

    Args:
        articles: As they were read. The first of them are held, up to `_HELD`.
        learned: What is known; only of sources that are not in it something is learned.
        settings: Those of the index.

    Returns:
        All of the articles, and what is known now. What it is of an index that has these articles
        only, `relearn` finds, too; of any other, it sets it right.
    """
    arriving = iter(articles)
    if LEARNED in settings.keep:
        return arriving, learned
    held = 0
    first: list[Article] = []
    while held < _HELD and (article := next(arriving, None)):
        first.append(storable(article))
        held += len(first[-1].text)
    by_source: dict[str, dict[str, Article]] = {}
    for article in first:
        if article.source not in learned.sources:
            by_source.setdefault(article.source, {})[article.id] = article

    def sample(known: dict[str, Article], article_id: str) -> Sample:
        return _sample(clean(known[article_id], settings.keep))

    sources = {
        name: _learned_of(known, partial(sample, known)) for name, known in by_source.items()
    }
    return chain(first, arriving), Learned({**learned.sources, **sources}, learned.keep)


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
        ids = [each for each, _ in articles]
        sources[name] = _learned_of(ids, lambda each: _sample(_stored(snapshot, each)))
    return Learned(sources, learned.keep)


def _learned_of(ids: Collection[str], sample: Callable[[str], Sample]) -> Source:
    """Return what is learned from some of the articles of a source."""
    if len(ids) < AT_LEAST:
        return Source(len(ids), ())
    return Source(len(ids), tuple(learn(map(sample, nsmallest(SAMPLE, ids, key=_lot)))))


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
    if whole is None:  # though the snapshot itself has named it
        raise IndexDamaged(f"article {article_id!r} is not found by its id", "its folder segments")
    return Cleaned(*whole)


def _sample(cleaned: Cleaned) -> Sample:
    article = cleaned.article
    return Sample(tuple(learned_back(cleaned)), article.date or article.title)


def _with_kept(learned: Learned, keep: Iterable[str], drop: Iterable[str]) -> Learned:
    """Return what was learned with other patterns of what people want to keep.

    Raises:
        NewsearchError: A pattern has no word, and would keep everything; or there is none to drop.
    """
    keep, drop = list(keep), list(drop)
    for pattern in keep:
        if not key(pattern):
            raise NewsearchError(
                f"the pattern {pattern!r} has no word, and would keep everything; give it one"
            )
    for pattern in drop:
        if pattern not in learned.keep:
            known = ", ".join(map(repr, learned.keep)) or "none"
            raise NewsearchError(f"{pattern!r} is no pattern of what is kept (there is {known})")
    patterns = dict.fromkeys((*learned.keep, *keep))
    return replace(learned, keep=tuple(each for each in patterns if each not in drop))
