"""One article a line, and what becomes of lines that are none."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from reading import read

from newsearch.records import Article

Lines = Callable[[str | bytes], tuple[list[Article], list[str]]]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """A function from the content of a .jsonl file to its articles and problems."""
    file = tmp_path / "wire.jsonl"

    def read_lines(content: str | bytes) -> tuple[list[Article], list[str]]:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(file)

    return read_lines


def test_all_fields(lines: Lines, tmp_path: Path) -> None:
    """Fields of an article's names are taken, others are not."""
    found, _ = lines(
        '{"id": "7", "title": " Ferry runs ", "text": "It runs.", "source": "Post", "pages": 3,'
        ' "date": "14 March 2025", "url": "https://post.example/7", "author": ["Moor", "Vale"]}'
    )
    assert [
        Article(
            id="7",
            title="Ferry runs",
            text="It runs.",
            source="Post",
            date="2025-03-14",
            url="https://post.example/7",
            author="Moor, Vale",
            path=str(tmp_path / "wire.jsonl"),
            date_from="field",
        )
    ] == found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('"id": "a", "url": "b"', "a"),
        ('"id": 42', "42"),
        ('"id": 0', "0"),
        ('"id": null, "url": "b"', "b"),
        ('"id": "", "url": "b"', "b"),
        ('"id": " ", "url": "b"', "b"),
        ('"id": {"$oid": "a"}, "url": "b"', "b"),
    ],
)
def test_id(fields: str, expected: str, lines: Lines) -> None:
    """An article is known by its id, else by its url."""
    found, _ = lines(f'{{{fields}, "text": "It runs."}}')
    assert [expected] == [article.id for article in found]


def test_id_without_fields(lines: Lines, tmp_path: Path) -> None:
    """An article with neither id nor url is known by its file and line."""
    found, _ = lines('\n{"text": "It runs.", "id": {}}\n')
    assert [f"{tmp_path}/wire.jsonl#2"] == [article.id for article in found]


CUT = "not JSON at column 18 (Invalid control character at); this line is left out"
NO_TEXT = "no field with an article's text"
NAME_IT = "; name it with --map text=FIELD); left out"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "It runs', CUT),
        ("It runs.", "not JSON at column 1 (Expecting value); this line is left out"),
        ('["It runs."]', "not a JSON object; this line is left out"),
        ("42", "not a JSON object; this line is left out"),
        ("null", "not a JSON object; this line is left out"),
        ("{}", f"{NO_TEXT} (fields: none{NAME_IT}"),
        ('{"id": 1, "corpo": "x"}', f"{NO_TEXT} (fields: id, corpo{NAME_IT}"),
        ('{"text": null}', f"{NO_TEXT} (fields: text{NAME_IT}"),
        ("[" * 100_000, "nested too deeply; this line is left out"),
        ('{"text": "x", "id": ' + "9" * 5_000 + "}", "a number too long; this line is left out"),
    ],
    ids=[
        "cut", "text", "list", "number", "null", "empty", "body", "no-text", "deep", "long-number",
    ],
)  # fmt: skip
def test_broken_line(line: str, expected: str, lines: Lines) -> None:
    """A line that is no article is named by its number."""
    _, problems = lines(f'{{"text": "one"}}\n{{"text": "two"}}\n{line}\n{{"text": "four"}}\n')
    assert [f"wire.jsonl:3: {expected}"] == problems


def test_lines_around_a_broken_one(lines: Lines) -> None:
    """The lines before and after a broken one are read."""
    found, _ = lines('{"text": "one"}\n{"text": "two"}\n{"text\n{"text": "four"}\n')
    assert ["one", "two", "four"] == [article.text for article in found]


def test_line_in_another_encoding(lines: Lines) -> None:
    """The message says at which byte of the line."""
    expected = "wire.jsonl:2: byte 14 is not UTF-8; left out (convert it first, for example with: "
    _, problems = lines(b'{"text": "one"}\n{"text": "caf\xe9"}\n')
    assert [expected] == [each[: len(expected)] for each in problems]


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\n\r\n"])
def test_before_the_first_line(start: bytes, lines: Lines) -> None:
    """A byte order mark and blank lines do no harm."""
    found, problems = lines(start + b'{"text": "one"}\r\n')
    assert (["one"], []) == ([article.text for article in found], problems)


def test_lone_surrogate(lines: Lines) -> None:
    """Half a character, which no file can hold, becomes the sign for one that is missing."""
    found, _ = lines(r'{"text": "It \ud83d runs \ud83d\ude00.", "title": "\udfff"}')
    assert [("It \ufffd runs 😀.", "\ufffd")] == [(each.text, each.title) for each in found]


@pytest.mark.parametrize("date", ['"soon"', '"March 2025"', "7", '"2025-02-30"'])
def test_bad_date(date: str, lines: Lines) -> None:
    """An article whose date can't be read is kept without one, and it is said."""
    found, problems = lines(f'{{"text": "one", "date": {date}}}')
    shown = date.strip('"')
    expected = [f"wire.jsonl:1: '{shown}' is not a date; kept without one"]
    assert ([None], expected) == ([article.date for article in found], problems)


@pytest.mark.parametrize("date", ["", ', "date": null', ', "date": ""'])
def test_no_date(date: str, lines: Lines) -> None:
    """An article without a date is nothing to speak of."""
    found, problems = lines(f'{{"text": "one"{date}}}')
    assert ([None], []) == ([article.date for article in found], problems)


def test_line_too_long(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is longer than any article is left out without being held, and the rest read."""
    monkeypatch.setattr("newsearch.articles.source.ARTICLE_AT_MOST", 20)
    found, problems = lines(f'{{"text": "one"}}\n{{"text": "{"two" * 500_000}"}}\n{{"text": "3"}}')
    expected = "wire.jsonl:2: longer than 2e-05 MB, too long for one article; left out"
    assert (["one", "3"], [expected]) == ([article.text for article in found], problems)


@pytest.mark.parametrize(
    ("name", "compress"),
    [
        ("gz", gzip.compress),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
        ("zst", zstandard.compress),
        ("zst", lambda whole: zstandard.compress(whole[:500]) + zstandard.compress(whole[500:])),
    ],
    ids=["gz", "bz2", "xz", "zst", "two frames"],
)
def test_cut_short(name: str, compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """Of a compressed file that was cut short, the lines that are whole are read."""
    noise = random.Random(1)
    lines = [f'{{"text": "{noise.randbytes(40_000).hex()}"}}\n' for _ in range(50)]
    whole = compress("".join(lines).encode())
    (tmp_path / f"wire.jsonl.{name}").write_bytes(whole)
    found, problems = read(tmp_path / f"wire.jsonl.{name}")
    assert (50, []) == (len(found), problems)
    (tmp_path / f"wire.jsonl.{name}").write_bytes(whole[:-200])
    cut, problems = read(tmp_path / f"wire.jsonl.{name}")
    assert (found[:10], True) == (cut[:10], len(cut) < 50)
    assert any("cut short" in problem for problem in problems)
