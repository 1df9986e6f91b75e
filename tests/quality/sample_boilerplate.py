"""Prints what is set aside as page furniture in a corpus, to be judged by a person.

Run: python -m tests.quality.sample_boilerplate CORPUS… [--sample 100] [--seed 7] [--stays 40]

First a seeded sample of pieces that were set aside, no two the same, with what stands around
them; each is judged by hand: is anything lost that is news? Then the sentences that recur most
and stay. Nothing is measured that a machine could judge, so this is no test.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

import newsearch
from newsearch.analysis import sentences
from newsearch.cleaning.furniture import key, removals_of
from newsearch.indexing.run import index_files
from newsearch.records import Article, Removal

_AROUND = 50  # characters shown on either side


def main() -> None:
    """Index a corpus in a folder of its own and print the two lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stays", type=int, default=40)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
        report = index_files(index, wanted.corpus)
        removed: list[tuple[Article, Removal]] = []
        staying: Counter[tuple[str, str]] = Counter()
        examples: dict[tuple[str, str], str] = {}
        for article_id in index.article_ids():
            article = index.article(article_id)
            assert article
            removed += [(article, each) for each in removals_of(index.removed(article_id))]
            for name, text in _sentences(article):
                examples.setdefault((article.source, name), text)
                staying[article.source, name] += 1
        kinds = Counter(each.rule for _, each in removed)
        print(f"{report.articles.added:,} articles, set aside: {dict(kinds.most_common())}\n")
        shuffled = random.Random(wanted.seed).sample(removed, len(removed))
        # A footer that stands in a thousand articles is one case, not a thousand.
        distinct = {(each.rule, key(each.text)): (article, each) for article, each in shuffled}
        chosen = list(distinct.values())[: wanted.sample]
        for number, (article, each) in enumerate(chosen, 1):
            before = article.text[max(0, each.at - _AROUND) : each.at].replace("\n", " / ")
            after = article.text[each.at : each.at + _AROUND].replace("\n", " / ")
            print(
                f"{number:>3} {Path(article.id).name} {each.rule}: …{before} [{each.text}] {after}…"
            )
        print("\nwhat recurs and stays:")
        for kind, count in staying.most_common(wanted.stays):
            print(f"{count:>5} {kind[0]}: {examples[kind][:150]}")


def _sentences(article: Article) -> set[tuple[str, str]]:
    """Return the sentences of an article, each once."""
    found = {}
    for line in article.text.split("\n"):
        for start, end in sentences(line):
            found.setdefault(key(line[start:end]), line[start:end])
    return {(name, text) for name, text in found.items() if name}


if __name__ == "__main__":
    main()
