"""The kinds of query node that Whoosh has not: what a word stands for, as one list of postings.

`OneOf`, `InOrder` and `Near` are queries of Whoosh like any other: they run through its searcher
next to its own, and print themselves. Their matchers here read postings one by one, which is slow
and easy to check; an engine that can do better looks at their attributes instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Or, Query

Span = tuple[int, int]
"""The numbers of the first and of the last token of something."""

Forms = tuple[str, ...]
TEXT = "text"
"""The field of a passage's words."""
TITLE = "title"
"""The field of its article's title."""
FAINT = 0.5  # what an occurrence of a faint form counts, see `OneOf`


class Either(Or):
    """One leaf or another: what was typed, in the passage or in the title.

    Each of its children is a leaf, and it is the same to all who ask for the same words; so an
    engine may remember what it matches.
    """

    def __init__(self, leaves: Sequence[Any]) -> None:
        super().__init__(leaves)
        self._hash = hash((type(self), *leaves))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return self._hash


class Quoted(Either):
    """What was typed in quotes, in the passage or in the title: it is wanted in any case."""


class LeafQuery(Query):
    """What all kinds of leaf are: words one after the other, each in any of its forms.

    Attributes:
        fieldname: TEXT or TITLE.
        places: The indexed forms for each word, in order; sorted.
        boost: Factor of its score.
        faint: Forms of which an occurrence counts `FAINT`.
    """

    faint: tuple[str, ...] = ()

    def __init__(
        self, fieldname: str, places: tuple[tuple[str, ...], ...], boost: float = 1.0
    ) -> None:
        self.fieldname = fieldname
        self.places = tuple(tuple(sorted(forms)) for forms in places)
        self.boost = boost
        self._hash = hash((type(self), fieldname, self.places))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return self._hash

    def with_boost(self, boost: float) -> Any:
        boosted = copy(self)
        boosted.boost = boost
        return boosted

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
        weights = self.frequencies(searcher, starts)
        return ListMatcher(documents, [weights[each] for each in documents], scorer=scorer)

    def frequencies(self, searcher: Any, starts: dict[int, set[int]]) -> dict[int, float]:
        """Return for each document that matches how often it does, as scoring counts it."""
        return {document: float(len(places)) for document, places in starts.items()}

    def starts(self, searcher: Any) -> dict[int, set[int]]:
        """Return for each document that matches where in it a match begins."""
        return {
            document: {start for start, _ in spans}
            for document, spans in self.spans(searcher).items()
        }

    def spans(self, searcher: Any) -> dict[int, set[Span]]:
        """Return for each document that matches the first and the last word of each match."""
        found = [_occurrences(searcher, self.fieldname, forms) for forms in self.places]
        last = len(found) - 1
        begins = {}
        for document in set(found[0]).intersection(*found[1:]):
            starts = set(found[0][document])
            for place, positions in enumerate(found[1:], 1):
                starts &= {position - place for position in positions[document]}
            if starts:
                begins[document] = {(start, start + last) for start in starts}
        return begins

    def passages(self, searcher: Any) -> tuple[int, ...]:
        """Return for each of its words the number of passages that hold one of its forms."""
        return tuple(len(_occurrences(searcher, self.fieldname, forms)) for forms in self.places)


class OneOf(LeafQuery):
    """Any of several forms, counted as if all were the same word (as Lucene's SynonymQuery).

    Attributes:
        faint: Those of the forms that count as half an occurrence each; sorted.
    """

    def __init__(self, fieldname: str, forms: Forms, boost: float = 1.0, faint: Forms = ()) -> None:
        super().__init__(fieldname, (forms,), boost)
        self.faint = tuple(sorted(set(forms).intersection(faint)))

    def __repr__(self) -> str:
        return f"OneOf({self.fieldname!r}, {self.forms!r}, {self.boost!r}, {self.faint!r})"

    def frequencies(self, searcher: Any, starts: dict[int, set[int]]) -> dict[int, float]:
        faint = _occurrences(searcher, self.fieldname, self.faint)
        less = {document: (1 - FAINT) * len(places) for document, places in faint.items()}
        return {each: len(places) - less.get(each, 0.0) for each, places in starts.items()}

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of its one word."""
        return self.places[0]


class InOrder(LeafQuery):
    """A phrase in which each place may be filled by any of several forms."""

    def __repr__(self) -> str:
        return f"InOrder({self.fieldname!r}, {self.places!r}, boost={self.boost!r})"


class Near(LeafQuery):
    """Words near each other, as Whoosh's sloppy `Phrase` and `SpanNear2` have it.

    Attributes:
        slop: The greatest distance in tokens from one word to the next, >= 1.
        ordered: Whether the words must come in the order given; if not, each stands at most
            `slop` tokens before or after what the words before it span.
    """

    def __init__(
        self,
        fieldname: str,
        places: tuple[tuple[str, ...], ...],
        slop: int,
        ordered: bool = True,
        boost: float = 1.0,
    ) -> None:
        super().__init__(fieldname, places, boost)
        self.slop = slop
        self.ordered = ordered
        self._hash = hash((self._hash, slop, ordered))

    def __repr__(self) -> str:
        return (
            f"Near({self.fieldname!r}, {self.places!r}, slop={self.slop!r}, "
            f"ordered={self.ordered!r}, boost={self.boost!r})"
        )

    def spans(self, searcher: Any) -> dict[int, set[Span]]:
        found = [_occurrences(searcher, self.fieldname, forms) for forms in self.places]
        matches = {}
        for document in set(found[0]).intersection(*found[1:]):
            spans = {(at, at) for at in found[0][document]}
            for each in found[1:]:
                spans = self._widened(spans, each[document])
            if spans:
                matches[document] = spans
        return matches

    def _widened(self, spans: set[Span], places: set[int]) -> set[Span]:
        later = {(a, at) for a, b in spans for at in places if 0 < at - b <= self.slop}
        if self.ordered:
            return later
        return later | {(at, b) for a, b in spans for at in places if 0 < a - at <= self.slop}


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
