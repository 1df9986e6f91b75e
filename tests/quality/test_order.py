"""Floors under the order of answers and under snippets; they only ever rise.

`ranking/` holds short articles of our own and what people may ask of them: names in several
spellings, phrases without quotes, long questions, some in capitals, dates, acronyms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from measuring import ndcg

import newsearch
from newsearch import Article, NewsIndex

FOLDER = Path(__file__).parent / "ranking"
NDCG_AT_LEAST = 0.996
SNIPPETS_AT_LEAST = 0.81


def lines(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


QUESTIONS = lines("questions.jsonl")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path_factory.mktemp("index")) as index:
        index.add(Article(**each) for each in lines("articles.jsonl"))
        yield index


def test_order(articles: NewsIndex) -> None:
    """The mean nDCG@10 of the questions."""
    worth = [
        ndcg(
            [hit.article_id for hit in articles.search(each["text"], articles=True)],
            each["relevant"],
        )
        for each in QUESTIONS
    ]
    assert sum(worth) / len(worth) >= NDCG_AT_LEAST


def test_snippets(articles: NewsIndex) -> None:
    """The share of questions of which a snippet of eighty characters holds the answer."""
    asked = [each for each in QUESTIONS if "answer" in each]
    held = [
        each["answer"] in articles.search(each["text"], limit=1, snippet=80)[0].snippet.text
        for each in asked
    ]
    assert sum(held) / len(held) >= SNIPPETS_AT_LEAST


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=lambda at: QUESTIONS[at]["text"])
def test_first(articles: NewsIndex, number: int) -> None:
    """What comes first answers the question."""
    question = QUESTIONS[number]
    assert articles.search(question["text"])[0].article_id in question["relevant"]
