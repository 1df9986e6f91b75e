"""What is to be seen of a hit: its text, and what of it is marked, read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from newsearch.analysis import Layout
from newsearch.answering.matching import Places
from newsearch.answering.snippets import snippet
from newsearch.engines.base import Place
from newsearch.records import Shown


def shown(
    laid_out: Callable[[], Layout], place: Place, places: Places, at: int, budget: int
) -> Shown:
    """Read a hit's text, and find what to mark and to show of it.

    Args:
        laid_out: Returns the hit's passage.
        place: Where it stands.
        places: Where the query's leaves stand in the pool.
        at: The passage's place in the pool.
        budget: The longest snippet, in characters.
    """
    layout = laid_out()
    text, found = layout.text, places.marks(at, layout, place.article_id)
    return Shown(
        text,
        tuple([(place.start + mark.start, place.start + mark.end) for mark in found]),
        snippet(layout, found, budget),
        tuple(dict.fromkeys([text[mark.start : mark.end] for mark in found])),
    )
