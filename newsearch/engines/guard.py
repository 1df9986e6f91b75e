"""What keeps foreign errors and second writers out of the engines."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any

from newsearch.durable import new_file, read_file
from newsearch.errors import EngineError, IndexDamaged, NewsearchError

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
        if error is None:
            return
        # What is no `Exception` (Ctrl-C) is none of a storage's business.
        if isinstance(error, IndexDamaged) and not error.place:
            raise IndexDamaged(error.problem, str(self._folder)) from error
        if isinstance(error, Exception) and not isinstance(error, NewsearchError):
            raise self._said(error) from error

    def _said(self, error: Exception) -> EngineError:
        failed = f"{self._doing} the index in {self._folder} failed"
        if isinstance(error, OSError):
            return self._of_system(error, failed)
        # Damage that no checksum tells, or a fault of ours: which, this place can't know.
        return EngineError(
            f"{failed} ({type(error).__name__}: {error}); newsearch check tells whether it is "
            "damaged. If it is not, newsearch is at fault: please report it"
        )

    def _of_system(self, error: OSError, failed: str) -> EngineError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return EngineError(
                f"the disk is full while {self._doing} the index in {self._folder}; "
                "free some space and run this again. What was there before is unharmed"
            )
        if isinstance(error, FileNotFoundError):
            if not self._folder.is_dir():
                return EngineError(f"{self._folder} is gone: removed or renamed by somebody")
            return IndexDamaged(f"{error.filename} is missing", str(self._folder))
        said = error.strerror or str(error)
        return EngineError(f"{failed}: {f'{error.filename}: ' * bool(error.filename)}{said}")


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
    with guarded("writing to", folder):
        folder.stat()  # the lock would make a folder that is gone
        try:
            lock.acquire(timeout=WAIT)
        except Timeout as error:
            raise EngineError(
                f"another newsearch{_holder(note)} is writing to the index in {folder}; "
                "wait until it has finished, or stop it"
            ) from error
        try:
            with new_file(note) as file:
                file.write(json.dumps({"process": os.getpid()}).encode())
        except BaseException:
            lock.release()
            raise
    return lock


def _holder(note: Path) -> str:
    try:
        return f" (process {int(json.loads(read_file(note))['process'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
