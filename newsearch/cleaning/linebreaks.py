"""Line breaks that end paragraphs, told apart from those that only kept lines short."""

from __future__ import annotations

from itertools import pairwise


def normal_breaks(text: str) -> str:
    """Return a text in which every kind of line break is a newline."""
    for mark in _ASCII_BREAKS if text.isascii() else _BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    return text


_ASCII_BREAKS = ("\r\n", "\r", "\x0b", "\x0c")
_BREAKS = (*_ASCII_BREAKS, "\u2028", "\u2029", "\x85")


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
    bare = [*map(str.strip, lines)]
    shorter = lines if bare == lines else [*map(str.rstrip, lines)]
    # The breaks inside paragraphs, each by the number of the line before it.
    breaks = [at for at, (one, next_) in enumerate(pairwise(bare)) if one and next_]
    width = max([len(shorter[at]) for at in breaks], default=0)
    if not _WRAPPED_AT_LEAST <= width <= _WRAPPED_AT_MOST:
        return text
    lower = [bare[at + 1][0].islower() for at in breaks]
    if sum(lower) < _WRAPPED_SHARE * len(breaks):
        return text
    pieces = ["\n"] * (2 * len(lines) - 1)
    pieces[::2] = lines
    for at, before_lower in zip(breaks, lower, strict=True):
        if (
            before_lower
            or _is_unfinished(bare[at], width)
            or _no_room(shorter[at], bare[at + 1], width)
        ):
            pieces[2 * at + 1] = " "
    return "".join(pieces)


_WRAPPED_AT_LEAST = 30  # characters; what is narrower is a table or a list
_WRAPPED_AT_MOST = 100  # characters; nobody wraps by hand or by mail program beyond that
_WRAPPED_SHARE = 0.25


def _is_unfinished(line: str, width: int) -> bool:
    """Tell whether a line that is not a short one ends within a sentence."""
    return len(line) * 2 > width and line[-1] not in _LAST


_LAST = frozenset(".!?:;…\"'”’»)]>")


def _no_room(line: str, next_line: str, width: int) -> bool:
    """Tell whether the next line's first word would have made this line too long."""
    return len(line) + 1 + len(next_line.split(maxsplit=1)[0]) > width
