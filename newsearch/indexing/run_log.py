"""The log of an index: what each run of `newsearch index` did to which file, and why not.

One JSON object a line, so that no text from outside can do harm where it is shown; old runs are
moved to a second file, and at last forgotten.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from newsearch.durable import plain
from newsearch.engines.guard import guarded

NAME, OLDER = "log.jsonl", "log.old.jsonl"
_AT_MOST = 8_000_000  # bytes, of each of the two


class RunLog:
    """Writes one line for each thing that happens.

    Args:
        folder: That of the index.

    Raises:
        EngineError: It can't be written.
    """

    def __init__(self, folder: Path) -> None:
        self._guarded = guarded("writing the log of", folder)
        path = folder / NAME
        with self._guarded:
            if path.exists() and path.stat().st_size > _AT_MOST:
                path.replace(folder / OLDER)
            self._file = open(path, "a", encoding="ascii", buffering=1, opener=plain)

    def write(self, what: str, **facts: object) -> None:
        """Write a line: when, what, and facts about it."""
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "what": what, **facts}
        with self._guarded:
            self._file.write(json.dumps(line) + "\n")

    def close(self) -> None:
        with self._guarded:
            self._file.close()
