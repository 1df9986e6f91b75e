"""A file of ready passages, quick to read back, so that reading weighs little in what is timed.

It loads nothing of newsearch's: what it takes in memory would be counted for every peer.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.records import Ready

_BATCH = 1000


def write_ready(passages: Iterable[Ready], file: Path) -> int:
    """Write passages to a file that is quick to read back, and return how many they were."""
    count = 0
    stream = iter(passages)
    with file.open("wb") as out:
        while batch := [tuple(ready) for ready in islice(stream, _BATCH)]:
            marshal.dump(batch, out)
            count += len(batch)
    return count


def read_ready(file: Path) -> Iterator[Ready]:
    """Yield the passages of a file of `write_ready`; a file of our own making, no other."""
    with file.open("rb") as stream:
        while True:
            try:
                batch = marshal.load(stream)
            except EOFError:
                return
            yield from map(Ready._make, batch)
