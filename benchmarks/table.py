"""Figures to tables of plain text, for a terminal and a file."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from benchmarks.agreement import Agreement
from benchmarks.measuring import Figures
from benchmarks.peers import OURS

Rows = list[list[str]]


def aligned(rows: Rows) -> str:
    """Return rows as lines, the first column flush left and the others flush right.

    >>> print(aligned([["", "one"], ["seconds", "1"]]))
             one
    seconds    1
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def figures_table(figures: Figures, peers: Sequence[str], distrusted: set[str]) -> str:
    """Return medians over the runs, and the ratio of newsearch and of its engine to the best peer.

    Args:
        figures: Of all runs.
        peers: The columns.
        distrusted: Peers whose answers disagree with the others': marked, and never the best.
    """
    ours = [peer for peer in OURS if peer in peers]
    head = [peer + "!" if peer in distrusted else peer for peer in peers]
    rows = [["", *head, "best peer", *(f"{peer}/best" for peer in ours)]]
    for name, values in figures.rows.items():
        label, unit = _unit(name)
        middle = {peer: statistics.median(each) for peer, each in values.items()}
        fair = {p: value for p, value in middle.items() if p not in (*OURS, *distrusted)}
        best = min(fair, key=fair.__getitem__, default="")
        cells = [_shown(middle[peer] / unit) if peer in middle else "-" for peer in peers]
        ratios = [
            f"{middle[peer] / fair[best]:.2f}" if fair and peer in middle else "-" for peer in ours
        ]
        rows.append([label, *cells, best, *ratios])
    return aligned(rows)


def _unit(name: str) -> tuple[str, float]:
    """Return a row's label and what its numbers are divided by.

    >>> _unit("on disk B"), _unit("ranked p50 s")
    (('on disk MB', 1000000.0), ('ranked p50 ms', 0.001))
    """
    label, unit = name.rsplit(" ", 1)
    if unit == "B":
        return f"{label} MB", 1e6
    return (name, 1.0) if label == "index" else (f"{label} ms", 1e-3)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def agreement_table(found: Sequence[Agreement]) -> str:
    """Return how well each peer agrees with the others; "!" stands where it is not enough."""
    rows = [["", "peer", "top 10", "counts", "matches", ""]]
    for each in found:
        top, counts = (
            "-" if number is None else f"{number:.2f}" for number in (each.top, each.counts)
        )
        mark = "" if each.enough else "!"
        rows.append([each.kind, each.peer, top, counts, f"{each.matches:,}", mark])
    return aligned(rows)
