"""An answer by time: how much of it is of each day, week, month or year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.engines.base import Numbers
from newsearch.errors import NewsearchError
from newsearch.views.found import Found
from newsearch.views.records import Bar, Timeline

Dates = npt.NDArray[np.datetime64]

_BARS_AT_MOST = 20_000  # 54 years of days
# Up to so many days from the first to the last, what a bar stands for if nobody says.
_CHOSEN = ((31, "day"), (26 * 7, "week"), (6 * 366, "month"))
# From Monday: 1 January 1970 was a Thursday.
_MONDAY = np.datetime64("1970-01-05")
_NUMBERS: dict[str, Callable[[Dates], Numbers]] = {
    "day": lambda dates: dates.astype(np.int64),
    "week": lambda dates: (dates - _MONDAY).astype(np.int64) // 7,
    "month": lambda dates: dates.astype("M8[M]").astype(np.int64),
    "year": lambda dates: dates.astype("M8[Y]").astype(np.int64),
}
_BEGINS: dict[str, Callable[[Any], Dates]] = {
    "day": lambda number: number.astype("M8[D]"),
    "week": lambda number: _MONDAY + number * 7,
    "month": lambda number: number.astype("M8[M]").astype("M8[D]"),
    "year": lambda number: number.astype("M8[Y]").astype("M8[D]"),
}


def timeline(found: Found, by: str | None) -> Timeline:
    """Return an answer by time.

    Args:
        found: The answer.
        by: "day", "week", "month" or "year"; None for what makes some dozen bars.

    Raises:
        NewsearchError: There would be too many bars.
        ValueError: There is no such stretch of time.
    """
    if by is not None and by not in _BEGINS:
        raise ValueError(f"a bar is a {', a '.join(_BEGINS)}, not {by!r}")
    days = found.snapshot.days(found.orders)
    dates = _dates(days[days > 0])
    if by is None:
        span = int((dates.max() - dates.min()).astype(np.int64)) if len(dates) else 0
        by = next((each for most, each in _CHOSEN if span < most), "year")
    articles = days[found.opening]
    corpus = found.snapshot.days(found.snapshot.firsts())
    undated = [int(np.count_nonzero(each == 0)) for each in (days, articles, corpus)]
    bars = _bars(by, [dates, *(_dates(each[each > 0]) for each in (articles, corpus))])
    return Timeline(found.scope(), by, bars, Bar(None, None, *undated))


def _dates(days: Numbers) -> Dates:
    """Return days, YYYYMMDD, as dates."""
    months = (days // 10_000 - 1970) * 12 + days // 100 % 100 - 1
    firsts: Dates = months.astype("M8[M]").astype("M8[D]")
    dates: Dates = firsts + (days % 100 - 1).astype("m8[D]")
    return dates


def _bars(by: str, counted: list[Dates]) -> tuple[Bar, ...]:
    """Return the bars for passages, articles and the whole corpus, by the dates of each."""
    numbers = [_NUMBERS[by](dates) for dates in counted]
    if not len(numbers[0]):
        return ()
    first, many = int(numbers[0].min()), int(np.ptp(numbers[0])) + 1
    if many > _BARS_AT_MOST:
        raise NewsearchError(
            f"by {by}, that would be {many:,} lines; choose a longer time than a {by}"
        )
    kept = [each[(each >= first) & (each < first + many)] - first for each in numbers]
    counts = [np.bincount(each, minlength=many).tolist() for each in kept]
    begins = _BEGINS[by](np.arange(first, first + many + 1))
    ends = begins[1:] - np.timedelta64(1, "D")
    return tuple(map(Bar, begins[:-1].astype(str).tolist(), ends.astype(str).tolist(), *counts))
