"""Named fields, as JSON, tables or front matter have them, to an `Article`."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from newsearch.articles.extraction import Page, extract
from newsearch.articles.markup import shown
from newsearch.articles.source import Problem, Source
from newsearch.dates import believable
from newsearch.errors import Doubt, InputError
from newsearch.records import Article

Fields = Mapping[str, object]


def article_from(
    source: Source,
    fields: Fields,
    report: Problem,
    *,
    made_id: str,
    line: int | None = None,
    text: str | None = None,
) -> Article:
    """Return the article that named fields describe; fields of other names are not used.

    A date that can't be read or believed is reported, and the article goes on without it.

    Args:
        source: The file that they stand in.
        fields: Text, numbers, lists and objects by name.
        report: Told of what is not believed.
        made_id: The id of an article that has neither id nor URL.
        line: Where they stand, counted from 1.
        text: The article's text, where no field holds it.

    Raises:
        InputError: No field holds the text of an article.
    """
    names = source.naming.of(tuple(fields))
    of = names.get
    url = _value(fields, of("url", ()))
    page = _NO_PAGE
    if text is None:
        text = _text(fields, of("text", ()))
        if not text and (whole := _value(fields, of("html", ()))):
            page = extract(whole, source.path, url)
            text = page.text
        if not text and "summary" in names:
            text = _text(fields, names["summary"])
    if text is None:
        raise InputError(source.path, f"{no_text(source, fields)}; left out", line)
    url = url or page.url
    date = day_of(source, _value(fields, of("date", ())), report, line)
    return Article(
        _value(fields, of("id", ())) or url or made_id,
        shown(_value(fields, of("title", ()))) or page.title,
        text,
        outlet(_value(fields, of("source", ())), url, page.site, source.outlet),
        date or page.date,
        url,
        _persons(_value(fields, of("author", ()))) or page.author,
        source.path,
        "field" if date else "page" if page.date else "",
    )


def _value(fields: Fields, names: tuple[str, ...]) -> str:
    """Return the first of some fields that has something to say, as text."""
    for name in names:
        value = fields.get(name)
        if value is None and "." in name:
            value = _inside(fields, name)
        if value is not None and (text := plain(value)):
            return text
    return ""


_NO_PAGE = Page()


def no_text(source: Source, fields: Fields) -> str:
    """Return what is said of fields none of which holds the text of an article."""
    found = ", ".join(" ".join(name.split())[:30] for name in list(fields)[:8]) or "none"
    wanted = source.naming.given.get("text")
    if wanted:
        return f"no field {wanted!r} with an article's text (fields: {found})"
    return f"no field with an article's text (fields: {found}; name it with --map text=FIELD)"


def has_text(source: Source, fields: Fields, *, whole: bool = False) -> bool:
    """Tell whether fields hold the text of an article, or, unless the whole is asked for, a part.

    Args:
        source: The file that they stand in.
        fields: By name.
        whole: Whether a summary is not enough.
    """
    names = source.naming.of(tuple(fields))
    parts = ("text", "html") if whole else ("text", "html", "summary")
    return any(_text(fields, names.get(part, ())) is not None for part in parts)


def day_of(source: Source, written: str, report: Problem, line: int | None = None) -> str | None:
    """Return the day of a date as it is written; one that is not believed is reported."""
    if not written:
        return None
    day = source.dates.day(written)
    if day is None:
        report(Doubt(source.path, f"{written[:40]!r} is not a date; kept without one", line))
    elif not believable(day):
        report(Doubt(source.path, f"{day} can't be the day of an article; kept without it", line))
        return None
    return day


def outlet(given: str, url: str, site: str, folder: str) -> str:
    """Return the source of an article.

    Args:
        given: What a field says, surest; a URL there stands for its host.
        url: Where it was published. Its host is the same for all of an outlet's articles.
        site: How a page calls its site: the same site may do so or not, and in several ways.
        folder: The folder that its file lies in.

    >>> outlet("", "https://www.post.example/7", "The Post", "news")
    'post.example'
    """
    if given:
        return host(given) or given
    return host(url) or site or folder


def host(url: str) -> str:
    """Return the host of a URL, without "www."; "" for what is no URL.

    >>> host("https://www.post.example:443/7"), host("Orlund Post")
    ('post.example', '')
    """
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


# Halves of characters: JSON can escape one alone, but no file can hold it.
_SURROGATES = re.compile("[\ud800-\udfff]")
# How objects that stand for a person, an outlet or a moment call what is wanted of them.
_NAMED = ("name", "$date", "value", "title", "text", "content")


def plain(value: object) -> str:
    """Return a field's value as text; "" for one that is missing or can't be text."""
    if type(value) is str:
        text = value.strip()
        return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    if isinstance(value, list):
        return ", ".join(filter(None, map(plain, value)))
    if isinstance(value, dict):
        return next((text for name in _NAMED if (text := _flat(value.get(name)))), "")
    if isinstance(value, bool) or value != value:  # what is no number: a gap in somebody's table
        return ""
    return str(value) if isinstance(value, (int, float)) else ""


def _flat(value: object) -> str:
    return "" if isinstance(value, (list, dict)) else plain(value)


def _inside(fields: Fields, name: str) -> object:
    """Return a field in an object in a field: `thread.site`."""
    value: object = fields
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _text(fields: Fields, names: tuple[str, ...]) -> str | None:
    """Return the text of an article: the first field that has some; None where none is text."""
    found = None
    for name in names:
        value = fields.get(name)
        if value is None and "." in name:
            value = _inside(fields, name)
        if type(value) is list:
            value = "\n\n".join(filter(None, map(_paragraph, value))) or None
        if type(value) is str:
            found = shown(plain(value))
            if found:
                break
    return found


def _paragraph(value: object) -> str:
    """Return a paragraph of a text that comes as a list of them."""
    if isinstance(value, dict) and "type" in value:
        kind = str(value["type"])
        return "" if kind in ("title", "image", "byline") else _paragraph(_block(value))
    return shown(plain(value)) if isinstance(value, str) else ""


def _block(value: Mapping[str, object]) -> object:
    text = value.get("content", value.get("text"))
    return text if isinstance(text, str) else None


def _persons(written: str) -> str:
    """Return names that a table holds as Python shows a list: ['Ida Moor', 'Jon Vale']."""
    if written[:1] == "[" and written[-1:] == "]" and len(written) < _LIST_AT_MOST:
        try:
            return plain(ast.literal_eval(written))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return written
    return written


_LIST_AT_MOST = 2_000  # characters; Python's parser takes its time over longer ones
