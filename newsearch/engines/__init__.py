"""Where articles and terms are stored and passages are found; `base` says what is promised."""

from newsearch.engines.base import (
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
