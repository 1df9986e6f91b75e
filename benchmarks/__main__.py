"""`python -m benchmarks CORPUS`: what was typed, to measurements, to tables and files."""

from __future__ import annotations

import argparse
import compileall
import inspect
import json
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import newsearch
from benchmarks.agreement import Agreement, compare
from benchmarks.corpus import Piece, passages, read_pieces
from benchmarks.facts import digest, machine, versions
from benchmarks.measuring import (
    Contest,
    Failed,
    Figures,
    answers,
    build,
    time_cold,
    time_file,
    time_queries,
)
from benchmarks.peers import PEERS, installed
from benchmarks.queries import draw
from benchmarks.ready import write_ready
from benchmarks.records import Query
from benchmarks.table import agreement_table, aligned, figures_table

_SIZES = [34_000]


def main(typed: Sequence[str] | None = None) -> int:
    """Run the benchmarks; return 0, 1 if a peer's answers can't be believed, or 2 on an error."""
    arguments = _arguments(typed)
    started, state = time.perf_counter(), digest()
    compileall.compile_dir(Path(newsearch.__file__).parent, quiet=2)
    pieces = list(read_pieces(arguments.corpus))
    if not pieces:
        _say("the corpus holds no article")
        return 2
    sizes = arguments.passages or _SIZES
    # The same queries for all sizes, and only of passages that are in all of them.
    drawn_from = islice((ready for piece in pieces for ready in piece.ready()), min(sizes))
    queries = tuple(draw(drawn_from, arguments.queries, arguments.seed))
    results: list[dict[str, Any]] = []
    text = []
    try:
        with tempfile.TemporaryDirectory(dir=arguments.work) as work:
            for size in sizes:
                result, lines = _at_size(arguments, Path(work), pieces, size, queries)
                results.append(result)
                text.append(lines)
                print(lines, flush=True)
            result, lines = _from_file(arguments, Path(work))
            print(lines, flush=True)
    except Failed as error:
        _say(str(error))
        return 2
    if digest() != state:
        _say("newsearch's sources were changed while it was measured; run it again")
        return 2
    results.append(result)
    seconds = time.perf_counter() - started
    text.append(f"{lines}\nThe whole took {seconds / 60:.0f} min.")
    if arguments.out:
        _write(arguments, results, "\n".join(text))
    return 0 if all(not each.get("distrusted") for each in results) else 1


def _arguments(typed: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a file or folder that newsearch can read")
    parser.add_argument(
        "--passages", type=int, action="append", help="how many; may be given again [34000]"
    )
    parser.add_argument("--runs", type=int, default=3, help="of which medians are shown [3]")
    parser.add_argument(
        "--peers", default=",".join(installed()), help="separated by commas [all installed]"
    )
    parser.add_argument("--queries", type=int, default=150, help="of each kind [150]")
    parser.add_argument("--seed", type=int, default=1, help="of passages and queries [1]")
    parser.add_argument("--out", type=Path, help="a new folder for figures, facts and the tables")
    parser.add_argument("--work", type=Path, help="where indexes are built [temporary folder]")
    arguments = parser.parse_args(typed)
    arguments.peers = tuple(arguments.peers.split(","))
    for peer in arguments.peers:
        if peer not in PEERS:
            parser.error(f"there is no peer {peer}; choose from {', '.join(PEERS)}")
        if peer not in installed():
            parser.error(
                f'{peer} is not installed; install it with: pip install "newsearch[bench]"'
            )
    if "engine" in arguments.peers and "newsearch" not in arguments.peers:
        parser.error("engine reads the index of newsearch; give both")
    return arguments


def _at_size(
    arguments: argparse.Namespace,
    work: Path,
    pieces: list[Piece],
    size: int,
    queries: tuple[Query, ...],
) -> tuple[dict[str, Any], str]:
    """Measure everything at one number of passages; return raw figures and the tables."""
    ready = work / "ready"
    _say(f"making {size:,} passages")
    count = write_ready(passages(pieces, size, arguments.seed), ready)
    contest = Contest(ready, queries, arguments.peers, work, _say)
    figures = Figures()
    build(contest, figures)
    given, empty = answers(contest)
    agreement = compare(queries, given)
    distrusted = {each.peer for each in agreement if not each.enough}
    for peer in distrusted:
        _say(f"the answers of {peer} disagree with those of the others; see the table")
    for run in range(arguments.runs):
        _say(f"run {run + 1} of {arguments.runs}")
        if run:
            build(contest, figures)
        time_queries(contest, figures, arguments.seed + run)
        time_cold(contest, figures)
    asked = {
        kind: sum(query.kind == kind for query in queries) for kind in {q.kind for q in queries}
    }
    raw = {
        "passages": count,
        "queries": asked,
        "figures": figures.rows,
        "agreement": [asdict(each) for each in agreement],
        "distrusted": sorted(distrusted),
        "empty_snippets": empty,
    }
    return raw, _tables(count, agreement, figures, arguments.peers, distrusted)


def _tables(
    count: int,
    agreement: list[Agreement],
    figures: Figures,
    peers: tuple[str, ...],
    distrusted: set[str],
) -> str:
    return (
        f"\n== {count:,} passages: do the answers agree? (1 = wholly; ! = not enough)\n\n"
        f"{agreement_table(agreement)}\n"
        f"\n== {count:,} passages: medians (below 1 in the last columns = better than the best)\n\n"
        f"{figures_table(figures, peers, distrusted)}\n"
    )


def _from_file(arguments: argparse.Namespace, work: Path) -> tuple[dict[str, Any], str]:
    """Measure newsearch from the corpus file to a commit, with one process and, if it can, two."""
    several = "jobs" in inspect.signature(newsearch.NewsIndex.add).parameters
    rows = [["processes", "articles", "passages", "s", "peak MB"]]
    raw: dict[str, Any] = {}
    for jobs in (1, 2) if several else (1,):
        _say(f"from the file to a commit, {jobs} process(es)")
        taken = [
            time_file(arguments.corpus.absolute(), work / "from-file", jobs)
            for _ in range(arguments.runs)
        ]
        raw[str(jobs)] = taken
        seconds, peak = (
            statistics.median(each[key] for each in taken) for key in ("seconds", "peak")
        )
        counts = [f"{taken[0][key]:,}" for key in ("articles", "passages")]
        rows.append([str(jobs), *counts, f"{seconds:.2f}", f"{peak / 1e6:,.0f}"])
    lines = f"\n== newsearch from the corpus file to a commit\n\n{aligned(rows)}\n"
    return {"from_file": raw}, lines


def _write(arguments: argparse.Namespace, results: list[dict[str, Any]], text: str) -> None:
    """Write what a run was and gave; no path of this machine goes into it."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    command = shlex.join(_command(arguments))
    (out / "command.txt").write_text(command + "\n")
    facts = {"versions": versions(), "machine": machine()}
    (out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    (out / "figures.json").write_text(json.dumps(results, indent=1) + "\n")
    (out / "table.txt").write_text(text.lstrip() + "\n")


def _command(arguments: argparse.Namespace) -> list[str]:
    """Return what would make the same run again, wherever the corpus lies."""
    sizes = [word for size in arguments.passages or _SIZES for word in ("--passages", str(size))]
    rest = {"runs": arguments.runs, "queries": arguments.queries, "seed": arguments.seed}
    options = [word for name, value in rest.items() for word in (f"--{name}", str(value))]
    peers = ["--peers", ",".join(arguments.peers)]
    return ["python", "-m", "benchmarks", arguments.corpus.name, *sizes, *options, *peers]


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
