"""Peers side by side: which measurement is taken when, each in a process of its own.

In: ready passages in a file, queries, names of peers. Out: `Figures`, one number for each run.
Every process is pinned to one core (`child.pin`). Peers take turns within each step, so that a
machine that gets slower in the course of a run slows all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.agreement import Answered
from benchmarks.peers import index_of, load
from benchmarks.records import KINDS, RANKED, Query

Say = Callable[[str], None]
_PATIENCE = 300  # seconds; a build that takes longer is not repeated
_COLD = 5  # queries that are asked in processes of their own


class Failed(RuntimeError):
    """A measurement ended with an error; the peer is named."""


def child(job: dict[str, Any]) -> dict[str, Any]:
    """Run a job in a fresh process and return its figures.

    Raises:
        Failed: It ended with an error.
    """
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    # A package that pip has installed is compiled; so is what is measured.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        env={**kept, "PYTHONPATH": paths},
    )
    if done.returncode:
        raise Failed(f"{job['do']} {job.get('peer', '')} failed:\n{done.stderr.strip()}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@dataclass(slots=True)
class Figures:
    """Rows of the table: name → peer → one number for each run.

    Seconds, bytes; the name ends in the unit.
    """

    rows: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, row: str, peer: str, value: float) -> None:
        self.rows.setdefault(row, {}).setdefault(peer, []).append(value)


@dataclass(frozen=True, slots=True)
class Contest:
    """What the peers are measured on.

    Attributes:
        ready: The file of passages.
        queries: What is asked.
        peers: Whom.
        folder: For their indexes; they are left there.
        say: Told what is being done.
    """

    ready: Path
    queries: tuple[Query, ...]
    peers: tuple[str, ...]
    folder: Path
    say: Say

    def index(self, peer: str) -> Path:
        return self.folder / index_of(peer)

    def job(self, do: str, peer: str, queries: Sequence[Query] = (), **more: Any) -> dict[str, Any]:
        asked = [(query.kind, query.words) for query in queries]
        place = {"folder": str(self.index(peer)), "ready": str(self.ready)}
        return {"do": do, "peer": peer, "queries": asked, **place, **more}


def build(contest: Contest, figures: Figures) -> None:
    """Build all indexes anew, but those again that took very long the first time."""
    for peer in contest.peers:
        if index_of(peer) != peer and index_of(peer) in contest.peers:
            continue
        known = figures.rows.get("index s", {}).get(peer, [0.0])
        if max(known) > _PATIENCE:
            continue
        folder = contest.index(peer)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        contest.say(f"building {peer}")
        taken = child(contest.job("build", peer))
        figures.add("index s", peer, taken["seconds"])
        figures.add("index peak B", peer, taken["peak"])
        figures.add("on disk B", peer, taken["bytes"])


def answers(contest: Contest) -> tuple[dict[str, list[Answered | None]], dict[str, dict[str, int]]]:
    """Return what each peer answers to each query, and how many snippets of each kind say nothing.

    None stands where a peer can't answer that kind.
    """
    given: dict[str, list[Answered | None]] = {}
    empty: dict[str, dict[str, int]] = {}
    for peer in contest.peers:
        contest.say(f"asking {peer}")
        kinds, makes_snippets = load(peer).kinds, load(peer).snippets
        asked = [query for query in contest.queries if query.kind in kinds]
        found = child(contest.job("answers", peer, asked))["answers"]
        stream = iter([Answered(tuple(each["ids"]), each["count"]) for each in found])
        given[peer] = [next(stream) if q.kind in kinds else None for q in contest.queries]
        if makes_snippets:
            empty[peer] = dict.fromkeys(kinds, 0)
            for query, each in zip(asked, found, strict=True):
                empty[peer][query.kind] += len(each["ids"]) - each["shown"]
    return given, empty


def time_queries(contest: Contest, figures: Figures, seed: int) -> None:
    """Time every kind of query with each peer, without and with snippets."""
    for kind, snippets in product(KINDS, (False, True)):
        asked = [query for query in contest.queries if query.kind == kind]
        name = f"{kind} + snippets" if snippets else kind
        contest.say(f"timing {name}")
        for peer in contest.peers if asked else ():
            able = load(peer)
            if kind not in able.kinds or (snippets and not able.snippets):
                continue
            taken = child(contest.job("time", peer, asked, snippets=snippets, seed=seed))
            figures.add(f"{name} p50 s", peer, _percentile(taken["seconds"], 50))
            figures.add(f"{name} p99 s", peer, _percentile(taken["seconds"], 99))
            if not snippets:
                figures.add(f"{name} first p50 s", peer, _percentile(taken["first"], 50))
            if kind == RANKED and not snippets:
                figures.add("query peak B", peer, taken["peak"])


def time_cold(contest: Contest, figures: Figures) -> None:
    """Time processes that answer one ranked query and end."""
    asked = [query for query in contest.queries if query.kind == RANKED][:_COLD]
    contest.say("timing cold processes")
    for peer in contest.peers if asked else ():
        commands = [_command(peer, contest.index(peer), query) for query in asked]
        taken = child({"do": "cold", "commands": commands})["seconds"]
        figures.add("cold process s", peer, _percentile(taken, 50))


def _command(peer: str, folder: Path, query: Query) -> list[str]:
    if peer == "newsearch":
        words = " ".join(query.words)
        return [sys.executable, "-m", "newsearch", "query", words, "--index", str(folder)]
    program = [sys.executable, "-m", "benchmarks.cold"]
    return [*program, peer, str(folder), query.kind, *query.words]


def time_file(corpus: Path, folder: Path, jobs: int) -> dict[str, Any]:
    """Time newsearch from the corpus file to a commit, with so many processes, each with a core."""
    shutil.rmtree(folder, ignore_errors=True)
    return child({"do": "file", "corpus": str(corpus), "folder": str(folder), "jobs": jobs})


def _percentile(values: list[float], percent: int) -> float:
    """Return the value that so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, (len(ordered) * percent + 99) // 100 - 1)]
