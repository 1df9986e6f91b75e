"""Measure how well names meet: F1 over clusters of spellings, look-alikes merged.

    python tests/quality/measure_names.py FOLDER

FOLDER holds `gold.tsv` (cluster_id, spelling, …) and `negatives.tsv` (a, b, kind, …). The
vocabulary is all their spellings and 50,000 English words in lower case (the package wordfreq,
which is only needed here); each spelling is the query. Frequencies are all the same. F1 is that
of the folded forms found, the query among them, averaged over the spellings of a cluster and
then over clusters; "others" is the same for printed forms without the query.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from newsearch.analysis import fold
from newsearch.names.matcher import NameMatcher

WORDS = 50_000
FREQUENCY = 10  # of everything: the corpus says nothing
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def vocabulary(gold: list[Row], negatives: list[Row]) -> list[tuple[str, int, float]]:
    """Return the words among which the spellings must be found."""
    from wordfreq import top_n_list

    names = [row["spelling"] for row in gold] + [row["a"] for row in negatives]
    names += [row["b"] for row in negatives if row["kind"] == "name-name"]
    known = {fold(name) for name in names}
    words = [row["b"] for row in negatives if row["kind"] == "name-word"]
    words += [word for word in top_n_list("en", WORDS, wordlist="large") if word.isalpha()]
    lower = [word for word in dict.fromkeys(words) if fold(word) not in known]
    return [
        *((name, FREQUENCY, 1.0) for name in dict.fromkeys(names)),
        *((word, FREQUENCY, 0.0) for word in lower),
    ]


def f1(found: int, wrong: int, all_of_them: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * found / (found + wrong + all_of_them) if all_of_them else 1.0


def of_clusters(gold: list[Row], match: Callable[[str], set[str]]) -> tuple[float, float]:
    """Return F1 with the query counted, over folded forms, and without it, over printed ones."""
    clusters: dict[str, set[str]] = defaultdict(set)
    for row in gold:
        clusters[row["cluster_id"]].add(row["spelling"])
    folded, printed = [], []
    for spellings in clusters.values():
        forms = {fold(spelling) for spelling in spellings}
        here, others = [], []
        for query in spellings:
            got = match(query) | {fold(query)}
            here.append(f1(len(got & forms), len(got - forms), len(forms)))
            rest = [fold(spelling) for spelling in spellings if spelling != query]
            others.append(f1(sum(form in got for form in rest), len(got - forms), len(rest)))
        folded.append(sum(here) / len(here))
        printed.append(sum(others) / len(others))
    return sum(folded) / len(folded), sum(printed) / len(printed)


def main() -> None:
    """Print the figures."""
    folder = Path(sys.argv[1])
    gold, negatives = rows(folder / "gold.tsv"), rows(folder / "negatives.tsv")
    matcher = NameMatcher(vocabulary(gold, negatives))

    def match(word: str) -> set[str]:
        return {spelling.form for spelling in matcher.match(word)}

    whole, others = of_clusters(gold, match)
    different = [row for row in negatives if fold(row["a"]) != fold(row["b"])]
    merged = [row for row in different if fold(row["b"]) in match(row["a"])]
    print(f"F1 {whole:.4f}  F1 without the query {others:.4f}")
    print(f"look-alikes merged: {len(merged)} of {len(negatives)}")


if __name__ == "__main__":
    main()
