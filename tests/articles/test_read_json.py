"""JSON files in all shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reading import read

ONE, TWO = {"text": "one"}, {"title": "T", "body": "two"}


def texts(tmp_path: Path, content: str) -> tuple[list[str], list[str]]:
    """Return the texts of the articles in a JSON file, and its problems."""
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    found, problems = read(tmp_path / "a.json")
    return [article.text for article in found], problems


@pytest.mark.parametrize(
    "value",
    [
        [ONE, TWO],
        {"articles": [ONE, TWO], "status": "ok"},
        {"response": {"total": 2, "docs": [ONE, TWO]}},
        {"hits": {"hits": [{"_id": "a", "_source": ONE}, {"_id": "b", "_source": TWO}]}},
        {"a": ONE, "b": TWO},
        [[ONE], [TWO]],
        {"content": [ONE, TWO], "description": "All of them"},
        {"description": "A feed", "items": [ONE, TWO], "authors": [{"name": "Ida Moor"}]},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_shapes(value: Any, indent: int | None, tmp_path: Path) -> None:
    """Articles are found in lists and objects around them."""
    assert (["one", "two"], []) == texts(tmp_path, json.dumps(value, indent=indent))


def test_one_article(tmp_path: Path) -> None:
    """An object with a text is one article, whatever lists it has."""
    value = {**ONE, "comments": [{"text": "never"}], "images": [{"url": "x"}]}
    assert (["one"], []) == texts(tmp_path, json.dumps(value))


def test_one_after_another(tmp_path: Path) -> None:
    """Articles may follow one another without a list around them."""
    content = json.dumps(ONE, indent=1) + "\n" + json.dumps(TWO, indent=1) + "\n[]"
    assert (["one", "two"], []) == texts(tmp_path, content)


def test_ids(tmp_path: Path) -> None:
    """An article without id and URL is known by its number in the file."""
    (tmp_path / "a.json").write_text(json.dumps([ONE, {**TWO, "url": "u"}, ONE]))
    path = tmp_path / "a.json"
    assert [f"{path}#1", "u", f"{path}#3"] == [article.id for article in read(path)[0]]


def test_long_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list, and one in an object, may be longer than anything that is held at once."""
    monkeypatch.setattr("newsearch.articles.json_files._PIECE", 16)
    monkeypatch.setattr("newsearch.articles.json_files.ARTICLE_AT_MOST", 200)
    items = [{"text": f"Ferry {number}", "size": number} for number in range(100)]
    expected = [item["text"] for item in items]
    assert (expected, []) == texts(tmp_path, json.dumps(items))
    value = {"n": 123456, "meta": {"b": [1, 2]}, "data": {"articles": items}, "next": None}
    found, problems = texts(tmp_path, json.dumps(value))
    assert expected == [text for text in found if text.startswith("Ferry")]
    assert all("no JSON object" in problem or "no field" in problem for problem in problems)


def test_article_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that is longer than any is not held."""
    monkeypatch.setattr("newsearch.articles.json_files._PIECE", 16)
    monkeypatch.setattr("newsearch.articles.json_files.ARTICLE_AT_MOST", 200)
    _, [problem] = texts(tmp_path, json.dumps({"text": "x" * 1_000}))
    assert (
        "a.json: longer than 0.0002 MB, too long for one article; the rest is left out" == problem
    )


@pytest.mark.parametrize(
    ("content", "expected", "problem"),
    [
        ('[{"text": "one"}, {"text": "tw', ["one"], "(Unterminated string starting at)"),
        ('[{"text": "one"} {"text": "two"}]', ["one"], "no ',' where there must be one"),
        ('[{"text": "one"}', ["one"], "no ',' where there must be one"),
        ('{"text": "one"} nonsense', ["one"], "(Expecting value)"),
        ("[" * 100_000, [], "nested too deeply"),
        ('{"a":' * 100_000, [], "nested too deeply"),
        ('[{"text": "one"}, 7]', ["one"], "item 2 is no JSON object; left out"),
        ('[{"text": "one"}, {"id": 7}]', ["one"], "no field with an article's text (fields: id;"),
        ('{"name": "newsearch"}', [], "no field with an article's text (fields: name;"),
    ],
)
def test_broken(content: str, expected: list[str], problem: str, tmp_path: Path) -> None:
    """What comes before the damage is read."""
    found, [said] = texts(tmp_path, content)
    assert (expected, True) == (found, problem in said)


def test_not_utf_8(tmp_path: Path) -> None:
    """JSON is UTF-8, and what is not is left out."""
    (tmp_path / "a.json").write_bytes(b'[{"text": "caf\xe9"}]')
    expected = "a.json: not UTF-8; the rest of this file is left out"
    assert ([], [expected]) == read(tmp_path / "a.json")


def test_line_breaks_in_texts(tmp_path: Path) -> None:
    """A text with line breaks that are not escaped is read all the same."""
    assert (["one\ntwo"], []) == texts(tmp_path, '[\n{"text": "one\ntwo", "n": NaN}]')
