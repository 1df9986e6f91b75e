"""Web archives, opened by warcio: one article for each page, and for each text of a WET file."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO, Any

from newsearch.articles.encodings import text_of
from newsearch.articles.fields import outlet
from newsearch.articles.pages import page_article
from newsearch.articles.source import ARTICLE_AT_MOST, Problem, Source, too_long
from newsearch.errors import InputError, ReaderMissing
from newsearch.records import Article

_HEADERS_AT_MOST = 1_000_000  # bytes; servers send some thousands


def read_warc(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the articles of a web archive, known by their URLs.

    Taken are pages that were answered with success, and texts that others made of pages. Pictures,
    scripts, requests and errors are passed over. The day of the crawl is no article's date.
    """
    stream = _Bounded(source.path, source.stream)
    for record in _records(source.path, stream):
        stream.left = None
        try:
            article = _article(source, record, report)
            if article:
                yield article
        except InputError as problem:
            report(problem)
        except Exception as error:  # of a broken record, warcio may raise anything
            report(InputError(source.path, f"a broken record ({error!r:.80}); left out"))
        while record.raw_stream.read(1 << 16):
            pass
        stream.left = _HEADERS_AT_MOST


class _Bounded:
    """A stream of which warcio reads no endless headers.

    Attributes:
        left: How many bytes it may read; any number, if None.
    """

    def __init__(self, path: str, stream: IO[bytes]) -> None:
        self._path = path
        self._stream = stream
        self.left: int | None = _HEADERS_AT_MOST

    def read(self, many: int = -1) -> bytes:
        data = self._stream.read(many)
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise InputError(self._path, "a header without end; the rest is left out")
        return data


def _records(path: str, stream: _Bounded) -> Iterator[Any]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        reason = "to read web archives: pip install 'newsearch[warc]'"
        raise ReaderMissing(path, reason) from error
    # It prints odd headers, as they are, unless somebody listens to it.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    records = ArchiveIterator(stream)
    records.INC_RECORD = ""  # what it would print of records that end in a wrong place
    try:
        yield from records
    except (InputError, OSError, EOFError):
        raise
    except Exception as error:
        reason = f"a broken record ({error!r:.80}); the rest of this file is left out"
        raise InputError(path, reason) from error


def _article(source: Source, record: Any, report: Problem) -> Article | None:
    """Return the article in a record, or None where there can't be one."""
    answer = record.http_headers
    kind = (answer or record.rec_headers).get_header("Content-Type", "").lower()
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<> ")
    if record.rec_type == "conversion" and kind.startswith("text/plain"):
        text = text_of(_content(source, record), source.path, report)
        name = outlet("", url, "", source.outlet)
        return Article(id=_id(source, record), text=text, source=name, url=url, path=source.path)
    answered = answer is None or answer.get_statuscode().startswith("2")
    if record.rec_type not in ("response", "resource") or not answered or not _PAGE.match(kind):
        return None
    charset = _CHARSET.search(kind)
    return page_article(
        source,
        _content(source, record),
        report,
        article_id=_id(source, record),
        url=url,
        declared=charset[1] if charset else "",
    )


_PAGE = re.compile(r"text/html|application/xhtml\+xml")
_CHARSET = re.compile(r"charset=\s*[\"']?([\w.:-]+)")


def _id(source: Source, record: Any) -> str:
    """Return the URL of a record, or else what the archive calls it."""
    url: str = record.rec_headers.get_header("WARC-Target-URI", "").strip("<> ")
    return url or f"{source.path}#{record.rec_headers.get_header('WARC-Record-ID', '').strip('<>')}"


def _content(source: Source, record: Any) -> bytes:
    """Return the content of a record, unpacked."""
    stream = record.content_stream()
    pieces = []
    left = ARTICLE_AT_MOST
    while left >= 0 and (piece := stream.read(1 << 16)):
        pieces.append(piece)
        left -= len(piece)
    if left < 0:
        raise InputError(source.path, f"a page {too_long(ARTICLE_AT_MOST)}; left out")
    if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
        raise InputError(source.path, "cut short in the middle of a page, which is left out")
    return b"".join(pieces)
