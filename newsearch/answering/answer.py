"""A query and a view of an index to `Results`: the stages of asking, one after the other.

parse → resolve → engine.search → match → rank → choose → snippets
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from newsearch.answering.asked import Asked
from newsearch.answering.choosing import Chosen, Pool, find
from newsearch.answering.copies import copies_of
from newsearch.answering.matching import Places
from newsearch.answering.showing import shown
from newsearch.answering.view import View
from newsearch.records import Hit, Results


def answer(view: View, text: str, asked: Asked) -> Results:
    """Answer one query; see `NewsIndex.search`."""
    started = time.perf_counter()
    resolved, notes = view.read(text, not asked.exact_names)
    if resolved is None:
        return Results(query=text, notes=notes)
    if not resolved.leaves:
        asked = replace(asked, newest=True)  # facts alone make no passage better than another
    pool, chosen = find(view, resolved, asked)
    found = Results(
        query=text,
        hits=_hits(view, pool, chosen, asked),
        complete=pool.complete,
        total=pool.total,
        exact=pool.exact,
        words=len(resolved.leaves),
        filtered=resolved.filters,
        names=resolved.names,
        notes=notes,
        offset=asked.offset,
        seconds=time.perf_counter() - started,
    )
    if not asked.suggest and not asked.explain:
        return found
    resolver = view.resolver(not asked.exact_names)
    if asked.suggest:
        from newsearch.answering.helping import helped  # what few answers need

        found = helped(found, view, resolver, resolved)
    if asked.explain:
        from newsearch.answering.explaining import explained, score_of

        how = pool.ranked, pool.matches, resolved, view.settings.title_weight
        scores = tuple([score_of(each[0], *how) for each in chosen])
        found = explained(found, view, resolver, resolved, scores)
    return replace(found, seconds=time.perf_counter() - started)


def _hits(view: View, pool: Pool, chosen: Chosen, asked: Asked) -> tuple[Hit, ...]:
    matches = pool.matches
    places = Places(matches.begins, matches.lengths.tolist(), matches.weights.tolist())
    most = view.settings.snippet_characters if asked.snippet is None else max(1, asked.snippet)

    def hit(at: int, *others: int) -> Hit:
        order = pool.orders.item(at)
        passage = view.snapshot.passage(order)
        place = passage.place()
        layout = partial(view.layouts.of, order, passage)
        show = partial(shown, layout, place, places, at, most)
        score, copies = pool.folding.folded[at]
        find_copies = partial(copies_of, passage, copies, pool.folding.least)
        return Hit(score, *place, show, find_copies, tuple([hit(other) for other in others]))

    return tuple([hit(*each) for each in chosen])
