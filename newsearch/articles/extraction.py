"""A web page to the article in it, found by trafilatura."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from newsearch.articles.apart import apart
from newsearch.dates import believable
from newsearch.errors import InputError, NewsearchError

_PAGE_AT_MOST = 10_000_000  # characters; the page of a newspaper has up to two million


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, and what it says of itself.

    Attributes:
        text, title, author, url: As in `Article`; "" where it is not known.
        date: An ISO day, or None.
        site: The name of its site, or "".
    """

    text: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    date: str | None = None
    site: str = ""


def extract(page: str, path: str, url: str = "") -> Page:
    """Return the article in a page.

    Args:
        page: All of its HTML.
        path: Its place, for errors.
        url: Where it was published, if that is known.

    Raises:
        InputError: It is too long, or can't be taken apart.
        ReaderMissing: trafilatura is not installed.
    """
    if len(page) > _PAGE_AT_MOST:
        raise InputError(path, "longer than 10 MB, too long for a page; left out")
    found = Page(**apart.call(path, _found, page, url))
    return found if not found.date or believable(found.date) else replace(found, date=None)


def _found(page: str, url: str) -> dict[str, Any]:
    """Return the fields of a `Page`; run apart."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise NewsearchError("to read HTML: pip install 'newsearch[html]'") from error
    # What is not found in a page can't be found later, and cleaning takes out furniture: so rather
    # too much than too little. Comments are not the outlet's words.
    found = bare_extraction(
        page,
        url=url or None,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,  # when it was published, not when it was changed
            "extensive_search": False,  # not any date that stands somewhere in the text
            "deferred_url_extractor": True,
            "min_date": "1800-01-01",
        },
    )
    if found is None or isinstance(found, dict):  # the latter is a thing of the past
        return {}
    return {
        "text": found.text or "",
        "title": " ".join((found.title or "").split()),
        "author": found.author or "",
        "url": found.url or "",
        "date": found.date,
        "site": found.sitename or "",
    }
