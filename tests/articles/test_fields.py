"""What becomes of the values of fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import read

from newsearch.articles import read_articles
from newsearch.records import Article


def article(tmp_path: Path, **fields: Any) -> Article:
    """Return the article that fields describe."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "The ferry runs.", **fields}))
    [found], _ = read(tmp_path / "a.jsonl")
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  The ferry.  ", "The ferry."),
        ("<p>The <b>ferry</b>.</p><p>It&nbsp;runs.</p>", "The ferry.\n\nIt\xa0runs."),
        ("R&amp;D at AT&T", "R&D at AT&T"),
        ("if a < b and c > d", "if a < b and c > d"),
        (["The ferry.", "It runs."], "The ferry.\n\nIt runs."),
        (
            [{"type": "title", "content": "T"}, {"type": "html", "content": "<p>It runs.</p>"}],
            "It runs.",
        ),
    ],
)
def test_text(value: object, expected: str, tmp_path: Path) -> None:
    """A text may be HTML, and may come in paragraphs."""
    assert expected == article(tmp_path, text=value).text


def test_text_of_the_first_field_that_has_some(tmp_path: Path) -> None:
    """An empty field does not hide another one; a summary is better than nothing."""
    assert "It runs." == article(tmp_path, text="", body="It runs.", summary="S").text
    assert "S" == article(tmp_path, text="", body=None, summary="S").text


def test_page_in_a_field(tmp_path: Path) -> None:
    """A field may hold a whole page; what other fields say goes before what it says."""
    from samples import DAY, MORE, PAGE, TEXT, TITLE

    found = article(tmp_path, text="", html=PAGE, url="https://bay.example/7", title="Mine")
    assert (TEXT in found.text, MORE in found.text) == (True, True)
    assert ("Mine", "bay.example", DAY, "page") == (
        found.title,
        found.source,
        found.date,
        found.date_from,
    )
    assert TITLE == article(tmp_path, text="", html=PAGE).title


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"source": "Orlund Post", "url": "https://bay.example/7"}, "Orlund Post"),
        ({"source": "https://www.bay.example/news"}, "bay.example"),
        ({"source": {"id": None, "name": "Bay Herald"}}, "Bay Herald"),
        ({"source_domain": "bay.example"}, "bay.example"),
        ({"url": "https://www.bay.example:443/7"}, "bay.example"),
        ({"url": "https://[broken/7"}, "bay-herald"),
        ({"url": "not a url"}, "bay-herald"),
        ({}, "bay-herald"),
    ],
)
def test_source(fields: dict[str, Any], expected: str, tmp_path: Path) -> None:
    """The source is what a field says, else the host of the URL, else the folder."""
    (tmp_path / "bay-herald").mkdir()
    assert expected == article(tmp_path / "bay-herald", **fields).source


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("articles/bay-herald", "bay-herald"),
        ("bay-herald/2025/03", "bay-herald"),
        ("2025/bbc", "bbc"),
        ("cnn/politics/html", "cnn"),
        ("articles", ""),
        ("orlund/raw_news-2025", ""),
        ("data/txt/2025", ""),
    ],
)
def test_source_of_a_folder(
    folder: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the same by whatever path a file is reached, and no name of a pile or a section."""
    file = tmp_path / folder / "a.txt"
    file.parent.mkdir(parents=True)
    file.write_text("The ferry runs.")
    monkeypatch.chdir(file.parent)
    for path in (tmp_path, file.parent.parent, file, Path("."), Path("a.txt"), Path("..")):
        assert [expected] == [each.source for each in read(path)[0]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ida Moor", "Ida Moor"),
        (["Ida Moor", "Jon Vale"], "Ida Moor, Jon Vale"),
        ([{"name": "Ida Moor"}, {"name": "Jon Vale"}], "Ida Moor, Jon Vale"),
        ("['Ida Moor', \"Pat O'Brien\"]", "Ida Moor, Pat O'Brien"),
        ("[staff]", "[staff]"),
        ("[" * 1_000 + "]" * 1_000, "[" * 1_000 + "]" * 1_000),
        (None, ""),
        (float("nan"), ""),
        (True, ""),
    ],
)
def test_author(value: object, expected: str, tmp_path: Path) -> None:
    """Authors come as text, as lists, as objects, and as Python prints lists."""
    assert expected == article(tmp_path, authors=value).author


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"date": "2025-03-11"}, ("2025-03-11", "field")),
        ({"date": 1741651200}, ("2025-03-11", "field")),
        ({"timestamp": "1741651200000"}, ("2025-03-11", "field")),
        ({"date": {"$date": "2025-03-11T00:00:00Z"}}, ("2025-03-11", "field")),
        ({"date": ""}, (None, "")),
    ],
)
def test_date(fields: dict[str, Any], expected: tuple[str | None, str], tmp_path: Path) -> None:
    """A date of a field is recorded as such."""
    found = article(tmp_path, **fields)
    assert expected == (found.date, found.date_from)


@pytest.mark.parametrize("date", ["2999-01-01", "1776-07-04", "0001-01-01"])
def test_date_that_can_not_be(date: str, tmp_path: Path) -> None:
    """A day to come, or before there were newspapers, is not believed, and that is said."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "The ferry.", "date": date}))
    [found], problems = read(tmp_path / "a.jsonl")
    expected = f"a.jsonl:1: {date} can't be the day of an article; kept without it"
    assert (None, "", [expected]) == (found.date, found.date_from, problems)


def test_given_names(tmp_path: Path) -> None:
    """Fields can be given by name, in objects, too."""
    (tmp_path / "a.jsonl").write_text('{"corpo": "It runs.", "a": {"b": "Bay Herald"}}')
    names = {"text": "corpo", "source": "a.b"}
    [found] = read_articles(tmp_path / "a.jsonl", fields=names)
    assert ("It runs.", "Bay Herald") == (found.text, found.source)


def test_given_name_that_is_not_there(tmp_path: Path) -> None:
    """The message says what was looked for."""
    (tmp_path / "a.jsonl").write_text('{"text": "It runs."}')
    problems: list[str] = []
    found = read_articles(
        tmp_path / "a.jsonl",
        fields={"text": "corpo"},
        on_problem=lambda problem: problems.append(problem.reason),
    )
    assert [] == list(found)
    assert ["no field 'corpo' with an article's text (fields: text); left out"] == problems
