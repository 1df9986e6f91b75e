"""Which files are the index: one small JSON file that is replaced whole.

A commit is that replacement. Segment files are written and synced before, and never changed
after; whatever in the folder is not named in the manifest is left over from a run that did not
come to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from newsearch.durable import read_file, sync_folder, write_file
from newsearch.engines.local.files.directory import FileEntry, read_entry
from newsearch.errors import IndexDamaged, IndexMismatch, anew
from newsearch.sealing import is_sealed, read_table, sealed

FORMAT = 5
NAME = "manifest.json"
_LARGEST = 1 << 26  # bytes; a segment takes some five thousand
_FILE = re.compile(r"[0-9]{6,12}(-[0-9]{1,12})?\.(columns|dead)")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment, and which of its articles are deleted.

    Attributes:
        articles, passages, tokens: How many, deleted ones included.
        data: Its columns.
        dead: Its deletions, a column of bits; None where there are none.
    """

    articles: int
    passages: int
    tokens: int
    data: FileEntry
    dead: FileEntry | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """An index as one commit left it: its segments in order, and the next number for a file."""

    segments: tuple[SegmentEntry, ...] = ()
    next_number: int = 1

    def files(self) -> Iterator[FileEntry]:
        """Yield all files that are the index."""
        for entry in self.segments:
            yield from (file for file in (entry.data, entry.dead) if file)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a folder, durably."""
    new = folder / (NAME + ".new")
    write_file(new, [sealed({"format": FORMAT, **asdict(manifest)})])
    new.replace(folder / NAME)
    sync_folder(folder)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder.

    Raises:
        IndexMismatch: It has a format of another version.
        IndexDamaged: It is damaged, or names what it must not.
    """
    path = folder / NAME
    try:
        text = read_file(path, _LARGEST)
        given = read_table(text)
        written = given["format"]
        if written == FORMAT:
            if not is_sealed(text):
                raise ValueError("its checksum is wrong")
            segments = tuple(_segment(each) for each in given["segments"])
            return _distinct(Manifest(segments, _count(given["next_number"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexDamaged(f"{path} is damaged ({error})") from error
    raise IndexMismatch(
        f"{path} has format {written!r}, this newsearch reads {FORMAT}; {anew(str(folder))}"
    )


def _distinct(manifest: Manifest) -> Manifest:
    """Return a manifest whose files are all different, and different from the next one."""
    names = [file.name for file in manifest.files()]
    if len(set(names)) < len(names):
        raise ValueError("it names a file twice")
    if any(int(re.split(r"\D", name)[0]) >= manifest.next_number for name in names):
        raise ValueError("the next file would replace one that is there")
    return manifest


def _segment(given: dict[str, object]) -> SegmentEntry:
    articles, passages, tokens = (_count(given[key]) for key in ("articles", "passages", "tokens"))
    dead = None if given["dead"] is None else _file(given["dead"])
    return SegmentEntry(articles, passages, tokens, _file(given["data"]), dead)


def _file(given: object) -> FileEntry:
    if not isinstance(given, dict) or not _FILE.fullmatch(str(given["name"])):
        raise ValueError("it names a file that newsearch does not write")
    size, check = _count(given["size"]), _count(given["check"])
    return read_entry(str(given["name"]), size, given["columns"], check)


def _count(given: object) -> int:
    if type(given) is not int or not 0 <= given < 1 << 48:
        raise ValueError(f"{given!r} is not a number that can be")
    return given
