"""Web pages: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.articles.encodings import declared_in, text_of
from newsearch.articles.extraction import extract
from newsearch.articles.fields import outlet
from newsearch.articles.source import Problem, Source, read_whole
from newsearch.errors import InputError
from newsearch.records import Article


def read_page(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the article in a web page. Its file is its id: many pages give a wrong URL."""
    data = read_whole(source)
    yield page_article(source, data, report, article_id=source.path)


def page_article(
    source: Source,
    data: bytes,
    report: Problem,
    *,
    article_id: str,
    url: str = "",
    declared: str = "",
) -> Article:
    """Return the article in a page.

    Args:
        source: The file that it stands in.
        data: The page.
        report: Told of a doubtful encoding.
        article_id: What it is known by.
        url: Where it was published, if that is known.
        declared: The encoding that it came with, or "".

    Raises:
        InputError: There is no article in it.
    """
    html = text_of(data, source.path, report, declared=declared or declared_in(data))
    page = extract(html, source.path, url)
    if not page.text:
        raise InputError(source.path, "no article was found in this page; left out")
    url = url or page.url
    return Article(
        id=article_id,
        title=page.title,
        text=page.text,
        source=outlet("", url, page.site, source.outlet),
        date=page.date,
        url=url,
        author=page.author,
        path=source.path,
        date_from="page" if page.date else "",
    )
