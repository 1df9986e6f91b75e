"""The local engine: an index in one folder, to be read and to be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsearch.durable import make_folder
from newsearch.engines.guard import guarded, write_lock
from newsearch.engines.local.files.manifest import NAME, Manifest, read_manifest, write_manifest
from newsearch.errors import IndexExists, anew
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.engines.local.snapshot import LocalSnapshot
    from newsearch.engines.local.writing.writer import LocalWriter


class LocalEngine:
    """An index in one folder.

    Args:
        folder: Where the files are.
        settings: For BM25's numbers and the memory a writer may take.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    @classmethod
    def create(cls, folder: Path, settings: Settings) -> LocalEngine:
        """Make a new, empty index in a folder that holds none.

        Raises:
            IndexExists: It holds articles.
        """
        with guarded("making", folder):
            make_folder(folder)
            lock = write_lock(folder)
            try:
                if (folder / NAME).exists() and read_manifest(folder).segments:
                    raise IndexExists(
                        f"{folder} holds articles, but what belongs beside it is missing; "
                        f"{anew(str(folder))}"
                    )
                write_manifest(folder, Manifest())
            finally:
                lock.release()
        return cls(folder, settings)

    def snapshot(self) -> LocalSnapshot:
        from newsearch.engines.local.snapshot import LocalSnapshot  # adding needs nothing of it

        return LocalSnapshot(self.folder, self.settings)

    def writer(self) -> LocalWriter:
        from newsearch.engines.local.writing.writer import (
            LocalWriter,  # a query needs nothing of it
        )

        return LocalWriter(self.folder, self.settings)

    def optimize(self) -> None:
        """Make one segment of all, however large it is."""
        self.writer().optimize()
