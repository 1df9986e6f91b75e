"""How often a snippet holds the answer, given the right passage.

    python tests/quality/measure_snippets.py FOLDER [--questions N] [--snippet N]

FOLDER holds `docs.jsonl` (id, title, text), `queries.jsonl` (id, text), `qrels.txt` (TREC) and
`answers.jsonl` (query_id, answers with text). Printed is the share of questions of which the
snippet of the right passage (of the right article, and with an answer in it) has an answer word for
word. Where that is not among the first hundred passages, the snippet counts as one without it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from measure_ranking import judgements, lines

import newsearch
from newsearch import Article, NewsIndex

DEPTH = 100


def holds(index: NewsIndex, question: str, right: set[str], answers: set[str], budget: int) -> bool:
    """Return whether the snippet of the right passage has an answer."""
    for hit in index.search(question, limit=DEPTH, snippet=budget):
        if hit.article_id in right and any(answer in hit.text for answer in answers):
            return any(answer in hit.snippet.text for answer in answers)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=1500)
    parser.add_argument("--snippet", type=int, default=200)
    typed = parser.parse_args()
    answers = {
        each["query_id"]: {answer["text"] for answer in each["answers"]}
        for each in lines(typed.folder / "answers.jsonl")
    }
    relevant = judgements(typed.folder / "qrels.txt")
    questions = lines(typed.folder / "queries.jsonl")[: typed.questions]
    with newsearch.create(tempfile.mkdtemp()) as index:
        index.add(
            Article(each["id"], each.get("title", ""), each["text"])
            for each in lines(typed.folder / "docs.jsonl")
        )
        held = sum(
            holds(
                index, each["text"], set(relevant[each["id"]]), answers[each["id"]], typed.snippet
            )
            for each in questions
        )
    print(json.dumps({"questions": len(questions), "held": round(held / len(questions), 4)}))


if __name__ == "__main__":
    main()
