"""An index that somebody else has made: nothing outside of it is touched, nothing runs away."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from zstandard import ZstdCompressor

import newsearch
from newsearch.engines.local.checking import check
from newsearch.engines.local.files.columns import Array, write_columns
from newsearch.engines.local.files.layout import BLOCKS, ENDS, LENGTHS
from newsearch.engines.local.files.manifest import read_manifest
from newsearch.engines.local.files.pages import map_columns
from newsearch.errors import EngineError, IndexMismatch, NewsearchError
from newsearch.index_file import check as check_all
from newsearch.indexing import index_files
from newsearch.records import Article
from newsearch.sealing import sealed

Json = dict[str, Any]
REFUSED = (EngineError, IndexMismatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small index of one segment, with deletions."""
    folder = tmp_path_factory.mktemp("made") / "index"
    with newsearch.create(folder) as index:
        index.add(
            Article(id=f"{number}", title=f"Tram {number}", text=f"The night ferry {number}. " * 20)
            for number in range(30)
        )
        index.delete(["3"])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the index, to be tampered with."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def rewrite(folder: Path, change: Callable[[Json], object]) -> None:
    """Change a manifest, and give it the checksum that it should have."""
    path = folder / "segments" / "manifest.json"
    content = json.loads(path.read_text())
    del content["checksum"]
    change(content)
    path.write_bytes(sealed(content))


def use(folder: Path) -> None:
    """Do with an index whatever can be done to read it."""
    with newsearch.open(folder) as index:
        for query in ("ferry", '"night ferry"', "tram", "ni*", "ferry AND NOT night", "ferry 7"):
            for hit in index.search(query, limit=40, per_article=None):
                repr((hit.text, hit.snippet, hit.copies))
        for name in list(index.article_ids()):
            index.article(name)
            index.removed(name)
            index.copies(name)
        index.info()
        list(index.names.groups())


# Manifests.


def in_data(key: str, value: object) -> Callable[[Json], object]:
    return lambda content: content["segments"][0]["data"].update({key: value})


def in_segment(key: str, value: object) -> Callable[[Json], object]:
    return lambda content: content["segments"][0].update({key: value})


def in_manifest(key: str, value: object) -> Callable[[Json], object]:
    return lambda content: content.update({key: value})


def in_column(at: int, value: object, column: str = "ids") -> Callable[[Json], object]:
    def change(content: Json) -> None:
        content["segments"][0]["data"]["columns"][column][at] = value

    return change


def without(column: str) -> Callable[[Json], object]:
    return lambda content: content["segments"][0]["data"]["columns"].pop(column)


def twice(content: Json) -> None:
    content["segments"] *= 2


NAMES = (
    "../outside.columns",
    "/etc/passwd",
    "../../000001.columns",
    "000001.columns/../../outside.columns",
    "000001.pickle",
    "000001",
    "manifest.json",
    "writer.json",
    "000001.columns\n",
    "\u0660\u0661\u0662\u0663\u0664\u0665.columns",
    "000001.columns\0",
    "",
    "x" * 10_000,
    None,
    ["000001.columns"],
)
NUMBERS = (-1, 2**48, 2**63, 2**64, 10**300, 1.5, 1e300, "1", None, True, [], {})
CHANGES: dict[str, Callable[[Json], object]] = {
    **{f"name {name!r:.30}": in_data("name", name) for name in NAMES},
    **{f"size {size!r:.9}": in_data("size", size) for size in (*NUMBERS, 0, 1, 10**6)},
    **{
        f"{key} {number!r:.9}": in_segment(key, number)
        for key in ("articles", "passages", "tokens")
        for number in (*NUMBERS, 0, 31, 2**40)
    },
    **{f"next {number!r:.9}": in_manifest("next_number", number) for number in (*NUMBERS, 0, 1)},
    **{f"format {number!r:.9}": in_manifest("format", number) for number in (*NUMBERS[:-3], 0, 1)},
    **{f"kind {kind!r}": in_column(0, kind) for kind in ("|O8", "|V16", "O", "<U9", "<f8", 1, [])},
    **{f"kind other {kind}": in_column(0, kind, "text_first") for kind in ("|i1", "<i8", "|b1")},
    **{f"offset {number!r:.9}": in_column(1, number) for number in (*NUMBERS, 1, 10**6)},
    **{f"count {number!r:.9}": in_column(2, number, "text_positions") for number in NUMBERS},
    **{f"check {number!r:.9}": in_data("check", number) for number in (*NUMBERS, 0, 1)},
    **{f"without {column}": without(column) for column in LENGTHS},
    **{
        f"segments {value!r}": in_manifest("segments", value)
        for value in (None, 1, "a", [1], {"a": 1})
    },
    **{f"segment {value!r}": in_manifest("segments", [value]) for value in (None, {}, [], "a")},
    **{
        f"columns {value!r}": in_data("columns", value)
        for value in (None, [], {"ids": 1}, {"a": []})
    },
    **{f"dead {value!r}": in_segment("dead", value) for value in (1, "a", {}, [])},
    "entry too long": lambda content: content["segments"][0]["data"]["columns"]["ids"].append(1),
    "twice": twice,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_manifest(folder: Path, change: Callable[[Json], object]) -> None:
    """A manifest that says what can't be is refused in one sentence, and so by `check`."""
    rewrite(folder, change)
    with pytest.raises(REFUSED) as refused:
        newsearch.open(folder)
    assert str(refused.value).count("\n") == 0
    assert [] != list(check(folder / "segments"))


TEXTS: dict[str, bytes] = {
    "empty": b"",
    "no text": b"\xff\xfe",
    "nul": b"\0" * 100,
    "number": b"1",
    "list": b"[]",
    "null": b"null",
    "nan": b"NaN",
    "deep": b"[" * 1_000_000,
    "deep table": b'{"format":' * 1_000_000,
    "deep format": b'{"format": ' + b"[" * 900 + b"]" * 900 + b"}",
    "huge": b'{"format": ' + b"9" * 1_000_000 + b"}",
    "huge count": b'{"format": 3, "checksum": 0, "segments": [], "next_number": 1' + b"0" * 5000,
    "no checksum": b'{"format": 3, "segments": [], "next_number": 1}',
    "wrong checksum": b'{"format": 3, "segments": [], "next_number": 1, "checksum": 1}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("name", ["segments/manifest.json", "newsearch.json"])
def test_manifest_text(folder: Path, name: str, text: bytes) -> None:
    """A manifest that is no manifest is refused in one sentence."""
    (folder / name).write_bytes(text)
    with pytest.raises(REFUSED):
        newsearch.open(folder)
    if name != "newsearch.json":
        assert 1 == len(list(check(folder / "segments")))


@pytest.mark.parametrize("outside", ["../outside.columns", "../../outside.columns"])
def test_outside(folder: Path, outside: str) -> None:
    """A file outside of the folder is not read, even if it is just what is asked for."""
    target = folder / "segments" / outside
    shutil.copy(folder / "segments" / "000001.columns", target)
    rewrite(folder, in_data("name", outside))
    with pytest.raises(EngineError, match="a file that newsearch does not write"):
        newsearch.open(folder)
    assert target.exists()


@pytest.mark.parametrize("bits", [0, 1, 3, 5, 100])
def test_dead_length(folder: Path, bits: int) -> None:
    """Deletions of another number of articles are refused."""
    dead = np.zeros(bits, np.uint8)
    file = write_columns(folder / "segments" / "000002.dead", {"dead": dead})
    rewrite(folder, in_segment("dead", asdict(file)))
    with pytest.raises(EngineError):
        newsearch.open(folder)
    assert [] != list(check(folder / "segments"))


# Columns whose checksums are right.


def tamper(folder: Path, **changed: Array) -> None:
    """Write some columns of the segment anew, with checksums that are right."""
    segments = folder / "segments"
    entry = read_manifest(segments).segments[0].data
    columns = {name: np.array(each) for name, each in map_columns(segments, entry).items()}
    file = write_columns(segments / entry.name, {**columns, **changed})
    rewrite(folder, in_segment("data", asdict(file)))


def column(folder: Path, name: str) -> Array:
    segments = folder / "segments"
    entry = read_manifest(segments).segments[0].data
    return np.array(map_columns(segments, entry)[name])


VALUES: dict[str, Callable[[Array], Array]] = {
    "zeros": np.zeros_like,
    "largest": lambda array: np.full_like(array, np.iinfo(array.dtype).max),
    "64 bits": lambda array: np.full(len(array), 2**64 - 1, np.uint64),
    "sign": lambda array: np.full(len(array), 2**63, np.uint64),
    "quarter": lambda array: np.full(len(array), 2**62, np.uint64),
    "many": lambda array: np.full(len(array), 2**33, np.uint64),
    "one too many": lambda array: array + np.arange(len(array), dtype=array.dtype) % 2,
    "reversed": lambda array: array[::-1],
    "swapped": lambda array: np.concatenate((array[1::-1], array[2:])),
    "shorter": lambda array: array[:-1],
    "longer": lambda array: np.concatenate((array, array[-1:])),
    "empty": lambda array: array[:0],
}
# What only a checksum tells from what is right: numbers that stand for themselves, and changes
# that make a sound index of other texts.
FREE = {"capitals", "unsure", "dates", "date_origins", "passage_start", "passage_end"}
FREE |= {"fingerprints", "sources", "authors", "headlines", "urls", "sketches"}
SOUND = {"one too many", "swapped", "reversed"}
SIZES = {"shorter", "longer", "empty"}


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize("value", VALUES)
def test_column(folder: Path, name: str, value: str) -> None:
    """Whatever a column holds, there is an answer or an error that says so."""
    before = column(folder, name)
    after = VALUES[value](before)
    tamper(folder, **{name: after})
    problems = list(check(folder / "segments"))
    if before.tolist() != after.tolist() and (
        value in SIZES or (name not in FREE and value not in SOUND)
    ):
        assert [] != problems
    try:
        use(folder)
    except EngineError as error:
        assert "\n" not in str(error)


def swapped_terms(folder: Path) -> dict[str, Array]:
    """Return the terms with the first two single letters or digits in the wrong order."""
    terms, ends = column(folder, "terms"), column(folder, "term_ends").astype(int)
    sizes = np.diff(ends, prepend=0)
    first = next(at for at in range(len(sizes) - 1) if sizes[at] == sizes[at + 1] == 1)
    place = ends[first] - 1
    terms[[place, place + 1]] = terms[[place + 1, place]]
    return {"terms": terms}


def put(name: str, values: dict[int, int]) -> Callable[[Path], dict[str, Array]]:
    """Put other numbers at some places of a column."""

    def change(folder: Path) -> dict[str, Array]:
        numbers = column(folder, name)
        numbers[list(values)] = list(values.values())
        return {name: numbers}

    return change


def swap(name: str, one: int, other: int) -> Callable[[Path], dict[str, Array]]:
    def change(folder: Path) -> dict[str, Array]:
        numbers = column(folder, name)
        numbers[[one, other]] = numbers[[other, one]]
        return {name: numbers}

    return change


# The first term is "0": it stands twenty times in the first passage of all, which has 80 words.
LIES: dict[str, tuple[str, Callable[[Path], dict[str, Array]]]] = {
    "unsorted": ("terms is not sorted", swapped_terms),
    "unsorted ids": (
        "id_checks does not rise",
        lambda folder: {n: column(folder, n)[::-1].copy() for n in ("id_order", "id_checks")},
    ),
    "left out": (
        "id_order does not name each article once",
        lambda folder: {
            n: np.concatenate((column(folder, n)[:1], column(folder, n)[:1], column(folder, n)[2:]))
            for n in ("id_order", "id_checks")
        },
    ),
    "turned around": (
        "passage_start has passages that end before they begin",
        lambda folder: {"passage_start": column(folder, "passage_end") + 1},
    ),
    "no such passage": (
        "text_documents points beyond the last document",
        put("text_documents", {0: 200}),
    ),
    "passages unsorted": (
        "text_documents does not rise within a term",
        swap("text_documents", -1, -2),
    ),
    "nowhere": ("text_counts holds numbers that can't be", put("text_counts", {0: 0})),
    "begins elsewhere": (
        "text_position_first does not go with the counts",
        put("text_position_first", {1: 21}),
    ),
    "no such place": (
        "text_positions points beyond the end of a document",
        put("text_positions", {19: 200}),
    ),
    "places unsorted": (
        "text_positions does not rise within a document",
        swap("text_positions", 0, 1),
    ),
    "place of another": (
        "text_positions has two words in one place",
        put("text_positions", {0: 2}),
    ),
    "far and is not": (
        "text_far does not go with the postings",
        lambda folder: {
            **put("text_positions", {0: 255})(folder),
            "text_far": np.zeros(1, np.uint16),
            "text_far_positions": column(folder, "text_positions")[:1],
        },
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_lies(folder: Path, lie: str) -> None:
    """What fits together in all but one thing is reported for that."""
    expected, change = LIES[lie]
    tamper(folder, **change(folder))
    said = [
        each.replace(f" of {folder}/segments/000001.columns", "")
        for each in check(folder / "segments")
    ]
    assert [f"column {expected}"] == said


def test_sources_that_are_no_text(folder: Path) -> None:
    """Names that can't be read are an error, wherever they are asked for."""
    ends = np.full(30, 1, np.uint8)
    tamper(folder, sources=np.full(1, 0xFF, np.uint8), source_ends=ends)
    with newsearch.open(folder) as index:
        for ask in (index.info, lambda: index.views.timeline("ferry"), index.boilerplate):
            with pytest.raises(EngineError):
                ask()


def test_versions_that_are_none(folder: Path, tmp_path: Path) -> None:
    """An index that can't tell versions of its articles can't be brought up to date."""
    (tmp_path / "a.txt").write_text("Ferry.")
    tamper(folder, fingerprints=np.full(len(column(folder, "fingerprints")), ord("x"), np.uint8))
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError, match="versions of articles are damaged; delete"):
            index_files(index, [str(tmp_path / "a.txt")])


def test_article_without_its_id(folder: Path) -> None:
    """An article that is listed, and not found by its id, is an error that says so."""
    ids = column(folder, "ids")
    tamper(folder, ids=np.full_like(ids, ord("x")))
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError, match="is not found by its id; delete"):
            index.boilerplate()
            index.learn_boilerplate(keep=["ferry"])


# One block has nothing between its first end and its last, and a small index no dictionary.
@pytest.mark.parametrize(
    "name",
    [name for name in ENDS if not name.startswith("record_") and "dictionary" not in name],
)
def test_ends_wrap(folder: Path, name: str) -> None:
    """Numbers that add up only because 64 bits overflow are refused, and crash nothing."""
    after = column(folder, name).astype(np.uint64)
    steps = len(after) - 1
    after[1:-1] = np.arange(1, steps, dtype=np.uint64) * np.uint64((2**64 - 1) // steps)
    tamper(folder, **{name: after})
    assert [] != list(check(folder / "segments"))
    try:
        use(folder)
    except EngineError:
        pass


def raw(data: bytes) -> bytes:
    """Return compressed bytes as they stand in a block."""
    return ZstdCompressor().compress(data)


def lying(data: bytes, size: int) -> bytes:
    """Return a block that says it is of another length than it is."""
    block = raw(data)
    head = block[:4] + bytes([0xE0]) + size.to_bytes(8, "little")  # RFC 8878, 3.1.1.1
    return head + block[4 + 1 + 1 :]


PACKED: dict[str, bytes] = {
    "rubbish": b"not compressed at all",
    "cut": raw(b"[" * 1000)[:-3],
    "other": raw(b"other"),
    "deep": raw(b"[" * 100_000),
    "bomb": raw(bytes(1 << 28)),
    "vast": lying(b"other", 1 << 60),
    "untold": ZstdCompressor(write_content_size=False).compress(b"other"),
}


def in_one_block(folder: Path, name: str, block: bytes, **more: Array) -> None:
    """Put another block in the place of all records or all texts."""
    columns: dict[str, Array] = {
        "data": np.frombuffer(block, np.uint8),
        "data_first": np.array([0, len(block)], np.uint64),
        "first": np.array([0, 30], np.uint8),
        "checks": np.zeros(1, np.uint32),
        "dictionary": np.zeros(1, np.uint8),
    }
    tamper(folder, **{f"{name}_{kind}": column for kind, column in (columns | more).items()})


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("block", PACKED.values(), ids=PACKED.keys())
def test_blocks(folder: Path, name: str, block: bytes) -> None:
    """Blocks that can't be read are an error when an article is shown, and reported."""
    in_one_block(folder, name, block)
    assert [f"{name}_data"] == [each.split()[1] for each in check(folder / "segments")]
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError):
            index.article("7")
        if name == "body":
            with pytest.raises(EngineError):
                [hit.snippet for hit in index.search("ferry")]


RECORDS: dict[str, bytes] = {
    "deep": b"[" * 1_000,
    "no text": b"\xff" * 30,
    "no record": b'[[],""]' * 30,
    "another": b'["",7,[]]' * 30,
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_records(folder: Path, record: bytes) -> None:
    """Records that are no records are an error when an article is shown, and reported."""
    ends = np.array([len(record) * at // 30 for at in range(1, 31)], np.uint64)
    checks = np.array([zlib.crc32(record)], np.uint32)
    in_one_block(folder, "record", raw(record), ends=ends, checks=checks)
    assert [] != list(check(folder / "segments"))
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError):
            index.article("7")


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("used", [1, 255])
def test_dictionary_missing(folder: Path, name: str, used: int) -> None:
    """A block whose dictionary is not there is an error when an article is shown."""
    before = column(folder, f"{name}_dictionary")
    tamper(folder, **{f"{name}_dictionary": np.full_like(before, used)})
    assert [f"{name}_data"] == [each.split()[1] for each in check(folder / "segments")]
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError):
            index.article("7")


@pytest.mark.parametrize("ends", [[2**63] * 30, [2**40] * 30, [9] * 29 + [0]])
def test_sizes(folder: Path, ends: list[int]) -> None:
    """However many bytes a block is said to have, it has those that it has."""
    block = bytes(column(folder, "body_data"))
    in_one_block(folder, "body", block, ends=np.array(ends, np.uint64))
    assert [] != list(check(folder / "segments"))
    with newsearch.open(folder) as index:
        with pytest.raises(EngineError):
            index.article("7")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited and told otherwise")
def test_bomb(folder: Path) -> None:
    """A block that would unpack to a gigabyte is refused with little memory."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = bytes(1 << 24)
    bomb = b"".join(packer.compress(piece) for _ in range(64)) + packer.flush()
    in_one_block(folder, "body", bomb)
    code = f"""
import newsearch, resource
from pathlib import Path
from newsearch.engines.local.checking import check
limit = {1 << 30}
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
folder = Path({str(folder)!r})
print(len(list(check(folder / "segments"))))
with newsearch.open(folder) as index:
    try:
        [hit.snippet for hit in index.search("ferry")]
    except newsearch.EngineError as error:
        print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "" == run.stderr
    problems, error, memory = run.stdout.splitlines()
    assert "1" == problems
    assert "body block 0 of " in error
    assert int(memory) < 600_000  # kB; the bomb alone would be a million


def test_ids_twice(folder: Path) -> None:
    """Two living articles of one id are reported."""
    segments = folder / "segments"
    shutil.copy(segments / "000001.columns", segments / "000009.columns")

    def again(content: Json) -> None:
        first = content["segments"][0]
        data = {**first["data"], "name": "000009.columns"}
        content["segments"].append({**first, "data": data, "dead": None})
        content["next_number"] = 10

    rewrite(folder, again)
    problems = list(check(segments))
    assert 29 == len(problems)
    assert all("more than once" in problem for problem in problems)


# What is no plain file. Nothing outside is changed, and nobody is waited for.

KINDS: dict[str, Callable[[Path, Path], object]] = {
    "link": lambda path, outside: path.symlink_to(outside / "precious"),
    "link to itself": lambda path, outside: path.symlink_to(path),
    "link to a file that is missing": lambda path, outside: path.symlink_to(outside / "new"),
    "pipe": lambda path, outside: os.mkfifo(path),
    "folder": lambda path, outside: path.mkdir(),
    "device": lambda path, outside: path.symlink_to("/dev/zero"),
}
READ = ("newsearch.json", "segments/manifest.json", "segments/000001.columns")
WRITTEN = (
    "segments/manifest.json.new",
    "segments/000003.columns",
    "segments/000004.dead",
    "segments/writer.json",
    "segments/writer.lock",
    "files.json",
    "log.jsonl",
    "names.toml",
)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are made otherwise")
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("name", [*READ, *WRITTEN])
def test_no_plain_file(
    folder: Path, kind: Callable[[Path, Path], object], name: str, tmp_path: Path
) -> None:
    """Links, pipes and folders in the place of a file are refused or replaced."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes((folder / name).read_bytes() if name in READ else b"mine")
    (tmp_path / "a.txt").write_text("Ferry.")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    (folder / name).unlink(missing_ok=True)
    kind(folder / name, outside)
    try:
        with newsearch.open(folder) as index:
            index_files(index, [str(tmp_path / "a.txt")], listener=Mock())
            index.delete(["4"])
            index.names.same("Orlund", "Orlundia")
            index.optimize()
    except NewsearchError as error:
        assert "\n" not in str(error)
        refused = True
    else:
        refused = False
    if name in READ:
        assert refused
        with pytest.raises(EngineError, match="it is no plain file$"):
            list(check_all(folder))
    assert before == {path.name: path.read_bytes() for path in outside.iterdir()}


def test_linked_folder(folder: Path, tmp_path: Path) -> None:
    """An index whose files are in some other folder is refused: nothing there is changed."""
    (folder / "segments").rename(tmp_path / "elsewhere")
    (folder / "segments").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="is a link"):
        newsearch.open(folder)
    with pytest.raises(EngineError, match="is a link"):
        list(check_all(folder))


@pytest.mark.parametrize("name", ["segments/manifest.json", "newsearch.json"])
def test_vast_manifest(folder: Path, name: str) -> None:
    """A file of a terabyte of nothing is not read."""
    with (folder / name).open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(REFUSED, match="larger than"):
        newsearch.open(folder)


def test_key_twice(folder: Path) -> None:
    """A manifest that says a thing twice is none of ours."""
    path = folder / "segments" / "manifest.json"
    said = path.read_bytes().rpartition(b', "checksum": ')[0]
    said = said.replace(b'{"format"', b'{"next_number": 9, "format"', 1)
    path.write_bytes(b'%s, "checksum": %d}' % (said, zlib.crc32(said)))
    with pytest.raises(EngineError, match="twice"):
        newsearch.open(folder)


# Pickles.


def test_no_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is done with an index ever loads a pickle."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was loaded")

    for name in ("load", "loads", "Unpickler", "_load", "_loads", "_Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    with newsearch.create(tmp_path / "index") as index:
        for number in range(3):
            index.add([Article(id=f"{number}", title="Tram", text=f"Night ferry {number}.")])
        index.delete(["1"])
    use(tmp_path / "index")
    assert [] == list(check(tmp_path / "index" / "segments"))
