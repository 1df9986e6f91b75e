"""Which texts are dates, and of which day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, TEXTS

from newsearch.dates import FieldDates, dated, iso_day, name_day, url_day
from newsearch.records import Article

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


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("3/4/2025", False, "2025-03-04"),
        ("3/4/2025", True, "2025-04-03"),
        ("26/2/2025", False, "2025-02-26"),
        ("3.4.2025", False, "2025-04-03"),
        ("3.4.2025 16:54", False, "2025-04-03"),
    ],
)
def test_day_and_month_in_numbers(text: str, day_first: bool, expected: str) -> None:
    """Where it can't be told, it must be said; with dots between, the day comes first."""
    assert expected == iso_day(text, day_first=day_first)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1741651200", "2025-03-11"),
        ("1741651200.25", "2025-03-11"),
        ("1741651200000", "2025-03-11"),
        ("987654321", "2001-04-19"),
        ("20250226", "2025-02-26"),
        ("20250226165400", "2025-02-26"),
        ("7", None),
        ("174165120000000", None),
    ],
)
def test_field_dates(text: str, expected: str | None) -> None:
    """Fields hold days, and seconds or milliseconds since 1970."""
    assert expected == FieldDates().day(text)


def test_field_dates_learn() -> None:
    """What one date tells of the order of day and month holds for those after it."""
    dates = FieldDates()
    texts = ["3/4/2025", "26/2/2025", "3/4/2025", "2/26/2025", "3/4/2025"]
    expected = ["2025-03-04", "2025-02-26", "2025-04-03", "2025-02-26", "2025-03-04"]
    assert expected == [dates.day(text) for text in texts]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://post.example/2025/02/26/ferry", "2025-02-26"),
        ("https://post.example/news/2025-2-26-ferry.html", "2025-02-26"),
        ("https://post.example/2025/feb/26/ferry", "2025-02-26"),
        ("https://post.example/2025/February/26/ferry", "2025-02-26"),
        ("https://post.example/20250226/ferry", "2025-02-26"),
        ("https://post.example/world-20110412", None),
        ("https://post.example/20110412", None),
        ("https://post.example/ferry?day=2025-02-26", None),
        ("https://post.example/2025/02/ferry", None),
        ("https://post.example/2025/02/31/ferry", None),
        ("https://post.example/2999/02/26/ferry", None),
        ("https://post.example/12025/02/26", None),
        ("", None),
    ],
)
def test_url_day(url: str, expected: str | None) -> None:
    """A day in the path of a URL; numbers of articles that look like one are none."""
    assert expected == url_day(url)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/news/2025-02-26-ferry.txt", "2025-02-26"),
        ("/news/ferry_20250226.txt", "2025-02-26"),
        ("/news/ferry-20250226T1654.txt", "2025-02-26"),
        ("/news/20250226165400.txt", "2025-02-26"),
        ("/news/2025/02/26/ferry.txt", "2025-02-26"),
        ("/news/a.zip!2025/02/26/ferry.txt", "2025-02-26"),
        ("/news/a.zip!ferry-2025.02.26.txt", "2025-02-26"),
        ("/crawl-2025-02-26/ferry.txt", None),
        ("/news/2025-02-01_2025-02-26.jsonl", None),
        ("/news/2025-02-26_2025-02-26.jsonl", "2025-02-26"),
        ("/news/ferry-120250226.txt", None),
        ("/news/ferry.txt", None),
        ("", None),
    ],
)
def test_name_day(path: str, expected: str | None) -> None:
    """A day in the name of a file, not of the folder that a crawl happened to make."""
    assert expected == name_day(path)


@FEW
@given(TEXTS)
def test_days_in_anything(text: str) -> None:
    """Any URL and any path have a day or none."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|None", f"{url_day(text)}")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|None", f"{name_day(text)}")


@pytest.mark.parametrize(
    ("known", "in_text", "expected"),
    [
        ({"date": "2025-02-26", "date_from": "page"}, "2025-02-27", ("2025-02-26", "page")),
        ({"date": "2025-02-26"}, None, ("2025-02-26", "field")),
        ({"date": "2025-02-26", "date_from": "crawler"}, None, ("2025-02-26", "field")),
        ({"url": "u/2025/02/26/"}, "2025-02-27", ("2025-02-27", "text")),
        ({"url": "u/2025/02/26/"}, "2999-02-27", ("2025-02-26", "url")),
        ({"url": "u/2025/02/26/", "path": "2025-02-28.txt"}, None, ("2025-02-26", "url")),
        ({"path": "2025-02-28.txt"}, None, ("2025-02-28", "file name")),
        ({"date_from": "field"}, None, (None, "")),
    ],
)
def test_dated(
    known: dict[str, str], in_text: str | None, expected: tuple[str | None, str]
) -> None:
    """What was given goes before what stands in the text, the URL, and the name of the file."""
    assert expected == dated(Article(id="1", **known), in_text)


@FEW
@given(st.dates())
def test_iso_day_of_a_day(day: date) -> None:
    """An ISO day is itself."""
    assert str(day) == iso_day(str(day))
