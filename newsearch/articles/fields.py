"""Named fields, as front matter or JSON has them, to an `Article`."""

from __future__ import annotations

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
    written = _text(fields.get("date"))
    date = iso_day(written)
    if written and date is None:
        report(InputError(path, f"{written[:40]!r} is not a date; kept without one", line))
    return Article(
        id=_text(fields.get("id")),
        title=_text(fields.get("title")),
        text=_text(fields.get("text")),
        source=_text(fields.get("source")),
        date=date,
        url=_text(fields.get("url")),
        author=_text(fields.get("author")),
        path=path,
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
