"""An article to what an engine stores: the stages of adding, one after the other.

clean → passages → tokenize → engine
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from newsearch.cleaning import clean
from newsearch.dates import iso_day
from newsearch.engines import Entry, Writer
from newsearch.errors import InputError
from newsearch.passages import passages
from newsearch.records import Article
from newsearch.settings import Settings


def put(article: Article, writer: Writer, settings: Settings, count: Counter[str]) -> None:
    """Add an article unless it is there already, and count what was done.

    Args:
        article: As it was read.
        writer: Where it goes.
        settings: How it is cleaned and cut.
        count: The fields of `AddReport` but `words`; changed in place.

    Raises:
        InputError: It has no id.
    """
    article = _storable(article)
    fingerprint = _fingerprint(article, settings)
    known = writer.fingerprint(article.id)
    if known == fingerprint:
        count["unchanged"] += 1
        return
    entry = prepare(article, fingerprint, settings)
    if not any(_SPOKEN.search(passage.text) for passage in entry.passages):
        count["empty"] += 1
        return
    writer.put(entry)
    count["added" if known is None else "changed"] += 1
    count["passages"] += len(entry.passages)


def prepare(article: Article, fingerprint: str, settings: Settings) -> Entry:
    """Clean an article and cut it into passages."""
    cleaned = clean(article, settings.keep)
    cut = passages(cleaned.article.text, settings)
    return Entry(cleaned.article, fingerprint, cleaned.removed, tuple(cut))


_SPOKEN = re.compile(r"[^\W_]")
_FIELDS = tuple(field.name for field in fields(Article))
_fields = attrgetter(*_FIELDS)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _storable(article: Article) -> Article:
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


def _fingerprint(article: Article, settings: Settings) -> str:
    shaping = (settings.passage_words, settings.passage_words_max, sorted(settings.keep))
    content = json.dumps([_fields(article), shaping], ensure_ascii=True)
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
