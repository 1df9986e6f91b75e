"""Whether the peers give the same answers, as far as their formulas allow.

In: what each peer answered to the same queries. Out: for each peer and kind of query how well its
answers agree with those of the others, and which of them agree too little to be believed.

Two numbers, both 0 to 1 and averaged over the queries of a kind:

    top      the share of the best ten passages that two peers have in common
    counts   the smaller number of matching passages divided by the larger

A peer's number is the median of its numbers with each peer of another family, so that one wrong
peer is told from the rest, if there are three at least.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.peers import OURS
from benchmarks.records import AND, NAMES, PHRASE, PREFIX, RANKED, Query


@dataclass(frozen=True, slots=True)
class Answered:
    """What a peer answered to one query.

    Attributes:
        ids: Of the best ten passages.
        count: How many passages match.
    """

    ids: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a peer agrees with the others on one kind of query; None where not compared.

    Attributes:
        peer, kind: Whose, and on what.
        top, counts: See the head of this module.
        matches: Its matching passages, summed over the queries.
        enough: Whether both are above their floors.
    """

    peer: str
    kind: str
    top: float | None
    counts: float | None
    matches: int
    enough: bool


# What must be reached; None is not compared. Each floor is a little below what right peers were
# seen to reach on 34,000 passages; the reasons why that is not 1:
FLOORS: dict[str, tuple[float | None, float | None]] = {
    # Lengths rounded to a byte or not, Porter's stems or Snowball's; Whoosh has another idf.
    RANKED: (0.75, 0.9),
    AND: (0.85, 0.9),
    # Whoosh scores a phrase by its words, wherever else they stand.
    PHRASE: (0.65, 0.95),
    # tantivy and Whoosh give all matches one score.
    PREFIX: (None, 0.9),
    # newsearch takes the spellings of a name as one word and does not stem it.
    NAMES: (0.8, 0.9),
}

# newsearch's public call looks at titles, puts passages with all words first, the nearer together
# the better: it is meant to answer otherwise. It must find what the others find, and more.
MORE_THAN_BM25 = ("newsearch",)
LENIENT: dict[str, tuple[float | None, float | None]] = {
    RANKED: (0.4, None),
    AND: (0.6, 0.8),
    PHRASE: (0.7, 0.9),
    PREFIX: (None, 0.85),
    NAMES: (0.5, 0.8),
}


def compare(
    queries: Sequence[Query], answers: Mapping[str, Sequence[Answered | None]]
) -> list[Agreement]:
    """Return how well peers agree.

    Args:
        queries: What was asked.
        answers: For each peer, one for each query, None where it can't answer that kind.
    """
    found = []
    for kind in dict.fromkeys(query.kind for query in queries):
        asked = [at for at, query in enumerate(queries) if query.kind == kind]
        given = {
            peer: [each for at in asked if (each := theirs[at]) is not None]
            for peer, theirs in answers.items()
        }
        able = {peer: theirs for peer, theirs in given.items() if theirs}
        found += [_agreement(peer, kind, able) for peer in able]
    return found


def _agreement(peer: str, kind: str, able: dict[str, list[Answered]]) -> Agreement:
    others = [other for other in able if _family(other) != _family(peer)]
    matches = sum(each.count for each in able[peer])
    floors = LENIENT[kind] if peer in MORE_THAN_BM25 else FLOORS[kind]
    numbers: list[float | None] = []
    for measure, floor in zip((_top, _counts), floors, strict=True):
        if floor is None or not others:
            numbers.append(None)
        else:
            pairs = [measure(able[peer], able[other]) for other in others]
            numbers.append(statistics.median(pairs))
    reached = [
        number >= floor
        for number, floor in zip(numbers, floors, strict=True)
        if number is not None and floor is not None
    ]
    return Agreement(peer, kind, numbers[0], numbers[1], matches, all(reached))


def _family(peer: str) -> str:
    return OURS[0] if peer in OURS else peer


def _top(ours: list[Answered], theirs: list[Answered]) -> float:
    shares = [
        len(set(one.ids) & set(other.ids)) / max(len(one.ids), len(other.ids))
        if one.ids or other.ids
        else 1.0
        for one, other in zip(ours, theirs, strict=True)
    ]
    return statistics.fmean(shares)


def _counts(ours: list[Answered], theirs: list[Answered]) -> float:
    shares = [
        min(one.count, other.count) / max(one.count, other.count, 1)
        if one.count or other.count
        else 1.0
        for one, other in zip(ours, theirs, strict=True)
    ]
    return statistics.fmean(shares)
