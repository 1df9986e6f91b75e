"""The kinds of filter: what a query asks of the facts of articles. They take no part in the score.

They are queries of Whoosh's like any other, and slow; an engine that can do better looks at their
attributes instead.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query

SOURCE = "source"
"""The field of an article's outlet."""
AUTHOR = "author"
"""The field of its byline."""
NAMED = frozenset((SOURCE, AUTHOR))
"""The fields that hold a name."""


class _Filter(Query, ABC):
    """What both kinds of filter are: passages by a fact of their article; they score 0."""

    fieldname = ""
    boost = 1.0

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and repr(other) == repr(self)

    def __hash__(self) -> int:
        return hash(repr(self))

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        found: set[int] = set()
        for term in self.held(reader):
            found.update(reader.postings(self.fieldname, term).all_ids())
        # A list of weights, because Whoosh takes `all_weights=0` for none at all.
        return ListMatcher(sorted(found), [0.0] * len(found)) if found else NullMatcher()

    @abstractmethod
    def held(self, reader: Any) -> Iterator[Any]:
        """Yield the terms of its field that are wanted and there."""


class Named(_Filter):
    """Passages of articles from one of some outlets, or by one of some authors.

    Attributes:
        fieldname: SOURCE or AUTHOR.
        names: To the letter, sorted.
    """

    def __init__(self, fieldname: str, names: tuple[str, ...]) -> None:
        self.fieldname = fieldname
        self.names = tuple(sorted(names))

    def __repr__(self) -> str:
        return f"Named({self.fieldname!r}, {self.names!r})"

    def held(self, reader: Any) -> Iterator[Any]:
        return (name for name in self.names if (self.fieldname, name) in reader)


class Days(_Filter):
    """Passages of articles of some days; of no article without a date.

    Attributes:
        first, last: YYYYMMDD, both included; 0 and 99991231 for no bound.
    """

    fieldname = "date"

    def __init__(self, first: int = 0, last: int = 9999_12_31) -> None:
        self.first = first
        self.last = last

    def __repr__(self) -> str:
        return f"Days({self.first}, {self.last})"

    def held(self, reader: Any) -> Iterator[Any]:
        day = reader.schema[self.fieldname].from_bytes
        for term in reader.lexicon(self.fieldname):
            when = day(term)
            if self.first <= when.year * 10000 + when.month * 100 + when.day <= self.last:
                yield term
