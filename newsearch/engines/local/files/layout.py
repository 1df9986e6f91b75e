"""Which columns a segment has, and how long each must be: what is looked at when it is opened."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np

from newsearch.engines.local.files.blocks import RECORDS, TEXTS
from newsearch.engines.local.files.columns import Array
from newsearch.engines.local.files.manifest import SegmentEntry
from newsearch.engines.local.files.narrow import DOCUMENTS, POSITIONS
from newsearch.engines.local.files.pages import Columns
from newsearch.engines.sketching import WIDTH
from newsearch.errors import IndexDamaged

_Length = tuple[str, int] | None
# Strings, and where each ends. They are of articles but for the terms.
STRINGS = {
    "terms": "term_ends",
    "ids": "id_ends",
    "fingerprints": "fingerprint_ends",
    "sources": "source_ends",
    "authors": "author_ends",
    "headlines": "headline_ends",
    "urls": "url_ends",
}
BLOCKS = {packing.name: packing for packing in (TEXTS, RECORDS)}


def _postings(name: str) -> dict[str, _Length]:
    return {
        f"{name}_first": ("terms", 1),
        f"{name}_documents": None,
        f"{name}_turns": None,
        f"{name}_turn_highs": (f"{name}_turns", 0),
        f"{name}_counts": (f"{name}_documents", 0),
        f"{name}_position_first": ("terms", 1),
        f"{name}_positions": None,
        f"{name}_far": None,
        f"{name}_far_positions": (f"{name}_far", 0),
    }


def _blocks(name: str) -> dict[str, _Length]:
    return {
        f"{name}_data": None,
        f"{name}_ends": ("articles", 0),
        f"{name}_first": None,
        f"{name}_data_first": (f"{name}_first", 0),
        f"{name}_checks": (f"{name}_first", -1),
        f"{name}_dictionary": (f"{name}_first", -1),
        f"{name}_dictionaries": None,
        f"{name}_dictionary_ends": None,
    }


# How many items each column has: as many as there are articles, passages or terms, or some more,
# or as many as another column, or any number (None).
LENGTHS: dict[str, _Length] = {
    **dict.fromkeys(STRINGS),
    **dict.fromkeys(STRINGS.values(), ("articles", 0)),
    "term_ends": ("terms", 0),
    **_postings("text"),
    "text_positions": ("tokens", 0),
    **_postings("title"),
    "capitals": ("terms", 0),
    "unsure": ("terms", 0),
    "key_first": None,
    "key_rest": None,
    "key_terms": ("key_rest", 0),
    "passage_length": ("passages", 0),
    "title_length": ("articles", 0),
    "passage_start": ("passages", 0),
    "passage_end": ("passages", 0),
    "sketches": ("passages", 0),
    "article_first": ("articles", 1),
    "id_order": ("articles", 0),
    "id_checks": ("articles", 0),
    "dates": ("articles", 0),
    "date_origins": ("articles", 0),
    **_blocks("body"),
    **_blocks("record"),
}
# Of these, there are so many for each.
_TIMES = {"sketches": WIDTH}
# What rises, and whose length it ends at.
ENDS = {
    **{ends: name for name, ends in STRINGS.items()},
    "text_first": "text_documents",
    "text_position_first": "text_positions",
    "title_first": "title_documents",
    "title_position_first": "title_positions",
    "key_first": "key_rest",
    "article_first": "passage_length",
    **{f"{name}_first": "dates" for name in BLOCKS},
    **{f"{name}_data_first": f"{name}_data" for name in BLOCKS},
    **{f"{name}_dictionary_ends": f"{name}_dictionaries" for name in BLOCKS},
}
# Of these, the first item is 0: they say where things begin, too.
FIRSTS = tuple(name for name in ENDS if name.endswith("_first"))
_BYTES = (*STRINGS, *(f"{name}_{kind}" for name in BLOCKS for kind in ("data", "dictionaries")))


def id_check(article_id: bytes) -> np.uint32:
    """Return the number by which an id is looked up; others may have the same."""
    return np.uint32(zlib.crc32(article_id))


def id_order(checks: Sequence[int] | Array) -> dict[str, Array]:
    """Return the columns by which articles are found, from the `id_check` of each in order."""
    unsorted = np.array(checks, np.uint32)
    order = np.argsort(unsorted, kind="stable").astype(np.uint32)
    return {"id_order": order, "id_checks": unsorted[order]}


def refuse_misfits(entry: SegmentEntry, columns: Columns) -> None:
    """Look at whether columns fit together, as far as that can be told without reading them.

    Raises:
        IndexDamaged: They do not.
        KeyError: One is missing.
    """
    path = columns.path
    known = {name: len(columns.paged(name)) for name in columns}
    known |= {"terms": known["term_ends"], "articles": entry.articles}
    known |= {"passages": entry.passages, "tokens": entry.tokens}
    for name, length in LENGTHS.items():
        if not length:
            continue
        wanted = known[length[0]] * _TIMES.get(name, 1) + length[1]
        if len(columns.paged(name)) != wanted:
            raise _misfit(path, name, "is of a wrong length")
    for name, of in ENDS.items():
        # A damaged number is either noticed here or will be when its page is read.
        ends = columns.paged(name).unchecked
        if len(ends) and int(ends[-1]) != len(columns.paged(of)):
            raise _misfit(path, name, "ends in a wrong place")
    for name in _BYTES:
        if columns.paged(name).unchecked.dtype != np.uint8:
            raise _misfit(path, name, "is of a wrong kind")
    for kind, narrowing in product(("text", "title"), (DOCUMENTS, POSITIONS)):
        if wide := narrowing.misfit(kind, columns):
            raise _misfit(path, wide, "is of a wrong kind")
    first = columns["article_first"]
    if (first[1:] < first[:-1]).any():
        raise _misfit(path, "article_first", "does not rise")


def _misfit(path: Path, name: str, what: str) -> IndexDamaged:
    return IndexDamaged(f"column {name} of {path} {what}")
