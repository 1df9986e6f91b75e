"""The file that makes a folder an index: of which format it is, and with which settings."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from newsearch.errors import IndexMismatch, IndexMissing
from newsearch.settings import Settings, settings_from

FORMAT = 2
NAME = "newsearch.json"


def read_settings(folder: Path) -> Settings:
    """Return the settings of the index in a folder.

    Raises:
        IndexMissing: There is no index.
        IndexMismatch: It was made by another version of newsearch, or is damaged.
    """
    path = folder / NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise IndexMismatch(
                f"the index in {folder} has format {manifest['format']!r}, this newsearch reads "
                f"{FORMAT}; make the index anew"
            )
        return settings_from(manifest["settings"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"there is no index in {folder}; make one with: newsearch index PATH"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexMismatch(f"{path} can't be read ({error}); make the index anew") from error


def write_settings(folder: Path, settings: Settings) -> None:
    """Make a folder an index; all or nothing."""
    manifest = {"format": FORMAT, "settings": {**asdict(settings), "keep": sorted(settings.keep)}}
    new = folder / (NAME + ".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / NAME)
