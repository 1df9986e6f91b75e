"""What is wrong with an index, in sentences: sizes, checksums, and whether its parts fit together.

Checksums find what a disk has done; the rules over the arrays what somebody has written wrongly.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np

from newsearch.engines.local.columns import Array, FileEntry, table_size
from newsearch.engines.local.keying import key_problem
from newsearch.engines.local.layout import BLOCKS, ENDS, FIRSTS, STRINGS, id_check
from newsearch.engines.local.manifest import Manifest, SegmentEntry, read_manifest
from newsearch.engines.local.pages import map_columns
from newsearch.engines.local.segment import Field, Segment
from newsearch.engines.local.strings import Strings
from newsearch.errors import NewsearchError

_PIECE = 1 << 16  # items that are looked at together
_LONGEST_GAP = 7  # bytes between two columns


def check(folder: Path, fast: bool = False) -> Iterator[str]:
    """Yield one sentence for each problem of an index that nobody is writing to.

    Args:
        folder: The engine's folder.
        fast: Look at the manifest and the sizes of files only.
    """
    try:
        manifest = read_manifest(folder)
    except Exception as error:
        yield _sentence(folder, error)
        return
    sound = []
    for entry in manifest.segments:
        problem = None
        for problem in _to_the_end(folder / entry.data.name, _check(folder, entry, fast)):
            yield problem
        if problem is None:
            sound.append(entry)
    if not fast:
        yield from _to_the_end(folder, _check_unique(folder, sound))


def _to_the_end(path: Path, problems: Iterator[str]) -> Iterator[str]:
    """Yield problems; if looking for them fails, that is one, too."""
    try:
        yield from problems
    except Exception as error:  # what a damaged file leads to is not to be foreseen
        yield _sentence(path, error)


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, NewsearchError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is missing; make the index anew"
    return f"{path} can't be checked ({type(error).__name__}: {error}); make the index anew"


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
            yield f"column {column} of {path} {problem}; make the index anew"
        if problem is None:
            for column, problem in _check_contents(segment):
                yield f"column {column} of {path} {problem}; make the index anew"


def _check_file(folder: Path, file: FileEntry, fast: bool) -> Iterator[str]:
    path = folder / file.name
    size = path.stat().st_size
    if size != file.size:
        yield f"{path} has {size:,} bytes, not the {file.size:,} that it had; make the index anew"
    elif not fast:
        for column in map_columns(folder, file).damaged():
            yield f"column {column} of {path} is not as it was written; make the index anew"
        yield from _check_gaps(path, file)


def _check_gaps(path: Path, file: FileEntry) -> Iterator[str]:
    """Look at the bytes between columns, which no checksum covers: there are few, and zeros."""
    end, table = 0, file.size - table_size(file.columns)
    places = [
        (offset, offset + count * np.dtype(kind).itemsize)
        for kind, offset, count in file.columns.values()
    ]
    with path.open("rb") as opened:
        for start, next_end in (*sorted(places), (table, table)):
            opened.seek(end)
            if not 0 <= start - end <= _LONGEST_GAP or any(opened.read(start - end)):
                yield f"{path} has bytes that belong to no column; make the index anew"
                return
            end = next_end


Problems = Iterator[tuple[str, str]]


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
    return not any((piece[1:] < piece[:-1]).any() for _, piece in _pieces(column, 1))


def _pieces(array: Array, more: int = 0) -> Iterator[tuple[int, Array]]:
    """Yield pieces of an array and where each begins; each goes `more` items into the next."""
    for at in range(0, len(array), _PIECE):
        yield at, array[at : at + _PIECE + more]


def _check_contents(segment: Segment) -> Problems:
    columns = segment.columns
    yield from _check_strings(segment)
    for kind, lengths in (("text", columns["passage_length"]), ("title", columns["title_length"])):
        yield from _check_postings(kind, segment.fields[kind], lengths)
    starts, ends = columns["passage_start"], columns["passage_end"]
    if any((piece > ends[at : at + _PIECE]).any() for at, piece in _pieces(starts)):
        yield "passage_start", "has passages that end before they begin"
    yield from _check_stored(segment)


def _check_strings(segment: Segment) -> Problems:
    for name in STRINGS:
        strings = Strings(segment.columns, name)
        try:
            for at in range(0, len(strings), _PIECE):
                b"\n".join(strings.slice(at, min(at + _PIECE, len(strings)))).decode()
        except UnicodeDecodeError:
            yield name, "holds what is not text"
    if not all(one < other for one, other in pairwise(_each(segment.terms))):
        yield "terms", "is not sorted"
    if problem := key_problem(segment.keys, _each(segment.terms), segment.names()):
        yield "key_terms", problem
    order = segment.columns["id_order"]
    seen = np.zeros(len(order), bool)
    for _, piece in _pieces(order):
        seen[piece[piece < len(order)]] = True
    if not seen.all():
        yield "id_order", "does not name each article once"
    elif not _rises(segment.columns["id_checks"]):
        yield "id_checks", "does not rise"
    elif not all(
        checks.tolist()
        == [id_check(segment.ids[each]) for each in order[at : at + _PIECE].tolist()]
        for at, checks in _pieces(segment.columns["id_checks"])
    ):
        yield "id_checks", "is not made of the ids"


def _each(strings: Strings) -> Iterator[bytes]:
    for at in range(0, len(strings), _PIECE):
        yield from strings.slice(at, min(at + _PIECE, len(strings)))


def _check_postings(kind: str, field: Field, lengths: Array) -> Problems:
    """Look at one field's postings.

    Args:
        kind: What the names of its columns begin with.
        field: Its columns.
        lengths: How many tokens each document has.
    """
    for name, column in (("turns", field.documents), ("far", field.positions)):
        if not column.as_written(_PIECE):
            yield f"{kind}_{name}", "does not go with the postings"
            return
    tokens = sum(int(piece.sum(dtype=np.uint64)) for _, piece in _pieces(lengths))
    if tokens != len(field.positions):
        yield f"{kind}_positions", "has not as many tokens as the documents"
        return
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    taken = np.zeros(tokens, bool)  # whether a token's place has its term
    at = 0
    for begin in range(0, len(field.documents), _PIECE):
        documents = field.documents.part(begin, begin + _PIECE + 1)
        problem = _postings_problem(field, lengths, documents, begin, at)
        if problem:
            yield f"{kind}_{problem[0]}", problem[1]
            return
        counts = field.counts.part(begin, begin + _PIECE).astype(np.int64)
        many = int(counts.sum())
        of = np.repeat(starts[documents[: len(counts)]], counts)
        taken[of + field.positions.part(at, at + many)] = True
        at += many
    if at != tokens:
        yield f"{kind}_counts", "counts fewer than there are positions"
    elif not taken.all():
        yield f"{kind}_positions", "has two words in one place"


def _postings_problem(
    field: Field, lengths: Array, documents: Array, begin: int, at: int
) -> tuple[str, str] | None:
    """Return what is wrong in a piece of the postings, and in which column.

    Args:
        field: The columns.
        lengths: How many tokens each document has.
        documents: The piece, and the first document after it.
        begin: Where it begins among the documents.
        at: Where it begins among the positions.
    """
    counts = field.counts.part(begin, begin + _PIECE)
    here = documents[: len(counts)]
    if here.max() >= len(lengths):
        return "documents", "points beyond the last document"
    if not _rise(documents, field.first.whole(), begin):
        return "documents", "does not rise within a term"
    if counts.min() < 1 or (counts > lengths[here]).any():
        return "counts", "holds numbers that can't be"
    ends = np.cumsum(counts, dtype=np.int64)
    positions = field.positions.part(at, at + int(ends[-1]))
    if len(positions) != ends[-1]:
        return "counts", "counts more than there are positions"
    if not _positions_begin(field, begin, at, ends):
        return "position_first", "does not go with the counts"
    if (positions >= np.repeat(lengths[here], counts.astype(np.int64))).any():
        return "positions", "points beyond the end of a document"
    opens = np.zeros(len(positions), bool)
    opens[ends[:-1]] = True
    if not opens[_drops(positions)].all():
        return "positions", "does not rise within a document"
    return None


def _drops(numbers: Array) -> Array:
    """Return where numbers do not rise."""
    return np.flatnonzero(numbers[1:] <= numbers[:-1]) + 1


def _rise(documents: Array, first: Array, begin: int) -> bool:
    """Whether documents, from place `begin` on, rise wherever no new term begins."""
    drops = (_drops(documents) + begin).astype(first.dtype)
    return bool((first[np.searchsorted(first, drops)] == drops).all())


def _positions_begin(field: Field, begin: int, at: int, ends: Array) -> bool:
    """Whether the positions of the terms that begin in a piece begin where the counts say."""
    first = field.first.whole()
    low, high = np.searchsorted(first, np.array([begin, begin + len(ends)], first.dtype))
    places = first[low:high].astype(np.int64) - begin
    begins = np.concatenate(([0], ends))[places] + at
    return bool((field.position_first.whole()[low:high] == begins.astype(np.uint64)).all())


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
            yield f"{folder} holds {article_id.decode()!r} more than once; make the index anew"


def _live_ids(segment: Segment) -> Iterator[tuple[int, bytes]]:
    """Yield the ids of living articles with the numbers by which they are sorted."""
    checks = (int(check) for check in segment.columns["id_checks"])
    named = zip(checks, (int(number) for number in segment.columns["id_order"]), strict=True)
    for check, same in groupby(named, key=itemgetter(0)):
        living = [at for _, at in same if segment.dead is None or not segment.dead[at]]
        yield from sorted((check, segment.ids[at]) for at in living)
