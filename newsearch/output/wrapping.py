"""Lines that fit a terminal: torn apart between words, not within one."""

from __future__ import annotations

import os
import sys
from typing import TextIO

GLUE = "\N{NO-BREAK SPACE}"
"""Between words that must not be torn apart; shown as a space."""


def print_wrapped(line: str, stream: TextIO | None = None) -> None:
    """Print a line to a stream, stdout if None, wrapped where that is a terminal."""
    stream = stream or sys.stdout
    for row in wrapped(line, _width(stream)):
        print(row, file=stream, flush=True)


def wrapped(line: str, width: int | None) -> list[str]:
    """Return a line as lines that fit, or as it is where the width is None.

    A word that is longer, as a path may be, is left whole.

    >>> wrapped("one name: Kyiv\\N{NO-BREAK SPACE}8, Kiev\\N{NO-BREAK SPACE}1", 18)
    ['one name: Kyiv 8,', '  Kiev 1']
    """
    if width is None:
        return [line.replace(GLUE, " ")]
    import textwrap

    rows = textwrap.wrap(
        line,
        max(width, 20),
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [row.replace(GLUE, " ") for row in rows]


def _width(stream: TextIO) -> int | None:
    """Return how many columns a terminal has, None for what is none."""
    if not stream.isatty():
        return None
    import shutil

    # The other stream may be a file or a pipe: what counts is where these lines go.
    return shutil.get_terminal_size(os.get_terminal_size(stream.fileno())).columns or 80
