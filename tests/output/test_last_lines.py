"""What stands below an answer fits its terminal, and says no more than is useful."""

from __future__ import annotations

import pytest
from output.hostile import DRIVES, hostile_results

from newsearch.insights import NameGroup
from newsearch.output.last_lines import counts, suggestion_lines, summary
from newsearch.output.wrapping import wrapped
from newsearch.records import Results

MANY = NameGroup("Orlund", tuple(f"orlund{n}" for n in range(12)), tuple(range(1200, 0, -100)))
FEW = NameGroup("Selvinar", ("selvinar", "selwinar"), (8, 1))


def shown(*groups: NameGroup) -> str:
    return summary(Results("x", words=1, total=3, names=groups))


def test_few_spellings() -> None:
    """A few spellings are all shown, with their counts."""
    assert wrapped(shown(FEW), None) == [
        "0 of 3 passages from 0 articles · 0 ms · one name: Selvinar 8, Selwinar 1"
    ]


def test_many_spellings() -> None:
    """Of many the most frequent are shown, and where to see the others."""
    [line] = wrapped(shown(MANY), None)
    assert line.endswith("Orlund3 900, Orlund4 800, +7 more: newsearch names orlund")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit(width: int) -> None:
    """Lines break between words, never within one, nor between a spelling and its count."""
    rows = wrapped(shown(MANY, FEW), width)
    assert max(map(len, rows)) <= width
    assert " ".join(row.strip() for row in rows) == wrapped(shown(MANY, FEW), None)[0]
    assert not [row for row in rows if row.strip()[0].isdigit() and row is not rows[0]]


def test_nothing() -> None:
    """Nothing found is said in these words."""
    assert counts(Results("x", words=2)) == "nothing found"


def test_hostile() -> None:
    """Nothing of a query or a spelling can drive a terminal."""
    results = hostile_results()
    text = "\n".join([summary(results), *suggestion_lines(results)])
    assert not DRIVES & set(text)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (
            Results("x", words=2, total=9, complete=4),
            "0 shown from 0 articles; 4 passages match in",
        ),
        (
            Results("x", words=2, total=9, complete=1),
            "0 shown from 0 articles; 1 passage matches in",
        ),
        (Results("x", words=2, total=9), "no passage matches in full; 0 of 9 in part, from 0"),
        (Results("x", words=1, total=1), "0 of 1 passage from 0 articles"),
    ],
)
def test_counts(results: Results, expected: str) -> None:
    """How much was found, of OR and of words side by side alike."""
    assert counts(results).startswith(expected)
