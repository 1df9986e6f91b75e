"""The local engine: an index in one folder, to be read and to be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsearch.engines.guard import guarded
from newsearch.engines.local.manifest import Manifest, write_manifest
from newsearch.engines.local.snapshot import LocalSnapshot
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.engines.local.writer import LocalWriter


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
        """Make a new, empty index in a folder that holds none."""
        with guarded("making", folder):
            folder.mkdir(parents=True, exist_ok=True)
            write_manifest(folder, Manifest())
        return cls(folder, settings)

    def snapshot(self) -> LocalSnapshot:
        return LocalSnapshot(self.folder, self.settings)

    def writer(self) -> LocalWriter:
        from newsearch.engines.local.writer import LocalWriter  # a query needs nothing of it

        return LocalWriter(self.folder, self.settings)

    def optimize(self) -> None:
        """Make one segment of all, however large it is."""
        self.writer().optimize()
