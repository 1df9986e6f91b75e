"""Where articles are stored and passages found; `base` and `changing` say what is promised."""

from newsearch.engines.base import (
    Alike,
    Counts,
    Entry,
    Matches,
    Place,
    Snapshot,
    StoredPassage,
)
from newsearch.engines.changing import Engine, Part, Writer

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
