"""Days as they are typed in a query, to filters and back.

In: `2025`, `2025-02`, `2025-02-26` or a range of two of them. Out: `Days`; and a filter as the
shortest text that means it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from newsearch.query.filters import Days

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_FIRST, _LAST = Days().first, Days().last


def read_days(name: str, text: str) -> Days | None:
    """Return the filter for a typed date.

    Args:
        name: "date" for days or a range of days, both ends included; "after" for those from the
            first day of a year, a month or a day on; "before" for those before it.
        text: What stands behind the colon.

    Returns:
        None where the text is no date.

    >>> read_days("date", "2025-02"), read_days("date", "2025-02..2025-03-09")
    (Days(20250201, 20250228), Days(20250201, 20250309))
    >>> read_days("after", "2025"), read_days("before", "2025-03"), read_days("date", "soon")
    (Days(20250101, 99991231), Days(0, 20250228), None)
    """
    begin, dots, end = text.partition("..")
    if name == "date" and dots:
        first, last = _span(begin) if begin else None, _span(end) if end else None
        if (begin and not first) or (end and not last):
            return None
        return Days(first[0] if first else _FIRST, last[1] if last else _LAST)
    span = _span(text)
    if span is None:
        return None
    if name == "after":
        return Days(span[0], _LAST)
    if name == "before":
        day = _date(span[0])
        return None if day == date.min else Days(_FIRST, _number(day - timedelta(days=1)))
    return Days(*span)


def write_days(days: Days) -> str:
    """Return the shortest text that `read_days("date", …)` takes for a filter.

    >>> write_days(Days(20250201, 20250228)), write_days(Days(20250101, 20250228))
    ('2025-02', '2025-01..2025-02')
    >>> write_days(Days(20250226)), write_days(Days(0, 20251231))
    ('2025-02-26..', '..2025')
    """
    begins, ends = days.first > _FIRST, days.last < _LAST
    for whole in (slice(4), slice(7), slice(10)):
        begin, end = iso(days.first)[whole], iso(days.last)[whole]
        first, last = _span(begin), _span(end)
        if (not begins or (first and first[0] == days.first)) and (
            not ends or (last and last[1] == days.last)
        ):
            break
    if begins and begin == end:
        return begin
    return f"{begin if begins else ''}..{end if ends else ''}"


def iso(day: int) -> str:
    """Return a day YYYYMMDD as YYYY-MM-DD."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _span(text: str) -> tuple[int, int] | None:
    """Return the first and the last day of a year, a month or a day; None if it is none."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not year or month > 12 or (match[2] and not month):
        return None
    if not month:
        return _of(year, 1, 1), _of(year, 12, 31)
    days = monthrange(year, month)[1]
    if not day:
        return None if match[3] else (_of(year, month, 1), _of(year, month, days))
    return (_of(year, month, day),) * 2 if day <= days else None


def _of(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day


def _number(day: date) -> int:
    return _of(day.year, day.month, day.day)


def _date(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
