"""The newest view of an index is what the next who asks is shown."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import newsearch
from newsearch import Article, EngineError, Settings
from newsearch.answering.newest import Newest
from newsearch.engines.local.engine import LocalEngine

FERRY = Article(id="1", text="The ferry runs.")


class Engine(LocalEngine):
    """An engine that counts what is opened, and opens nothing before it may.

    Attributes:
        opened: How often an index was opened.
        opening: Whether somebody is about to.
        may_open: Whether they may.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Settings())
        self.opened = 0
        self.opening, self.may_open = Event(), Event()

    def snapshot(self) -> Any:
        snapshot = super().snapshot()
        self.opening.set()
        assert self.may_open.wait(60)
        self.opened += 1
        return snapshot


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    newsearch.create(tmp_path / "index").close()
    engine = Engine(tmp_path / "index" / "segments")
    engine.may_open.set()
    return engine


def newest(engine: Engine) -> Newest:
    return Newest(engine.folder, Settings(), engine)


def test_nothing_is_opened_for_nobody(engine: Engine) -> None:
    """An index is opened when something is asked, and again for changes after that."""
    shown = newest(engine)
    shown.look_again()
    assert 0 == engine.opened
    with shown.held(), shown.held():
        assert 1 == engine.opened
    shown.look_again()
    assert 2 == engine.opened


def test_a_change_while_it_is_opened(engine: Engine) -> None:
    """Who is opening an index while it changes does not keep others from seeing the change."""
    engine.may_open.clear()
    shown = newest(engine)

    def ask() -> None:
        with shown.held():
            pass

    asking, looking = Thread(target=ask), Thread(target=shown.look_again)
    asking.start()
    assert engine.opening.wait(60)
    looking.start()
    looking.join(0.2)  # it has to wait for who is opening
    engine.may_open.set()
    asking.join(60)
    looking.join(60)
    assert 2 == engine.opened


def test_closed(engine: Engine) -> None:
    """What was closed shows nothing any more, and opens nothing."""
    shown = newest(engine)
    shown.close()
    shown.close()
    shown.look_again()
    with pytest.raises(EngineError, match="was closed; open it again"), shown.held():
        pass
    assert 0 == engine.opened


def test_add_before_anything_is_asked(tmp_path: Path) -> None:
    """What was added to an index that nobody had asked is found by the first search."""
    with newsearch.create(tmp_path / "index") as index:
        index.add([FERRY])
        assert ["1"] == [hit.article_id for hit in index.search("ferry")]
        index.add([Article(id="2", text="A ferry waits.")])
        assert 2 == len(index.search("ferry"))
