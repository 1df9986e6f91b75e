"""The plain values that say what is related: copies of a passage, versions of an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """Another passage that says the same as a hit's, in the same words but for a few.

    Attributes:
        article_id, title, source, date, url, passage: As in `Hit`.
        similarity: What the two have in common, 0 to 1; 1 is to the word.
    """

    article_id: str
    title: str
    source: str
    date: str | None
    url: str
    passage: int
    similarity: float


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article that carries the same story as another, in the same words.

    Attributes:
        article_id, title, source, date, url: As in `Article`.
        kind: What it is to the other: a "copy", whole or cut; an "update", which came later, or,
            of one day, is longer; an "earlier" version.
        similarity: What the two have in common, as a share of what is in either, 0 to 1.
        containment: The same, as a share of the shorter one, 0 to 1.
    """

    article_id: str
    title: str
    source: str
    date: str | None
    url: str
    kind: str
    similarity: float
    containment: float
