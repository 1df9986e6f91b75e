"""Dates as news writes them, to ISO days."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
# Two days that share no year, month, day or week of a month: what differs between the two
# readings of a text was not in it but filled in.
_FILLS = (datetime(2000, 1, 1), datetime(2001, 2, 15))


def iso_day(text: str) -> str | None:
    """Return the day that a text names, as `YYYY-MM-DD`.

    Args:
        text: A date alone, with or without a time, in ISO 8601, RFC 2822 or English words.

    Returns:
        The day as it is written, in its own time zone; None where the text is not a date or
        leaves out the year, the month or the day.

    >>> [iso_day(text) for text in ("2025-02-26T16:54:00Z", "26 February 2025", "Feb 2025", "soon")]
    ['2025-02-26', '2025-02-26', None, None]
    """
    text = text.strip()
    match = _ISO_DAY.match(text)
    if match:
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return None
    return _any_format(text) if text else None


def _any_format(text: str) -> str | None:
    from dateutil import parser, tz  # 15 ms that a query need not pay

    try:
        # Named zones don't matter for the day as it is written; None keeps dateutil from warning.
        days = {
            parser.parse(text, default=fill, tzinfos=lambda *_: tz.UTC).date() for fill in _FILLS
        }
    except (ValueError, ArithmeticError):  # huge numbers overflow, or no Decimal takes them
        return None
    return days.pop().isoformat() if len(days) == 1 else None
