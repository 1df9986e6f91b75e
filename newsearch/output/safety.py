"""Untrusted text made harmless: for terminals, tables, pages and links.

What comes in has been scraped from anywhere, or typed by anyone. What goes out can be shown.
"""

from __future__ import annotations

import re
from pathlib import Path

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# A spreadsheet may run what begins so; the wide ones are what East Asian keyboards give.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_WHITE = re.compile(r"\s")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_IN_LINKS = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def safe(text: str) -> str:
    """Return a text with a space for each character that could drive a terminal.

    Each is replaced by exactly one, so offsets stay right.

    >>> safe("a\\x1b[31mred")
    'a [31mred'
    """
    return _UNSAFE.sub(" ", text)


def level(text: str) -> str:
    """Return a safe text with a plain space for each white space; offsets stay right.

    >>> level("The ferry\\n\\truns.")
    'The ferry  runs.'
    """
    return _WHITE.sub(" ", safe(text))


def one_line(text: str) -> str:
    """Return a safe text on one line, with single spaces.

    >>> one_line("The ferry\\n\\truns. ")
    'The ferry runs.'
    """
    return " ".join(safe(text).split())


def cell(text: str) -> str:
    """Return a text as it may stand in a table that a spreadsheet opens.

    It is on one line, and begins with an apostrophe where it would be taken for a formula: that is
    how spreadsheets themselves mark a text.

    >>> cell("=1+1"), cell("ferry")
    ("'=1+1", 'ferry')
    """
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def web_link(url: str) -> str:
    """Return the address of a page on the web as it may stand in a link, or "" for all else.

    >>> web_link("https://orlund.example/ä b"), web_link("javascript:alert(1)")
    ('https://orlund.example/%C3%A4%20b', '')
    """
    url = url.strip()
    if not _WEB.match(url) or _UNSAFE.search(url):
        return ""
    return _IN_LINKS.sub(_percent, url)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def link(url: str, path: str) -> str:
    """Return where a terminal may lead to: an article's page, or else its file, or "".

    Args:
        url: Where it was published, or "".
        path: A file, if it is absolute and there is one.
    """
    web = web_link(url)
    if web or not path.startswith("/") or _UNSAFE.search(path):
        return web
    file = Path(path)
    try:
        return file.as_uri() if file.is_file() else ""
    except (OSError, ValueError):  # a name that no file can have
        return ""
