"""Tables with one article a row."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import read

from newsearch.records import Article


def table(tmp_path: Path, content: str | bytes) -> tuple[list[Article], list[str]]:
    """Return the articles of a table, and its problems."""
    file = tmp_path / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(file)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_marks(mark: str, tmp_path: Path) -> None:
    """What stands between the cells is told by the names of the columns."""
    content = (
        f'\ufeffheadline{mark} text\nFerry{mark}"It{mark} runs."\r\nTram{mark}"It ""waits""."\n'
    )
    found, problems = table(tmp_path, content)
    expected = [("Ferry", f"It{mark} runs."), ("Tram", 'It "waits".')]
    assert (expected, []) == ([(each.title, each.text) for each in found], problems)


def test_cells_of_several_lines(tmp_path: Path) -> None:
    """A row is known by the line in which it begins."""
    found, _ = table(tmp_path, 'text,n\n"One\ntwo",1\n\n"Three",2\n')
    path = tmp_path / "a.csv"
    expected = [(f"{path}#2", "One\ntwo"), (f"{path}#5", "Three")]
    assert expected == [(each.id, each.text) for each in found]


def test_days_before_months(tmp_path: Path) -> None:
    """A date in which only the first number can be a day tells how to read those after it."""
    found, _ = table(tmp_path, "text,date\na,3/4/2025\nb,26/2/2025\nc,3/4/2025\nd,2/26/2025\n")
    expected = ["2025-03-04", "2025-02-26", "2025-04-03", "2025-02-26"]
    assert expected == [each.date for each in found]


def test_no_text(tmp_path: Path) -> None:
    """A table without a column of texts is left out, with one message."""
    found, problems = table(tmp_path, "id,price\n1,2\n3,4\n")
    reason = "no field with an article's text (fields: id, price; name it with --map text=FIELD)"
    assert ([], [f"a.csv: {reason}; left out"]) == (found, problems)


def test_too_many_cells(tmp_path: Path) -> None:
    """A row that is out of step is left out; empty cells at its end don't matter."""
    found, problems = table(tmp_path, "id,text\n1,a,b\n2,c,,\n3,d\n4\n")
    expected = "a.csv:2: 3 cells in a table of 2 columns; left out"
    assert (["c", "d"], expected) == ([each.text for each in found], problems[0])
    assert problems[1].startswith("a.csv:5: no field with an article's text (fields: id;")


def test_quotation_mark_that_is_not_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes no more with it than one article may be long."""
    monkeypatch.setattr("newsearch.articles.tables.ARTICLE_AT_MOST", 100)
    monkeypatch.setattr("csv.field_size_limit", lambda *_: 0)
    import _csv

    before = _csv.field_size_limit(100)
    try:
        lines = "".join(f"{number},Ferry {number}\n" for number in range(30))
        found, problems = table(tmp_path, f'id,text\n0,"Ferry\n{lines}')
    finally:
        _csv.field_size_limit(before)
    assert ("29", 1) == (found[-1].id, len(problems))
    assert "a.csv:2: a cell longer than 0.0001 MB" in problems[0]


def test_another_encoding(tmp_path: Path) -> None:
    """A table that is not UTF-8 is read as what it seems to be, which is said once."""
    content = "text\n" + "Die Straße ist frei, die Fähre fährt.\n" * 3
    found, problems = table(tmp_path, content.encode("cp1252"))
    assert ["Die Straße ist frei, die Fähre fährt."] * 3 == [each.text for each in found]
    assert ["a.csv:2: not UTF-8; read as cp1252, which is a guess"] == problems


def test_one_column(tmp_path: Path) -> None:
    """Nothing stands between the cells of a single column."""
    found, _ = table(tmp_path, 'text\nIt runs, and waits; again\n"It, too"\n')
    assert ["It runs, and waits; again", "It, too"] == [each.text for each in found]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"text\n", b"\0\0\0", b"text\n\0\n"])
def test_next_to_nothing(content: bytes, tmp_path: Path) -> None:
    """Nothing is too little to be read."""
    found, _ = table(tmp_path, content)
    assert len(found) < 2


def test_old_line_ends(tmp_path: Path) -> None:
    """Lines may end as they did on machines of long ago."""
    found, problems = table(tmp_path, "id,text\r1,one\r2,two\r")
    assert (["one", "two"], []) == ([each.text for each in found], problems)
