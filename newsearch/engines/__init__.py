"""Where articles and terms are stored and passages are found; `base` says what is promised."""

from newsearch.engines.base import (
    Alike,
    Counts,
    Engine,
    Entry,
    Matches,
    Part,
    Place,
    Snapshot,
    StoredPassage,
    Writer,
)

__all__ = [
    "Alike",
    "Counts",
    "Engine",
    "Entry",
    "Matches",
    "Part",
    "Place",
    "Snapshot",
    "StoredPassage",
    "Writer",
]
