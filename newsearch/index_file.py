"""The file that makes a folder an index (format, settings), and whether all in it is sound."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from newsearch.errors import IndexExists, IndexMismatch, IndexMissing
from newsearch.sealing import is_sealed, sealed
from newsearch.settings import Settings, settings_from

FORMAT = 7
NAME = "newsearch.json"
ENGINE = "segments"  # the folder of the engine's files

# What may lie in a folder in which a new index is made: the rest may be somebody's files.
_HARMLESS = frozenset(
    (
        "README.md",
        "names.toml",
        "files.json",
        "boilerplate.json",
        "log.jsonl",
        "log.old.jsonl",
        ENGINE,
        NAME + ".new",
    )
)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder in which no new index can be made.

    Raises:
        IndexExists: There is an index, or something else, already.
    """
    if (folder / NAME).exists():
        raise IndexExists(f"there is an index in {folder} already; open it instead")
    if folder.exists():
        if not folder.is_dir():
            raise IndexExists(f"{folder} is a file; an index needs a folder of its own")
        names = [name for name in sorted(os.listdir(folder)) if not name.startswith(".")]
        foreign = [name for name in names if name not in _HARMLESS]
        if foreign:
            raise IndexExists(
                f"{folder} holds other files ({foreign[0]}); an index needs a folder of its own"
            )


def read_settings(folder: Path) -> Settings:
    """Return the settings of the index in a folder.

    Raises:
        IndexMissing: There is no index.
        IndexMismatch: It was made by another version of newsearch, or is damaged.
    """
    path = folder / NAME
    try:
        text = path.read_bytes()
        manifest = json.loads(text.decode())
        if manifest["format"] != FORMAT:
            raise IndexMismatch(
                f"the index in {folder} has format {manifest['format']!r}, this newsearch reads "
                f"{FORMAT}; make the index anew: delete the folder and index again"
            )
        if not is_sealed(text):
            raise IndexMismatch(f"{path} is not as it was written; make the index anew")
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
    with new.open("wb") as file:
        file.write(sealed(manifest))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / NAME)


def check(path: str | os.PathLike[str], *, fast: bool = False) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with the index in a folder.

    Args:
        path: The folder. The index need not be one that can be opened.
        fast: Look at the sizes of files only; else at every byte.

    Raises:
        IndexMissing: There is no index.
    """
    from newsearch.engines.local.checking import check as check_engine

    folder = Path(path)
    try:
        read_settings(folder)
    except IndexMismatch as problem:
        yield str(problem)
    yield from check_engine(folder / ENGINE, fast)
