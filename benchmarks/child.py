"""One measurement in a fresh process on one core: a job as JSON on stdin, figures on stdout.

{"do": "build", "peer": …, "ready": file, "folder": …}        → seconds, peak, bytes
{"do": "file", "corpus": …, "folder": …, "jobs": 1}           → the same, and counts
{"do": "answers", "peer": …, "folder": …, "queries": […]}     → ids and counts, one a query
{"do": "time", "peer": …, …, "snippets": true, "seed": 1}     → seconds, one a query
{"do": "cold", "commands": [[…], …]}                          → seconds, one a command
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.peers import load
from benchmarks.ready import read_ready
from benchmarks.records import Answer, Query

HITS = 10
_ENOUGH = 0.5  # seconds that one set of queries is asked again and again, at least
_PASSES = 7  # but never more often than that

Job = dict[str, Any]


def run(job: Job) -> Job:
    """Do a job; see the head of this module."""
    jobs: dict[str, Callable[[Job], Job]] = {
        "build": _build,
        "file": _file,
        "answers": _answers,
        "time": _time,
        "cold": _cold,
    }
    return jobs[job["do"]](job)


def pin(cores: int) -> None:
    """Keep this process, and what it starts, on so many cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        # The last ones: the first core has the most to do for the system.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-cores:])


def peak() -> int:
    """Return the most memory that this process has held, in bytes.

    Linux gives the program that a process goes on to run the peak of the one that started it in
    `ru_maxrss`; VmHWM begins anew.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        own = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        unit = 1 if sys.platform == "darwin" else 1024
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return own


def size(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _build(job: Job) -> Job:
    peer = load(job["peer"])
    folder = Path(job["folder"])
    started = time.perf_counter()
    peer.build(folder, read_ready(Path(job["ready"])))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "peak": peak(), "bytes": size(folder)}


def _file(job: Job) -> Job:
    import newsearch

    more = {"jobs": job["jobs"]} if job["jobs"] > 1 else {}
    folder = Path(job["folder"])
    started = time.perf_counter()
    with newsearch.create(folder) as index:
        articles = newsearch.read_articles(job["corpus"], on_problem=lambda problem: None)
        report = index.add(articles, **more)
    seconds = time.perf_counter() - started
    counts = {"articles": report.added, "passages": report.passages}
    return {"seconds": seconds, "peak": peak(), "bytes": size(folder), **counts}


def _queries(job: Job) -> list[Query]:
    return [Query(kind, tuple(words)) for kind, words in job["queries"]]


def _answers(job: Job) -> Job:
    peer = load(job["peer"])
    searching = peer.open(Path(job["folder"]))
    found = []
    for query in _queries(job):
        answers = searching.search(query, HITS, peer.snippets)
        shown = sum(bool(answer.snippet) for answer in answers)
        count = searching.count(query)
        found.append({"ids": [each.id for each in answers], "count": count, "shown": shown})
    searching.close()
    return {"answers": found}


def _time(job: Job) -> Job:
    """Ask every query for the first time, then all of them in passes, each in another order."""
    searching = load(job["peer"]).open(Path(job["folder"]))
    queries, snippets = _queries(job), bool(job["snippets"])

    def timed(query: Query) -> float:
        started = time.perf_counter()
        _used(searching.search(query, HITS, snippets))
        return time.perf_counter() - started

    first = [timed(query) for query in queries]
    gc.collect()
    rng = random.Random(job["seed"])
    order = list(range(len(queries)))
    taken: list[list[float]] = [[] for _ in queries]
    began = time.perf_counter()
    for _ in range(_PASSES):
        rng.shuffle(order)
        for at in order:
            taken[at].append(timed(queries[at]))
        if time.perf_counter() - began > _ENOUGH:
            break
    searching.close()
    return {"first": first, "seconds": list(map(statistics.median, taken)), "peak": peak()}


def _used(answers: list[Answer]) -> None:
    """Touch what a user would print, for libraries that fetch it late."""
    for answer in answers:
        _ = answer.id, answer.title, answer.snippet


def _cold(job: Job) -> Job:
    """Run commands one after the other, twice: the first time brings the files into memory."""
    taken = []
    for measured in (False, True):
        for command in job["commands"]:
            started = time.perf_counter()
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            if done.returncode not in (0, 1):  # newsearch ends with 1 where nothing is found
                raise RuntimeError(done.stderr.decode(errors="replace"))
            if measured:
                taken.append(time.perf_counter() - started)
    return {"seconds": taken}


if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    pin(wanted.get("jobs", 1))
    json.dump(run(wanted), sys.stdout)
