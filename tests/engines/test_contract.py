"""What every engine promises (see `newsearch.engines.base`), asked of each of them.

A new engine joins by an entry in `ENGINES`. The scores are computed once more here, from the
texts, one passage after the other.
"""

from __future__ import annotations

import errno
import math
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.whoosh_engine import WhooshEngine
from whoosh.filedb.structfile import StructFile
from whoosh.query import And, AndMaybe, Not, Or, Require

from newsearch import durable
from newsearch.analysis import tokenize
from newsearch.engines import guard
from newsearch.engines.base import Snapshot
from newsearch.engines.changing import Engine
from newsearch.engines.entry import Entry
from newsearch.engines.local.engine import LocalEngine
from newsearch.engines.local.files import narrow
from newsearch.engines.local.finding import listed, lists
from newsearch.errors import EngineError
from newsearch.names.keys import asked_keys
from newsearch.query import FormCount, InOrder, OneOf
from newsearch.query.nodes import TEXT, TITLE, Either
from newsearch.records import Article, Passage, Removal
from newsearch.settings import Settings


class Kind(NamedTuple):
    """An engine, and through which function all that it writes to disk goes.

    Of the local engine also how large a document's or a token's number is that is kept apart, and
    how many passages make a list long, a segment large, and a word frequent.
    """

    create: Callable[[Path, Settings], Engine]
    open: Callable[[Path, Settings], Engine]
    writes: tuple[object, str]
    low_bits: int = narrow.LOW_BITS
    far: int = narrow.FAR
    many: int = listed.MANY
    large: int = listed.LARGE
    frequent: int = lists.FREQUENT


ENGINES = {
    "local": Kind(LocalEngine.create, LocalEngine, (durable, "write_piece")),
    # As in a segment of very many passages, some of them very long.
    "local, narrow": Kind(
        LocalEngine.create, LocalEngine, (durable, "write_piece"), 1, 2, many=2, large=1, frequent=2
    ),
    "whoosh": Kind(WhooshEngine.create, WhooshEngine, (StructFile, "write")),
}
SETTINGS = Settings()


@pytest.fixture(scope="module", params=ENGINES.values(), ids=ENGINES.keys())
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    kind: Kind = request.param
    with (
        patch.multiple(narrow, LOW_BITS=kind.low_bits, FAR=kind.far),
        patch.multiple(listed, MANY=kind.many, LARGE=kind.large),
        patch.object(lists, "FREQUENT", kind.frequent),
    ):
        yield kind


@pytest.fixture(scope="module")
def new_engine(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Engine]:
    """Make an empty engine in a folder of its own each time it is called."""
    return lambda: kind.create(tmp_path_factory.mktemp("engine"), SETTINGS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "engine"


@pytest.fixture
def engine(kind: Kind, folder: Path) -> Engine:
    return kind.create(folder, SETTINGS)


def entry(name: str, *texts: str, title: str = "", fingerprint: str = "") -> Entry:
    """Return an article with a passage for each text."""
    whole = "\n".join(texts)
    passages = []
    for number, text in enumerate(texts):
        start = sum(len(each) + 1 for each in texts[:number])
        passages.append(Passage(number, start, start + len(text), text))
    article = Article(id=name, title=title, text=whole, source="Orlund Post")
    removed = (Removal("wait", "Wait 5 sec.", 0),)
    return Entry(article, fingerprint or whole, removed, tuple(passages))


def put(engine: Engine, *entries: Entry) -> None:
    """Put articles in a run of their own."""
    writer = engine.writer()
    for each in entries:
        writer.put(each)
    writer.commit()


def delete(engine: Engine, *names: str) -> list[bool]:
    """Delete articles in a run of their own."""
    writer = engine.writer()
    deleted = [writer.delete(name) for name in names]
    writer.commit()
    return deleted


def found(engine: Engine, *forms: str, limit: int = 100) -> list[tuple[str, int]]:
    """Return the passages that hold any of the forms, best first."""
    snapshot = engine.snapshot()
    passages = answers(snapshot, OneOf(TEXT, forms), limit)
    snapshot.close()
    return [(each.article_id, each.number) for each in passages]


class Answer(NamedTuple):
    """A passage that an engine found."""

    article_id: str
    number: int
    score: float
    order: int


def answers(snapshot: Snapshot, tree: Any, limit: int = 1000, count: bool = True) -> list[Answer]:
    """Return what an engine finds, best first."""
    matches = snapshot.search(tree, limit, count)
    found = []
    for order, score in zip(matches.orders.tolist(), matches.scores.tolist(), strict=True):
        place = snapshot.passage(order).place()
        found.append(Answer(place.article_id, place.passage, score, order))
    return found


def counted(snapshot: Snapshot, tree: Any, limit: int) -> tuple[int, int]:
    """Return how many passages come back, and how many there are."""
    matches = snapshot.search(tree, limit, count=True)
    assert matches.exact
    return len(matches.orders), matches.total


def ids(engine: Engine) -> list[str]:
    snapshot = engine.snapshot()
    names = list(snapshot.article_ids())
    snapshot.close()
    return names


# What is put is there, and what is not, is not.


def test_empty(engine: Engine) -> None:
    """An engine with nothing in it answers everything with nothing."""
    snapshot = engine.snapshot()
    assert (0, 0) == counted(snapshot, OneOf(TEXT, ("ferry",)), 10)
    assert (0, 0) == counted(snapshot, Or([OneOf(TEXT, ("ferry",))]), 10)
    none = np.zeros(0, np.int64)
    assert [] == snapshot.holds(OneOf(TEXT, ("ferry",)), none).tolist()
    assert [[], []] == [each.tolist() for each in snapshot.begins([OneOf(TEXT, ("ferry",))], none)]
    assert [] == snapshot.articles(none).tolist()
    assert [[]] == snapshot.strengths([OneOf(TEXT, ("ferry",))], none).tolist()
    own, sums = snapshot.gathered([OneOf(TEXT, ("ferry",))], none)
    assert [[]] == own.tolist() == sums.tolist()
    assert [] == snapshot.sizes(none).tolist()
    assert 0.0 == snapshot.spread((("ferry",),))
    assert 0.0 == snapshot.weight(("ferry",))
    assert [] == list(snapshot.forms(""))
    assert [] == list(snapshot.article_ids())
    assert snapshot.article("a") is None
    assert () == snapshot.removed("a")
    assert (0, 0, ()) == astuple(snapshot.info())


def astuple(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__slots__)


def test_round_trip(engine: Engine) -> None:
    """An article comes back as it was put, to the letter, with what was taken out of it."""
    article = Article(
        "ø/1", "Ｔitle", "Ferry 😀\n\u0301x\x00\ufffd", "Post", "2024-05-02", "u", "a", "p"
    )
    removed = (Removal("wait", "Wait 5 sec.", 3), Removal("title", "Ｔitle", 9))
    passage = Passage(0, 0, len(article.text), article.text)
    put(engine, Entry(article, "print", removed, (passage,)))
    snapshot = engine.snapshot()
    assert article == snapshot.article("ø/1")
    assert removed == snapshot.removed("ø/1")
    assert ["ø/1"] == list(snapshot.article_ids())


@pytest.fixture
def several(engine: Engine) -> tuple[Snapshot, Any]:
    """Four passages of two articles, in several segments with deletions, and their orders."""
    put(engine, entry("gone", "night ferry", title="Night ferry"))
    put(engine, entry("a", "ferry and tram", "so so so", title="Night ferry"))
    delete(engine, "gone")
    put(engine, entry("b", "day ferry", "a tram by night"))
    snapshot = engine.snapshot()
    every = Or([OneOf(TEXT, ("ferry", "so", "tram")), OneOf(TITLE, ("ferry",))])
    orders = np.sort(snapshot.search(every, 9).orders)
    assert len(orders) == 4
    return snapshot, orders


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (OneOf(TEXT, ("ferry", "tram")), [(0, 0), (0, 2), (2, 1), (3, 1)]),
        (OneOf(TEXT, ("bus",)), []),
        (InOrder(TEXT, (("night", "day"), ("ferry",))), [(2, 0)]),
        (InOrder(TEXT, (("so",), ("so",))), [(1, 0), (1, 1)]),
        (InOrder(TEXT, (("by",), ("night",), ("ferry",))), []),
    ],
    ids=str,
)
def test_begins(several: tuple[Snapshot, Any], leaf: Any, expected: list[tuple[int, int]]) -> None:
    """A leaf's beginnings in some passages, by their number among those asked for."""
    snapshot, orders = several
    keys = snapshot.begins([leaf], orders).keys.tolist()
    assert expected == [(key >> 32, key & 0xFFFFFFFF) for key in keys]
    some = snapshot.begins([leaf], orders[1:3]).keys.tolist()
    wanted = [(number - 1, token) for number, token in expected if number in (1, 2)]
    assert wanted == [(key >> 32, key & 0xFFFFFFFF) for key in some]


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (OneOf(TEXT, ("ferry",)), [True, False, True, False]),
        (InOrder(TEXT, (("so",), ("so",))), [False, True, False, False]),
        (OneOf(TITLE, ("ferry",), 0.3), [True, True, False, False]),
        (InOrder(TITLE, (("night",), ("ferry",))), [True, True, False, False]),
        (InOrder(TITLE, (("ferry",), ("night",))), [False] * 4),
    ],
    ids=str,
)
def test_holds(several: tuple[Snapshot, Any], leaf: Any, expected: list[bool]) -> None:
    """Whether a leaf is in some passages, or in the titles of their articles."""
    snapshot, orders = several
    assert expected == snapshot.holds(leaf, orders).tolist()
    assert expected[1:3] == snapshot.holds(leaf, orders[1:3]).tolist()


def test_passages(several: tuple[Snapshot, Any]) -> None:
    """The passages of an article, in order; none of one that is not there."""
    snapshot, orders = several
    assert orders[:2].tolist() == snapshot.passages("a").tolist()
    assert orders[2:].tolist() == snapshot.passages("b").tolist()
    assert [] == snapshot.passages("gone").tolist()


LONG = "the night ferry to orlund runs again after a strike of nine weeks and of many talks"
NEARLY = LONG.replace("many", "endless")


@pytest.fixture
def carried(engine: Engine) -> Snapshot:
    """A passage that several articles carry, in several segments with deletions."""
    put(engine, entry("gone", LONG), entry("a", "a tram", LONG, "."))
    delete(engine, "gone")
    put(engine, entry("b", LONG.upper() + "!", "a bus", LONG), entry("c", NEARLY, "..."))
    return engine.snapshot()


def alike(snapshot: Snapshot, order: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    found = snapshot.passage(order).alike()
    same, perhaps = (
        [(each.place().article_id, each.place().passage) for each in some]
        for some in (found.same, found.perhaps)
    )
    return sorted(same), perhaps


def test_alike(carried: Snapshot) -> None:
    """Passages with the same words are the same, whatever is deleted; those near them, perhaps."""
    order = carried.passages("a").tolist()[1]
    assert ([("b", 0), ("b", 2)], [("c", 0)]) == alike(carried, order)
    assert ([], []) == alike(carried, order - 1)
    (order, _) = carried.passages("c").tolist()
    same, perhaps = alike(carried, order)
    assert ([], [("a", 1), ("b", 0), ("b", 2)]) == (same, sorted(perhaps))


def test_alike_to_nothing(carried: Snapshot) -> None:
    """Passages without words are like none, like one another neither."""
    assert ([], []) == alike(carried, carried.passages("a").tolist()[2])


def test_alike_after_closing(carried: Snapshot) -> None:
    """What may be copies of a passage can be read when the snapshot is closed."""
    passage = carried.passage(carried.passages("c").tolist()[0])
    carried.close()
    assert {LONG, LONG.upper() + "!"} == {each.text() for each in passage.alike().perhaps}


def test_sketches(carried: Snapshot) -> None:
    """Sketches are equal for the same words, and zeros where there are none."""
    orders = np.concatenate([carried.passages(name) for name in "abc"])
    tram, long, none, shouted, bus, again, nearly, nothing = carried.sketches(orders).tolist()
    assert long == shouted == again
    assert tram != bus
    assert 3 <= sum(one == other for one, other in zip(long, nearly, strict=True)) < len(long)
    assert none == nothing == [0] * len(long)
    assert [] == carried.sketches(orders[:0]).tolist()


def test_articles(several: tuple[Snapshot, Any]) -> None:
    """Passages of one article have the same number, of two articles different ones."""
    snapshot, orders = several
    first, second, third, fourth = snapshot.articles(orders).tolist()
    assert first == second != third == fourth
    assert [third] == snapshot.articles(orders[2:3]).tolist()


def test_facts_of_passages(engine: Engine) -> None:
    """Day, source and author of each passage, over several segments, one of them with deletions."""
    facts = [
        ("gone", "Orlund Post", "2024-05-01"),
        ("a", "Bay Herald", "2024-05-02"),
        ("b", "", None),
    ]
    texts = {"gone": ("one",), "a": ("two", "three"), "b": ("four",), "c": ("five", "six")}
    entries = [
        replace(
            entry(name, *texts[name]),
            article=Article(name, source=source, date=date, author=f"Ida {name}"),
        )
        for name, source, date in [*facts, ("c", "Orlund Post", "2023-12-31")]
    ]
    put(engine, *entries[:2])
    put(engine, *entries[2:])
    delete(engine, "gone")
    snapshot = engine.snapshot()
    every = np.concatenate([snapshot.passages(name) for name in "abc"])
    assert (
        np.sort(snapshot.search(OneOf(TEXT, WORDS_OF_FACTS), 9).orders).tolist() == every.tolist()
    )
    assert snapshot.passages("gone").tolist() == []
    assert snapshot.count() == len(every) == 5
    assert snapshot.firsts().tolist() == every[[0, 2, 3]].tolist()
    for some in (every, every[1:4], every[:0]):
        where = np.searchsorted(every, some)
        days = np.array([20240502, 20240502, 0, 20231231, 20231231])
        assert snapshot.days(some).tolist() == days[where].tolist()
        numbers, names = snapshot.named("source", some)
        sources = ["Bay Herald", "Bay Herald", "", "Orlund Post", "Orlund Post"]
        assert [names[number] for number in numbers] == [sources[at] for at in where]
        numbers, names = snapshot.named("author", some)
        authors = ["Ida a", "Ida a", "Ida b", "Ida c", "Ida c"]
        assert [names[number] for number in numbers] == [authors[at] for at in where]


WORDS_OF_FACTS = ("one", "two", "three", "four", "five", "six")


def test_passages_say_where(engine: Engine) -> None:
    """A passage knows its article, and its place and text there, even after closing."""
    put(engine, entry("gone", "ferry"), entry("a", "night tram", "the ferry", title="Ferries"))
    delete(engine, "gone")
    snapshot = engine.snapshot()
    [order] = snapshot.search(OneOf(TEXT, ("ferry",)), 10).orders.tolist()
    passage = snapshot.passage(order)
    place = passage.place()
    assert ("a", "Ferries", "Orlund Post", "", None, "", "", 1, 11, 20) == place
    assert "the ferry" == passage.text()
    snapshot.close()
    assert ("the ferry", place) == (passage.text(), passage.place())


def test_long_articles(engine: Engine) -> None:
    """An article of many passages keeps them all, in order."""
    put(engine, entry("a", *["ferry"] * 300))
    assert [("a", number) for number in range(300)] == found(engine, "ferry", limit=1000)


def test_limit(engine: Engine) -> None:
    """No more than the limit come back, but all are counted."""
    put(engine, *(entry(name, "ferry") for name in "abcde"))
    snapshot = engine.snapshot()
    for tree in (OneOf(TEXT, ("ferry",)), Or([OneOf(TEXT, (word,)) for word in ("ferry", "x")])):
        assert ["a", "b"] == [each.article_id for each in answers(snapshot, tree, 2)]
        assert (2, 5) == counted(snapshot, tree, 2)
        assert (0, 5) == counted(snapshot, tree, 0)


def test_replace(engine: Engine) -> None:
    """The same id again takes the place of the old article, and goes to the end."""
    put(engine, entry("a", "night ferry", "late ferry"), entry("b", "ferry"))
    put(engine, entry("a", "tram"))
    assert [("b", 0)] == found(engine, "ferry")
    assert [("a", 0)] == found(engine, "tram")
    assert ["b", "a"] == ids(engine)


def test_delete(engine: Engine) -> None:
    """Deleting says whether there was such an article, and takes all its passages."""
    put(engine, entry("a", "night ferry", "late ferry"), entry("b", "ferry"))
    assert [True, False, False] == delete(engine, "a", "a", "nobody")
    assert [("b", 0)] == found(engine, "ferry")
    assert ["b"] == ids(engine)
    assert engine.snapshot().article("a") is None


def test_cancel(engine: Engine) -> None:
    """A run that is cancelled leaves everything as it was."""
    put(engine, entry("a", "ferry"))
    writer = engine.writer()
    writer.put(entry("b", "ferry"))
    writer.put(entry("a", "tram"))
    writer.delete("a")
    writer.cancel()
    assert ["a"] == ids(engine)
    assert [("a", 0)] == found(engine, "ferry")
    assert [] == found(engine, "tram")


def test_the_same_id_twice_in_one_run(engine: Engine) -> None:
    """Of two articles with the same id, the last wins."""
    put(engine, entry("a", "ferry"), entry("b", "ferry"), entry("a", "tram"), entry("a", "bus"))
    assert [("b", 0)] == found(engine, "ferry")
    assert [] == found(engine, "tram")
    assert [("a", 0)] == found(engine, "bus")
    assert ["b", "a"] == ids(engine)


def test_delete_what_the_run_has_put(engine: Engine) -> None:
    """What a run has put, it can delete, and put again."""
    put(engine, entry("a", "ferry"))
    writer = engine.writer()
    writer.put(entry("a", "late ferry"))
    writer.put(entry("b", "ferry"))
    writer.put(entry("c", "ferry"))
    assert [True, True, False] == [writer.delete("a"), writer.delete("b"), writer.delete("b")]
    writer.put(entry("b", "tram"))
    writer.commit()
    assert [("c", 0)] == found(engine, "ferry")
    assert ["c", "b"] == ids(engine)


@pytest.mark.parametrize("memory", [1, 1 << 20], ids=["little", "enough"])
def test_parts(engine: Engine, memory: int) -> None:
    """What parts have gathered, in other processes even, is what the writer has put."""
    put(engine, entry("a", "ferry"), entry("b", "tram"))
    writer = engine.writer()
    writer.put(entry("b", "night tram"))
    writer.put(entry("c", "no ferry"))
    parts = [moved(writer.part(memory)) for _ in range(2)]
    parts[0].put(entry("a", "bus"))
    parts[0].put(entry("d", "late ferry"))
    parts[0].put(entry("a", "night ferry", fingerprint="5"))
    parts[1].put(entry("c", "tram"))
    assert ["5", "late ferry", None] == [parts[0].fingerprint(name) for name in "adc"]
    for part in parts:
        part.close()
        writer.take(moved(part))
    assert ["5", "night tram", "tram"] == [writer.fingerprint(name) for name in "abc"]
    writer.commit()
    assert {("a", 0), ("d", 0)} == set(found(engine, "ferry"))
    assert {("b", 0), ("c", 0)} == set(found(engine, "tram"))
    assert {("a", 0), ("b", 0)} == set(found(engine, "night"))
    assert [] == found(engine, "bus")


def moved(part: Any) -> Any:
    """Return a part as another process gets it."""
    return pickle.loads(pickle.dumps(part))


def test_part_that_is_not_taken(engine: Engine) -> None:
    """What is in a part that the writer never takes over is not in the index."""
    writer = engine.writer()
    part = writer.part(1)
    part.put(entry("a", "ferry"))
    part.close()
    writer.commit()
    assert [] == found(engine, "ferry")


def test_fingerprint(engine: Engine) -> None:
    """A writer knows the fingerprint of every article, its own changes included."""
    put(engine, entry("a", "ferry", fingerprint="1"), entry("b", "tram", fingerprint="2"))
    writer = engine.writer()
    assert ["1", "2", None] == [writer.fingerprint(name) for name in "abc"]
    writer.put(entry("a", "bus", fingerprint="3"))
    writer.delete("b")
    writer.put(entry("c", "bus", fingerprint="4"))
    assert ["3", None, "4"] == [writer.fingerprint(name) for name in "abc"]
    writer.put(entry("a", "quay", fingerprint="5"))
    writer.delete("c")
    assert ["5", None, None] == [writer.fingerprint(name) for name in "abc"]
    writer.commit()
    writer = engine.writer()
    assert ["5", None, None] == [writer.fingerprint(name) for name in "abc"]
    writer.cancel()


def test_snapshots_stand_still(engine: Engine) -> None:
    """A snapshot shows what there was when it was taken, whatever is committed later."""
    put(engine, entry("a", "ferry"))
    before = engine.snapshot()
    put(engine, entry("b", "ferry"))
    delete(engine, "a")
    put(engine, entry("c", "ferry"))
    assert ["a"] == [each.article_id for each in answers(before, OneOf(TEXT, ("ferry",)))]
    assert "a" == getattr(before.article("a"), "id", None)
    assert before.article("b") is None
    assert ["b", "c"] == ids(engine)


def test_a_run_is_not_seen_before_its_commit(engine: Engine) -> None:
    """What a writer has put is seen by nobody until it commits."""
    writer = engine.writer()
    writer.put(entry("a", "ferry"))
    assert [] == found(engine, "ferry")
    writer.commit()
    assert [("a", 0)] == found(engine, "ferry")


def test_many_commits_keep_the_order(engine: Engine) -> None:
    """Equal scores come in the order in which passages were added, whatever was merged."""
    names = [str(number) for number in range(24)]
    for name in names:
        put(engine, entry(name, "ferry"))
    assert [(name, 0) for name in names] == found(engine, "ferry")
    assert names == ids(engine)


def test_reopened(kind: Kind, engine: Engine, folder: Path) -> None:
    """What was committed is there for whoever opens the folder."""
    put(engine, entry("a", "ferry"))
    assert [("a", 0)] == found(kind.open(folder, SETTINGS), "ferry")


def test_closing_twice(engine: Engine) -> None:
    """Closing what is closed does nothing."""
    put(engine, entry("a", "ferry"))
    snapshot = engine.snapshot()
    snapshot.close()
    snapshot.close()


def test_several_threads(engine: Engine) -> None:
    """A snapshot gives the same answers to several threads at once."""
    put(engine, *(entry(str(number), "ferry " * (number + 1) + "tram") for number in range(40)))
    snapshot = engine.snapshot()
    expected = answers(snapshot, OneOf(TEXT, ("ferry",)))
    given: list[Any] = []

    def ask() -> None:
        for _ in range(10):
            given.append(answers(snapshot, OneOf(TEXT, ("ferry",))))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [expected] * 80 == given


# What it counts.


def test_forms(engine: Engine) -> None:
    """Forms come sorted, with how often each occurs, is capitalised, or is in lower case."""
    put(
        engine,
        entry("a", "Ferry to Orlund. The US helps us.", title="Ferries"),
        entry("b", "A ferry, the Orlund ferry. Orlund, ORLUND!", "Us"),
    )
    expected = [
        FormCount("US", 1, 1, 0),
        FormCount("a", 1, 0, 0),
        FormCount("ferry", 3, 0, 2),
        FormCount("helps", 1, 0, 1),
        FormCount("orlund", 4, 2, 0),
        FormCount("the", 2, 0, 1),
        FormCount("to", 1, 0, 1),
        FormCount("us", 2, 0, 1),
    ]
    assert expected == list(engine.snapshot().forms(""))
    assert expected[2:3] == list(engine.snapshot().forms("fer"))
    assert [] == list(engine.snapshot().forms("ferryman"))


def test_forms_over_several_commits(engine: Engine) -> None:
    """A form's counts are the sum over all commits."""
    for name in "abcdefgh":
        put(engine, entry(name, "by ferry to Orlund"))
    assert [FormCount("ferry", 8, 0, 8)] == list(engine.snapshot().forms("ferry"))
    assert [FormCount("orlund", 8, 8, 0)] == list(engine.snapshot().forms("o"))


def test_forms_in_any_script(engine: Engine) -> None:
    """Forms outside ASCII are found by their beginnings, too."""
    put(engine, entry("a", "東京 and 東西"))
    assert [FormCount("東", 2, 0, 0)] == list(engine.snapshot().forms("東"))


def test_form(engine: Engine) -> None:
    """One form's counts are those that all forms have; there are none of what only a title has."""
    put(engine, entry("a", "Ferry to Orlund. The US helps us.", title="Tram"))
    put(engine, entry("b", "A ferry, the Orlund ferry. 東"))
    snapshot = engine.snapshot()
    for count in snapshot.forms(""):
        assert count == snapshot.form(count.form)
    for form in ("tram", "ferr", "orlunda", "", "東京"):
        assert snapshot.form(form) is None


def names_under(snapshot: Snapshot, word: str) -> set[str]:
    return set(snapshot.sharing(asked_keys(word, 1.0)))


def test_sharing(engine: Engine) -> None:
    """Names are found under the keys of other spellings, even if one commit writes them small."""
    put(engine, entry("a", "In Selvinar Mr Zelensky met Olegu.", title="Selwinarr"))
    put(engine, entry("b", "So selvinar it was, in Selvinar. From Selwinar."))
    snapshot = engine.snapshot()
    assert {"selvinar", "selwinar"} <= names_under(snapshot, "selvynar")
    assert {"zelensky"} <= names_under(snapshot, "selenskij")
    assert "selwinarr" not in names_under(snapshot, "selwinarr")
    assert set() == set(snapshot.sharing(()))


def test_sharing_listed_names(engine: Engine) -> None:
    """What the shipped names list is a name, however it is written."""
    put(engine, entry("a", "in kyiv the ferry, in kyiv the tram"))
    assert "kyiv" in names_under(engine.snapshot(), "kyyiv")


def test_info(engine: Engine) -> None:
    """Passages, words, and each article's source and date are counted, deleted ones are not."""
    put(engine, entry("a", "night ferry", "tram"), entry("b", "late bus service"))
    delete(engine, "a")
    assert (1, 3, (("Orlund Post", None, ""),)) == astuple(engine.snapshot().info())


def test_weight(engine: Engine) -> None:
    """The weight of forms is the idf of the passages that hold any of them."""
    put(engine, entry("a", "ferry", "ferries ferry"), entry("b", "tram", "bus", "ferries"))
    snapshot = engine.snapshot()
    assert pytest.approx(math.log(1 + 2.5 / 3.5)) == snapshot.weight(("ferries", "ferry"))
    assert pytest.approx(math.log(1 + 4.5 / 1.5)) == snapshot.weight(("tram", "nothing"))
    assert 0.0 == snapshot.weight(("nothing",))


# Scores, over any history of runs.

WORDS = ("ferry", "tram", "bus", "night")
Step = tuple[str, Entry | None]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
titles = st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """An id and the article that is put under it, or None to delete what is there."""
    name = draw(st.sampled_from("abcd"))
    if draw(st.integers(0, 4)) == 0:
        return name, None
    parts = draw(st.lists(texts, min_size=1, max_size=3))
    return name, entry(name, *parts, title=draw(titles))


histories = st.lists(st.lists(steps(), max_size=5), max_size=4)

forms = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(tuple)
boosts = st.sampled_from((1.0, 0.3))
fields = st.sampled_from((TEXT, TITLE))
faint = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)
leaves = st.one_of(
    st.builds(OneOf, fields, forms, boosts, faint),
    st.builds(InOrder, fields, st.lists(forms, min_size=2, max_size=3).map(tuple), boosts),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(And),
        st.lists(inner, min_size=1, max_size=3).map(Or),
        st.lists(leaves, min_size=1, max_size=2).map(Either),
        inner.map(Not),
        st.builds(AndMaybe, inner, inner),
        st.builds(Require, inner, inner),
    ),
    max_leaves=6,
)


def apply(engine: Engine, history: list[list[Step]]) -> list[Entry]:
    """Do what a history says, and return the articles that are there then, in order."""
    kept: dict[str, Entry] = {}
    for run in history:
        writer = engine.writer()
        for name, new in run:
            if new is None:
                assert writer.delete(name) == (name in kept)
            else:
                writer.put(new)
            kept.pop(name, None)
            kept.update({name: new} if new else {})
        writer.commit()
    return list(kept.values())


class Held(NamedTuple):
    """A passage as the oracle sees it: field → forms."""

    name: str
    number: int
    forms: dict[str, list[str]]


def held(kept: list[Entry]) -> list[Held]:
    return [
        Held(
            each.article.id,
            passage.number,
            {
                TEXT: [token.form for token in tokenize(passage.text)],
                TITLE: [token.form for token in tokenize(each.article.title)],
            },
        )
        for each in kept
        for passage in each.passages
    ]


def oracle(tree: Any, passage: Held, corpus: list[Held]) -> float | None:
    """Return a passage's score, or None where it does not match."""
    if isinstance(tree, (OneOf, InOrder)):
        return leaf_score(tree, passage, corpus)
    if isinstance(tree, Not):
        return 0.0 if oracle(tree.query, passage, corpus) is None else None
    scores = [oracle(child, passage, corpus) for child in tree.children()]
    total = sum(score for score in scores if score is not None)
    if isinstance(tree, Or):
        return None if scores.count(None) == len(scores) else total
    if isinstance(tree, AndMaybe):
        return None if scores[0] is None else total
    if None in scores:
        return None
    return scores[0] if isinstance(tree, Require) else total


def idf_of(forms: tuple[str, ...], field: str, corpus: list[Held], elsewhere: int = 0) -> float:
    holding = sum(not set(forms).isdisjoint(each.forms[field]) for each in corpus)
    without = len(corpus) + elsewhere - holding
    return math.log(1 + (without + 0.5) / (holding + 0.5)) if holding else 0.0


def leaf_score(leaf: Any, passage: Held, corpus: list[Held]) -> float | None:
    places = [leaf.forms] if isinstance(leaf, OneOf) else leaf.places
    words = passage.forms[leaf.fieldname]
    frequency = sum(
        0.5 if words[at] in leaf.faint else 1.0
        for at in range(len(words) - len(places) + 1)
        if all(word in forms for word, forms in zip(words[at:], places, strict=False))
    )
    if not frequency:
        return None
    idf = sum(idf_of(forms, leaf.fieldname, corpus) for forms in places)
    average = sum(len(each.forms[leaf.fieldname]) for each in corpus) / len(corpus)
    norm = 1.2 * (1 - 0.75 + 0.75 * len(words) / average)
    return leaf.boost * idf * frequency / (frequency + norm)


@given(history=histories, tree=trees)
@settings(deadline=None, max_examples=120)
def test_scores(new_engine: Callable[[], Engine], history: list[list[Step]], tree: Any) -> None:
    """Exactly the passages that match come back, with their BM25 over live passages."""
    engine = new_engine()
    corpus = held(apply(engine, history))
    snapshot = engine.snapshot()
    found = answers(snapshot, tree)
    total = snapshot.search(tree, 1000, count=True).total
    few = [answers(snapshot, tree, limit, count=False) for limit in (1, 2, 4)]
    least = snapshot.search(tree, 2)
    snapshot.close()
    scored = ((each, oracle(tree, each, corpus)) for each in corpus)
    expected = {(each.name, each.number): score for each, score in scored if score is not None}
    actual = {(each.article_id, each.number): each.score for each in found}
    assert pytest.approx(expected, abs=1e-9) == actual
    assert len(expected) == total == len(found)
    # The best few are the first of all, whatever was not looked at.
    assert [found[:1], found[:2], found[:4]] == few
    assert least.total == total if least.exact else least.total <= total


@given(history=histories, leaf=leaves)
@settings(deadline=None, max_examples=80)
def test_evidence(new_engine: Callable[[], Engine], history: list[list[Step]], leaf: Any) -> None:
    """How strongly passages and whole articles say a leaf, and how large the articles are."""
    engine = new_engine()
    corpus = held(apply(engine, history))
    snapshot = engine.snapshot()
    orders = np.sort(snapshot.search(Not(OneOf(TEXT, ("nothing",))), 1000).orders)
    [strengths] = snapshot.strengths([leaf], orders).tolist()
    [own_again], [gathered] = [each.tolist() for each in snapshot.gathered([leaf], orders)]
    sizes, spread = snapshot.sizes(orders).tolist(), snapshot.spread(leaf.places)
    snapshot.close()
    places = [leaf.forms] if isinstance(leaf, OneOf) else leaf.places
    full = sum(idf_of(forms, leaf.fieldname, corpus) for forms in places) * leaf.boost
    expected = [(leaf_score(leaf, each, corpus) or 0.0) / (full or 1.0) for each in corpus]
    assert pytest.approx(expected) == strengths == own_again
    names = [each.name for each in corpus]
    for name, around, size in zip(names, gathered, sizes, strict=True):
        own = [strength for each, strength in zip(names, expected, strict=True) if each == name]
        assert pytest.approx((sum(own), len(own) * len(set(names)) / len(names))) == (around, size)
    articles = [
        Held(
            name,
            0,
            {TEXT: [form for each in corpus if each.name == name for form in each.forms[TEXT]]},
        )
        for name in dict.fromkeys(names)
    ]
    assert pytest.approx(sum(idf_of(forms, TEXT, articles, 5) for forms in places)) == spread


@given(history=histories, tree=trees)
@settings(deadline=None, max_examples=60)
def test_order(new_engine: Callable[[], Engine], history: list[list[Step]], tree: Any) -> None:
    """Passages come by score, equal ones in the order in which they were added."""
    engine = new_engine()
    added = [(each.name, each.number) for each in held(apply(engine, history))]
    snapshot = engine.snapshot()
    given = answers(snapshot, tree)
    snapshot.close()
    assert sorted(given, key=lambda each: (-each.score, each.order)) == given
    by_order = sorted(given, key=lambda each: each.order)
    names = [(each.article_id, each.number) for each in by_order]
    assert [name for name in added if name in names] == names


@given(history=histories, tree=trees)
@settings(deadline=None, max_examples=60)
def test_no_trace(new_engine: Callable[[], Engine], history: list[list[Step]], tree: Any) -> None:
    """What was deleted or replaced answers no query and changes no score."""
    first, second = new_engine(), new_engine()
    entries = apply(first, history)
    corpus = held(entries)
    put(second, *entries)
    one, other = first.snapshot(), second.snapshot()
    plain = [[each[:3] for each in answers(snapshot, tree)] for snapshot in (one, other)]
    counts = [one.info(), other.info()]
    listed = [list(one.article_ids()), list(other.article_ids())]
    weights = [[each.weight((word,)) for word in WORDS] for each in (one, other)]
    holding = [each.holding(WORDS).tolist() for each in (one, other)]
    one.close()
    other.close()
    assert plain[0] == plain[1]
    assert counts[0].words == counts[1].words
    assert sorted(counts[0].facts) == sorted(counts[1].facts)
    assert listed[0] == listed[1]
    assert weights[0] == weights[1]
    assert (
        holding[0] == holding[1] == [sum(w in each.forms[TEXT] for each in corpus) for w in WORDS]
    )


# What goes wrong.


left_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_second_writer(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second writer is refused with the number of the process that writes, then let in."""
    monkeypatch.setattr(guard, "WAIT", 0.05)
    writer = engine.writer()
    with pytest.raises(EngineError, match=rf"\(process {os.getpid()}\) is writing"):
        engine.writer()
    writer.put(entry("a", "ferry"))
    writer.commit()
    put(engine, entry("b", "ferry"))
    assert ["a", "b"] == ids(engine)


def writes_until_full(kind: Kind, patch: pytest.MonkeyPatch, count: int) -> list[int]:
    """Let so many writes pass and fail the rest, as a full disk does; return the count left."""
    left = [count]
    owner, name = kind.writes
    real = getattr(owner, name)

    def write(*args: Any) -> Any:
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        return real(*args)

    patch.setattr(owner, name, write)
    return left


@left_open
@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("share", [0, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
def test_full_disk(
    kind: Kind,
    engine: Engine,
    new_engine: Callable[[], Engine],
    monkeypatch: pytest.MonkeyPatch,
    share: float,
) -> None:
    """Wherever the disk gets full, all or nothing is done, and the next writer can write."""
    monkeypatch.setattr(guard, "WAIT", 0.05)
    other = new_engine()
    put(engine, entry("a", "ferry"))
    put(other, entry("a", "ferry"))
    with monkeypatch.context() as patch:
        left = writes_until_full(kind, patch, _MANY)
        changes(other)
        needed = _MANY - left[0]
    with monkeypatch.context() as patch:
        writes_until_full(kind, patch, int(needed * share))
        with pytest.raises(EngineError, match="the disk is full") if share < 0.3 else anything():
            changes(engine)
    assert ids(engine) in (["a"], ["b", "c"])
    assert found(engine, "ferry") in ([("a", 0)], [("b", 0)])
    changes(engine)
    assert ["b", "c"] == ids(engine)


_MANY = 1_000_000


@contextmanager
def anything() -> Iterator[None]:
    """Let a block end well or with a full disk: what comes after a commit need not be done."""
    try:
        yield
    except EngineError as error:
        assert "the disk is full" in str(error)


def changes(engine: Engine) -> None:
    """Do some of everything in one run, as `NewsIndex` does it."""
    writer = engine.writer()
    try:
        writer.put(entry("b", "night ferry", "tram"))
        writer.put(entry("c", *["ferry"] * 20))
        writer.delete("a")
        writer.put(entry("c", *["bus"] * 20))
        writer.commit()
    except BaseException:
        writer.cancel()
        raise


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "foreign": lambda content: b"not an index at all" * 10,
    "half": lambda content: content[: len(content) // 2],
    "last": lambda content: content[:-1] + bytes(byte ^ 255 for byte in content[-1:]),
}


@left_open
@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_files(
    kind: Kind, engine: Engine, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Whichever file is damaged, nothing but an EngineError comes out."""
    put(engine, *(entry(name, "night ferry", title="Tram") for name in "abc"))
    for file in sorted(file for file in folder.iterdir() if file.is_file()):
        content = file.read_bytes()
        file.write_bytes(damage(content))
        with suppress(EngineError):
            snapshot = kind.open(folder, SETTINGS).snapshot()
            with suppress(EngineError):
                snapshot.search(And([OneOf(TEXT, ("ferry",)), OneOf(TITLE, ("tram",))]), 10)
                list(snapshot.forms(""))
                snapshot.sharing(asked_keys("ferry", 1.0))
                snapshot.article("b")
                list(snapshot.article_ids())
                snapshot.info()
            snapshot.close()
        file.write_bytes(content)


@left_open
@pytest.mark.usefixtures("careless")
def test_nothing_but_rubbish(kind: Kind, engine: Engine, folder: Path) -> None:
    """An index of which no file can be read says so, to readers and to writers."""
    put(engine, entry("a", "ferry"))
    for file in folder.iterdir():
        file.write_bytes(b"rubbish")
    with pytest.raises(EngineError, match="damaged"):
        kind.open(folder, SETTINGS).snapshot()
    with pytest.raises(EngineError, match="damaged"):
        kind.open(folder, SETTINGS).writer()


def test_no_folder(kind: Kind, folder: Path) -> None:
    """An engine in a folder that is not there says so by an EngineError."""
    with pytest.raises(EngineError):
        kind.open(folder, SETTINGS).snapshot()
