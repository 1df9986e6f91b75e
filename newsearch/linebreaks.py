"""Line breaks that end paragraphs, told apart from those that only kept lines short."""

from __future__ import annotations

from itertools import pairwise


def normal_breaks(text: str) -> str:
    """Return a text in which every kind of line break is a newline."""
    for mark in ("\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"):
        if mark in text:
            text = text.replace(mark, "\n")
    return text


def join_wrapped(text: str) -> str:
    """Return a text with a space for each line break that only kept its lines short.

    A text is taken for wrapped if none of its lines is long and a quarter of its breaks inside
    paragraphs stand before a small letter. Such a break only kept a line short where the next
    line goes on in lower case, where the line has no stop at its end, or where the next word
    would not have fitted.

    >>> join_wrapped("The ferry to the far shore runs\\nagain since Friday.\\nTrams do not.")
    'The ferry to the far shore runs again since Friday.\\nTrams do not.'
    """
    lines = text.split("\n")
    breaks = [(one, next_) for one, next_ in pairwise(lines) if one.strip() and next_.strip()]
    width = max((len(one.rstrip()) for one, _ in breaks), default=0)
    if not _WRAPPED_AT_LEAST <= width <= _WRAPPED_AT_MOST:
        return text
    if sum(_is_lower(next_) for _, next_ in breaks) < _WRAPPED_SHARE * len(breaks):
        return text
    pieces = [lines[0]]
    for one, next_ in pairwise(lines):
        inside = one.strip() and next_.strip()
        goes_on = inside and (
            _is_lower(next_) or _is_unfinished(one, width) or _no_room(one, next_, width)
        )
        pieces += [" " if goes_on else "\n", next_]
    return "".join(pieces)


_WRAPPED_AT_LEAST = 30  # characters; what is narrower is a table or a list
_WRAPPED_AT_MOST = 100  # characters; nobody wraps by hand or by mail program beyond that


_WRAPPED_SHARE = 0.25


def _is_unfinished(line: str, width: int) -> bool:
    """Tell whether a line that is not a short one ends within a sentence."""
    return len(line.strip()) * 2 > width and line.rstrip()[-1] not in _LAST


_LAST = frozenset(".!?:;…\"'”’»)]>")


def _is_lower(line: str) -> bool:
    return line.lstrip()[0].islower()


def _no_room(line: str, next_line: str, width: int) -> bool:
    """Tell whether the next line's first word would have made this line too long."""
    return len(line.rstrip()) + 1 + len(next_line.split(maxsplit=1)[0]) > width
