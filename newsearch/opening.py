"""Making an index in a folder, and opening one that is there."""

from __future__ import annotations

import os
from pathlib import Path

from newsearch.engines.local.engine import LocalEngine
from newsearch.errors import IndexExists, IndexMissing
from newsearch.index import NewsIndex
from newsearch.index_file import (
    ENGINE,
    NAME,
    engine_folder,
    read_settings,
    refuse_foreign,
    write_settings,
)
from newsearch.settings import Settings


def create(path: str | os.PathLike[str], settings: Settings | None = None) -> NewsIndex:
    """Make a new, empty index in a folder and open it.

    Args:
        path: A folder that does not exist yet or is empty.
        settings: Kept with the index; the defaults if None.

    Raises:
        IndexExists: There is an index, or something else, already.
        EngineError: The folder can't be written.
    """
    folder = Path(path)
    settings = settings or Settings()
    refuse_foreign(folder)
    engine = LocalEngine.create(folder / ENGINE, settings)
    write_settings(folder, settings)
    return NewsIndex(folder, settings, engine, empty=True)


def open(path: str | os.PathLike[str]) -> NewsIndex:
    """Open the index in a folder.

    Raises:
        IndexMissing: There is no index.
        IndexMismatch: It was made by another version of newsearch, or is damaged.
        EngineError: Its files can't be read.
    """
    folder = Path(path)
    settings = read_settings(folder)
    return NewsIndex(folder, settings, LocalEngine(engine_folder(folder), settings))


def open_or_create(path: str | os.PathLike[str], settings: Settings | None = None) -> NewsIndex:
    """Open the index in a folder; make it first where there is none."""
    try:
        return open(path)
    except IndexMissing:
        try:
            return create(path, settings)
        except IndexExists:
            if not (Path(path) / NAME).exists():
                raise
            return open(path)  # another process was faster
