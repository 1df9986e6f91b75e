"""What several tests share: the example newsroom, and a few short articles of our own."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

import newsearch
from newsearch import Article, NewsIndex

# How long an example takes says something of the machine, and of who else works on it.
hypothesis.settings.register_profile("newsearch", deadline=None)
hypothesis.settings.load_profile("newsearch")

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles"


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """An index of all of `examples/articles`; only to be read."""
    with newsearch.create(tmp_path_factory.mktemp("newsroom")) as index:
        index.add(newsearch.read_articles(EXAMPLES, on_problem=lambda problem: None))
        yield index


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the person who runs the tests has said of names out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session", autouse=True)
def as_in_the_foreground() -> Iterator[None]:
    """Let Ctrl-C be heard by what the tests start: a shell in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def careless() -> Iterator[None]:
    """Collect, within the test, what an engine's library leaves open where it fails."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def clippings() -> tuple[Article, ...]:
    """Short articles that share words, in the order in which they are to be added."""
    return (
        Article(
            id="harbour",
            title="Harbour reopens",
            text="The night ferry to Orlund runs again. Two trams wait at the quay.",
            source="Orlund Post",
            date="2024-05-02",
        ),
        Article(
            id="strike",
            title="Tram drivers walk out",
            text="Nobody drove on Monday. A ferry took the early shift across the bay at night.",
            source="Orlund Post",
            date="2024-05-06",
        ),
        Article(
            id="council",
            title="Council votes on the ferry",
            text="The mayor asked for guarantees. She was guaranteed a vote, and no guarantee.",
            source="Bay Herald",
            date="2024-06-11",
        ),
        Article(
            id="letters",
            title="Letters",
            text="“Why does the US help us?” asks a reader. Mr Harris answers, and so does Harry.",
        ),
    )
