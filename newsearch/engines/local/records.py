"""Articles as they are stored: JSON, several in a block, the blocks compressed."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from operator import attrgetter

import numpy as np

from newsearch.engines.local.columns import Array, small
from newsearch.errors import EngineError
from newsearch.records import Article, Removal

_BLOCK = 8_192  # bytes before compression: enough to compress well, little to read for one hit
_LEVEL = 4
# Not `astuple`: it copies every value deeply, one by one.
_fields = attrgetter(*(field.name for field in fields(Article)))


class RecordWriter:
    """Gathers the articles of a segment."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: list[bytes] = []
        self._length = 0
        self._places: list[tuple[int, int, int]] = []

    def add(self, record: bytes) -> None:
        self._places.append((len(self._blocks), self._length, len(record)))
        self._open.append(record)
        self._length += len(record)
        if self._length >= _BLOCK:
            self._close()

    def columns(self) -> dict[str, Array]:
        """Return the blocks, and for each article its block, and where it is in there."""
        self._close()
        places = np.array(self._places, np.uint64).reshape(-1, 3)
        ends = np.cumsum([0, *map(len, self._blocks)], dtype=np.uint64)
        return {
            "record_blocks": np.frombuffer(b"".join(self._blocks), np.uint8),
            "record_block_first": ends,
            "record_block": small(places[:, 0]),
            "record_start": small(places[:, 1]),
            "record_size": small(places[:, 2]),
        }

    def _close(self) -> None:
        if self._open:
            self._blocks.append(zlib.compress(b"".join(self._open), _LEVEL))
            self._open, self._length = [], 0


def to_bytes(article: Article, removed: tuple[Removal, ...]) -> bytes:
    """Return an article, and what cleaning took out of it, as it is stored."""
    taken_out = [(removal.rule, removal.text, removal.at) for removal in removed]
    record = [_fields(article), taken_out]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(record: bytes) -> tuple[Article, tuple[Removal, ...]]:
    """Return what `to_bytes` was given.

    Raises:
        EngineError: It is not what `to_bytes` returns.
    """
    try:
        article, removed = json.loads(record)
        # All is text, but the date may be None.
        if not all(type(each) is str for each in (*article[:4], article[4] or "", *article[5:])):
            raise ValueError("a field is not text")
        return Article(*article), tuple(Removal(*each) for each in removed)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise EngineError(f"an article is damaged ({error}); make the index anew") from error
