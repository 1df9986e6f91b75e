"""What keeps foreign errors and second writers out of the engines."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsearch.errors import EngineError, NewsearchError

WAIT = 10.0  # seconds that a second writer waits for the first


@contextmanager
def guarded(doing: str, folder: Path) -> Iterator[None]:
    """Turn whatever a storage raises into an `EngineError` that says what to do.

    Args:
        doing: What is being done, for the message: "writing to", "reading".
        folder: The index.
    """
    try:
        yield
    except NewsearchError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EngineError(
                f"the disk is full while {doing} the index in {folder}; "
                "free some space and run this again. What was there before is unharmed"
            ) from error
        raise EngineError(f"{doing} the index in {folder} failed: {error}") from error
    except Exception as error:  # Whoosh on a damaged file may raise anything
        raise EngineError(
            f"{doing} the index in {folder} failed, it seems damaged "
            f"({type(error).__name__}: {error}); build it again with newsearch index"
        ) from error


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
