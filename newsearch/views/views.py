"""What `NewsIndex.views` gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Literal

from newsearch.answering.asked import Asked
from newsearch.answering.copies import linked_articles
from newsearch.answering.view import View
from newsearch.records import Results
from newsearch.views.found import find
from newsearch.views.like import like
from newsearch.views.records import MarkedArticle, Sources, Terms, Timeline
from newsearch.views.sources import sources
from newsearch.views.terms import terms
from newsearch.views.timeline import timeline
from newsearch.views.whole import marked_article


class Views:
    """Answers as a whole, and whole articles; see `NewsIndex.views`.

    All count passages that have all of the query's words; no query raises.

    Args:
        current: Gives the newest view of the index.
    """

    def __init__(self, current: Callable[[], AbstractContextManager[View]]) -> None:
        self._current = current

    def timeline(
        self,
        query: str,
        by: Literal["day", "week", "month", "year"] | None = None,
        *,
        exact_names: bool = False,
    ) -> Timeline:
        """Return how much of an answer is of each day, week, month or year.

        Args:
            query: As for `NewsIndex.search`.
            by: How long a bar is; None for what makes some dozen bars.
            exact_names: As for `NewsIndex.search`.

        Raises:
            NewsearchError: There would be more than 20,000 bars.
            ValueError: `by` is none of these.

        >>> import newsearch, tempfile
        >>> from newsearch import Article
        >>> with newsearch.create(tempfile.mkdtemp()) as index:
        ...     _ = index.add([Article(id="1", text="The ferry runs.", date="2025-03-12")])
        ...     [(bar.first, bar.passages) for bar in index.views.timeline("ferry").bars]
        [('2025-03-12', 1)]
        """
        with self._current() as view:
            return timeline(find(view, query, exact_names), by)

    def sources(
        self, query: str, *, limit: int | None = None, exact_names: bool = False
    ) -> Sources:
        """Return how much of an answer each outlet has, since when, and in which words.

        Args:
            query, exact_names: As for `NewsIndex.search`.
            limit: The most outlets, or None for all.
        """
        with self._current() as view:
            return sources(find(view, query, exact_names), limit)

    def terms(self, query: str, *, limit: int = 20, exact_names: bool = False) -> Terms:
        """Return the words that are more frequent in an answer than in the whole index.

        Of a long answer, some hundred passages are read, spread evenly over it.

        Args:
            query, exact_names: As for `NewsIndex.search`.
            limit: The most words.
        """
        with self._current() as view:
            return terms(view, find(view, query, exact_names), max(0, limit))

    def like(
        self,
        text: str = "",
        *,
        article_id: str | None = None,
        passage: int | None = None,
        limit: int = 10,
        per_article: int | None = 1,
        articles: bool = False,
    ) -> Results | None:
        """Return passages, or articles, that are about the same as a text or an article.

        Args:
            text: What they should be like, if not an article.
            article_id: An article of the index; neither it nor its copies are in the answer.
            passage: The number of the passage of it that is meant; None for all of it.
            limit, per_article, articles: As for `NewsIndex.search`.

        Returns:
            As `NewsIndex.search` does; its query is the words that were looked for. None if there
            is no such article or passage.
        """
        with self._current() as view:
            leave_out: frozenset[str] = frozenset()
            if article_id is not None:
                found = _text_of(view, article_id, passage)
                if found is None:
                    return None
                copies = linked_articles(view.snapshot, article_id, view.settings.copies)
                text = found
                leave_out = frozenset({article_id, *(each.article_id for each in copies)})
            asked = Asked(max(0, limit), per_article, articles=articles)
            return like(view, text, asked, leave_out)

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of the articles that go by a name.

        Args:
            name: An id, or the end of one, as the name of a file is the end of its path.
        """
        with self._current() as view:
            if view.snapshot.article(name) is not None:
                return (name,)
            end = f"/{name}"
            return tuple(each for each in view.snapshot.article_ids() if each.endswith(end))

    def article(
        self, article_id: str, query: str = "", *, exact_names: bool = False
    ) -> MarkedArticle | None:
        """Return a whole article with the words of a query marked, or None if it is not there.

        Args:
            article_id: As hits have it.
            query, exact_names: As for `NewsIndex.search`; "" marks nothing.
        """
        with self._current() as view:
            return marked_article(view, article_id, query, exact_names)


def _text_of(view: View, article_id: str, passage: int | None) -> str | None:
    """Return the text of an article with its title, or of one of its passages, or None."""
    if passage is None:
        article = view.snapshot.article(article_id)
        return None if article is None else f"{article.title}\n{article.text}"
    orders = view.snapshot.passages(article_id)
    if not 0 <= passage < len(orders):
        return None
    return view.snapshot.passage(int(orders[passage])).text()
