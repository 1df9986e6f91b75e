"""The file that makes a folder an index (format, settings), and whether all in it is sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from newsearch.durable import read_file, replace_file
from newsearch.errors import EngineError, IndexExists, IndexMismatch, IndexMissing, anew
from newsearch.sealing import is_sealed, read_table, sealed
from newsearch.settings import Settings, settings_from

FORMAT = 7
NAME = "newsearch.json"
ENGINE = "segments"  # the folder of the engine's files
_LARGEST = 1 << 20  # bytes

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
        NAME,
    )
)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder in which no new index can be made.

    Raises:
        IndexExists: There is an index, or something else, already.
    """
    if (folder / NAME).exists() and (folder / ENGINE).is_dir():
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
        EngineError: It can't be read.
    """
    path = folder / NAME
    again = anew(f"{path} and {folder / ENGINE}")
    try:
        text = read_file(path, _LARGEST)
        manifest = read_table(text)
        if manifest["format"] != FORMAT:
            raise IndexMismatch(
                f"the index in {folder} has format {manifest['format']!r}, this newsearch reads "
                f"{FORMAT}; {again}"
            )
        if not is_sealed(text):
            raise IndexMismatch(f"{path} is not as it was written; {again}")
        return settings_from(manifest["settings"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"there is no index in {folder}; make one with: newsearch index PATH"
        ) from error
    except OSError as error:
        raise EngineError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexMismatch(f"{path} is damaged ({error}); {again}") from error


def write_settings(folder: Path, settings: Settings) -> None:
    """Make a folder an index; all or nothing."""
    manifest = {"format": FORMAT, "settings": {**asdict(settings), "keep": sorted(settings.keep)}}
    replace_file(folder / NAME, sealed(manifest))


def engine_folder(folder: Path) -> Path:
    """Return where the engine's files of an index are.

    Raises:
        IndexMissing: There is no such folder.
        EngineError: It is a link to some other folder, in which nothing is to be changed.
    """
    path = folder / ENGINE
    if path.is_symlink():
        raise EngineError(f"{path} is a link; put the folder that it leads to in its place")
    if not path.is_dir():
        raise IndexMissing(
            f"the index in {folder} has lost its folder {ENGINE}; "
            "make it anew with: newsearch index PATH"
        )
    return path


def check(path: str | os.PathLike[str], *, fast: bool = False) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with the index in a folder.

    Where the index has to be made anew, the last sentence says how.

    Args:
        path: The folder. The index need not be one that can be opened.
        fast: Look at the sizes of files only; else at every byte.

    Raises:
        IndexMissing: There is no index.
        EngineError: A file can't be read, for want of a permission perhaps.
    """
    from newsearch.engines.local.checking import check as check_engine

    folder = Path(path)
    try:
        read_settings(folder)
    except IndexMismatch as problem:
        yield str(problem)
    for name, lost in _SEALED.items():
        if (folder / name).exists() and not _is_as_written(folder / name):
            yield f"{folder / name} is not as it was written; delete it: {lost}"
    engine = engine_folder(folder)
    problems = check_engine(engine, fast)
    for first in problems:
        yield from (first, *problems)
        yield anew(str(engine))


# What else is sealed, and what is lost with it.
_SEALED = {
    "files.json": "newsearch index will read all files again",
    "boilerplate.json": "only what newsearch boilerplate --keep said is lost",
}


def _is_as_written(path: Path) -> bool:
    try:
        return is_sealed(read_file(path))
    except OSError:
        return False
