"""A passage that several articles carry is shown once, and names the others."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import pytest

import newsearch
from newsearch import Article, NewsIndex, Settings
from newsearch.answering.copies import shingles, similarity

STORY = (
    "The night ferry to Orlund runs again after a strike of nine weeks, the harbour office said "
    "on Tuesday. Its crews had asked for a second mate on each crossing, and got one. The first "
    "boat leaves at nine, with forty lorries and a brass band on board, and will be met at the "
    "new pier by the mayor of Orlund and by those of her voters who like a brass band so early."
)
EDITED = STORY.replace("Tuesday", "Wednesday")
OTHER = (
    "The trams of Orlund stand still for a ninth day. Drivers want the night ferry to wait for "
    "the last of them, and the harbour office does not. Both sides are to meet on Friday in the "
    "old town hall, where a mediator has laid out coffee, maps and a list of thirty questions."
)
WIRE = (
    Article("a", "Ferry runs again", STORY, "Bay Herald", "2024-05-03", "u/a"),
    Article("b", "Ferry back", STORY, "Orlund Post", "2024-05-02", "u/b"),
    Article("c", "Night ferry back", EDITED, "Coast Times", "2024-05-04"),
    Article("d", "Ferry", STORY, "Quay Notes"),
    Article("e", "Trams", OTHER, "Orlund Post", "2024-05-02"),
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as index:
        index.add(WIRE)
        yield index


def names(index: NewsIndex, query: str, **wanted: object) -> list[tuple[str, list[str]]]:
    """Return the articles of the hits, each with those that are named as its copies."""
    found = index.search(query, **wanted)
    return [(hit.article_id, [copy.article_id for copy in hit.copies]) for hit in found]


FOLDED = [("b", ["a", "c", "d"]), ("e", [])]


def test_folded(index: NewsIndex) -> None:
    """The earliest is shown, the others are named by date, those without a date last."""
    assert FOLDED == sorted(names(index, "night ferry"))


def test_copies(index: NewsIndex) -> None:
    """A copy says where it stands and how alike it is; both survive the index, pickled or not."""
    hit = next(hit for hit in index.search("brass band") if hit.article_id == "b")
    index.close()
    again = pickle.loads(pickle.dumps(hit))
    assert hit.copies == again.copies
    first, second, third = hit.copies
    assert (first.article_id, first.title, first.source) == ("a", "Ferry runs again", "Bay Herald")
    assert (first.date, first.url, first.passage, first.similarity) == ("2024-05-03", "u/a", 0, 1.0)
    alike = similarity(shingles(STORY), shingles(EDITED))
    assert (second.article_id, second.similarity) == ("c", alike)
    assert third.date is None
    assert [copy.article_id for copy in hit.copies] == [
        copy["article_id"] for copy in hit.facts()["copies"]
    ]


def test_all_of_them(index: NewsIndex) -> None:
    """If asked for, each is a hit of its own, and names no copies."""
    found = names(index, "night ferry", copies=True)
    assert sorted(found) == [(name, []) for name in "abcde"]


def test_limit_counts_distinct_passages(index: NewsIndex) -> None:
    """Copies take no place in the answer, even if they fill what is looked at first."""
    index.add(Article(f"n{n}", "", STORY, date="2024-06-01") for n in range(100))
    found = names(index, "night ferry", limit=2)
    assert ["b", "e"] == sorted(name for name, _ in found)
    assert 103 == max(len(copies) for _, copies in found)


def test_as_good_as_the_best(index: NewsIndex) -> None:
    """The passage that is shown takes the place, and the score, of its best copy."""
    every = index.search("night ferry back", copies=True)
    best = next(hit for hit in every if hit.article_id != "e")
    folded = next(hit for hit in index.search("night ferry back") if hit.article_id == "b")
    assert best.article_id == "c"
    assert best.score == folded.score


def test_copies_that_do_not_match(index: NewsIndex) -> None:
    """A copy without the query's words is named, too."""
    assert [("b", ["a", "c", "d"])] == names(index, "tuesday")
    assert [("c", ["b", "a", "d"])] == names(index, "wednesday")


def test_articles(index: NewsIndex) -> None:
    """Where articles are wanted, copies are folded, too."""
    assert FOLDED == sorted(names(index, "night ferry", articles=True))


@pytest.mark.parametrize(
    ("least", "expected"),
    [(1.0, ["a", "d"]), (0.8, ["a", "c", "d"]), (2.0, [])],
)
def test_threshold(tmp_path: Path, least: float, expected: list[str]) -> None:
    """The setting says how alike copies are; above 1 there are none."""
    with newsearch.create(tmp_path / "index", Settings(copies=least)) as index:
        index.add(WIRE)
        found = dict(names(index, "tuesday"))
        assert expected == found["b"]
    with newsearch.open(tmp_path / "index") as index:
        assert found == dict(names(index, "tuesday"))


def test_one_article_twice(tmp_path: Path) -> None:
    """A passage that one article has twice is shown once."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article("1", text=f"{STORY}\n\n{STORY}")])
        assert [("1", ["1"])] == names(index, "night ferry")


def test_few_of_one_article(tmp_path: Path) -> None:
    """What is shown counts among the few of its article, whoever has the better copy."""
    parts = [" ".join(f"{word}{n}" for word in STORY.split()) + " ferry" for n in range(4)]
    with newsearch.create(tmp_path / "index") as index:
        index.add(
            [
                Article("new", "Ferry", "\n\n".join(parts), date="2024-02-02"),
                Article("old", "", "\n\n".join(parts), date="2024-01-01"),
            ]
        )
        found = names(index, "ferry", per_article=3)
        assert [("old", ["new"])] * 3 == found


# However an index came about.

HISTORIES = ("one run", "many runs", "merged", "optimized", "with the dead", "replaced")


def lived(folder: Path, history: str, articles: Sequence[Article]) -> NewsIndex:
    """Return an index of some articles that has been through something."""
    index = newsearch.create(folder)
    apart = patch("newsearch.engines.local.writing.writer.due", lambda entries, new=1: None)
    if history == "one run":
        index.add(articles)
        return index
    dead = [Article(f"dead {each.id}", each.title, each.text) for each in articles]
    with apart:
        for article, gone in zip(articles, dead, strict=True):
            if history == "replaced":
                index.add([Article(article.id, text=gone.text)])
            index.add([gone, article] if history != "many runs" else [article])
    if history != "many runs":
        index.delete(each.id for each in dead)
    if history == "optimized":
        index.optimize()
    if history == "merged":
        index.add([Article("last", text="Nothing but trams.")])
        index.delete(["last"])
    return index


def wires(many: int) -> list[Article]:
    """Return articles that carry a few stories, with some words changed, after one another."""
    chance = random.Random(5)
    stories = [[f"w{chance.randrange(900)}" for _ in range(90)] for _ in range(6)]
    articles = []
    for number in range(many):
        words = list(chance.choice(stories))
        for _ in range(chance.choice([0, 0, 1, 2, 6])):
            words[chance.randrange(90)] = f"new{number}"
        date = chance.choice([None, "2024-01-01", "2024-02-02"])
        articles.append(Article(f"{number:02}", "", f"ferry {' '.join(words)}", date=date))
    return articles


@pytest.mark.parametrize("history", HISTORIES)
def test_however_it_came_about(tmp_path: Path, history: str) -> None:
    """Segments, merges and deletions change nothing; what is alike enough is found."""
    articles = wires(40)
    texts = {each.id: shingles(each.text) for each in articles}
    near = {
        frozenset(pair)
        for pair in combinations(texts, 2)
        if similarity(*(texts[name] for name in pair)) >= 0.8
    }
    with lived(tmp_path / "index", history, articles) as index:
        every = index.search("ferry", limit=50)
        linked = {
            frozenset((name, other.article_id))
            for name in texts
            for other in index.copies(name)
            if other.similarity >= 0.8
        }
        shown = {
            frozenset((hit.article_id, each.article_id)) for hit in every for each in hit.copies
        }
    assert len(near) > 50
    assert linked == near
    assert len(every) < 30
    assert {hit.article_id for hit in every} | {name for pair in shown for name in pair} == set(
        texts
    )


# Articles.


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Article("o", "", f"{STORY}\n\n{OTHER}", date="2024-05-03"), "copy"),
        (Article("o", "", f"{STORY}\n\n{OTHER}", date="2024-05-01"), "copy"),
        (Article("o", "", f"{STORY}\n\n{OTHER}"), "copy"),
        (Article("o", "", f"{STORY}\n\nNot a tram runs.", date="2024-05-01"), "earlier"),
        (Article("o", "", STORY, date="2024-05-03"), "copy"),
        (Article("o", "", STORY, date="2024-05-01"), "earlier"),
        (Article("o", "", f"{STORY}\n\n{OTHER[:100]} {STORY[::-1]}", date="2024-05-03"), "update"),
        (Article("o", "", f"{STORY}\n\n{OTHER[:100]} {STORY[::-1]}", date="2024-05-01"), "earlier"),
        (Article("o", "", f"{STORY[::-1]}\n\n{OTHER[:100]}", date="2024-05-01"), None),
    ],
)
def test_linked_articles(tmp_path: Path, other: Article, expected: str | None) -> None:
    """A copy adds nothing; an update comes later and does; what it updates is earlier."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article("a", "", f"{STORY}\n\n{OTHER}", date="2024-05-02"), other])
        found = index.copies("a")
        assert ([expected] if expected else []) == [each.kind for each in found]
        assert [(each.similarity, each.containment) for each in found] == [
            (each.similarity, each.containment) for each in index.copies("o")
        ]


def test_longer_of_one_day(tmp_path: Path) -> None:
    """Of one day, the longer is the update."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([Article("short", "", STORY), Article("long", "", f"{STORY}\n\n{OTHER}")])
        [update], [earlier] = index.copies("short"), index.copies("long")
        assert ("long", "update", 1.0) == (update.article_id, update.kind, update.containment)
        assert ("short", "earlier", 1.0) == (earlier.article_id, earlier.kind, earlier.containment)


@pytest.mark.parametrize(("many", "days", "linked"), [(20, 10, 0), (20, 4, 19), (10, 10, 9)])
def test_the_same_page_every_day(many: int, days: int, linked: int, tmp_path: Path) -> None:
    """Pages of one text through many days share no story; a story carried by many does."""
    pages = [
        Article(str(n), f"Video {n}", STORY, "", f"2024-05-{n % days + 1:02}") for n in range(many)
    ]
    with newsearch.create(tmp_path) as index:
        index.add(pages)
        assert linked == len(index.copies("0"))


def test_no_such_article(index: NewsIndex) -> None:
    """What is not there has no copies."""
    assert () == index.copies("nobody")


# The command.


def run(*words: str) -> str:
    command = [sys.executable, "-m", "newsearch", "query", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_command(tmp_path: Path) -> None:
    """A line says where else it stands, each outlet once; `--copies` shows all; JSON names them."""
    place = ["--index", str(tmp_path / "index")]
    with newsearch.create(tmp_path / "index") as index:
        index.add(WIRE)
        again = [Article("f", "", STORY, "Bay Herald", "2024-05-09")]
        index.add([*again, *(Article(f"{n}", "", STORY, f"Out\x1blet {n}") for n in range(4))])
    lines = run("brass band", *place).splitlines()
    also = "also in: Bay Herald (2024-05-03), Coast Times (2024-05-04), Quay Notes, +4 more"
    assert [also] == [line.strip() for line in lines if "also in" in line]
    assert "also in" not in run("brass band", *place, "--copies")
    assert 9 == len(run("brass band", *place, "--copies", "--json").splitlines())
    assert 9 == len(run("brass band", *place, "--format", "trec").splitlines())
    hit = json.loads(run("brass band", *place, "--json").splitlines()[0])
    assert ["a", "c", "f", "d"] == [copy["article_id"] for copy in hit["copies"][:4]]
