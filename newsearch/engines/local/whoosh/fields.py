"""The fields of a passage as Whoosh is told of them: what can be asked, sorted by and shown.

Words are analysed by `newsearch.analysis`, so that `whoosh.qparser` asks for the forms that are
indexed. A date is a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import DATETIME, ID, NUMERIC, STORED, TEXT, Schema
from whoosh.util.times import datetime_to_long

from newsearch.analysis import fold, tokenize

_DAYS = range(1_01_01, 9999_12_32)  # as microseconds since year 1, less than two minutes


class NewsTokenizer(Tokenizer):
    """Cuts a text into words and gives the form that each is indexed as.

    >>> [(token.text, token.pos) for token in NewsTokenizer()("The U.S. helps", positions=True)]
    [('the', 0), ('US', 1), ('helps', 2)]
    """

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **more: Any,
    ) -> Iterator[Any]:
        # One token for all words, as Whoosh's own tokenizers have it.
        token = Token(positions, chars, removestops=removestops, mode=mode, **more)
        for number, (form, start, end) in enumerate(_words(value, tokenize)):
            token.text = form
            token.original = value[start:end]
            token.boost, token.stopped = 1.0, False
            token.pos = start_pos + number
            token.startchar, token.endchar = start_char + start, start_char + end
            yield token


def _words(text: str, cut: bool) -> list[tuple[str, int, int]]:
    if cut:
        return [(token.form, token.start, token.end) for token in tokenize(text)]
    return [(fold(text), 0, len(text))]  # the end of a range, or a piece of a word


class Day(DATETIME):
    """A date without a time of day.

    Takes `date` and `datetime` objects, texts as 2024, 2024-05 and 2024-05-02, and numbers as
    20240502, also in a `NumericRange`. What is none of these raises ValueError, which Whoosh's
    queries take as a term that is not there.

    >>> Day().to_bytes("2024-05-02") == Day().to_bytes(20240502)
    True
    """

    def __init__(self) -> None:
        super().__init__(stored=True, sortable=True)
        self.shift_step = 0  # one term for a day, none for longer spans

    def prepare_datetime(self, value: Any) -> Any:
        if isinstance(value, int):
            return self.prepare_number(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        try:
            return super().prepare_datetime(value)
        except Exception as error:  # Whoosh raises Exception itself
            raise ValueError(f"{value!r} is not a date") from error

    def prepare_number(self, value: Any) -> Any:
        if isinstance(value, int) and value in _DAYS:
            value = microseconds(value)
        return super().prepare_number(value)

    def from_column_value(self, value: int) -> datetime | None:
        return None if value == self.default else super().from_column_value(value)


def microseconds(day: int) -> int:
    """Return a day YYYYMMDD as Whoosh counts time, in microseconds since the year 1.

    Raises:
        ValueError: There is no such day.
    """
    moment = datetime(day // 10000, day // 100 % 100, day % 100)
    return int(datetime_to_long(moment))


def number_of(moment: date) -> int:
    """Return the day of a date or a time as a number YYYYMMDD."""
    return moment.year * 10000 + moment.month * 100 + moment.day


def schema() -> Any:
    """Return the fields of a passage."""
    words = {"analyzer": NewsTokenizer(), "stored": True, "multitoken_query": "phrase"}
    return Schema(
        article_id=ID(stored=True, sortable=True),
        source=ID(stored=True, sortable=True),
        author=ID(stored=True, sortable=True),
        date=Day(),
        passage=NUMERIC(int, 32, stored=True, sortable=True, shift_step=0),
        title=TEXT(**words),
        text=TEXT(**words),
        start=STORED,
        end=STORED,
    )
