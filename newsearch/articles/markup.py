"""Pieces of HTML, as feeds and databases hold them, to the text that they show.

Whole pages, in which the article has to be found first, are read by `pages`.
"""

from __future__ import annotations

import html
import re

# Neither part can begin again inside of what it has matched: the time is linear for any text.
_TAG = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>|<[!?][a-zA-Z\[][^<>]*>")
_TELLING = re.compile(
    r"<(?:/?(?:p|div|span|strong|em|b|i|ul|ol|li|h[1-6]|blockquote|figure|table|section|article)"
    r"(?:\s[^<>]*)?|br ?/?|/a|a\s[^<>]*|img\s[^<>]*)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_BLOCKS = frozenset(
    "p div br hr ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote figure figcaption table tr pre "
    "section article header footer aside main".split()
)
_UNSEEN = frozenset("script style noscript template iframe svg head".split())
_SPACES = re.compile(r"[ \t\r\f\v]+")


def shown(text: str) -> str:
    """Return the text that a piece of HTML shows; text that is none comes back as it is.

    >>> shown("<p>The ferry <b>runs</b> again.</p><p>R&amp;D</p>"), shown("a < b, c > d")
    ('The ferry runs again.\\n\\nR&D', 'a < b, c > d')
    """
    if "<" in text and _TELLING.search(text):
        return _without_tags(text)
    if "&" in text and _ENTITY.search(text):
        return html.unescape(text)
    return text


def _without_tags(text: str) -> str:
    pieces = []
    at = 0
    hidden = ""  # the tag, or the comment, inside of which nothing is shown
    for match in _TAG.finditer(text):
        if not hidden:
            pieces.append(_SPACES.sub(" ", text[at : match.start()].replace("\n", " ")))
        at = match.end()
        name = (match[2] or match[0]).lower()
        if hidden:
            ends = name == "-->" if hidden == "<!--" else bool(match[1]) and name == hidden
            hidden = "" if ends else hidden
        elif name in _UNSEEN and not match[1] and not match[0].endswith("/>") or name == "<!--":
            hidden = name
        elif name in _BLOCKS:
            pieces.append("\n")
    if not hidden:
        pieces.append(_SPACES.sub(" ", text[at:].replace("\n", " ")))
    lines = map(str.strip, "".join(pieces).split("\n"))
    return html.unescape("\n\n".join(filter(None, lines)))
