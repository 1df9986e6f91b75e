"""Dates as news writes them, to ISO days, and which of several an article goes by."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from newsearch.origins import DATE_ORIGINS
from newsearch.records import Article

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])", re.ASCII)
# Two days that share no year, month, day or week of a month: what differs between the two
# readings of a text was not in it but filled in.
_FILLS = (datetime(2000, 1, 1), datetime(2001, 2, 15))


def iso_day(text: str, *, day_first: bool = False) -> str | None:
    """Return the day that a text names, as `YYYY-MM-DD`.

    Args:
        text: A date alone, with or without a time, in ISO 8601, RFC 2822 or English words.
        day_first: Whether 3/4/2025 is the third of April; with dots between, it always is.

    Returns:
        The day as it is written, in its own time zone; None where the text is not a date or
        leaves out the year, the month or the day.

    >>> [iso_day(text) for text in ("2025-02-26T16:54:00Z", "26 February 2025", "Feb 2025", "soon")]
    ['2025-02-26', '2025-02-26', None, None]
    """
    text = text.strip()
    if _ISO_DAY.match(text):
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return None
        return text[:10]
    return _any_format(text, day_first) if text else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")


def _any_format(text: str, day_first: bool) -> str | None:
    from dateutil import parser, tz  # 15 ms that a query need not pay

    day_first = day_first or _DOTTED.match(text) is not None
    try:
        # Named zones don't matter for the day as it is written; None keeps dateutil from warning.
        days = {
            parser.parse(text, default=fill, tzinfos=lambda *_: tz.UTC, dayfirst=day_first).date()
            for fill in _FILLS
        }
    except (ValueError, ArithmeticError):  # huge numbers overflow, or no Decimal takes them
        return None
    return days.pop().isoformat() if len(days) == 1 else None


# Seconds or milliseconds since 1970: from 1973 on, and to the end of what dates can say.
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{10})\d{3}")
_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)")


class FieldDates:
    """Reads the dates in the fields of one file.

    Of 3/4/2025 nobody can tell which number is the month. It is read as Americans do, unless the
    same file had a date before in which only the first number can be a day.

    >>> [FieldDates().day(text) for text in ("1741651200", "3/4/2025")]
    ['2025-03-11', '2025-03-04']
    """

    def __init__(self) -> None:
        self._day_first = False

    def day(self, text: str) -> str | None:
        """Return the day of a date as `iso_day` takes it, or of a time in Unix's seconds."""
        if text[4:5] == "-":
            return iso_day(text)
        if epoch := _EPOCH.fullmatch(text):
            seconds = int(epoch[1] or epoch[2])
            return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(0, seconds)).date().isoformat()
        if numbers := _NUMBERS.match(text):
            self._day_first = int(numbers[1]) > 12 or (self._day_first and int(numbers[2]) <= 12)
        return iso_day(text, day_first=self._day_first)


def believable(day: str) -> bool:
    """Tell whether an article can be of a day: there were newspapers, and it is not to come.

    >>> [believable(day) for day in ("1789-07-15", "1912-04-16", "2999-01-01")]
    [False, True, False]
    """
    return "1800-01-01" <= day <= _tomorrow(int(time.time()) // 3600)


@lru_cache(maxsize=1)
def _tomorrow(hour: int) -> str:
    """Return the day after today, which it is already in the east of here, as of some hour."""
    return (date.fromtimestamp(hour * 3600) + timedelta(1)).isoformat()


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_MONTH = rf"(?P<month>0?[1-9]|1[0-2]|(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
# 2025/02/26, 2025-2-26, 2025/feb/26.
_SEPARATED = rf"(?<!\d){_YEAR}(?P<mark>[/_.-]){_MONTH}(?P=mark){_DAY}(?!\d)"
_COMPACT = r"(?P<year>(?:18|19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
# Eight digits in a URL are mostly the number of an article, unless they are a folder of it.
_IN_URL = (re.compile(_SEPARATED, re.IGNORECASE), re.compile(rf"(?<=/){_COMPACT}(?=/)"))
# In the name of a file they are a day, perhaps with a time after it.
_IN_NAME = (
    re.compile(_SEPARATED, re.IGNORECASE),
    re.compile(rf"(?<!\d){_COMPACT}(?=\d{{4}}(?:\d\d)?(?!\d)|(?!\d))"),
)
_QUERY = re.compile("[?#]")
_FOLDERS_OF_DAYS = re.compile(r"(?:.*[/!])?((?:18|19|20)\d\d/\d\d/\d\d)/[^/!]*", re.DOTALL)


def url_day(url: str) -> str | None:
    """Return the day that is written in the path of a URL, if there is one.

    >>> url_day("https://post.example/2025/feb/26/ferry-runs")
    '2025-02-26'
    """
    return next(_days(_QUERY.split(url, maxsplit=1)[0], _IN_URL), None)


def name_day(path: str) -> str | None:
    """Return the day in the name of a file, or of the folders of a year, a month and a day.

    A name with several days in it is of none of them.

    >>> name_day("/news/2024-12-31/ferry-20250226.txt"), name_day("/news/2025/02/26/ferry.txt")
    ('2025-02-26', '2025-02-26')
    """
    folders = _FOLDERS_OF_DAYS.fullmatch(path)
    name = re.split("[/!]", path)[-1]
    found = set(_days(name, _IN_NAME)) or set(_days(folders[1] if folders else "", _IN_NAME))
    return found.pop() if len(found) == 1 else None


def _days(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    """Yield the days in a text that can be an article's."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            month = match["month"].lower()
            number = str(_MONTHS.index(month[:3]) + 1) if month.isalpha() else month
            day = _day(match["year"], number, match["day"])
            if day and believable(day):
                yield day


def dated(article: Article, in_text: str | None) -> tuple[str | None, str]:
    """Return the day that an article goes by, and what says so.

    Args:
        article: With the date that was given with it, if any.
        in_text: The day that is written above the story, if any.

    Returns:
        The first that is known, in the order of `DATE_ORIGINS`.
    """
    if article.date:
        given = article.date_from
        return article.date, given if given in DATE_ORIGINS[1:] else "field"
    if in_text and believable(in_text):
        return in_text, "text"
    if day := url_day(article.url):
        return day, "url"
    if day := name_day(article.path):
        return day, "file name"
    return None, ""
