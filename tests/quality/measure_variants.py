"""Measure names on real articles: who asks for one spelling, which articles does he get?

    python tests/quality/measure_variants.py FOLDER

FOLDER holds `docs.jsonl.gz` (id, title, text), `queries.jsonl` (id, text, family, kind) and
`qrels.txt` (query, 0, article, 1): each query is one spelling of a name, the articles that it
should find are those that hold any. All are indexed; each spelling is asked as a user asks it,
and the articles found are counted. A query of the kind "alias" is another name of the same thing,
not a spelling, and is counted apart.

Beside newsearch: the spelling alone; Elasticsearch's fuzziness AUTO (no difference up to two
letters, one up to five, two above; neighbours swapped count one; the 50 nearest words); and,
where nomenklatura is installed, its LogicV2 with the threshold of 0.7 that it comes with, on the
words that are near by Elasticsearch's measure or share a phonetic key.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import newsearch
from newsearch.analysis import fold
from newsearch.names.keys import can_be_name, skeletons

EVERY = 1 << 40
MOST_WORDS = 50  # that stand for one fuzzy word, by Elasticsearch's default
Method = Callable[[str], Iterable[str]]  # a spelling to the forms that stand for it


class Query(NamedTuple):
    """A spelling, what kind it is, and the articles that it should find."""

    text: str
    kind: str
    wanted: set[str]


def read_queries(folder: Path) -> list[Query]:
    """Return the spellings with their articles."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        *query, _, article, relevance = line.split()
        if relevance != "0":
            wanted[" ".join(query)].add(article)
    rows = map(json.loads, (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    return [Query(row["text"], row["kind"], wanted[row["id"]]) for row in rows]


def read_articles(folder: Path) -> Iterator[newsearch.Article]:
    """Yield the articles."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield newsearch.Article(id=row["id"], title=row.get("title", ""), text=row["text"])


def edits(left: str, right: str, most: int) -> int:
    """Return how many letters differ, neighbours swapped counting one; `most` + 1 for more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, one in enumerate(left):
        older, before, row = before, row, [at + 1]
        for place, other in enumerate(right):
            cost = min(before[place] + (one != other), before[place + 1] + 1, row[place] + 1)
            if at and place and one == right[place - 1] and left[at - 1] == other:
                cost = min(cost, older[place - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def fuzzy(forms: list[str]) -> Method:
    """Return Elasticsearch's fuzziness AUTO over a vocabulary."""

    def near(word: str) -> list[str]:
        form = fold(word)
        most = 0 if len(form) <= 2 else 1 if len(form) <= 5 else 2
        told = sorted((edits(form, other, most), other) for other in forms)
        return [other for away, other in told[:MOST_WORDS] if away <= most]

    return near


def logic_v2(forms: list[str]) -> Method | None:
    """Return nomenklatura's LogicV2 over a vocabulary, None where it is not installed."""
    try:
        from followthemoney import model
        from followthemoney.proxy import EntityProxy
        from nomenklatura.matching.logic_v2.model import LogicV2
    except ImportError:
        return None
    config = LogicV2.default_config()

    def person(name: str) -> Any:
        data = {"id": name, "schema": "Person", "properties": {"name": [name]}}
        return EntityProxy.from_dict(data)

    assert model.get("Person")
    names = [form for form in forms if can_be_name(form)]
    sounds = {form: skeletons(form) for form in names}

    def near(word: str) -> list[str]:
        form = fold(word)
        asked, readings = person(form), skeletons(form)
        close = [one for one in names if sounds[one] & readings or edits(form, one, 2) <= 2]
        return [
            other for other in close if LogicV2.compare(asked, person(other), config).score >= 0.7
        ]

    return near


def tell(name: str, queries: list[Query], found: Callable[[str], set[str]]) -> None:
    """Print the figures of one method."""
    recalls, precisions = defaultdict(list), defaultdict(list)
    for query in queries:
        got = found(query.text)
        right = len(got & query.wanted)
        recalls[query.kind].append(right / len(query.wanted))
        precisions[query.kind].append(right / len(got) if got else 1.0)
        if "-v" in sys.argv:
            print(f"  {query.text}: {recalls[query.kind][-1]:.3f} {precisions[query.kind][-1]:.3f}")
    for label, kinds in (("spellings", set(recalls) - {"alias"}), ("aliases", {"alias"})):
        here = [value for kind in kinds for value in recalls[kind]]
        there = [value for kind in kinds for value in precisions[kind]]
        if here:
            recall, precision = sum(here) / len(here), sum(there) / len(there)
            figures = f"recall {recall:.3f}  precision {precision:.3f}"
            print(f"{name:<12} {label:<9} {len(here):>3}  {figures}")


def main() -> None:
    """Print recall and precision, averaged over spellings, of each method."""
    folder = Path(sys.argv[1])
    queries = read_queries(folder)
    with tempfile.TemporaryDirectory() as place, newsearch.create(Path(place) / "ix") as index:
        index.add(read_articles(folder))

        def ask(text: str, **how: bool) -> set[str]:
            return {hit.article_id for hit in index.search(text, limit=EVERY, per_article=1, **how)}

        def union(method: Method) -> Callable[[str], set[str]]:
            return lambda word: ask(" OR ".join(f"={form}" for form in method(word)))

        with index.searcher() as searcher:
            forms = [form.decode() for form in searcher.reader().lexicon("text")]
        tell("newsearch", queries, ask)
        tell("exactly", queries, lambda word: ask(f"={word}"))
        tell("AUTO", queries, union(fuzzy(forms)))
        logic = logic_v2(forms)
        if logic:
            tell("LogicV2", queries, union(logic))


if __name__ == "__main__":
    main()
