"""The register: which files an index was made of, so that unchanged ones are not read again.

In: what was read of each file, and the fingerprints that the index holds. Out: whether a file is
as it was, and which articles came from files that are still there. The register is never trusted
over the articles: a file counts as unchanged only while the index holds the very versions of its
articles that it held when the file was registered. A lost register costs the time of reading.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.articles import READING
from newsearch.articles.files import files_of
from newsearch.durable import read_file, replace_file
from newsearch.engines.guard import guarded
from newsearch.errors import IndexDamaged
from newsearch.sealing import is_sealed, sealed

NAME = "files.json"
UNSURE = -1
_FORMAT = 2

Ids = npt.NDArray[np.uint64]


def hashed(article_id: str) -> bytes:
    """Return eight bytes for an id, always the same for the same id."""
    return blake2b(article_id.encode(), digest_size=8).digest()


def hashes(ids: Iterable[str]) -> Ids:
    """Return hashed ids as numbers."""
    return unpacked(b"".join(map(hashed, ids)))


def unpacked(many: bytes | bytearray) -> Ids:
    """Return hashed ids that were put one after the other as numbers."""
    return np.frombuffer(many, "<u8").astype(np.uint64)


def joined(parts: Iterable[Ids]) -> Ids:
    """Return all of some numbers, one after the other."""
    return np.concatenate([np.zeros(0, np.uint64), *parts])


class Held:
    """Which articles an index holds, and in which version.

    Args:
        fingerprints: Ids and fingerprints, as `NewsIndex.fingerprints` yields them.
    """

    def __init__(self, fingerprints: Iterable[tuple[str, str]] = ()) -> None:
        pairs = list(fingerprints)
        ids = hashes(each for each, _ in pairs)
        try:
            versions = np.array([int(each[:8], 16) for _, each in pairs], np.int64)
        except ValueError as error:
            raise IndexDamaged(
                "the versions of articles are damaged", "its folder segments"
            ) from error
        order = np.argsort(ids)
        self._ids, self._versions = ids[order], versions[order]

    def versions(self, ids: Ids) -> npt.NDArray[np.int64]:
        """Return a number for the version of each article, -1 for one that is not there."""
        if not len(self._ids):
            return np.full(len(ids), -1, np.int64)
        places = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[places] == ids, self._versions[places], -1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file from the time when it was read.

    Attributes:
        size: In bytes.
        changed_ns: When it was last written to, in nanoseconds; `UNSURE` where that can't be
            relied on.
        way: How it was read, where that can differ: what its fields are called.
        ids: The hashed ids of its articles that are in the index.
        empty: How many others it has, without a word.
        unreadable: How many of its lines or members could not be read.
    """

    size: int
    changed_ns: int
    way: str
    ids: Ids
    empty: int = 0
    unreadable: int = 0

    def is_of(self, status: os.stat_result) -> bool:
        """Tell whether a file with this status is the one that was read."""
        return (self.size, self.changed_ns) == (status.st_size, status.st_mtime_ns)


class _Owners:
    """Which files have brought an id.

    Args:
        files: What is known of each, by its path.
    """

    def __init__(self, files: Mapping[str, Known]) -> None:
        self._paths = list(files)
        ids = joined(known.ids for known in files.values())
        owners = np.repeat(np.arange(len(files)), [len(known.ids) for known in files.values()])
        order = np.argsort(ids)
        self._ids, self._owners = ids[order], owners[order]

    def of(self, article_id: str) -> list[str]:
        """Return the paths of the files that have brought an id."""
        wanted = unpacked(hashed(article_id))[0]
        first, last = (self._ids.searchsorted(wanted, side) for side in ("left", "right"))
        return [self._paths[owner] for owner in self._owners[first:last].tolist()]


class Register:
    """The files of an index, by their paths.

    Attributes:
        damage: What is wrong with the register's file, or "".
    """

    def __init__(self) -> None:
        self._files: dict[str, Known] = {}
        self._owners: _Owners | None = None  # as they were before this run
        self._saved = True
        self.damage = ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def get(self, path: str) -> Known | None:
        """Return what is known of a file."""
        return self._files.get(path)

    def put(self, path: str, known: Known) -> None:
        """Take note of a file that was read."""
        self._files[path] = known
        self._saved = False

    def drop(self, path: str) -> None:
        """Forget a file."""
        del self._files[path]
        self._saved = False

    def is_taken(self, article_id: str, path: str, instead: str) -> bool:
        """Tell whether an article has to be known by another id, as it was before.

        Args:
            article_id: What the article at that path is called there.
            path: Of its file, or in an archive.
            instead: The other id.

        Returns:
            Whether its file has brought the other id, or another one, that is still there, this.
        """
        if not self._files:
            return False
        file = list(files_of(path))[-1]
        if self._owners is None:
            self._owners = _Owners(self._files)
        return file in self._owners.of(instead) or any(
            other != file and os.path.exists(other) for other in self._owners.of(article_id)
        )

    def claimed(self) -> Ids:
        """Return the hashed ids of the articles of all files."""
        return joined(known.ids for known in self._files.values())

    def save(self, folder: Path, held: Held) -> None:
        """Write the register, if anything has changed, as a whole or not at all.

        Args:
            folder: That of the index.
            held: What the index holds now.
        """
        if self._saved:
            return
        rows = [
            (path, each.size, each.changed_ns, each.way, len(each.ids), each.empty, each.unreadable)
            for path, each in self._files.items()
        ]
        ids = self.claimed()
        table = {
            "format": _FORMAT,
            "reading": READING,
            "files": rows,
            "ids": _packed(ids.astype("<u8")),
            "versions": _packed(held.versions(ids).astype("<u4")),
        }
        with guarded("writing to", folder):
            replace_file(folder / NAME, sealed(table))
        self._saved = True


def load(folder: Path, held: Held) -> Register:
    """Return the register of an index, without files of which the index holds something else.

    Args:
        folder: That of the index; there need be no register in it.
        held: What the index holds.
    """
    register = Register()
    try:
        text = read_file(folder / NAME)
    except FileNotFoundError:
        return register
    except OSError as error:
        register.damage = (
            f"{folder / NAME} can't be read ({error.strerror}); all files are read again"
        )
        return register
    try:
        if not is_sealed(text):
            raise ValueError("not as it was written")
        table = json.loads(text)
        if (table["format"], table["reading"]) == (_FORMAT, READING):
            register._files = dict(_sound(table, held))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        register.damage = f"{folder / NAME} is damaged ({error}); all files are read again"
    return register


def _sound(table: dict[str, Any], held: Held) -> Iterator[tuple[str, Known]]:
    """Yield the files of which all articles are in the index as they were."""
    ids = np.frombuffer(base64.b64decode(table["ids"]), "<u8").astype(np.uint64)
    versions = np.frombuffer(base64.b64decode(table["versions"]), "<u4").astype(np.int64)
    other = np.cumsum(np.concatenate([[0], held.versions(ids) != versions])).tolist()
    start = 0
    for path, size, changed_ns, way, many, empty, unreadable in table["files"]:
        end = start + many
        if other[start] == other[end]:
            yield path, Known(size, changed_ns, way, ids[start:end], empty, unreadable)
        start = end


def _packed(numbers: npt.NDArray[Any]) -> str:
    return base64.b64encode(numbers.tobytes()).decode()
