"""Learn the costs and limits of `romanisation.toml` from spellings that are one name or are not.

    python tests/quality/learn_names.py FOLDER [NAMES]

FOLDER is as in `measure_names.py`; NAMES is a file of other names of the news, one a line, nearly
all of which are nobody's spelling. Prints, for half of the clusters, for the other half and for
all, what each class costs and how far apart names of 3, 4 … 12 letters may be; the pairs of the
half that was not learned from tell what the numbers are worth. Needs numpy and scipy.

Logistic regression: a pair is one name with the probability of 10 × (limit − distance). Costs are
pulled towards those that stand in the file, limits towards their neighbours; after each fit the
cheapest steps between two spellings are looked for again. The numbers are then written into the
file by hand, limits a few hundredths lower: a wrong name costs more than a missing one.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import resources
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from measure_names import rows

from newsearch.analysis import fold
from newsearch.names.gates import bearers, derived
from newsearch.names.keys import can_be_name, skeletons

SLIPS = ("swap", "vowel_missing", "letter_missing", "vowel_changed", "letter_changed", "first")
FIXED = "letter_changed"  # never one name
SHORTEST, LONGEST = 3, 12
STEEPNESS = 10.0
PULL = 3.0
ROUNDS = 4
FAR = 1.6  # no pair beyond this is learned from
VOWELS = frozenset("aeiouy")
Costs = dict[str, float]


class Pair(NamedTuple):
    """Two forms, whether they are one name, how much that counts, and which half they are in."""

    left: str
    right: str
    same: bool
    weight: float
    half: int


def pairs(folder: Path, others: list[str]) -> list[Pair]:
    """Return spellings of one name, and names that share a skeleton with one of them."""
    clusters: dict[str, set[str]] = defaultdict(set)
    of: dict[str, set[str]] = defaultdict(set)
    for row in rows(folder / "gold.tsv"):
        clusters[row["cluster_id"]].add(fold(row["spelling"]))
        of[fold(row["spelling"])].add(row["cluster_id"])
    found = {
        (one, other): Pair(one, other, True, 1.5 / max(1, len(forms) - 1), _half(cluster))
        for cluster, forms in clusters.items()
        for one, other in combinations(sorted(forms), 2)
    }
    look_alikes = [row for row in rows(folder / "negatives.tsv") if row["kind"] == "name-name"]
    names = {*of, *(fold(row[side]) for row in look_alikes for side in "ab")}
    candidates = [(fold(row["a"]), fold(row["b"]), 1.0) for row in look_alikes]
    for weight, pool in ((1.0, names), (0.25, {fold(name) for name in others} - names)):
        candidates += [(one, other, weight) for one, other in _near(names, pool)]
    for one, other, weight in candidates:
        left, right = sorted((one, other))
        if left != right and not of[left] & of[right] and not derived(left, right):
            half = _half(min(of[one], default="n" + one))
            found.setdefault((left, right), Pair(left, right, False, weight, half))
    return list(found.values())


def _near(names: set[str], pool: set[str]) -> Iterator[tuple[str, str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in filter(can_be_name, pool):
        for key in skeletons(name):
            by_key[key].append(name)
    for name in filter(can_be_name, names):
        for other in {each for key in skeletons(name) for each in by_key[key]}:
            if abs(len(name) - len(other)) <= 4:
                yield name, other


def _half(cluster: str) -> int:
    return crc32(cluster.encode()) % 2


def steps(classes: list[dict[str, Any]], costs: Costs) -> dict[str, Any]:
    """Return by kind of names and by first letters what stands for what, and by which class."""
    tables: dict[str, Any] = {}
    for whose in ("all", "slavic", "free"):
        best: dict[tuple[str, str, str], tuple[float, str]] = {}
        for entry in classes:
            if entry.get("only", "all") in ("all", whose):
                for group in entry["alike"]:
                    letters = ["" if part == "-" else part for part in group.split()]
                    for gone, come in permutations(letters, 2):
                        key = gone, come, entry.get("where", "anywhere")
                        priced = costs[entry["name"]], entry["name"]
                        best[key] = min(priced, best.get(key, priced))
        table = tables[whose] = defaultdict(list)
        for (gone, come, where), (cost, name) in best.items():
            table[gone[:1], come[:1]].append((gone, come, where, cost, (name,)))
    return tables


def align(left: str, right: str, tables: dict[str, Any], costs: Costs) -> Counter[str] | None:
    """Return the classes of the cheapest steps from one form to the other, None if too dear."""
    table = tables[bearers(left, right)]
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for here in range(len(left) + 1):
        for there in range(len(right) + 1):
            spent, taken = best.get((here, there), (FAR + 1, ()))
            if spent > FAR:
                continue
            for gone, come, cost, names in _leaving(left, right, here, there, table, costs):
                place = here + gone, there + come
                if spent + cost < best.get(place, (FAR + 1, ()))[0] - 1e-9:
                    best[place] = spent + cost, taken + names
    end = best.get((len(left), len(right)))
    return None if end is None else Counter(end[1])


def _leaving(
    left: str, right: str, here: int, there: int, table: Any, costs: Costs
) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
    one, other = left[here : here + 1], right[there : there + 1]
    if one and one == other:
        yield 1, 1, 0.0, ()
    for key in dict.fromkeys(((one, other), (one, ""), ("", other))):
        for gone, come, where, cost, names in table.get(key, ()):
            if left.startswith(gone, here) and right.startswith(come, there):
                after = len(left) - here - len(gone), len(right) - there - len(come)
                inside = min(here, there) > 0
                if {
                    "anywhere": True,
                    "start": (here, there) == (0, 0),
                    "end": after == (0, 0),
                    "inside": inside,
                    "middle": inside and min(after) > 0,
                }[where]:
                    yield len(gone), len(come), cost, names
    first = ("first",) if 0 in (here, there) else ()
    for gone, come, name in _slips(left[here : here + 2], right[there : there + 2]):
        names = (name, *first)
        yield gone, come, sum(costs[each] for each in names), names


def _slips(one: str, other: str) -> Iterator[tuple[int, int, str]]:
    for letters, gone, come in ((one, 1, 0), (other, 0, 1)):
        if letters:
            yield gone, come, "vowel_missing" if letters[0] in VOWELS else "letter_missing"
    if one and other and one[0] != other[0]:
        yield 1, 1, "vowel_changed" if {one[0], other[0]} <= VOWELS else "letter_changed"
        if len(one) == 2 and one == other[::-1]:
            yield 2, 2, "swap"


def learn(data: dict[str, Any], known: list[Pair]) -> tuple[Costs, list[float]]:
    """Return the costs by class and the limits by length that tell the pairs apart best."""
    import numpy as np
    from scipy.optimize import minimize

    prior = {entry["name"]: entry["cost"] for entry in data["class"]} | data["slip"]
    names = list(prior)
    start = np.array([prior[name] for name in names])
    first_limits = np.array(data["limits"]["by_letters"][SHORTEST : LONGEST + 1])
    values = np.concatenate([start, first_limits])
    bounds = [(1.0, 1.0) if name == FIXED else (0.02, 1.2) for name in names]
    bounds += [(-0.5, 1.5)] * len(first_limits)
    for _ in range(ROUNDS):
        costs = dict(zip(names, values[: len(names)].tolist(), strict=True))
        tables = steps(data["class"], costs)
        aligned = [(pair, align(pair.left, pair.right, tables, costs)) for pair in known]
        kept = [(pair, counts) for pair, counts in aligned if counts is not None]
        counts = np.array([[counts[name] for name in names] for _, counts in kept], float)
        length = np.array([_length(pair) for pair, _ in kept])
        sign = np.array([1.0 if pair.same else -1.0 for pair, _ in kept])
        weight = np.array([pair.weight for pair, _ in kept])

        def loss(at: Any, counts: Any = counts, length: Any = length, sign: Any = sign,
                 weight: Any = weight) -> tuple[float, Any]:  # fmt: skip
            price, limits = at[: len(names)], at[len(names) :]
            margin = sign * STEEPNESS * (limits[length] - counts @ price)
            slope = -weight * sign * STEEPNESS / (1 + np.exp(margin))
            bend = np.minimum(np.diff(limits) - 0.1, 0)
            pull = PULL * STEEPNESS**2 * np.array([0.1, 0.025, 1.0])
            total = (weight * np.logaddexp(0, -margin)).sum() + pull @ [
                ((price - start) ** 2).sum(),
                ((limits - first_limits) ** 2).sum(),
                (bend**2).sum(),
            ]
            by_limit = np.bincount(length, slope, minlength=len(limits))
            by_limit += 2 * pull[1] * (limits - first_limits)
            by_limit[1:] += 2 * pull[2] * bend
            by_limit[:-1] -= 2 * pull[2] * bend
            by_price = -counts.T @ slope + 2 * pull[0] * (price - start)
            return float(total), np.concatenate([by_price, by_limit])

        values = minimize(loss, values, jac=True, method="L-BFGS-B", bounds=bounds).x
    learned = dict(zip(names, values[: len(names)].tolist(), strict=True))
    return learned, values[len(names) :].tolist()


def _length(pair: Pair) -> int:
    return min(max(min(len(pair.left), len(pair.right)), SHORTEST), LONGEST) - SHORTEST


def report(data: dict[str, Any], costs: Costs, limits: list[float], asked: list[Pair]) -> None:
    """Print which share of pairs that are one name is found, and how many that are not."""
    tables = steps(data["class"], costs)
    found: Counter[bool] = Counter()
    for pair in asked:
        taken = align(pair.left, pair.right, tables, costs)
        if taken is not None:
            away = sum(costs[name] * count for name, count in taken.items())
            found[pair.same] += away <= limits[_length(pair)]
    same = sum(pair.same for pair in asked)
    print(f"found {found[True]} of {same}, wrong {found[False]} of {len(asked) - same}")


def main() -> None:
    """Print what was learned."""
    others = Path(sys.argv[2]).read_text("utf-8").split() if len(sys.argv) > 2 else []
    text = resources.files("newsearch.names").joinpath("romanisation.toml").read_text("utf-8")
    data = tomllib.loads(text)
    known = pairs(Path(sys.argv[1]), others)
    for half in (0, 1, None):
        costs, limits = learn(data, [pair for pair in known if half in (pair.half, None)])
        print("\nlearned from", "all" if half is None else f"half {half}")
        report(data, costs, limits, [pair for pair in known if half is None or pair.half != half])
        print(*(f"{name}: {cost:.2f}" for name, cost in costs.items()), sep="; ")
        print("limits:", *(f"{limit:.2f}" for limit in limits))


if __name__ == "__main__":
    main()
