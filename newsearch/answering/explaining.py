"""How a query was read, and why each hit stands where it does, as typed records.

In: a typed and a resolved query, and what the ranking made of the candidates. Out: an
`Explanation`. Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from newsearch.answering.ranking import LeafMatches, Ranked
from newsearch.answering.view import View
from newsearch.engines.base import Snapshot
from newsearch.insights import Explanation, FormReading, ScoreReading, WordReading
from newsearch.query import Lexicon, Meaning, Resolved, Resolver
from newsearch.query.describing import describe
from newsearch.query.writing import write
from newsearch.records import Results


def explained(
    results: Results,
    view: View,
    resolver: Resolver,
    resolved: Resolved,
    scores: tuple[ScoreReading, ...],
) -> Results:
    """Return an answer with how its query was read and how its hits were scored.

    Args:
        results: The answer.
        view, resolver: What it was asked with.
        resolved: The query as it was run.
        scores: Of the hits, see `score_of`.
    """
    words = tuple(_reading(each, view.lexicon, view.snapshot) for each in resolved.meanings)
    reading = describe(resolved.typed, resolver.meanings)
    query = write(resolved.typed)
    return replace(results, explanation=Explanation(query, reading, words, scores))


def score_of(
    at: int,
    ranked: Ranked,
    matches: LeafMatches,
    resolved: Resolved,
    title_weight: float,
) -> ScoreReading:
    """Return the score of a passage in parts, whatever parts the ranking has.

    Args:
        at: Which of the passages that were ranked.
        ranked, matches: Their scores, and what each leaf of the query is in them.
        resolved: The query.
        title_weight: What a match in the title counts beside one in the passage.
    """
    values = [(each.name, getattr(ranked, each.name)) for each in fields(ranked)]
    parts = tuple(
        (name, float(value[at]))
        for name, value in values
        if value.dtype == np.float64 and name != "total"
    )
    names = {meaning.forms: meaning.word for meaning in resolved.meanings}
    texts = (matches.weights * matches.strengths[:, at]).tolist()
    titles = (title_weight * matches.weights * matches.titles[:, at]).tolist()
    leaves = []
    for leaf, in_text, in_title in zip(resolved.leaves, texts, titles, strict=True):
        word = " ".join([names.get(place, place[0]) for place in leaf.places if place])
        leaves += [(word, "text", in_text), (word, "title", in_title)]
    return ScoreReading(parts, tuple(leaf for leaf in leaves if leaf[2]))


def _reading(meaning: Meaning, lexicon: Lexicon, snapshot: Snapshot) -> WordReading:
    held = zip(meaning.forms, snapshot.holding(meaning.forms).tolist(), strict=True)
    found = [_form(meaning, form, passages, lexicon) for form, passages in held]
    return WordReading(
        meaning.word, tuple(sorted(found, key=lambda each: (-each.passages, each.form)))
    )


def _form(meaning: Meaning, form: str, passages: int, lexicon: Lexicon) -> FormReading:
    if form == meaning.own:
        return FormReading(form, passages, "typed")
    if meaning.kind in ("pattern", "fuzzy"):
        return FormReading(form, passages, meaning.kind)
    if any(form == spelling for spelling, _ in meaning.spellings):
        for each in lexicon.matcher.match(meaning.word):
            if each.form == form:
                numbers = (
                    (None, None) if each.evidence == "file" else (each.distance, each.likeness)
                )
                return FormReading(form, passages, each.evidence, *numbers)
    return FormReading(form, passages, "acronym" if form.isupper() else "stem")
