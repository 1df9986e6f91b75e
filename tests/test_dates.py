"""Which texts are dates, and of which day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, TEXTS

from newsearch.dates import iso_day

DATE_PIECES = st.lists(
    st.sampled_from(
        "2025 March Mon 3 03 31 12:30 - / , . T Z +01 e GMT 199999 th am".split() + [" "]
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-02-26", "2025-02-26"),
        (" 2025-02-26 ", "2025-02-26"),
        ("2025-02-26T16:54:00Z", "2025-02-26"),
        ("2025-02-26T23:30:00-08:00", "2025-02-26"),
        ("2025-02-26 16:54", "2025-02-26"),
        ("20250226", "2025-02-26"),
        ("Wed, 26 Feb 2025 23:30:00 -0500", "2025-02-26"),
        ("26 February 2025", "2025-02-26"),
        ("February 26, 2025", "2025-02-26"),
        ("Feb. 26, 2025", "2025-02-26"),
        ("Wednesday 26 February 2025", "2025-02-26"),
        ("February 26, 2025 at 4:54 PM ET", "2025-02-26"),
        ("29 February 2024", "2024-02-29"),
        ("1 January 2000", "2000-01-01"),
        ("February 15, 2001", "2001-02-15"),
    ],
)
def test_iso_day(text: str, expected: str) -> None:
    """The day is the one that is written, whatever the time zone."""
    assert expected == iso_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "today",
        "2025",
        "Feb 2025",
        "2025-02",
        "26 February",
        "Wednesday",
        "Wednesday, February 2025",
        "16:54",
        "2025-02-30",
        "30 February 2025",
        "2025-13-01",
        "2025-02-261",
        "1740528000",
        "9" * 5_000,
        "1e999999999",
    ],
)
def test_iso_day_of_what_is_no_date(text: str) -> None:
    """A text without a year, a month or a day, or of a day that never was, is no date."""
    assert iso_day(text) is None


@FEW
@given(TEXTS | DATE_PIECES)
def test_iso_day_of_anything(text: str) -> None:
    """Any text has either a whole day or none."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|None", str(iso_day(text)))


@FEW
@given(st.dates())
def test_iso_day_of_a_day(day: date) -> None:
    """An ISO day is itself."""
    assert str(day) == iso_day(str(day))
