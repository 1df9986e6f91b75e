"""`NewsIndex`: a folder that holds articles and answers queries.

Articles go through `adding` to the engine, queries through `answering` and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from newsearch.answering.asked import Asked, by_date
from newsearch.answering.newest import Newest
from newsearch.engines.changing import Engine, Writer
from newsearch.records import AddReport, Article, IndexInfo, Removal, Results
from newsearch.related import LinkedArticle
from newsearch.settings import Settings

if TYPE_CHECKING:  # what only adding needs, no search loads, nor the other way round
    from newsearch.cleaning.furniture import Relearned, SetAside
    from newsearch.naming import Names
    from newsearch.views import Views


class NewsIndex:
    """An index of news in a folder; make one with `newsearch.create` or `newsearch.open`.

    Searching is safe from several threads. What `add` and `delete` have returned from is on disk
    and is seen by the next search.
    """

    def __init__(
        self, path: Path, settings: Settings, engine: Engine, *, empty: bool = False
    ) -> None:
        self.path = path
        self.settings = settings
        self._engine = engine
        self._changing = Lock()
        self._newest = Newest(path, settings, engine)
        self._current = self._newest.held
        if not empty:
            self._newest.look()

    def __enter__(self) -> NewsIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; closing again does nothing."""
        self._newest.close()

    def add(self, articles: Iterable[Article], *, jobs: int = 1, learn: bool = False) -> AddReport:
        """Add articles, all or none of them, and return what was done.

        Args:
            articles: Read one by one, never held together. An article that is there already, the
                same to the letter, is left alone; one with a known id and other content takes
                the place of the old one.
            jobs: How many processes clean, cut and write; with 1, it is this one. Others are
                started only for articles of a million characters or more in all.
            learn: Whether to hold the first, and to learn page furniture of them beforehand.

        Raises:
            EngineError: The disk is full, another process is writing, or one of the jobs has
                died; nothing was changed.
            InputError: An article has no id; nothing was changed.

        >>> import newsearch, tempfile
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     report = index.add([Article(id="1", text="The ferry runs again.")])
        >>> report.added, report.passages, report.words
        (1, 1, 4)
        """
        from newsearch.relearning import add_learning

        with self._changing_with() as writer:
            count = add_learning(articles, writer, self.settings, jobs, self.path, learn)
        return AddReport(**count, words=writer.words)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete the articles with these ids and return how many there were."""
        with self._changing_with() as writer:
            return sum(writer.delete(each) for each in ids)

    def optimize(self) -> None:
        """Rewrite the index so that it is smallest and fastest; changes no answer.

        Raises:
            EngineError: The disk is full or another process is writing; nothing was changed.
        """
        with self._changing:
            self._engine.optimize()
            self._newest.look_again()

    def learn_boilerplate(self, keep: Iterable[str] = (), drop: Iterable[str] = ()) -> Relearned:
        """Set aside what recurs in a source; `newsearch.relearning` says more of it."""
        from newsearch.relearning import learn_boilerplate

        parts = self._engine, self.path, self.settings, keep, drop
        return learn_boilerplate(*parts, self._changing_with, self.optimize)

    def boilerplate(self) -> list[SetAside]:
        """Return what was set aside as page furniture, what is most frequent first."""
        from newsearch.relearning import tally

        with self._current() as view:
            return tally(view.snapshot)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        per_article: int | None = 3,
        count: bool = False,
        exact_names: bool = False,
        suggest: bool = False,
        articles: bool = False,
        offset: int = 0,
        sort: Literal["score", "date"] = "score",
        copies: bool = False,
        snippet: int | None = None,
        explain: bool = False,
    ) -> Results:
        """Return the passages, or the articles, that answer a query best.

        Args:
            text: Words; "phrases"; AND, OR, NOT, `-`, parentheses; `word*`, `word~`, `=word`;
                `a w/5 b`, `a w/s b`, `atleast3(a)`; `title:`, `source:`, `author:`, `date:`.
            limit: The most hits.
            per_article: The most hits of one article, or None for all.
            count: Whether `Results.total` must be exact; it takes longer then.
            exact_names: Whether names are looked for only as they are spelled in the query.
            suggest: Whether to look for what may help: other spellings, each part alone.
            articles: Whether a hit is an article: its best passage, and others as `others`.
            offset: How many of the first hits to pass over.
            sort: "score" for the best first, "date" for the newest: with all words, if there are.
            copies: Whether a passage of several articles gives several hits, not one with `copies`.
            snippet: The longest snippet, in characters; None for what the settings say.
            explain: Whether to say how the query was read and how each hit was scored.

        Returns:
            Hits, best first, and counts; these are of passages in any case. No text raises.

        >>> import newsearch, tempfile
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text="Mr Zelenskyy took the ferry.")])
        ...     [hit.snippet.text for hit in index.search("zelensky")]
        ['Mr Zelenskyy took the ferry.']
        """
        from newsearch.answering.answer import answer

        with self._current() as view:
            first, newest = max(0, offset), by_date(sort)
            how = (exact_names, suggest, articles, first, newest, copies, snippet, explain)
            return answer(view, text, Asked(max(0, limit), per_article, count, *how))

    def searcher(self) -> Any:
        """Return a searcher of Whoosh's over the index as it is now.

        Any query of `whoosh.query` runs, what `whoosh.qparser` makes, too; results can be sorted,
        grouped, filtered, collapsed and highlighted as Whoosh does it. One document is one
        passage; scores are newsearch's BM25, unless you give the searcher's reader to another
        `whoosh.searching.Searcher` with a weighting of Whoosh's.

        Indexed are `text` and `title`, as newsearch cuts and folds words, and, to the letter,
        `article_id`, `source`, `author`, `date` (a day) and `passage` (its number in the article).
        Stored are these and `start` and `end`, the passage's place in the article's text.

        Returns:
            A `whoosh.searching.Searcher`; close it, best by `with`. It keeps what it shows while
            the index changes. It raises Whoosh's own errors.

        >>> import newsearch, tempfile
        >>> from whoosh.query import And, Prefix, Term
        >>> query = And([Term("text", "ferry"), Prefix("source", "Orlund")])
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text="The ferry runs.", source="Orlund Post")])
        ...     with index.searcher() as searcher:
        ...         [(hit["article_id"], hit["source"]) for hit in searcher.search(query)]
        [('1', 'Orlund Post')]
        """
        with self._current() as view:
            return view.snapshot.searcher()

    @property
    def names(self) -> Names:
        """The names of the index: their spellings, why they are one, and what you say of them.

        >>> import newsearch, tempfile
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text="Mr Zelenskyy met Mr Zelinsky.")])
        ...     [each.form for each in index.names.spellings("Zelensky")]
        ...     index.names.explain("Zelenskyy", "Zelinsky").level
        ['zelenskyy']
        """
        from newsearch.naming import Names

        return Names(self.path, self._current)

    @property
    def views(self) -> Views:
        """Answers as a whole: by time, by outlet, by word; whole articles, and more like them.

        >>> import newsearch, tempfile
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text="The ferry runs.", source="Orlund Post")])
        ...     [(each.source, each.articles) for each in index.views.sources("ferry").outlets]
        [('Orlund Post', 1)]
        """
        from newsearch.views import Views

        return Views(self._current)

    def article(self, article_id: str) -> Article | None:
        """Return an article as it is kept, cleaned, or None; offsets of hits count in its text."""
        with self._current() as view:
            return view.snapshot.article(article_id)

    def copies(self, article_id: str) -> tuple[LinkedArticle, ...]:
        """Return the articles that carry the same story in the same words, likest first.

        >>> import newsearch, tempfile
        >>> text = "The night ferry to Orlund runs again after the long strike of its crews."
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text=text), Article(id="2", text=text)])
        ...     [(each.article_id, each.kind) for each in index.copies("1")]
        [('2', 'copy')]
        """
        from newsearch.answering.copies import linked_articles

        with self._current() as view:
            return linked_articles(view.snapshot, article_id, self.settings.copies)

    def copied(self) -> int:
        """Count the passages that say to the word what another says, but for one of each."""
        from newsearch.answering.copies import copied

        with self._current() as view:
            return copied(view.snapshot)

    def removed(self, article_id: str) -> tuple[Removal, ...]:
        """Return what cleaning took out of an article, in the order of its text."""
        with self._current() as view:
            return view.snapshot.removed(article_id)

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles."""
        with self._current() as view:
            yield from view.snapshot.article_ids()

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each article and what tells this version of it from any other."""
        with self._current() as view:
            yield from view.snapshot.fingerprints()

    def info(self) -> IndexInfo:
        """Count what the index holds."""
        from newsearch.counting import index_info

        with self._current() as view:
            return index_info(view.snapshot.info(), self.path)

    @contextmanager
    def _changing_with(self) -> Iterator[Writer]:
        """Give a writer whose changes are all made, and seen by the next search, or none."""
        with self._changing:
            writer = self._engine.writer()
            try:
                yield writer
                writer.commit()
            except BaseException:
                writer.cancel()
                raise
            self._newest.look_again()
