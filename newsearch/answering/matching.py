"""Which words of a passage matched.

In: a passage's text and where the query's leaves begin in it, as token numbers. Out: the words to
mark. A word of a phrase counts only where the whole phrase stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsearch.analysis import token_spans
from newsearch.answering.snippets import Mark


@dataclass(frozen=True, slots=True)
class LeafPlaces:
    """Where one leaf of the query stands in one passage.

    Attributes:
        weight: The leaf's idf, summed over its words.
        length: How many tokens it is long.
        places: Token numbers at which it begins.
    """

    weight: float
    length: int
    places: Sequence[int]


def marks(text: str, leaves: Sequence[LeafPlaces]) -> tuple[Mark, ...]:
    """Return the matched words, sorted, each once.

    Raises:
        IndexError: The text has not so many words.

    >>> text = "Earth is rare earth."
    >>> [text[mark.start : mark.end] for mark in marks(text, [LeafPlaces(1.0, 2, [2])])]
    ['rare', 'earth']
    """
    found: dict[int, tuple[int, float]] = {}
    for which, leaf in enumerate(leaves):
        share = max(leaf.weight, 1e-9) / leaf.length
        for begin in leaf.places:
            for at in range(begin, begin + leaf.length):
                found.setdefault(at, (which, share))
    wanted = sorted(found)
    spans = token_spans(text, wanted)
    return tuple(
        Mark(start, end, *found[at]) for at, (start, end) in zip(wanted, spans, strict=True)
    )
