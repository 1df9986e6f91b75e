"""Markdown as a reader sees it: fields from front matter, text without marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsearch.articles import read_articles
from newsearch.records import Article

Markdown = Callable[[str], Article]


@pytest.fixture
def markdown(tmp_path: Path) -> Markdown:
    """A function from the content of a Markdown file to its article."""
    file = tmp_path / "ferry.md"

    def read(content: str) -> Article:
        file.write_bytes(content.encode())
        (article,) = read_articles(file)
        return article

    return read


def test_front_matter(markdown: Markdown, tmp_path: Path) -> None:
    """Fields stand between two lines of three dashes."""
    assert Article(
        id="ferry-7",
        title="The ferry runs again",
        text="It runs.",
        source="Orlund Post",
        date="2025-03-15",
        url="https://post.example/7",
        author="Ida Moor",
        path=str(tmp_path / "ferry.md"),
        date_from="field",
    ) == markdown(
        "---\nid: ferry-7\ntitle: The ferry runs again\ndate: 2025-03-15\nsource: Orlund Post\n"
        "author: Ida Moor\nurl: https://post.example/7\ntags:\n  - ferries\n---\n\nIt runs.\n"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("title: Ferry: it runs", "Ferry: it runs"),
        ('title: "Ferry: it runs"', "Ferry: it runs"),
        ("title: 'Ferry: it runs'  ", "Ferry: it runs"),
        ("Title:  Ferry runs", "Ferry runs"),
        ("title: “They hold,” she said", "“They hold,” she said"),
        ("title: 'They hold' for now", "'They hold' for now"),
        ("title:", "Heading"),
        ("titles: Ferry", "Heading"),
    ],
)
def test_title_in_front_matter(line: str, expected: str, markdown: Markdown) -> None:
    """A title may hold colons and quotes, and be quoted; without one the heading is the title."""
    assert expected == markdown(f"---\n{line}\n---\n# Heading\n\nIt runs.").title


@pytest.mark.parametrize("content", ["Text.", "---\nid:\n---\nText.", "---\n---\nText."])
def test_id_without_front_matter(content: str, markdown: Markdown, tmp_path: Path) -> None:
    """Where no id is given, the file's path is the id."""
    assert f"{tmp_path}/ferry.md" == markdown(content).id


def test_front_matter_with_carriage_returns(markdown: Markdown) -> None:
    """Files from Windows are read as others are."""
    article = markdown("\ufeff---\r\ntitle: Ferry runs\r\n---\r\nIt runs.\r\n")
    assert ("Ferry runs", "It runs.") == (article.title, article.text)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# Ferry *runs* again\n\nIt runs.", "Ferry runs again"),
        ("Ferry runs again\n===\n\nIt runs.", "Ferry runs again"),
        ("It runs.\n\n# Ferry runs again\n\n# More", "Ferry runs again"),
        ("## Not the first\n\nIt runs.", ""),
    ],
)
def test_title_without_front_matter(content: str, expected: str, markdown: Markdown) -> None:
    """The first heading of the highest level is the title."""
    assert expected == markdown(content).title


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("It *runs* **again** and `stays`.", "It runs again and stays."),
        ("It runs to [Orlund](https://post.example).", "It runs to Orlund."),
        ("See ![the ferry](ferry.jpg).", "See the ferry."),
        ("Moor &amp; Vale, 3 \\* 4", "Moor & Vale, 3 * 4"),
        ("It runs\nagain.", "It runs again."),
        ("It runs.  \nAgain.\\\nAnd again.", "It runs.\nAgain.\nAnd again."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("## What runs\n\nThe ferry.", "What runs\n\nThe ferry."),
        ("- one\n- two\n  - three", "one\n\ntwo\n\nthree"),
        ("1. one\n2. two", "one\n\ntwo"),
        ("> “They hold,” she said.", "“They hold,” she said."),
        ("One.\n\n---\n\nTwo.", "One.\n\nTwo."),
        ("It <b>runs</b> again.", "It runs again."),
        ("<div>\nMoor &amp; Vale\n</div>", "Moor & Vale"),
        ("```\nfour o'clock\n```", "four o'clock"),
        ("    four o'clock", "four o'clock"),
        ("", ""),
    ],
)
def test_text(content: str, expected: str, markdown: Markdown) -> None:
    """The text has every word that Markdown shows, and no marks."""
    assert expected == markdown(content).text


def test_bad_date(tmp_path: Path) -> None:
    """A date that can't be read is reported with the file's path."""
    (tmp_path / "ferry.md").write_text("---\ndate: soon\n---\nIt runs.")
    with pytest.warns(UserWarning, match=r"ferry\.md: 'soon' is not a date; kept without one$"):
        list(read_articles(tmp_path / "ferry.md"))
