"""Files of queries: what is read, and what is said of the rest."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newsearch.errors import InputError
from newsearch.queries import Query, read_queries


def read(path: Path) -> tuple[list[Query], list[str]]:
    problems: list[InputError] = []
    queries = list(read_queries(str(path), problems.append))
    return queries, [str(problem).removeprefix(f"{path}:") for problem in problems]


def test_lines(tmp_path: Path) -> None:
    """A query a line, known by the number of its line; empty lines are none."""
    file = tmp_path / "queries.txt"
    file.write_text("ferry strike \n\n  “night ferry”\r\n", encoding="utf-8")
    assert read(file) == ([Query("1", "ferry strike"), Query("3", "“night ferry”")], [])


def test_json_lines(tmp_path: Path) -> None:
    """JSON lines have a text and perhaps an id; both kinds may be mixed, and be compressed."""
    file = tmp_path / "queries.jsonl.gz"
    file.write_bytes(
        gzip.compress(
            b'{"id": "q1", "text": "ferry"}\n{"text": "tram"}\nbus\n{"id": 7, "text": "x"}'
        )
    )
    expected = [Query("q1", "ferry"), Query("2", "tram"), Query("3", "bus"), Query("7", "x")]
    assert read(file) == (expected, [])


def test_bad_lines(tmp_path: Path) -> None:
    """Each bad line is said with its place; the others are read."""
    file = tmp_path / "queries"
    bad = [
        b"{broken",
        b'{"id": "a"}',
        b'{"id": true, "text": "x"}',
        b"\xff\xfe\xfd",
        b'{"id": 6, "text": "x"}',
    ]
    file.write_bytes(b"\n".join([*bad, b"ferry"]))
    queries, problems = read(file)
    assert queries == [Query("6", "x")]
    assert [problem[:2] for problem in problems] == ["1:", "2:", "3:", "4:", "6:"]
    assert "not a JSON object" in problems[0] and '"text": "…"' in problems[1]
    assert "the id 6 was there before" in problems[4]


@pytest.mark.parametrize("name", ["", "missing"])
def test_no_file(name: str, tmp_path: Path) -> None:
    """Where there is no file, one sentence says so."""
    with pytest.raises(InputError, match="no such file"):
        list(read_queries(str(tmp_path / name), lambda problem: None))


def test_damaged_file(tmp_path: Path) -> None:
    """A file that ends too early is an error, not a shorter file."""
    file = tmp_path / "queries.gz"
    file.write_bytes(gzip.compress(b"ferry\n" * 999)[:-9])
    with pytest.raises(InputError, match="damaged or cut short"):
        list(read_queries(str(file), lambda problem: None))
