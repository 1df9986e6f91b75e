"""Several segments to one, by remapping their vocabularies; no text is analysed again.

A segment is written piece by piece. What is held is the vocabulary, a few numbers for each
document, and as much of the postings as the caller allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsearch.analysis import Case
from newsearch.analysis.encoding import Encoder
from newsearch.engines.local.arrays import ragged, steps
from newsearch.engines.local.files.columns import Array, ColumnFile, pack, small, smallest
from newsearch.engines.local.files.layout import BLOCKS, STRINGS, id_order
from newsearch.engines.local.files.manifest import SegmentEntry
from newsearch.engines.local.files.pages import forget
from newsearch.engines.local.namekeys import are_names
from newsearch.engines.local.segment import Segment
from newsearch.engines.local.sketches import sketch_columns
from newsearch.engines.local.writing.interleaving import Source, interleave
from newsearch.engines.local.writing.keying import arranged, listed_terms, merged_keys
from newsearch.engines.local.writing.repacking import repack
from newsearch.errors import IndexDamaged

_BYTES_AN_ITEM = 60  # what a posting and a position take while they are sorted
_CASES = {"capitals": Case.CAPITAL, "unsure": Case.UNSURE}
_READ = 10_000  # passages whose texts are read together
_PIECE = 1 << 16  # items that are copied together


def merge(path: Path, segments: Sequence[Segment], memory: int) -> SegmentEntry | None:
    """Write one segment with all that lives in several, durably.

    Args:
        path: Its file.
        segments: Those that are merged, in order.
        memory: What may be held of their postings, in bytes.

    Returns:
        The segment, or None if nothing lives; then there is no file.

    Raises:
        IndexDamaged: One of them is damaged.
    """
    for segment in segments:
        # New checksums over old damage would hide it for ever.
        if damaged := segment.columns.damaged():
            raise IndexDamaged(f"{segment.columns.path} is damaged ({', '.join(damaged)})")
    kept = [_Kept(segment) for segment in segments]
    articles, passages = (sum(len(getattr(each, name)) for each in kept) for name in _DOCUMENTS)
    if not articles:
        return None
    with ColumnFile(path) as file:
        terms = _vocabulary(kept, file)
        occurrences = _postings(kept, len(terms.texts), file, max(memory // _BYTES_AN_ITEM, 1))
        _name_keys(kept, terms, occurrences, file)
        for name in ("passage_length", "passage_start", "passage_end"):
            _copy(kept, name, "passages", file)
        for name in ("title_length", "dates", "date_origins"):
            _copy(kept, name, "articles", file)
        _sketches(kept, file)
        many = np.concatenate([each.passages_of_articles() for each in kept])
        file.add("article_first", np.concatenate(([0], np.cumsum(many))).astype(np.uint32))
        for name, ends in STRINGS.items():
            if name != "terms":
                _strings(kept, name, ends, file)
        checks = np.concatenate([each.id_checks() for each in kept])
        for name, column in id_order(checks).items():
            file.add(name, column)
        for packing in BLOCKS.values():
            repack([(each.segment.blocks[packing], each.live) for each in kept], packing, file)
            forget([each.segment.columns["ids"] for each in kept])
        return SegmentEntry(articles, passages, int(occurrences.sum()), file.finish())


_DOCUMENTS = ("articles", "passages")


class _Kept:
    """What is kept of a segment: its live articles and passages."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        entry = segment.entry
        self.live = np.ones(entry.articles, bool) if segment.dead is None else ~segment.dead
        self.articles = np.flatnonzero(self.live)
        self.passages = (
            np.arange(entry.passages) if segment.live is None else np.flatnonzero(segment.live)
        )
        self.rank: npt.NDArray[np.int64] = np.zeros(0, np.int64)

    def passages_of_articles(self) -> npt.NDArray[np.int64]:
        return steps(self.segment.article_first)[self.articles]

    def id_checks(self) -> Array:
        checks = np.zeros(self.segment.entry.articles, np.uint32)
        checks[self.segment.columns["id_order"]] = self.segment.columns["id_checks"]
        return checks[self.articles]

    def renumbered(self, kind: str, base: int) -> npt.NDArray[np.int64]:
        """Return the new number of each document, -1 for the dead."""
        documents = self.passages if kind == "text" else self.articles
        entry = self.segment.entry
        new = np.full(entry.passages if kind == "text" else entry.articles, -1, np.int64)
        new[documents] = np.arange(len(documents)) + base
        return new

    @cached_property
    def cases(self) -> dict[str, npt.NDArray[np.int64]]:
        """The columns `capitals` and `unsure` without what the dead have written.

        That is read again from their texts: nothing else says which of them wrote a word how.
        """
        segment = self.segment
        counts = {name: segment.columns[name].astype(np.int64) for name in _CASES}
        dead = [] if segment.live is None else np.flatnonzero(~segment.live).tolist()
        for at in range(0, len(dead), _READ):
            encoder = Encoder()
            encoded = encoder.encode(map(segment.passage_text, dead[at : at + _READ]))
            terms = [segment.term(form) for form in encoder.forms]
            if None in terms:
                raise self._unfit()
            for name, case in _CASES.items():
                written = np.array(terms, np.int64)[encoded.forms[encoded.cases == case]]
                np.subtract.at(counts[name], written, 1)
        if any((each < 0).any() for each in counts.values()):
            raise self._unfit()
        return counts

    def _unfit(self) -> IndexDamaged:
        path = self.segment.columns.path
        return IndexDamaged(f"the texts and the terms of {path} do not fit")


@dataclass(frozen=True, slots=True)
class _Terms:
    """All terms, sorted.

    Attributes:
        texts: Them.
        listed: The numbers of those that the shipped names list.
        capitals, unsure: As in the columns.
    """

    texts: list[bytes]
    listed: npt.NDArray[np.int64]
    capitals: npt.NDArray[np.int64]
    unsure: npt.NDArray[np.int64]


def _vocabulary(kept: list[_Kept], file: ColumnFile) -> _Terms:
    """Write the terms of all, and give each segment's their new numbers."""
    own = [each.segment.terms.slice(0, len(each.segment.terms)) for each in kept]
    terms = sorted(set().union(*own))
    numbers = {term: number for number, term in enumerate(terms)}
    for each, its in zip(kept, own, strict=True):
        each.rank = np.array([numbers[term] for term in its], np.int64)
        if (each.rank[1:] <= each.rank[:-1]).any():
            raise IndexDamaged("the terms of a segment are not sorted")
    packed, ends = pack(terms)
    file.add("terms", packed)
    file.add("term_ends", ends)
    capitals, unsure = np.zeros((2, len(terms)), np.int64)
    for name, total in (("capitals", capitals), ("unsure", unsure)):
        for each in kept:
            total[each.rank] += each.cases[name]
        file.add(name, small(total))
    return _Terms(terms, listed_terms(terms), capitals, unsure)


def _name_keys(kept: list[_Kept], terms: _Terms, occurrences: Array, file: ColumnFile) -> None:
    """Write the keys of the terms that are names in all segments together."""
    names = are_names(occurrences, terms.capitals, terms.unsure, terms.listed)
    parts = ((each.segment.keys.all(), each.rank) for each in kept)
    for name, column in arranged(merged_keys(parts, names, terms.texts)).items():
        file.add(name, column)


def _postings(kept: list[_Kept], terms: int, file: ColumnFile, most: int) -> npt.NDArray[np.int64]:
    """Write the postings, and return how often each term stands in the text."""
    for kind, which, lengths in (
        ("title", "articles", "title_length"),
        ("text", "passages", "passage_length"),
    ):
        base, sources, tokens = 0, [], 0
        for each in kept:
            documents = getattr(each, which)
            sources.append(
                Source(each.segment.fields[kind], each.renumbered(kind, base), each.rank)
            )
            base += len(documents)
            length = each.segment.columns[lengths][documents]
            tokens += int(length.sum(dtype=np.uint64))
        occurrences = interleave(sources, terms, tokens, kind, file, most)
    return occurrences  # of the text, which comes last


def _copy(kept: list[_Kept], name: str, which: str, file: ColumnFile) -> None:
    """Write a column that has one item for each document."""
    columns = [each.segment.columns[name] for each in kept]
    count = sum(len(getattr(each, which)) for each in kept)
    out = file.reserve(name, np.result_type(*columns), count)
    for each, column in zip(kept, columns, strict=True):
        out.write(column[getattr(each, which)])


def _sketches(kept: list[_Kept], file: ColumnFile) -> None:
    """Write the sketches of the passages."""
    own = [each.segment.sketches.of(each.passages) for each in kept]
    for name, column in sketch_columns(np.concatenate(own)).items():
        file.add(name, column)


def _strings(kept: list[_Kept], name: str, ends_name: str, file: ColumnFile) -> None:
    """Write the strings of the articles."""
    sizes = []
    for each in kept:
        size = steps(np.concatenate(([0], each.segment.columns[ends_name].astype(np.int64))))
        if (size < 0).any():
            raise IndexDamaged(f"column {ends_name} of a segment is damaged")
        sizes.append(size)
    living = [size[each.articles] for size, each in zip(sizes, kept, strict=True)]
    ends = np.cumsum(np.concatenate(living))
    out = file.reserve(name, np.uint8, int(ends[-1]))
    for each, size in zip(kept, sizes, strict=True):
        begins = np.cumsum(size) - size
        for at in range(0, len(each.articles), _PIECE):
            chosen = each.articles[at : at + _PIECE]
            out.write(each.segment.columns[name][ragged(begins[chosen], size[chosen])])
    file.add(ends_name, ends.astype(smallest(int(ends[-1]))))
