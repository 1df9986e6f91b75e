"""What is wrong with an index, in sentences: sizes, checksums, and whether its parts fit together.

Checksums find what a disk has done; the rules over the arrays what somebody has written wrongly.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np

from newsearch.durable import open_file
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.files.directory import FileEntry, table_size
from newsearch.engines.local.files.layout import BLOCKS, ENDS, FIRSTS, STRINGS, id_check
from newsearch.engines.local.files.manifest import Manifest, SegmentEntry, read_manifest
from newsearch.engines.local.files.pages import map_columns
from newsearch.engines.local.files.strings import Strings
from newsearch.engines.local.postings import PIECE, Problems, check_postings, pieces
from newsearch.engines.local.segment import Segment
from newsearch.engines.local.writing.keying import key_problem
from newsearch.errors import EngineError, IndexDamaged, NewsearchError

_LONGEST_GAP = 7  # bytes between two columns


def check(folder: Path, fast: bool = False) -> Iterator[str]:
    """Yield one sentence for each problem of an index.

    A writer may be at work: where something is wrong and there is a newer commit, that one is
    looked at.

    Args:
        folder: The engine's folder.
        fast: Look at the manifest and the sizes of files only.

    Raises:
        EngineError: A file can't be read, for want of a permission perhaps.
    """
    sound: list[SegmentEntry] = []
    while True:
        try:
            manifest = read_manifest(folder)
            problems = list(_check_all(folder, manifest, sound, fast))
            if not problems or read_manifest(folder) == manifest:
                yield from problems
                return
        except Exception as error:
            yield _sentence(folder, error)
            return


def _check_all(
    folder: Path, manifest: Manifest, sound: list[SegmentEntry], fast: bool
) -> Iterator[str]:
    """Yield the problems of the segments but those that are known to be sound; add to these."""
    for entry in manifest.segments:
        if entry not in sound:
            problem = None
            for problem in _to_the_end(folder / entry.data.name, _check(folder, entry, fast)):
                yield problem
            if problem is None:
                sound.append(entry)
    if not fast:
        here = [entry for entry in manifest.segments if entry in sound]
        yield from _to_the_end(folder, _check_unique(folder, here))


def _to_the_end(path: Path, problems: Iterator[str]) -> Iterator[str]:
    """Yield problems; if looking for them fails, that is one, too."""
    try:
        yield from problems
    except Exception as error:  # what a damaged file leads to is not to be foreseen
        yield _sentence(path, error)


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, IndexDamaged):
        return error.problem
    if isinstance(error, EngineError):
        raise error
    if isinstance(error, NewsearchError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is missing"
    if isinstance(error, OSError) and error.filename:  # it may be sound for all we know
        raise EngineError(f"{error.filename} can't be read: {error.strerror}") from error
    return f"{path} can't be checked ({type(error).__name__}: {error})"


def _check(folder: Path, entry: SegmentEntry, fast: bool) -> Iterator[str]:
    """Yield the problems of one segment, those first that hide others."""
    path = folder / entry.data.name
    files = list(Manifest((entry,)).files())
    problem = None
    for problem in (each for file in files for each in _check_file(folder, file, fast)):
        yield problem
    if problem is None and not fast:
        segment = Segment(folder, entry)
        for column, problem in _check_order(segment):
            yield f"column {column} of {path} {problem}"
        if problem is None:
            for column, problem in _check_contents(segment):
                yield f"column {column} of {path} {problem}"


def _check_file(folder: Path, file: FileEntry, fast: bool) -> Iterator[str]:
    path = folder / file.name
    with open_file(path) as opened:
        size = os.fstat(opened.fileno()).st_size
    if size != file.size:
        yield f"{path} has {size:,} bytes, not the {file.size:,} that it had"
    elif not fast:
        for column in map_columns(folder, file).damaged():
            yield f"column {column} of {path} is not as it was written"
        yield from _check_gaps(path, file)


def _check_gaps(path: Path, file: FileEntry) -> Iterator[str]:
    """Look at the bytes between columns, which no checksum covers: there are few, and zeros."""
    end, table = 0, file.size - table_size(file.columns)
    places = [
        (offset, offset + count * np.dtype(kind).itemsize)
        for kind, offset, count in file.columns.values()
    ]
    with open_file(path) as opened:
        for start, next_end in (*sorted(places), (table, table)):
            opened.seek(end)
            if not 0 <= start - end <= _LONGEST_GAP or any(opened.read(start - end)):
                yield f"{path} has bytes that belong to no column"
                return
            end = next_end


def _check_order(segment: Segment) -> Problems:
    """Look at what says where things begin and end; the rest can't be read without it."""
    for name in (*ENDS, *(f"{name}_ends" for name in BLOCKS)):
        if not _rises(segment.columns[name]):
            yield name, "does not rise"
    for name in FIRSTS:
        if not len(segment.columns[name]) or segment.columns[name][0]:
            yield name, "does not begin with 0"


def _rises(column: Array) -> bool:
    """Whether no number is smaller than the one before it."""
    return not any((piece[1:] < piece[:-1]).any() for _, piece in pieces(column, 1))


def _check_contents(segment: Segment) -> Problems:
    columns = segment.columns
    yield from _check_strings(segment)
    for kind, lengths in (("text", columns["passage_length"]), ("title", columns["title_length"])):
        yield from check_postings(kind, segment.fields[kind], lengths)
    starts, ends = columns["passage_start"], columns["passage_end"]
    if any((piece > ends[at : at + PIECE]).any() for at, piece in pieces(starts)):
        yield "passage_start", "has passages that end before they begin"
    yield from _check_stored(segment)


def _check_strings(segment: Segment) -> Problems:
    for name in STRINGS:
        strings = Strings(segment.columns, name)
        try:
            for at in range(0, len(strings), PIECE):
                b"\n".join(strings.slice(at, min(at + PIECE, len(strings)))).decode()
        except UnicodeDecodeError:
            yield name, "holds what is not text"
    if not all(one < other for one, other in pairwise(_each(segment.terms))):
        yield "terms", "is not sorted"
    if problem := key_problem(segment.keys, _each(segment.terms), segment.names()):
        yield "key_terms", problem
    order = segment.columns["id_order"]
    seen = np.zeros(len(order), bool)
    for _, piece in pieces(order):
        seen[piece[piece < len(order)]] = True
    if not seen.all():
        yield "id_order", "does not name each article once"
    elif not _rises(segment.columns["id_checks"]):
        yield "id_checks", "does not rise"
    elif not all(
        checks.tolist() == [id_check(segment.ids[each]) for each in order[at : at + PIECE].tolist()]
        for at, checks in pieces(segment.columns["id_checks"])
    ):
        yield "id_checks", "is not made of the ids"


def _each(strings: Strings) -> Iterator[bytes]:
    for at in range(0, len(strings), PIECE):
        yield from strings.slice(at, min(at + PIECE, len(strings)))


def _check_stored(segment: Segment) -> Problems:
    """Look at what is kept of each article."""
    for number in range(segment.entry.articles):
        for name, packing in BLOCKS.items():
            try:
                segment.blocks[packing][number].decode()
            except (NewsearchError, UnicodeDecodeError) as error:
                yield f"{name}_data", f"holds an article that can't be read ({error})"
                return
        article, _ = segment.whole(number)
        first, last = segment.article_first[number : number + 2].tolist()
        if (segment.columns["passage_end"][first:last] > len(article.text)).any():
            yield "passage_end", "points beyond the end of an article"
            return


def _check_unique(folder: Path, entries: list[SegmentEntry]) -> Iterator[str]:
    """Look for ids of which more than one article lives."""
    lists = [_live_ids(Segment(folder, entry)) for entry in entries]
    for (_, article_id), same in groupby(heapq.merge(*lists)):
        if len(list(same)) > 1:
            yield f"{folder} holds {article_id.decode()!r} more than once"


def _live_ids(segment: Segment) -> Iterator[tuple[int, bytes]]:
    """Yield the ids of living articles with the numbers by which they are sorted."""
    checks = (int(check) for check in segment.columns["id_checks"])
    named = zip(checks, (int(number) for number in segment.columns["id_order"]), strict=True)
    for check, same in groupby(named, key=itemgetter(0)):
        living = [at for _, at in same if segment.dead is None or not segment.dead[at]]
        yield from sorted((check, segment.ids[at]) for at in living)
