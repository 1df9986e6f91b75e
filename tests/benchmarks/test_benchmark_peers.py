"""Every installed peer builds, answers, and agrees; a peer that answers wrongly is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.agreement import Agreement, Answered, compare
from benchmarks.corpus import passages, read_pieces
from benchmarks.peers import PEERS, index_of, installed, load
from benchmarks.peers.base import Searching
from benchmarks.queries import draw
from benchmarks.records import KINDS, PHRASE, RANKED, Query, Ready

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
# What every environment has; tantivy and bm25s come with the extra `bench`.
ALWAYS = ("newsearch", "engine", "whoosh", "fts5")
PRESENT = installed()


@pytest.fixture(scope="module")
def ready() -> list[Ready]:
    """Return a few hundred passages, one of them with a word that no other has."""
    odd = Ready("odd#0", "An odd one", "The zyxwort stood alone beside the quay.")
    return [*passages(read_pieces(EXAMPLES), 300, seed=1), odd]


@pytest.fixture(scope="module")
def indexes(ready: list[Ready], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the index of each peer."""
    folder = tmp_path_factory.mktemp("peers")
    for name in dict.fromkeys(index_of(name) for name in PRESENT):
        (folder / name).mkdir()
        load(name).build(folder / name, ready)
    return folder


@pytest.fixture(params=PRESENT)
def searching(request: pytest.FixtureRequest, indexes: Path) -> Searching:
    """Return the open index of each peer in turn."""
    found = load(request.param).open(indexes / index_of(request.param))
    request.addfinalizer(found.close)
    return found


def test_what_newsearch_installs_is_always_measured() -> None:
    """Only tantivy and bm25s may be missing, and nothing else is left out."""
    assert set(ALWAYS) <= set(PRESENT)
    assert set(PEERS) - set(ALWAYS) == {"tantivy", "bm25s"}


def test_a_word_of_one_passage_finds_it(searching: Searching) -> None:
    """The answer has the passage's id and its article's title."""
    [answer] = searching.search(Query(RANKED, ("zyxwort",)), 10, snippets=True)
    assert (answer.id, answer.title) == ("odd#0", "An odd one")


def test_every_kind_that_a_peer_can_do_is_answered(indexes: Path, ready: list[Ready]) -> None:
    """Queries drawn from the corpus find something, best first, at most as many as asked for."""
    queries = draw(ready, 3, seed=1)
    for name in PRESENT:
        peer = load(name)
        searching = peer.open(indexes / index_of(name))
        for query in queries:
            if query.kind in peer.kinds:
                answers = searching.search(query, 5, peer.snippets)
                scores = [answer.score for answer in answers]
                assert 1 <= len(answers) <= 5, (name, query)
                assert scores == sorted(scores, reverse=True), (name, query)
                assert searching.count(query) >= len(answers), (name, query)
        searching.close()


QUERIES = [Query(kind, (word,)) for kind in KINDS for word in ("ferry", "tram", "quay")]
RIGHT = [Answered(tuple(f"{query.words[0]}{n}" for n in range(10)), 40) for query in QUERIES]
NONE_OF_THEM = [Answered(tuple(f"other{n}" for n in range(10)), 40) for _ in QUERIES]
TOO_FEW = [Answered(each.ids, 20) for each in RIGHT]


def test_peers_that_answer_alike_agree() -> None:
    """Equal answers have agreement 1 in everything that is compared."""
    found = compare(QUERIES, {"whoosh": RIGHT, "fts5": RIGHT, "tantivy": RIGHT})
    assert {(each.top, each.counts, each.enough) for each in found if each.top is not None} == {
        (1.0, 1.0, True)
    }


@pytest.mark.parametrize("wrong", [NONE_OF_THEM, TOO_FEW], ids=["other passages", "too few"])
@pytest.mark.parametrize("name", ["tantivy", "engine"])
def test_a_wrong_peer_is_noticed(wrong: list[Answered], name: str) -> None:
    """The one whose answers differ is told from the others."""
    found = compare(QUERIES, {"whoosh": RIGHT, "fts5": RIGHT, "bm25s": RIGHT, name: wrong})
    assert {each.peer for each in found if not each.enough} == {name}


def test_newsearch_and_its_engine_are_not_compared_with_each_other() -> None:
    """Two that share an index can't vouch for one another."""
    answers = {"newsearch": NONE_OF_THEM, "engine": NONE_OF_THEM, "whoosh": RIGHT, "fts5": RIGHT}
    wrong = {each.peer for each in compare(QUERIES, answers) if not each.enough}
    assert {"newsearch", "engine"} <= wrong


def test_a_kind_that_a_peer_lacks_is_not_held_against_it() -> None:
    """bm25s knows no phrases."""
    lacking = [
        None if query.kind == PHRASE else each for query, each in zip(QUERIES, RIGHT, strict=True)
    ]
    found = compare(QUERIES, {"whoosh": RIGHT, "fts5": RIGHT, "bm25s": lacking})
    assert all(each.enough for each in found)
    assert ("bm25s", PHRASE) not in {(each.peer, each.kind) for each in found}


def test_a_run_leaves_its_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Command, facts, figures and table are written, and no path of the machine is in them."""
    sizes = ["--passages", "30", "--runs", "1", "--queries", "1", "--peers", "fts5"]
    out = tmp_path / "out"
    assert main([str(EXAMPLES), *sizes, "--out", str(out), "--work", str(tmp_path)]) == 0
    names = ["command.txt", "facts.json", "figures.json", "table.txt"]
    assert sorted(path.name for path in out.iterdir()) == names
    written = "".join((out / name).read_text() for name in names)
    assert str(tmp_path) not in written and str(EXAMPLES.parent) not in written
    assert "index s" in capsys.readouterr().out


def test_a_run_with_a_wrong_peer_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its column is marked, and the exit code is 1."""
    wrong = Agreement("fts5", RANKED, top=0.1, counts=1.0, matches=3, enough=False)
    monkeypatch.setattr("benchmarks.__main__.compare", lambda queries, answers: [wrong])
    sizes = ["--passages", "30", "--runs", "1", "--queries", "1", "--peers", "fts5"]
    assert main([str(EXAMPLES), *sizes, "--work", str(tmp_path)]) == 1
    assert "fts5!" in capsys.readouterr().out
