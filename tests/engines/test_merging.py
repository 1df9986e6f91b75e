"""One segment made of several is the one that their living articles would have made."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.engines.entry import Entry
from newsearch.engines.local.files import narrow
from newsearch.engines.local.files.blocks import TEXTS
from newsearch.engines.local.files.columns import Arrays, write_columns
from newsearch.engines.local.files.directory import FileEntry
from newsearch.engines.local.files.layout import LENGTHS
from newsearch.engines.local.files.manifest import SegmentEntry
from newsearch.engines.local.segment import Segment
from newsearch.engines.local.writing.building import Builder
from newsearch.engines.local.writing.keying import key_problem
from newsearch.engines.local.writing.merge_policy import due
from newsearch.engines.local.writing.merging import merge
from newsearch.errors import EngineError
from newsearch.records import Article, Passage, Removal

BESIDE = [
    f"{kind}_{name}"
    for kind in ("text", "title")
    for name in ("turns", "turn_highs", "far", "far_positions")
]
PACKED = [name for name in LENGTHS if name.startswith(("body_", "record_"))]
WORDS = st.lists(st.sampled_from("ferry Ferry tram US the of harbour é".split()), max_size=9)
ARTICLES = st.tuples(
    WORDS.map(" ".join), st.lists(WORDS.map(" ".join), min_size=1, max_size=3), st.booleans()
)
# Segments; of each article its title, its passages, and whether it lives.
SEGMENTS = st.lists(st.lists(ARTICLES, min_size=1, max_size=5), min_size=1, max_size=4)


def entry(name: str, title: str, texts: Sequence[str]) -> Entry:
    at, cut = 0, []
    for number, text in enumerate(texts):
        cut.append(Passage(number, at, at + len(text), text))
        at += len(text) + 1
    article = Article(name, title, "\n".join(texts), f"The {name}", "2024-05-02", f"u/{name}")
    return Entry(article, f"print {name}", (Removal("rule", title, 0),), tuple(cut))


def columns_of(entries: Sequence[Entry]) -> Arrays:
    builder = Builder()
    for each in entries:
        builder.add(each)
    return builder.columns()


def segment_of(folder: Path, name: str, entries: Sequence[Entry], live: Sequence[bool]) -> Segment:
    columns = columns_of(entries)
    data = write_columns(folder / name, columns)
    dead = None
    if not all(live):
        bits = np.packbits(~np.array(live))
        dead = write_columns(folder / f"{name}.dead", {"dead": bits})
    passages, tokens = len(columns["passage_length"]), len(columns["text_positions"])
    return Segment(folder, SegmentEntry(len(entries), passages, tokens, data, dead))


def told(columns: Arrays) -> dict[str, object]:
    """Return what columns say, whatever their types, without terms that nothing holds."""
    said: dict[str, object] = {
        name: column.tolist()
        for name, column in columns.items()
        if name not in PACKED and not name.startswith(("t", "capitals", "unsure", "key_"))
    }
    ends = [0, *columns["term_ends"].tolist()]
    for number, (start, end) in enumerate(zip(ends, ends[1:], strict=False)):
        term = columns["terms"][start:end].tobytes()
        for kind in ("text", "title"):
            a, b = columns[f"{kind}_first"][number : number + 2].tolist()
            c, d = columns[f"{kind}_position_first"][number : number + 2].tolist()
            if a < b:
                said[f"{kind} {term!r}"] = (
                    columns[f"{kind}_documents"][a:b].tolist(),
                    columns[f"{kind}_counts"][a:b].tolist(),
                    columns[f"{kind}_positions"][c:d].tolist(),
                )
                cases = (columns[name][number].item() for name in ("capitals", "unsure"))
                said[f"cases {term!r}"] = tuple(cases)
    return said | {name: columns[name].tolist() for name in ("title_length", *BESIDE)}


@pytest.mark.parametrize(("low_bits", "far"), [(16, 255), (1, 2)])
@FEW
@given(SEGMENTS, st.sampled_from([1, 500, 1 << 20]))
def test_merge(
    low_bits: int, far: int, segments: list[list[tuple[str, list[str], bool]]], memory: int
) -> None:
    """Whatever lives in some segments, and however little memory there is."""
    with patch.multiple(narrow, LOW_BITS=low_bits, FAR=far):
        merged_is_made_at_once(segments, memory)


def merged_is_made_at_once(segments: list[list[tuple[str, list[str], bool]]], memory: int) -> None:
    made = [
        [(entry(f"{at}-{number}", *each[:2]), each[2]) for number, each in enumerate(articles)]
        for at, articles in enumerate(segments)
    ]
    living = [each for articles in made for each, lives in articles if lives]
    with TemporaryDirectory() as name:
        folder = Path(name)
        merged = merge(
            folder / "merged.columns",
            [
                segment_of(folder, f"{at}.columns", *zip(*articles, strict=True))
                for at, articles in enumerate(made)
            ],
            memory,
        )
        assert (merged is None) == (not living)
        if merged:
            segment = Segment(folder, merged)
            expected = columns_of(living)
            assert told(expected) == told(segment.columns)
            assert merged.passages == len(expected["passage_length"])
            assert merged.tokens == len(expected["text_positions"])
            terms = segment.terms.slice(0, len(segment.terms))
            assert key_problem(segment.keys, terms, segment.names()) is None
            assert [(each.article, each.removed) for each in living] == [
                segment.whole(number) for number in range(merged.articles)
            ]


@pytest.mark.parametrize(("low_bits", "far"), [(16, 255), (3, 2)])
def test_merge_all_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, low_bits: int, far: int
) -> None:
    """If all lives, the columns are just those of a segment that was made at once."""
    monkeypatch.setattr(narrow, "LOW_BITS", low_bits)
    monkeypatch.setattr(narrow, "FAR", far)
    entries = [entry(f"{n}", f"Tram {n}", [f"The night ferry {n}.", "In May."]) for n in range(40)]
    segments = [
        segment_of(tmp_path, f"{at}.columns", entries[at : at + 10], [True] * 10)
        for at in range(0, 40, 10)
    ]
    merged = merge(tmp_path / "merged.columns", segments, 1000)
    assert merged is not None
    columns = Segment(tmp_path, merged).columns
    expected = columns_of(entries)
    assert set(expected) == set(columns)
    for name in expected:
        if name not in PACKED:
            assert (name, expected[name].tolist()) == (name, columns[name].tolist())


def test_ids_of_one_check(tmp_path: Path) -> None:
    """Articles whose ids have the same checksum are told apart, the dead among them, too."""
    entries = [entry(name, "", ["Ferry."]) for name in ("plumless", "buckeroo", "other")]
    assert zlib.crc32(b"plumless") == zlib.crc32(b"buckeroo")
    all_live = segment_of(tmp_path, "1.columns", entries, [True] * 3)
    one_dead = segment_of(tmp_path, "2.columns", entries, [False, True, True])
    names = ("plumless", "buckeroo", "other", "another")
    assert [0, 1, 2, None] == [all_live.article(name) for name in names]
    assert [None, 1, 2, None] == [one_dead.article(name) for name in names]


def long_texts(first: int, many: int) -> list[Entry]:
    return [
        entry(f"{n}", "", [" ".join(f"word{n * 7 + k} in the night" for k in range(60))])
        for n in range(first, first + many)
    ]


def test_blocks_stay_packed(tmp_path: Path) -> None:
    """A large segment's blocks are copied as they are; those with dead articles, and those of
    small segments, are packed with its dictionary."""
    live = [number != 50 for number in range(200)]
    large = segment_of(tmp_path, "1.columns", long_texts(0, 200), live)
    small = segment_of(tmp_path, "2.columns", long_texts(1_000, 2), [True, True])
    merged = merge(tmp_path / "merged.columns", [large, small], 1 << 20)
    assert merged is not None
    old, new = large.blocks[TEXTS], Segment(tmp_path, merged).blocks[TEXTS]
    packed = {new.block(block).data for block in range(len(new))}
    stayed = sum(old.block(block).data in packed for block in range(len(old)))
    assert len(old) - 1 == stayed
    assert {old.dictionary(1)} == {new.block(block).dictionary for block in range(len(new))}


def test_dictionaries_stay_few(tmp_path: Path) -> None:
    """However many small segments one is made of, it has one dictionary, and full blocks."""
    segments = [
        segment_of(tmp_path, f"{at}.columns", long_texts(at, 3), [True] * 3)
        for at in range(0, 240, 3)
    ]
    merged = merge(tmp_path / "merged.columns", segments, 1 << 20)
    assert merged is not None
    columns = Segment(tmp_path, merged).columns
    assert 1 == len(columns["body_dictionary_ends"])
    sizes = np.diff(np.concatenate(([0], columns["body_ends"]))[columns["body_first"]])
    assert (sizes[:-1] >= TEXTS.block).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_counts", 0),
        ("text_counts", 255),
        ("text_first", 0),
        ("text_first", 255),
        ("text_documents", 255),
        ("id_ends", 255),
        ("id_order", 255),
        ("body_ends", 65_535),
        ("body_first", 255),
        ("body_dictionary", 255),
    ],
)
def test_merge_refuses_nonsense(tmp_path: Path, name: str, value: int) -> None:
    """Columns that do not fit together are an error, and nothing is made of what they say."""
    segment = segment_of(tmp_path, "1.columns", long_texts(0, 5), [True] * 5)
    changed = np.full_like(segment.columns[name], value)
    changed[-1] = segment.columns[name][-1]
    if name.startswith(("body_dict", "text_doc", "id_order")):
        changed[-1] = value
    damaged = reopen(tmp_path, segment, {**segment.columns, name: changed})
    with pytest.raises((EngineError, IndexError)):
        merge(tmp_path / "merged.columns", [damaged, damaged], 1000)


def reopen(folder: Path, segment: Segment, columns: Arrays) -> Segment:
    """Write other columns of a segment, and open them."""
    data = write_columns(folder / "again.columns", columns)
    old = segment.entry
    return Segment(folder, SegmentEntry(old.articles, old.passages, old.tokens, data))


def sized(*tokens: int) -> list[SegmentEntry]:
    return [SegmentEntry(1, 1, many, FileEntry("", 0, {}, 0)) for many in tokens]


@pytest.mark.parametrize(
    ("tokens", "new", "expected"),
    [
        ([], 0, None),
        ([5], 1, None),
        ([5, 5], 1, (0, 2)),
        ([9, 4], 1, None),
        ([8, 4], 1, (0, 2)),
        ([100, 9, 4], 1, None),
        ([8, 4, 2, 1, 1], 1, (0, 5)),
        ([100, 8, 4, 2, 1, 1], 1, (1, 6)),
        ([5, 5, 5], 2, (0, 3)),
        ([5, 5, 5], 3, None),
        ([5, 5, 5, 5, 5], 5, (0, 5)),
        ([100, 5, 5, 5, 5, 5], 5, (1, 6)),
        ([150_000_000, 90_000_000], 1, None),
        ([150_000_000, 90_000_000, 60_000_000], 1, (1, 3)),
    ],
)
def test_due(tokens: list[int], new: int, expected: tuple[int, int] | None) -> None:
    """What is merged unasked is at least half as large as what it is merged into."""
    assert expected == due(sized(*tokens), new)


def test_due_is_logarithmic() -> None:
    """After any number of small runs there are few segments, and little was written anew."""
    sizes: list[int] = []
    written = 0
    for _ in range(5_000):
        sizes.append(10)
        if neighbours := due(sized(*sizes)):
            whole = sum(sizes[slice(*neighbours)])
            sizes[slice(*neighbours)] = [whole]
            written += whole
        assert due(sized(*sizes)) is None
        assert len(sizes) <= 8
    assert written < 50_000 * 12
