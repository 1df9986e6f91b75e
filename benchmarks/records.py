"""The plain values that flow through the benchmarks. Nothing here does any work or loads much:
the cold start of a process that imports it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

RANKED, AND, PHRASE, PREFIX, NAMES = "ranked", "and", "phrase", "prefix", "names"
KINDS = (RANKED, AND, PHRASE, PREFIX, NAMES)


class Ready(NamedTuple):
    """A passage as every peer is given it.

    Attributes:
        id: The article's id, "#" and the passage's number in it; unique.
        title: The article's title.
        text: The passage; what is searched.
    """

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    Attributes:
        kind: ranked: any of two to four words, best first. and: all of two or three. phrase: two
            or three words side by side. prefix: the beginning of a word. names: one or two
            capitalised words, as a person types a name.
        words: ASCII letters, as they stand in the corpus.
    """

    kind: str
    words: tuple[str, ...]


class Answer(NamedTuple):
    """A passage that a peer has found.

    Attributes:
        id, title: As in `Ready`.
        score: Larger is better, comparable within one answer only.
        snippet: The part worth showing, with the peer's own marks or none; "" where not asked for.
    """

    id: str
    title: str
    score: float
    snippet: str = ""
