"""Growing a corpus, and drawing queries from it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import Piece, passages, read_pieces
from benchmarks.queries import draw
from benchmarks.ready import read_ready, write_ready
from benchmarks.records import KINDS, Ready

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    """Return the example articles, cut into passages."""
    return list(read_pieces(EXAMPLES))


def test_growing_gives_as_many_passages_as_wanted(pieces: list[Piece]) -> None:
    """The corpus's own passages come first, ids are unique, no passage is empty."""
    own = [ready for piece in pieces for ready in piece.ready()]
    grown = list(passages(pieces, 500, seed=1))
    assert len(grown) == len({ready.id for ready in grown}) == 500
    assert grown[: len(own)] == own
    assert all(ready.text.strip() for ready in grown)


def test_fewer_passages_than_the_corpus_has_are_its_first(pieces: list[Piece]) -> None:
    """Nothing is grown where nothing is needed."""
    own = [ready for piece in pieces for ready in piece.ready()]
    assert list(passages(pieces, 5, seed=1)) == own[:5]


def test_growth_is_decided_by_the_seed(pieces: list[Piece]) -> None:
    """The same seed gives the same passages, another seed others."""
    assert list(passages(pieces, 300, seed=1)) == list(passages(pieces, 300, seed=1))
    assert list(passages(pieces, 300, seed=1)) != list(passages(pieces, 300, seed=2))


def test_vocabulary_grows_with_the_passages(pieces: list[Piece]) -> None:
    """Grown passages hold words that the corpus does not."""
    own, grown = (
        {word for ready in passages(pieces, size, seed=1) for word in ready.text.split()}
        for size in (sum(len(piece.texts) for piece in pieces), 1000)
    )
    assert len(own) < len(grown) < 10 * len(own)


def test_growing_is_lazy(pieces: list[Piece]) -> None:
    """Ten of a thousand million passages are there at once."""
    assert len(list(islice(passages(pieces, 10**9, seed=1), 10))) == 10


def test_a_file_of_ready_passages_gives_them_back(pieces: list[Piece], tmp_path: Path) -> None:
    """What is read is what was written, over several batches."""
    wanted = list(passages(pieces, 2500, seed=1))
    assert write_ready(wanted, tmp_path / "ready") == 2500
    assert list(read_ready(tmp_path / "ready")) == wanted


def test_queries_are_decided_by_the_seed(pieces: list[Piece]) -> None:
    """Every kind has the number that was asked for, the same for the same seed."""
    ready = list(passages(pieces, 200, seed=1))
    drawn = draw(ready, 5, seed=1)
    assert [query.kind for query in drawn] == [kind for kind in KINDS for _ in range(5)]
    assert drawn == draw(ready, 5, seed=1) != draw(ready, 5, seed=2)


def test_phrases_occur(pieces: list[Piece]) -> None:
    """The words of a phrase stand side by side in some passage."""
    ready = list(passages(pieces, 200, seed=1))
    phrases = [" ".join(query.words) for query in draw(ready, 5, seed=1) if query.kind == "phrase"]
    texts = [" ".join(each.text.split()) for each in ready]
    assert [phrase for phrase in phrases if not any(phrase in text for text in texts)] == []


def test_too_small_a_corpus_gives_fewer_queries() -> None:
    """Drawing ends where there is nothing more to draw."""
    assert 0 < len(draw([Ready("a#0", "", "The ferry runs again.")], 5, seed=1)) < 5 * len(KINDS)
