"""What `newsearch index` did, in lines for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsearch.output.safety import safe

if TYPE_CHECKING:
    from newsearch.indexing.reports import FileReport, IndexReport
    from newsearch.records import AddReport


def index_line(report: IndexReport, place: Path, seconds: float, tried: bool = False) -> str:
    """Return what `newsearch index` did, or would have done, in one line."""
    articles = report.articles
    words = "" if tried else f" and {many(articles.words, 'word')}"  # a trial counts none
    parts = [
        _sum_of(articles, len(report.pruned)),
        f"{many(articles.passages, 'passage')}{words} written" if articles.passages else "",
        f"{many(report.copied, 'passage')} folded as copies" if report.copied else "",
        f"{many(articles.set_aside, 'piece')} of page furniture set aside"
        if articles.set_aside
        else "",
        f"{articles.undated:,} undated" if articles.undated else "",
        f"{seconds:.1f} s",
    ]
    end = f" · dry run: {place} is as it was" if tried else f" → {place}"
    return " · ".join(filter(None, parts)) + end


def many(count: int, what: str) -> str:
    """Return a count of something, in one or in many.

    >>> many(1, "passage"), many(2000, "passage")
    ('1 passage', '2,000 passages')
    """
    return f"{count:,} {what}{'s' * (count != 1)}"


def _sum_of(articles: AddReport, pruned: int) -> str:
    seen = articles.added + articles.changed + articles.unchanged
    kinds = _kinds(
        (articles.added, "new"),
        (articles.changed, "changed"),
        (articles.unchanged, "unchanged"),
        (articles.empty, "without text, left out"),
        (pruned, "gone and deleted"),
    )
    return f"{many(seen, 'article')} ({kinds or 'none'})"


def file_line(report: FileReport) -> str:
    """Return what has come of one file, in one line."""
    kinds = _kinds(
        (report.added, "new"),
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.empty, "without text, left out"),
        (report.unreadable, "unreadable, left out"),
    )
    how = "not read, as it has not changed: " if report.passed_over else ""
    return f"{safe(report.path)}: {how}{kinds or 'no article'}"


def _kinds(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{count:,} {kind}" for count, kind in counts if count)
