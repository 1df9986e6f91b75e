"""Several segments to one, by remapping their vocabularies; no text is analysed again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Array, pack, small
from newsearch.engines.local.inverting import ragged
from newsearch.engines.local.manifest import SegmentEntry
from newsearch.engines.local.records import RecordWriter
from newsearch.engines.local.segment import Segment

_AT_MOST = 30_000_000  # tokens of a segment that is merged without being asked for


def due(entries: Sequence[SegmentEntry]) -> tuple[int, int] | None:
    """Return which neighbours are to be merged, as a range, or None.

    Newer segments are merged into the one before them when together they are half as large; so
    there are never more than some dozens, and each article is merged a few times only.
    """
    newer = 0
    for at in range(len(entries) - 1, 0, -1):
        newer += entries[at].tokens
        if entries[at - 1].tokens + newer <= _AT_MOST and newer * 2 >= entries[at - 1].tokens:
            return at - 1, len(entries)
    return None


def merge(segments: Sequence[Segment]) -> tuple[dict[str, Array], int]:
    """Return the columns of one segment with all live articles of several, and their number."""
    kept = [_Kept(segment) for segment in segments]
    terms = sorted(
        {term for each in kept for term in each.segment.terms.slice(0, len(each.segment.terms))}
    )
    for each in kept:
        each.number_terms(terms)
    packed, ends = pack(terms)
    articles = sum(len(each.articles) for each in kept)
    return {
        "terms": packed,
        "term_ends": ends,
        **_postings(kept, "text", len(terms)),
        **_postings(kept, "title", len(terms)),
        "capitals": _summed(kept, "capitals", len(terms)),
        "unsure": _summed(kept, "unsure", len(terms)),
        "passage_length": _chosen(kept, "passage_length", "passages"),
        "passage_start": _chosen(kept, "passage_start", "passages"),
        "passage_end": _chosen(kept, "passage_end", "passages"),
        "article_first": np.cumsum(
            [0, *(many for each in kept for many in each.passages_of_articles())], dtype=np.uint32
        ),
        "title_length": _chosen(kept, "title_length", "articles"),
        **_ids(kept),
        **_strings(kept, "fingerprints", "fingerprint_ends"),
        **_strings(kept, "sources", "source_ends"),
        "dates": _chosen(kept, "dates", "articles").astype(np.uint32),
        **_records(kept),
    }, articles


class _Kept:
    """What is kept of a segment: its live articles and passages."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        every = np.arange(segment.entry.articles)
        self.articles = every if segment.dead is None else every[~segment.dead]
        passages = np.arange(segment.entry.passages)
        self.passages = passages if segment.live is None else passages[segment.live]
        self.rank: npt.NDArray[np.int64] = np.zeros(0, np.int64)

    def number_terms(self, terms: list[bytes]) -> None:
        numbers = {term: number for number, term in enumerate(terms)}
        own = self.segment.terms.slice(0, len(self.segment.terms))
        self.rank = np.array([numbers[term] for term in own], np.int64)

    def passages_of_articles(self) -> list[int]:
        first = self.segment.article_first.astype(np.int64)
        return [int(many) for many in (first[1:] - first[:-1])[self.articles]]

    def renumbered(self, kind: str, base: int) -> npt.NDArray[np.int64]:
        """Return the new number of each document, -1 for the dead."""
        documents = self.passages if kind == "text" else self.articles
        entry = self.segment.entry
        many = entry.passages if kind == "text" else entry.articles
        new = np.full(many, -1, np.int64)
        new[documents] = np.arange(len(documents)) + base
        return new


def _postings(kept: list[_Kept], kind: str, terms: int) -> dict[str, Array]:
    term_of, documents, counts, positions = [], [], [], []
    base = 0
    for each in kept:
        field = each.segment.fields[kind]
        new = each.renumbered(kind, base)
        base += int(np.count_nonzero(new >= 0))
        here = new[field.documents]
        alive = here >= 0
        often = field.counts.astype(np.int64)
        first = field.first.astype(np.int64)
        of = np.repeat(each.rank, first[1:] - first[:-1])
        term_of.append(of[alive])
        documents.append(here[alive])
        counts.append(often[alive])
        positions.append(field.positions[np.repeat(alive, often)])
    all_terms, all_documents = np.concatenate(term_of), np.concatenate(documents)
    all_counts, all_positions = np.concatenate(counts), np.concatenate(positions)
    # Documents rise from segment to segment, so a stable order by term keeps them sorted.
    order = np.argsort(all_terms, kind="stable")
    begins = np.cumsum(all_counts) - all_counts
    ordered = all_terms[order]
    firsts = np.searchsorted(ordered, np.arange(terms + 1))
    position_ends = np.concatenate(([0], np.cumsum(all_counts[order])))
    return {
        f"{kind}_first": firsts.astype(np.uint64),
        f"{kind}_documents": small(all_documents[order]),
        f"{kind}_counts": small(all_counts[order]),
        f"{kind}_position_first": position_ends[firsts].astype(np.uint64),
        f"{kind}_positions": small(all_positions[ragged(begins[order], all_counts[order])]),
    }


def _summed(kept: list[_Kept], name: str, terms: int) -> Array:
    total = np.zeros(terms, np.int64)
    for each in kept:
        total[each.rank] += each.segment.columns[name]
    return small(total)


def _chosen(kept: list[_Kept], name: str, which: str) -> Array:
    parts = [each.segment.columns[name][getattr(each, which)].astype(np.uint64) for each in kept]
    return small(np.concatenate(parts))


def _ids(kept: list[_Kept]) -> dict[str, Array]:
    ids = [each.segment.ids[number] for each in kept for number in each.articles.tolist()]
    packed, ends = pack(ids)
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.uint32)
    return {"ids": packed, "id_ends": ends, "id_order": order}


def _strings(kept: list[_Kept], name: str, ends_name: str) -> dict[str, Array]:
    texts = []
    for each in kept:
        data, ends = each.segment.columns[name], each.segment.columns[ends_name].tolist()
        for number in each.articles.tolist():
            start = ends[number - 1] if number else 0
            texts.append(data[start : ends[number]].tobytes())
    packed, packed_ends = pack(texts)
    return {name: packed, ends_name: packed_ends}


def _records(kept: list[_Kept]) -> dict[str, Array]:
    writer = RecordWriter()
    for each in kept:
        for number in each.articles.tolist():
            writer.add(each.segment.record(number))
    return writer.columns()
