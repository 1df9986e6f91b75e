"""Measure how many copies are found: of passages against all there are, of articles against pairs.

    python tests/quality/measure_copies.py ARTICLES.jsonl.gz [PAIRS.jsonl] [--first N]

All pairs of passages with a Jaccard of 0.8 or more are counted exactly, by comparing each passage
with all that share one of its rarest shingles (prefix filtering, Bayardo and others 2007), and
then looked up. PAIRS are of articles, with `a`, `b`, `jaccard` and `containment`; those of which
both ids are indexed count. N is how many articles are taken.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np

import newsearch
from newsearch.answering.copies import Shingles, shingles, similarity
from newsearch.engines.base import Snapshot
from newsearch.engines.sketching import ENOUGH, NUMBERS

LEAST = 0.8
Pair = tuple[int, int]


def true_pairs(texts: list[Shingles]) -> dict[Pair, float]:
    """Return all pairs of texts with a Jaccard of `LEAST` or more, and what it is."""
    often = Counter(shingle for text in texts for shingle in text)
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = {}
    for number, text in enumerate(texts):
        rarest = sorted(text, key=lambda shingle: (often[shingle], shingle))
        prefix = rarest[: len(text) - math.ceil(LEAST * len(text)) + 1]
        for other in {each for shingle in prefix for each in holding[shingle]}:
            share = similarity(text, texts[other])
            if share >= LEAST:
                found[other, number] = share
        for shingle in prefix:
            holding[shingle].append(number)
    return found


def candidates(snapshot: Snapshot, orders: list[int]) -> set[Pair]:
    """Return all pairs of passages whose sketches say that they may be copies."""
    rows = snapshot.sketches(np.array(orders))
    shared: Counter[Pair] = Counter()
    for column in rows[:, :NUMBERS].T.tolist():
        groups = defaultdict(list)
        for number, value in enumerate(column):
            if value:
                groups[value].append(number)
        for group in groups.values():
            shared.update((one, other) for at, other in enumerate(group) for one in group[:at])
    return {pair for pair, many in shared.items() if many >= ENOUGH}


def say_passages(snapshot: Snapshot) -> None:
    """Print how many pairs of passages are found."""
    orders = [
        order for name in snapshot.article_ids() for order in snapshot.passages(name).tolist()
    ]
    texts = [shingles(snapshot.passage(order).text()) for order in orders]
    truth = true_pairs(texts)
    shared = candidates(snapshot, orders)
    copies = {pair for pair in shared if similarity(texts[pair[0]], texts[pair[1]]) >= LEAST}
    print(f"{len(orders):,} passages, {len(truth):,} pairs of copies")
    for low, high in ((0.8, 0.85), (0.85, 0.9), (0.9, 1.0), (1.0, 1.1), (0.8, 1.1)):
        pairs = [pair for pair, share in truth.items() if low <= share < high]
        if pairs:
            recall = sum(pair in shared for pair in pairs) / len(pairs)
            print(f"  Jaccard {low:.2f} to {min(high, 1):.2f}: {len(pairs):,}, found {recall:.4f}")
    print(f"  pairs compared {len(shared):,}, of which copies {len(copies) / len(shared):.4f}")


def say_articles(index: newsearch.NewsIndex, pairs: Iterable[dict[str, object]]) -> None:
    """Print how many pairs of articles are found."""
    there = set(index.article_ids())
    gold = {
        frozenset((str(pair["a"]), str(pair["b"]))): float(str(pair["jaccard"]))
        for pair in pairs
        if pair["a"] in there and pair["b"] in there
    }
    if not gold:
        return
    started = time.perf_counter()
    found: dict[frozenset[str], tuple[str, float]] = {}
    asked = frozenset().union(*gold)
    for name in asked:
        for other in index.copies(name):
            found[frozenset((name, other.article_id))] = other.kind, other.containment
    seconds = (time.perf_counter() - started) / len(asked)
    print(f"{len(gold):,} pairs of articles, {seconds * 1000:.1f} ms an article to look up")
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.8), (0.8, 1.1), (0.0, 1.1)):
        wanted = [pair for pair, share in gold.items() if low <= share < high]
        if wanted:
            recall = sum(pair in found for pair in wanted) / len(wanted)
            print(f"  Jaccard {low:.1f} to {min(high, 1):.1f}: {len(wanted):,}, found {recall:.4f}")
    linked = sum(pair in gold for pair in found)
    print(f"  links {len(found):,}, of which in the pairs {linked / max(len(found), 1):.4f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles")
    parser.add_argument("pairs", nargs="?")
    parser.add_argument("--first", type=int)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
        index.add(islice(newsearch.read_articles(asked.articles), asked.first))
        with index._current() as view:
            say_passages(view.snapshot)
        if asked.pairs:
            lines = Path(asked.pairs).read_text(encoding="utf-8").splitlines()
            say_articles(index, map(json.loads, lines))


if __name__ == "__main__":
    main()
