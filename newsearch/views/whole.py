"""A whole article with the words of a query marked."""

from __future__ import annotations

from newsearch.answering.copies import linked_articles
from newsearch.answering.matching import Places
from newsearch.answering.view import View
from newsearch.query import Resolved
from newsearch.records import Span
from newsearch.views.records import MarkedArticle


def marked_article(
    view: View, article_id: str, query: str, exact_names: bool
) -> MarkedArticle | None:
    """Return an article with the words of a query marked, or None if it is not there."""
    article = view.snapshot.article(article_id)
    if article is None:
        return None
    removed = view.snapshot.removed(article_id)
    copies = linked_articles(view.snapshot, article_id, view.settings.copies)
    resolved, notes = view.read(query, names=not exact_names)
    if resolved is None:
        return MarkedArticle(article, removed, copies, notes=notes)
    spans = _spans(view, article_id, resolved)
    return MarkedArticle(article, removed, copies, spans, resolved.names, notes)


def _spans(view: View, article_id: str, resolved: Resolved) -> tuple[Span, ...]:
    snapshot = view.snapshot
    orders = snapshot.passages(article_id)
    leaves = resolved.leaves
    begins = snapshot.begins([leaf.text for leaf in leaves], orders)
    places = Places(begins, [len(leaf.places) for leaf in leaves], [1.0] * len(leaves))
    spans = []
    for at, order in enumerate(orders.tolist()):
        passage = snapshot.passage(order)
        start = passage.place().start
        found = places.marks(at, view.layouts.of(order, passage), article_id)
        spans += [(start + mark.start, start + mark.end) for mark in found]
    return tuple(spans)
