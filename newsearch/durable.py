"""The files of an index: on the disk when a function returns, and nothing but plain files.

An index may come from anybody. What is opened here is no link to a file somewhere else, no pipe
that nobody writes to and no device; what is made takes the place of a link and leaves alone what
it led to.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

# Opening a pipe to read it would wait for somebody to write to it.
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LEFT_OVER = 3600  # seconds after which nobody writes to a new file any more


def plain(path: str | os.PathLike[str], flags: int) -> int:
    """Open a file as `open` wants it of its `opener`; refuse what is no plain file.

    Raises:
        OSError: It can't be opened, or is a link, a pipe or a device.
    """
    try:
        handle = os.open(path, flags | _CAREFULLY, 0o666)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # what links and pipes are refused with
            raise _not_plain(path) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _not_plain(path)
    return handle


def _not_plain(path: str | os.PathLike[str]) -> OSError:
    return OSError(errno.EINVAL, "it is no plain file", os.fspath(path))


def open_file(path: Path) -> BinaryIO:
    """Open a plain file for reading."""
    return open(path, "rb", opener=plain)


def read_file(path: Path, most: int | None = None) -> bytes:
    """Return what is in a plain file.

    Args:
        path: The file.
        most: How many bytes it may have; None for any number.

    Raises:
        OSError: It can't be read.
        ValueError: It is larger.
    """
    with open_file(path) as file:
        if most is not None and os.fstat(file.fileno()).st_size > most:
            raise ValueError(f"it is larger than {most >> 20} MiB")
        return file.read()


def new_file(path: Path) -> BinaryIO:
    """Make a file for writing, in the place of what is there."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def write_file(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file, replacing what is there, and wait until it is on the disk."""
    with new_file(path) as file:
        for piece in pieces:
            write_piece(file, piece)
        sync_file(file)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file, as a whole or not at all, durably; others may do so at the same time."""
    start = f".{path.name}."
    new = path.with_name(f"{start}{os.getpid()}-{threading.get_ident()}.new")
    try:
        write_file(new, [content])
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)
    for left in path.parent.glob(f"{start}*.new"):  # by a process that was killed
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > _LEFT_OVER:
                left.unlink()


def sync_file(file: BinaryIO) -> None:
    """Wait until what was written to a file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def write_piece(file: BinaryIO, piece: bytes | memoryview) -> None:
    """Write one piece of a file."""
    file.write(piece)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there, and those that it is in; durably."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
