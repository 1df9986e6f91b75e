"""What an index holds, in numbers."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

from newsearch.engines.base import Counts
from newsearch.origins import DATE_ORIGINS
from newsearch.records import IndexInfo


def index_info(counts: Counts, folder: Path) -> IndexInfo:
    """Return what an index holds.

    Args:
        counts: What its engine says.
        folder: That of the index.
    """
    sources = Counter(source for source, _, _ in counts.facts if source)
    dates = sorted(date for _, date, _ in counts.facts if date)
    origins = Counter(origin for _, _, origin in counts.facts)
    return IndexInfo(
        articles=len(counts.facts),
        passages=counts.passages,
        words=counts.words,
        sources=tuple(sorted(sources.items(), key=lambda each: (-each[1], each[0]))),
        first_date=dates[0] if dates else None,
        last_date=dates[-1] if dates else None,
        undated=len(counts.facts) - len(dates),
        dates_from=tuple([(each, origins[each]) for each in DATE_ORIGINS[1:] if origins[each]]),
        bytes=_bytes(folder),
    )


def _bytes(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a writer has just removed it
            total += file.lstat().st_size if file.is_file() else 0
    return total
