"""Named fields, as front matter or JSON has them, to an `Article`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsearch.articles.source import Problem
from newsearch.dates import iso_day
from newsearch.errors import InputError
from newsearch.records import Article


def article_from(
    fields: Mapping[str, object], path: str, line: int | None, report: Problem
) -> Article:
    """Return the article that named fields describe; fields of other names are not used.

    A date that can't be read is reported, and the article goes on without it.
    """
    written = plain(fields.get("date"))
    date = iso_day(written)
    if written and date is None:
        report(InputError(path, f"{written[:40]!r} is not a date; kept without one", line))
    return Article(
        id=plain(fields.get("id")),
        title=plain(fields.get("title")),
        text=plain(fields.get("text")),
        source=plain(fields.get("source")),
        date=date,
        url=plain(fields.get("url")),
        author=plain(fields.get("author")),
        path=path,
    )


# Halves of characters: JSON can escape one alone, but no file can hold it.
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(value: object) -> str:
    """Return a field's value as text; "" for one that is missing or an object."""
    if isinstance(value, str):
        text = value.strip()
        return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    return str(value) if isinstance(value, (int, float)) else ""
