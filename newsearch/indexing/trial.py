"""What adding and deleting would do to an index, without doing it.

In: an index, or none yet. Out: the reports that adding would give; nothing is written. A `Trial`
has the methods of a `NewsIndex` that change it or tell what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from newsearch.adding import add_here
from newsearch.cleaning.furniture import Relearned
from newsearch.cleaning.furniture_file import load_learned
from newsearch.engines.entry import Entry
from newsearch.records import AddReport, Article
from newsearch.relearning import learn_first
from newsearch.settings import Settings


class Store(Protocol):
    """What articles are added to and deleted from: a `NewsIndex`, or a `Trial`.

    Attributes:
        path: The folder of the index.
        settings: Those of the index.
    """

    path: Path
    settings: Settings

    def add(self, articles: Iterable[Article], *, jobs: int = 1, learn: bool = False) -> AddReport:
        """Add articles, all or none of them."""

    def delete(self, ids: Iterable[str]) -> int:
        """Delete the articles with these ids and return how many there were."""

    def learn_boilerplate(self) -> Relearned:
        """Set aside what recurs in the articles of a source."""

    def copied(self) -> int:
        """Count the passages that say to the word what another says, but for one of each."""

    def article(self, article_id: str) -> Article | None:
        """Return an article as it is kept, or None."""

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the fingerprint of each article."""


class Trial:
    """An index to which things are only as if they were done.

    Args:
        path: The folder of the index.
        index: The index; None where there is none yet.
    """

    def __init__(self, path: Path, index: Store | None) -> None:
        self.path = path
        self.settings = index.settings if index else Settings()
        self._index = index
        self._known = dict(index.fingerprints()) if index else {}

    def add(self, articles: Iterable[Article], *, jobs: int = 1, learn: bool = False) -> AddReport:
        """Return what adding would report, but for the words, which it does not count."""
        articles, learned = learn_first(articles, load_learned(self.path), self.settings)
        target = _Pretending(self._known)
        return AddReport(**add_here(articles, target, self.settings, learned.furniture()))

    def delete(self, ids: Iterable[str]) -> int:
        return sum(self._known.pop(each, None) is not None for each in ids)

    def learn_boilerplate(self) -> Relearned:
        """Learn no more than before adding: the articles are not there to be looked at."""
        return Relearned()

    def copied(self) -> int:
        """Count none: what is only tried is nowhere to be compared."""
        return 0

    def article(self, article_id: str) -> Article | None:
        return self._index.article(article_id) if self._index else None

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        return iter(list(self._known.items()))


class _Pretending:
    """A target of adding that only takes note of fingerprints."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def fingerprint(self, article_id: str) -> str | None:
        return self._known.get(article_id)

    def put(self, entry: Entry) -> None:
        self._known[entry.article.id] = entry.fingerprint
