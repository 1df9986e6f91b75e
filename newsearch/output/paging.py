"""Long answers on a terminal go through a pager; everything else goes straight to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO


@contextmanager
def paged(wanted: bool) -> Iterator[None]:
    """Gather what is printed to stdout, and show it in a pager if it is longer than the screen.

    Args:
        wanted: Whether there may be a pager; there is none but on a terminal.
    """
    command = os.environ.get("PAGER", "less -FRX")
    if not wanted or not (sys.stdout.isatty() and sys.stdin.isatty()) or command in ("", "cat"):
        yield
        return
    gathered = StringIO()
    try:
        with redirect_stdout(gathered):
            yield
    finally:
        _show(gathered.getvalue(), command)


def _show(text: str, command: str) -> None:
    import shutil

    if text.count("\n") < shutil.get_terminal_size().lines or not _through(text, command):
        sys.stdout.write(text)


def _through(text: str, command: str) -> bool:
    """Show a text in a pager; return whether there was one."""
    import shlex
    import signal
    import subprocess

    # What `less` is to do if the person has not said; links and colours are shown as such.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        arguments = shlex.split(command)
        pager = subprocess.Popen(arguments, stdin=subprocess.PIPE, env=environment)
    except (OSError, ValueError):  # no such program, or a quote that is not closed
        return False
    # The pager has the keyboard: Ctrl-C is for it, and it ends when its reader says so.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode("utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True
