"""Articles to what an engine stores: the stages of adding, one after the other.

clean → passages → tokenize → engine

One process reads the articles and tells which are new; with several jobs, others do the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from zlib import crc32

from newsearch.cleaning.cleaning import Cleaned, clean_all
from newsearch.cleaning.furniture import NOTHING, Furniture, set_aside
from newsearch.dates import iso_day
from newsearch.engines.changing import Part, Writer
from newsearch.engines.entry import Entry
from newsearch.errors import InputError
from newsearch.passages import passages
from newsearch.records import Article
from newsearch.settings import Settings
from newsearch.workers import Workers


class _New(NamedTuple):
    """An article that is not in the index, or not as it is now.

    Attributes:
        values: Its fields; they travel between processes faster than an `Article` does.
        fingerprint: Of this version.
        known: The fingerprint of the version in the index, if any.
        length: About how many characters it has.
    """

    values: tuple[Any, ...]
    fingerprint: str
    known: str | None
    length: int


def add(
    articles: Iterable[Article],
    writer: Writer,
    settings: Settings,
    jobs: int = 1,
    furniture: Furniture = NOTHING,
) -> Counter[str]:
    """Add articles but those that are there already, and count what was done.

    Args:
        articles: As they were read.
        writer: Where they go.
        settings: How they are cleaned and cut, and how much memory may be taken.
        jobs: How many processes clean, cut and write; with 1, it is this one.
        furniture: What the index has learned to set aside.

    Returns:
        The fields of `AddReport` but `words`.

    Raises:
        InputError: An article has no id.
        EngineError: The storage failed, or another process has died.
    """
    count: Counter[str] = Counter()
    new = _new(articles, writer, settings, count)
    first = list(_beginning(new)) if jobs > 1 else []
    if sum(each.length for each in first) >= _WORTHWHILE:
        _share_out(chain(first, new), writer, settings, jobs, furniture, count)
    else:
        for batch in _batches(chain(first, new)):
            _store(batch, writer, settings, furniture, count)
    return count


class Target(Protocol):
    """Where articles go: a `Writer`, a `Part`, or something that only looks like one."""

    def fingerprint(self, article_id: str) -> str | None:
        """Return the fingerprint of the article with that id."""

    def put(self, entry: Entry) -> None:
        """Take an article."""


def add_here(
    articles: Iterable[Article], target: Target, settings: Settings, furniture: Furniture
) -> Counter[str]:
    """Do what `add` does, with this process alone."""
    count: Counter[str] = Counter()
    for batch in _batches(_new(articles, target, settings, count)):
        _store(batch, target, settings, furniture, count)
    return count


def _new(
    articles: Iterable[Article], target: Target, settings: Settings, count: Counter[str]
) -> Iterator[_New]:
    """Yield the articles that are not in the index as they are."""
    shaping = repr((settings.passage_words, settings.passage_words_max, sorted(settings.keep)))
    met: set[str] = set()
    for article in articles:
        article = storable(article)
        values = _fields(article)
        content = _content(values, shaping)
        fingerprint = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
        known = target.fingerprint(article.id)
        if known == fingerprint and article.id not in met:
            count["unchanged"] += 1
        else:
            met.add(article.id)
            yield _New(values, fingerprint, known, len(content))


_BATCH = 100_000  # characters that go through one stage after the other, which is faster


def _batches(new: Iterable[_New]) -> Iterator[list[_New]]:
    batch: list[_New] = []
    length = 0
    for each in new:
        batch.append(each)
        length += each.length
        if length >= _BATCH:
            yield batch
            batch, length = [], 0
    yield batch


def _store(
    batch: list[_New],
    target: Target,
    settings: Settings,
    furniture: Furniture,
    count: Counter[str],
) -> None:
    """Clean articles, cut them into passages and give them to the engine."""
    articles = [Article(*new.values) for new in batch]
    fingerprints = [new.fingerprint for new in batch]
    for new, entry in zip(batch, prepare(articles, fingerprints, settings, furniture), strict=True):
        known = target.fingerprint(entry.article.id) or new.known
        if known == new.fingerprint:
            count["unchanged"] += 1
            continue
        if not any(has_word(passage.text) for passage in entry.passages):
            count["empty"] += 1
            continue
        target.put(entry)
        count["added" if known is None else "changed"] += 1
        count["passages"] += len(entry.passages)
        count["set_aside"] += sum(each.rule != "title" for each in entry.removed)
        count["undated"] += entry.article.date is None


def prepare(
    articles: Sequence[Article],
    fingerprints: Sequence[str],
    settings: Settings,
    furniture: Furniture = NOTHING,
) -> list[Entry]:
    """Clean articles and cut them into passages."""
    cleaned = [set_aside(each, furniture) for each in clean_all(articles, settings.keep)]
    return [entry_of(*each, settings) for each in zip(cleaned, fingerprints, strict=True)]


def entry_of(cleaned: Cleaned, fingerprint: str, settings: Settings) -> Entry:
    """Cut a cleaned article into passages."""
    cut = passages(cleaned.article.text, settings)
    return Entry(cleaned.article, fingerprint, cleaned.removed, tuple(cut))


# Several processes.

_WORTHWHILE = 1_000_000  # characters that one process adds in the time that others take to start


def _beginning(new: Iterator[_New]) -> Iterator[_New]:
    """Yield articles until it is worthwhile to start other processes."""
    length = 0
    while length < _WORTHWHILE and (each := next(new, None)):
        length += each.length
        yield each


class _Share:
    """What one of several processes does: a `Task`."""

    def __init__(self, part: Part, settings: Settings, furniture: Furniture) -> None:
        self._part = part
        self._settings = settings
        self._furniture = furniture
        self._count: Counter[str] = Counter()

    def do(self, batch: list[_New]) -> None:
        _store(batch, self._part, self._settings, self._furniture, self._count)

    def finish(self) -> tuple[Part, Counter[str]]:
        self._part.close()
        return self._part, self._count


def _share_out(
    arriving: Iterator[_New],
    writer: Writer,
    settings: Settings,
    jobs: int,
    furniture: Furniture,
    count: Counter[str],
) -> None:
    """Let other processes store articles; the same id always goes to the same process."""
    parts = [writer.part(settings.memory // jobs) for _ in range(jobs)]
    batches: list[list[_New]] = [[] for _ in parts]
    lengths = [0] * jobs
    with Workers([_Share(part, settings, furniture) for part in parts]) as workers:
        for each in arriving:
            number = crc32(each.values[0].encode()) % jobs
            batches[number].append(each)
            lengths[number] += each.length
            if lengths[number] >= _BATCH:
                workers.send(number, batches[number])
                batches[number], lengths[number] = [], 0
        for number, batch in enumerate(batches):
            workers.send(number, batch)
        for part, done in workers.results():
            writer.take(part)
            count.update(done)


# What is kept of an article as it was read.


def has_word(text: str) -> bool:
    """Tell whether there is a single word in a text; an article without one is left out."""
    return _SPOKEN.search(text) is not None


_SPOKEN = re.compile(r"[^\W_]")
_FIELDS = tuple(field.name for field in fields(Article))
_fields = attrgetter(*_FIELDS)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(article: Article) -> Article:
    """Return an article that can be kept.

    Programs that fill articles from elsewhere leave None where there is nothing, and half
    characters where something was cut; a date may be an object, or no date at all.
    """
    if not article.id:
        raise InputError(article.path or "an article", "has an empty id; give it one")
    changed: dict[str, Any] = {}
    for name, value in zip(_FIELDS, _fields(article), strict=True):
        if name == "date":
            if value is not None and not (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
                changed[name] = iso_day(str(value))
        elif not isinstance(value, str):
            changed[name] = "" if value is None else str(value)
        elif not value.isascii() and _SURROGATE.search(value):
            changed[name] = _SURROGATE.sub("\ufffd", value)
    return replace(article, **changed) if changed else article


def _content(values: tuple[str | None, ...], shaping: str) -> str:
    """Return all that makes a version of an article what it is in an index."""
    texts = [shaping, *[value or "" for value in values]]
    # With their lengths before them, no two lists of texts make the same text.
    return "".join([repr([len(text) for text in texts]), *texts])
