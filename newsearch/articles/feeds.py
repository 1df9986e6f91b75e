"""RSS and Atom feeds, read by feedparser: one article an entry."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from newsearch.articles.apart import apart
from newsearch.articles.fields import day_of, outlet
from newsearch.articles.markup import shown
from newsearch.articles.source import Problem, Source, read_whole
from newsearch.errors import InputError, NewsearchError
from newsearch.records import Article


def read_feed(source: Source, report: Problem) -> Iterator[Article]:
    """Yield an article for each entry of a feed, with its whole text or what there is of it.

    An entry is known by its id, if that is a URI, which no other feed uses, else by its URL.
    """
    found = apart.call(source.path, _entries, read_whole(source))
    if not found["entries"]:
        raise InputError(source.path, "a feed without entries; left out")
    for number, entry in enumerate(found["entries"], 1):
        url = entry["url"]
        own_id = entry["id"] if ":" in entry["id"] else ""
        date = day_of(source, entry["date"], report)
        yield Article(
            id=own_id or url or f"{source.path}#{number}",
            title=" ".join(shown(entry["title"]).split()),
            text=shown(entry["text"]),
            source=outlet("", url, found["title"], source.outlet),
            date=date,
            url=url,
            author=entry["author"],
            path=source.path,
            date_from="field" if date else "",
        )


def _entries(data: bytes) -> dict[str, Any]:
    """Return the feed's title and its entries; run apart."""
    try:
        import feedparser
    except ImportError as error:
        raise NewsearchError("to read feeds: pip install 'newsearch[feeds]'") from error
    # Tags are taken out afterwards, and relative links in texts are of no use here.
    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return {"title": feed.feed.get("title", ""), "entries": list(map(_entry, feed.entries))}


def _entry(entry: Any) -> dict[str, str]:
    texts = [each.get("value", "") for each in entry.get("content", ())]
    return {
        "id": entry.get("id", ""),
        "url": entry.get("link", ""),
        "title": entry.get("title", ""),
        "text": max([*texts, entry.get("summary", "")], key=len),
        "author": ", ".join(each["name"] for each in entry.get("authors", ()) if each.get("name")),
        "date": entry.get("published", "") or entry.get("updated", ""),
    }
