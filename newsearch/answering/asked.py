"""How an answer is wanted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How an answer is wanted; see `NewsIndex.search`."""

    limit: int
    per_article: int | None = None
    count: bool = False
    exact_names: bool = False
    suggest: bool = False
    articles: bool = False
    offset: int = 0
    newest: bool = False
    copies: bool = False
    snippet: int | None = None
    explain: bool = False

    @property
    def depth(self) -> int:
        """How many hits there must be to answer."""
        return self.offset + self.limit


def by_date(sort: str) -> bool:
    """Return whether hits are to be the newest first, given "score" or "date".

    Raises:
        ValueError: It is neither.
    """
    if sort not in ("score", "date"):
        raise ValueError(f"hits are sorted by 'score' or 'date', not by {sort!r}")
    return sort == "date"
