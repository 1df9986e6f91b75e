"""`python -m benchmarks.names CORPUS`: what names cost, while indexing and when they are asked for.

In: any file or folder that newsearch can read. Out, on stdout: the time and the size of an index
with the keys of names and without; then, with made-up names beside those of the corpus until there
are 500,000 forms, how long the first question for each of a hundred names takes in a process that
was not asked before, and the next one; and a query for a name beside one for a single spelling.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import newsearch
from benchmarks.table import aligned
from newsearch.engines.local.writing import keying
from newsearch.names.keys import can_be_name
from newsearch.names.matcher import NameMatcher
from newsearch.query import FormCount
from newsearch.query.indexed import IndexedVocabulary
from newsearch.records import Article

_FORMS = 500_000
_ASKED = 100  # names
_SLIPPED = 0.25  # of the made-up names are another name with slips
_PASSES = 20  # over the queries, of which the median counts
_LETTERS = "etaoinshrdlcumwfgypbvkjxqz"


def main(typed: Sequence[str] | None = None) -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="of which the fastest counts [3]")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(typed)
    articles = list(newsearch.read_articles(arguments.corpus))
    with tempfile.TemporaryDirectory() as work:
        print(_indexing(articles, Path(work), arguments.runs))
        grown = Path(work) / "grown"
        _build(grown, [*articles, *_made_up(Path(work) / "with", random.Random(arguments.seed))])
        print(_asking(grown, random.Random(arguments.seed)))


def _build(folder: Path, articles: list[Article]) -> float:
    started = time.process_time()
    with newsearch.create(folder) as index:
        index.add(articles)
    return time.process_time() - started


def _indexing(articles: list[Article], work: Path, runs: int) -> str:
    """Build with keys and without, by turns; return the table."""

    def without() -> AbstractContextManager[Any]:
        return patch.object(keying, "key_columns", lambda forms: ((), ()))

    kinds: dict[str, Callable[[], AbstractContextManager[Any]]] = {
        "without": without,
        "with": nullcontext,
    }
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(runs):
        for name, prepare in kinds.items():
            _remove(work / name)
            with prepare():
                seconds[name].append(_build(work / name, articles))
    sizes = {name: sum(f.stat().st_size for f in (work / name).rglob("*.*")) for name in kinds}
    rows = [["names", "CPU s", "bytes"]]
    rows += [[name, f"{min(seconds[name]):.2f}", f"{sizes[name]:,}"] for name in kinds]
    ratios = min(seconds["with"]) / min(seconds["without"]), sizes["with"] / sizes["without"]
    return aligned([*rows, ["ratio", *(f"{ratio:.3f}" for ratio in ratios)]]) + "\n"


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if folder.exists():
        folder.rmdir()


def _names(counts: list[FormCount], least: int) -> list[str]:
    """Return the forms that are mostly written with a capital, and long enough for a name."""
    share = 0.8
    return [
        each.form
        for each in counts
        if each.occurrences >= least
        and can_be_name(each.form)
        and len(each.form) > 3
        and (each.capital_share or 0) >= share
    ]


def _made_up(folder: Path, draw: random.Random) -> Iterator[Article]:
    """Yield articles of names that are made of those of an index.

    One in four is a name with one to three slips, the others are the beginning of one name and the
    end of another.
    """
    with newsearch.open(folder) as index, index._current() as view:
        counts = list(view.snapshot.forms(""))
    names, known = _names(counts, 2), {count.form for count in counts}
    new: list[str] = []
    while len(known) < _FORMS:
        name, other = draw.choice(names), draw.choice(names)
        if draw.random() < _SLIPPED:
            name = _slipped(name, draw)
        else:
            name = name[: draw.randint(2, 6)] + other[-draw.randint(2, 6) :]
        if name not in known:
            known.add(name)
            new.append(name.capitalize())
    for at in range(0, len(new), 500):
        yield Article(id=f"made-up-{at}", text="From " + " ".join(new[at : at + 500]) + ".")


def _slipped(name: str, draw: random.Random) -> str:
    for _ in range(draw.randint(1, 3)):
        at, letter = draw.randrange(len(name)), draw.choice(_LETTERS)
        shorter = name[:at] + name[at + 1 :] if len(name) > 3 else name
        name = draw.choice(
            (name[:at] + letter + name[at:], shorter, name[:at] + letter + shorter[at:])
        )
    return name


def _asking(folder: Path, draw: random.Random) -> str:
    with newsearch.open(folder) as index, index._current() as view:
        counts = list(view.snapshot.forms(""))
        names = draw.sample(_names(counts, 20), _ASKED)
    rows = [["milliseconds", "median", "p90", "most"]]
    with newsearch.open(folder) as index, index._current() as view:
        matcher = NameMatcher(IndexedVocabulary(view.snapshot))
        rows.append(["first time, spelling alone", *_spread(_timed(matcher.match, names))])
        rows.append(["next time", *_spread(_timed(matcher.match, names))])
    single = ["=" + name for name in names]
    with newsearch.open(folder) as index:
        for kind, queries in (("one spelling", single), ("name", names)):
            rows.append(
                [f"first query, {kind}", *_spread(_timed(partial(_answer, index), queries))]
            )
        for kind, queries in (("one spelling", single), ("name", names)):
            passes = [_timed(partial(_answer, index), queries) for _ in range(_PASSES)]
            medians = [statistics.median(each) for each in zip(*passes, strict=True)]
            rows.append([f"next query, {kind}", *_spread(medians)])
    return f"{len(counts):,} forms, {_ASKED} names\n\n{aligned(rows)}"


def _answer(index: newsearch.NewsIndex, query: str) -> None:
    for hit in islice(index.search(query), 10):
        hit.snippet  # noqa: B018 (what a user would see is read)


def _timed(call: Callable[[str], object], words: Sequence[str]) -> list[float]:
    """Return how many milliseconds each call takes of the processor."""
    taken = []
    for word in words:
        started = time.process_time()
        call(word)
        taken.append((time.process_time() - started) * 1000)
    return taken


def _spread(taken: list[float]) -> list[str]:
    ordered = sorted(taken)
    chosen = (statistics.median(ordered), ordered[len(ordered) * 9 // 10], ordered[-1])
    return [f"{each:.2f}" for each in chosen]


if __name__ == "__main__":
    main()
