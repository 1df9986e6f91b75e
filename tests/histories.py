"""Small indexes with a past, for property tests: what was put, replaced, deleted, and when."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st

from newsearch.engines.entry import Entry
from newsearch.engines.local.engine import LocalEngine
from newsearch.records import Article, Passage
from newsearch.settings import Settings

MODULE = "newsearch.engines.local.writing.writer"
# Words that are near each other in spelling and in grammar, and one that is rare.
WORDS = "ferry ferries fery ferried night nights tram US us harbour 渡 zürich".split()
SOURCES = ["", "Orlund Post", "Orlund Herald", "Bay Herald"]
DATES = [None, "2024-02-29", "2024-03-01", "2025-01-31", "2025-02-01"]

# No longer than this, because stock Whoosh rounds the lengths of longer ones.
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an article of a few passages."""
    passages = []
    start = 0
    for number, text in enumerate(draw(st.lists(texts, min_size=1, max_size=3))):
        passages.append(Passage(number, start, start + len(text), text))
        start += len(text) + 1
    whole = "\n".join(passage.text for passage in passages)
    article = Article(
        id=draw(st.sampled_from("abcdef")),
        title=draw(texts),
        text=whole,
        source=draw(st.sampled_from(SOURCES)),
        date=draw(st.sampled_from(DATES)),
        author=draw(st.sampled_from(["", "Ida Moor", "Jan Ek"])),
    )
    return Entry(article, whole, (), tuple(passages))


@dataclass(frozen=True)
class History:
    """What has happened to an index.

    Attributes:
        runs: In each, articles that are put, and ids that are deleted after that.
        merging: Whether a writer may merge segments; if not, each run leaves one.
        optimized: Whether all was made one segment at last.
    """

    runs: list[tuple[list[Entry], list[str]]]
    merging: bool
    optimized: bool

    def living(self) -> list[Entry]:
        """Return the articles that are there at the end, in the order of their passages."""
        alive: dict[str, Entry] = {}
        for put, deleted in self.runs:
            for entry in put:
                alive.pop(entry.article.id, None)
                alive[entry.article.id] = entry
            for name in deleted:
                alive.pop(name, None)
        return list(alive.values())

    @contextmanager
    def engine(self, settings: Settings) -> Iterator[LocalEngine]:
        """Give an engine that has been through it all."""
        kept = (
            nullcontext() if self.merging else patch(f"{MODULE}.due", lambda entries, new=1: None)
        )
        with tempfile.TemporaryDirectory() as folder, kept:
            engine = LocalEngine.create(Path(folder) / "engine", settings)
            for put, deleted in self.runs:
                writer = engine.writer()
                for entry in put:
                    writer.put(entry)
                for name in deleted:
                    writer.delete(name)
                writer.commit()
            if self.optimized:
                engine.optimize()
            yield engine


histories = st.builds(
    History,
    st.lists(
        st.tuples(
            st.lists(entries(), min_size=1, max_size=4),
            st.lists(st.sampled_from("abcdef"), max_size=1),
        ),
        max_size=4,
    ),
    st.booleans(),
    st.booleans(),
)
