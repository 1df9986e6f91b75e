"""What is kept of an article and seldom asked for, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

from newsearch.errors import IndexDamaged
from newsearch.records import Article, Removal

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of an article that have no column of their own.

    Attributes:
        path: As in `Article`.
        removed: What cleaning took out of it.
    """

    path: str
    removed: tuple[Removal, ...]


def to_bytes(article: Article, removed: tuple[Removal, ...]) -> bytes:
    """Return the record of an article as it is stored."""
    taken_out = [(removal.rule, removal.text, removal.at) for removal in removed]
    # A string is encoded at once; for all else the encoder takes longer to begin than to end.
    return f"[{_encode(article.path)},{_encode(taken_out) if taken_out else '[]'}]".encode()


def from_bytes(record: bytes) -> Record:
    """Return a record that `to_bytes` has made.

    Raises:
        IndexDamaged: It is not what `to_bytes` returns.
    """
    try:
        path, removed = json.loads(record)
        if type(path) is not str:
            raise ValueError("a field is not text")
        return Record(path, tuple(_removal(*each) for each in removed))
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise IndexDamaged(f"an article is damaged ({error})") from error


def _removal(rule: object, text: object, at: object) -> Removal:
    if type(rule) is str and type(text) is str and type(at) is int:
        return Removal(rule, text, at)
    raise ValueError("a removal is of no known kind")
