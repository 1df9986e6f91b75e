"""The order of newsearch's answers beside that of other engines, on judged collections.

    python tests/quality/measure_ranking.py FOLDER [--questions N]

FOLDER holds a folder for each collection: `docs.jsonl` (id, title, text), `queries.jsonl` (id,
text) and `qrels.txt` (TREC). Printed is the mean nDCG@10 of the questions with anything relevant,
by article. The others index title and text as one, with their English stemmers where they have
one, and are asked for any of the words. tantivy and bm25s are measured where they are installed
(the extra `bench`).
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measuring import ndcg

import newsearch
from newsearch import Article

DEPTH = 10
Doc = dict[str, str]
Ask = Callable[[str], list[str]]
WORD = re.compile(r"\w+")


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def judgements(file: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line in file.read_text(encoding="utf-8").splitlines():
        query, _, article, grade = line.split()
        found[query][article] = int(grade)
    return found


def whole(doc: Doc) -> str:
    return f"{doc.get('title', '')}\n{doc['text']}"


def ours(docs: list[Doc], folder: Path) -> Ask:
    index = newsearch.create(folder / "newsearch")
    index.add(Article(each["id"], each.get("title", ""), each["text"]) for each in docs)

    def ask(text: str) -> list[str]:
        return [hit.article_id for hit in index.search(text, limit=DEPTH, articles=True)]

    return ask


def whoosh(docs: list[Doc], folder: Path) -> Ask:
    from whoosh import fields, index, qparser
    from whoosh.analysis import StemmingAnalyzer

    (folder / "whoosh").mkdir()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=StemmingAnalyzer()))
    made = index.create_in(folder / "whoosh", schema)
    writer = made.writer()
    for each in docs:
        writer.add_document(id=each["id"], text=whole(each))
    writer.commit()
    searcher = made.searcher()
    parser = qparser.QueryParser("text", schema, plugins=[], group=qparser.OrGroup)

    def ask(text: str) -> list[str]:
        query = parser.parse(" ".join(WORD.findall(text)))
        return [hit["id"] for hit in searcher.search(query, limit=DEPTH)]

    return ask


def fts5(docs: list[Doc], folder: Path) -> Ask:
    base = sqlite3.connect(folder / "fts5.db")
    base.execute(
        "create virtual table t using fts5(id unindexed, text, tokenize='porter unicode61')"
    )
    base.executemany("insert into t values (?, ?)", [(each["id"], whole(each)) for each in docs])

    def ask(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in WORD.findall(text))
        if not words:
            return []
        found = base.execute(
            "select id from t where t match ? order by rank limit ?", (words, DEPTH)
        )
        return [name for (name,) in found]

    return ask


def tantivy(docs: list[Doc], folder: Path) -> Ask:
    import tantivy as peer

    builder = peer.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = peer.Index(builder.build())
    writer = index.writer()
    for each in docs:
        writer.add_document(peer.Document(id=[each["id"]], text=[whole(each)]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[str]:
        words = " ".join(WORD.findall(text.lower()))
        if not words:
            return []
        hits = searcher.search(index.parse_query(words, ["text"]), DEPTH).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return ask


def bm25s(docs: list[Doc], folder: Path) -> Ask:
    import bm25s as peer
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    model = peer.BM25()
    texts = [whole(each) for each in docs]
    model.index(peer.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)

    def ask(text: str) -> list[str]:
        words = peer.tokenize([text], stemmer=stemmer, show_progress=False)
        if not words.vocab:
            return []
        found, _ = model.retrieve(words, k=min(DEPTH, len(docs)), show_progress=False)
        return [docs[number]["id"] for number in found[0].tolist()]

    return ask


ENGINES = {"newsearch": ours, "whoosh": whoosh, "fts5": fts5, "tantivy": tantivy, "bm25s": bm25s}


def measured(folder: Path, most: int | None) -> Iterator[tuple[str, float]]:
    """Yield each engine's mean nDCG@10 on a collection; nothing for what is not installed."""
    docs, relevant = lines(folder / "docs.jsonl"), judgements(folder / "qrels.txt")
    queries = [
        each
        for each in lines(folder / "queries.jsonl")
        if any(grade > 0 for grade in relevant[each["id"]].values())
    ][:most]
    for name, make in ENGINES.items():
        with tempfile.TemporaryDirectory() as place:
            try:
                ask = make(docs, Path(place))
            except ModuleNotFoundError as error:
                print(f"{error.name} is not installed")
                continue
            worth = [ndcg(ask(each["text"]), relevant[each["id"]], DEPTH) for each in queries]
        yield name, sum(worth) / len(worth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, help="ask only so many of each collection")
    given = parser.parse_args()
    for folder in sorted(given.folder.iterdir()):
        if all((folder / name).is_file() for name in ("docs.jsonl", "queries.jsonl", "qrels.txt")):
            shown = "  ".join(
                f"{name} {worth:.4f}" for name, worth in measured(folder, given.questions)
            )
            print(f"{folder.name:<14} {shown}", flush=True)


if __name__ == "__main__":
    main()
