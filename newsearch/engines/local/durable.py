"""Files that are on the disk when a function returns; all bytes of an index go through here."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


def write_file(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file, replacing what is there, and wait until it is on the disk."""
    with path.open("wb") as file:
        for piece in pieces:
            write_piece(file, piece)
        sync_file(file)


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
