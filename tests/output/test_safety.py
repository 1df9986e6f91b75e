"""Untrusted text is made harmless, and nothing else happens to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output.hostile import DRIVES, MARKUP, TERMINAL

from newsearch.output.safety import cell, link, one_line, safe, web_link


@given(st.text())
def test_safe_keeps_offsets(text: str) -> None:
    """One character becomes one, and none that could drive a terminal is left."""
    shown = safe(text)
    assert len(text) == len(shown)
    assert not DRIVES & set(shown)
    assert all(one in (other, " ") for one, other in zip(shown, text, strict=True))


@given(st.text())
def test_one_line(text: str) -> None:
    """There is no line end, no tab and no double space left."""
    assert one_line(text).split(" ") == (one_line(text).split() or [""])


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", " \r\n@x", "\ufeff=1"]
)
def test_cells_are_no_formulas(formula: str) -> None:
    """What a spreadsheet could run gets an apostrophe, behind blanks, too."""
    assert cell(formula) == f"'{one_line(formula)}"


@pytest.mark.parametrize("text", ["ferry", "a=b", "'tis", "", "5", "(–1)"])
def test_other_cells_stay(text: str) -> None:
    """All else stays as it is."""
    assert cell(text) == text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://orlund.example/a?b=c&d#e", "https://orlund.example/a?b=c&d#e"),
        (" HTTP://orlund.example/ä b", "HTTP://orlund.example/%C3%A4%20b"),
        ('https://a/"><script>', "https://a/%22%3E%3Cscript%3E"),
        ("https://a/\\)`", "https://a/%5C)%60"),
        ("https://a/\x1b]8;;", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//orlund.example", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_web_link(url: str, expected: str) -> None:
    """Only http and https become links, and nothing in them ends one."""
    assert web_link(url) == expected


def test_link_to_a_file(tmp_path: Path) -> None:
    """An article without a page leads to its file, if there is one with a decent name."""
    file = tmp_path / "a ferry.txt"
    file.write_text("x")
    assert link("", str(file)) == file.as_uri()
    assert link("https://orlund.example", str(file)) == "https://orlund.example"
    odd = tmp_path / "a\x1b.txt"
    odd.write_text("x")
    others = [str(odd), str(tmp_path), str(file) + "#3", "a ferry.txt", "/" + "x" * 5000, "/\0"]
    assert [link("javascript:x", other) for other in others] == [""] * len(others)


def test_hostile_texts_are_hostile() -> None:
    """The texts that the other tests use hold what they should."""
    assert DRIVES <= set(TERMINAL) and "<script>" in MARKUP
