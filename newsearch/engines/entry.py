"""What an engine is given to store."""

from __future__ import annotations

from dataclasses import dataclass

from newsearch.records import Article, Passage, Removal


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be stored.

    Attributes:
        article: As cleaned.
        fingerprint: Tells whether the same id brings the same content again.
        removed: What cleaning took out.
        passages: Its passages in order; at least one.
    """

    article: Article
    fingerprint: str
    removed: tuple[Removal, ...]
    passages: tuple[Passage, ...]
