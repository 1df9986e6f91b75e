"""The kinds of query node that Whoosh has not: what a word stands for, as one list of postings.

`OneOf` and `InOrder` are queries of Whoosh like any other: they run through its searcher next to
its own, and print themselves. Their matchers here read postings one by one, which is slow and
easy to check; an engine that can do better looks at their attributes instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import And, Or, Query

TEXT = "text"
"""The field of a passage's words."""
TITLE = "title"
"""The field of its article's title."""


class Together(And):
    """Words side by side: all are wanted, but passages with some of them answer too."""


class Quoted(Or):
    """What was typed in quotes, in the passage or in the title: it is wanted in any case."""


class _Leaf(Query):
    """What both kinds of leaf are: words one after the other, each in any of its forms.

    Attributes:
        fieldname: TEXT or TITLE.
        places: The indexed forms for each word, in order; sorted.
        boost: Factor of its score.
    """

    def __init__(
        self, fieldname: str, places: tuple[tuple[str, ...], ...], boost: float = 1.0
    ) -> None:
        self.fieldname = fieldname
        self.places = tuple(tuple(sorted(forms)) for forms in places)
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and repr(other) == repr(self)

    def __hash__(self) -> int:
        return hash(repr(self))

    def is_leaf(self) -> bool:
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        yield from ((self.fieldname, form) for forms in self.places for form in forms)

    def estimate_size(self, reader: Any) -> int:
        return min(
            sum(int(reader.doc_frequency(self.fieldname, form)) for form in forms)
            for forms in self.places
        )

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        starts = self.starts(searcher)
        if not starts:
            return NullMatcher()
        scorer = None
        if context is None or context.weighting is not None:
            weighting = searcher.weighting if context is None else context.weighting
            scorer = weighting.scorer(searcher, self.fieldname, self, qf=self.boost)
        documents = sorted(starts)
        weights = [float(len(starts[document])) for document in documents]
        return ListMatcher(documents, weights, scorer=scorer)

    def starts(self, searcher: Any) -> dict[int, set[int]]:
        """Return for each document that matches where in it the words begin."""
        found = [_occurrences(searcher, self.fieldname, forms) for forms in self.places]
        begins = {}
        for document in set(found[0]).intersection(*found[1:]):
            starts = set(found[0][document])
            for place, positions in enumerate(found[1:], 1):
                starts &= {position - place for position in positions[document]}
            if starts:
                begins[document] = starts
        return begins

    def passages(self, searcher: Any) -> tuple[int, ...]:
        """Return for each of its words the number of passages that hold one of its forms."""
        return tuple(len(_occurrences(searcher, self.fieldname, forms)) for forms in self.places)


class OneOf(_Leaf):
    """Any of several forms, counted as if all were the same word (as Lucene's SynonymQuery)."""

    def __init__(self, fieldname: str, forms: tuple[str, ...], boost: float = 1.0) -> None:
        super().__init__(fieldname, (forms,), boost)

    def __repr__(self) -> str:
        return f"OneOf({self.fieldname!r}, {self.forms!r}, boost={self.boost!r})"

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of its one word."""
        return self.places[0]


class InOrder(_Leaf):
    """A phrase in which each place may be filled by any of several forms."""

    def __repr__(self) -> str:
        return f"InOrder({self.fieldname!r}, {self.places!r}, boost={self.boost!r})"


def _occurrences(searcher: Any, field: str, forms: tuple[str, ...]) -> dict[int, set[int]]:
    """Return document number → positions of any of the forms, deleted documents left out."""
    reader = searcher.reader()
    found: dict[int, set[int]] = {}
    for form in forms:
        if (field, form) in reader:
            matcher = reader.postings(field, form)
            while matcher.is_active():
                found.setdefault(matcher.id(), set()).update(matcher.value_as("positions"))
                matcher.next()
    return found
