"""What is longer than the screen goes through a pager, on a terminal only."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from terminals import read_terminal

CODE = """
from newsearch.output.paging import paged
with paged({wanted}):
    print("line\\n" * {lines}, end="")
"""


def shown(lines: int, wanted: bool = True, **environment: str) -> str:
    """Return what a terminal of 24 lines gets, with each line of the pager's begun by P:."""
    parent, child = pty.openpty()
    given = {"PAGER": "sed s/^/P:/", "LINES": "24", "COLUMNS": "80", **environment}
    done = subprocess.Popen(
        [sys.executable, "-c", CODE.format(wanted=wanted, lines=lines)],
        stdin=child,
        stdout=child,
        env={**os.environ, **given},
    )
    os.close(child)
    got = read_terminal(parent)
    assert done.wait(60) == 0
    return got.replace("\r", "")


def test_long_and_short() -> None:
    """Only what is longer than the screen is paged."""
    assert shown(40) == "P:line\n" * 40
    assert shown(20) == "line\n" * 20


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager --please", "'"])
def test_without_a_pager(pager: str) -> None:
    """Nobody loses an answer to a pager that is not there, or not wanted."""
    assert shown(40, PAGER=pager) == "line\n" * 40
    assert shown(40, wanted=False) == "line\n" * 40


def test_pagers_that_end_early() -> None:
    """A reader who has seen enough is no error."""
    assert shown(40, PAGER="head -n 1") == "line\n"


def test_pipes_have_no_pager() -> None:
    """Outside of a terminal there is none."""
    code = CODE.format(wanted=True, lines=40)
    given = {**os.environ, "PAGER": "sed s/^/P:/"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=given)
    assert (done.stdout, done.stderr) == ("line\n" * 40, "")
