"""Reading with the problems collected."""

from __future__ import annotations

from pathlib import Path

from newsearch.articles import read_articles
from newsearch.errors import InputError
from newsearch.records import Article


def read(path: Path) -> tuple[list[Article], list[str]]:
    """Return the articles of a path, and the problems' messages with paths cut short."""
    problems: list[InputError] = []
    found = list(read_articles(path, on_problem=problems.append))
    folder = path if path.is_dir() else path.parent
    return found, [str(problem).removeprefix(f"{folder}/") for problem in problems]
