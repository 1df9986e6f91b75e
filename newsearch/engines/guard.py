"""What keeps foreign errors and second writers out of the engines."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any

from newsearch.errors import EngineError, NewsearchError

WAIT = 10.0  # seconds that a second writer waits for the first


class guarded:  # noqa: N801 (used as `with guarded(…)`; a class because that costs less)
    """Turn whatever a storage raises into an `EngineError` that says what to do.

    Args:
        doing: What is being done, for the message: "writing to", "reading".
        folder: The index.
    """

    __slots__ = ("_doing", "_folder")

    def __init__(self, doing: str, folder: Path) -> None:
        self._doing = doing
        self._folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What is no `Exception` (Ctrl-C) is none of a storage's business.
        if isinstance(error, Exception) and not isinstance(error, NewsearchError):
            raise self._said(error) from error

    def _said(self, error: Exception) -> EngineError:
        doing, folder = self._doing, self._folder
        if isinstance(error, OSError):
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return EngineError(
                    f"the disk is full while {doing} the index in {folder}; "
                    "free some space and run this again. What was there before is unharmed"
                )
            return EngineError(f"{doing} the index in {folder} failed: {error}")
        return EngineError(  # Whoosh on a damaged file may raise anything
            f"{doing} the index in {folder} failed, it seems damaged "
            f"({type(error).__name__}: {error}); build it again with newsearch index"
        )


def write_lock(folder: Path) -> Any:
    """Take the lock of the one writer, and leave a note of who has it.

    Args:
        folder: The index.

    Returns:
        The lock; call its `release`.

    Raises:
        EngineError: Another writer has it still after `WAIT`; the message names it.
    """
    from filelock import FileLock, Timeout  # 15 ms that a query need not pay

    note = folder / "writer.json"
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=WAIT)
    except Timeout as error:
        raise EngineError(
            f"another newsearch{_holder(note)} is writing to the index in {folder}; "
            "wait until it has finished, or stop it"
        ) from error
    note.write_text(json.dumps({"process": os.getpid()}), encoding="utf-8")
    return lock


def _holder(note: Path) -> str:
    try:
        return f" (process {int(json.loads(note.read_text(encoding='utf-8'))['process'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
