"""The distinctive words of an answer, against the whole index."""

from __future__ import annotations

from newsearch.analysis import Token
from newsearch.answering.view import View
from newsearch.query import OneOf
from newsearch.query.nodes import TEXT
from newsearch.views.found import Found
from newsearch.views.records import TermFacts, Terms
from newsearch.views.wording import READ_AT_MOST, SURE, Sample, read, surprise

_LOOKED_AT = 3  # times as many as are wanted: some are forms of one word


def terms(view: View, found: Found, limit: int) -> Terms:
    """Return the most distinctive words; forms of one word, and spellings of one name, are one."""
    snapshot, corpus = found.snapshot, found.snapshot.count()
    sample = read(snapshot, found.orders, READ_AT_MOST)
    asked = found.resolved.forms if found.resolved else frozenset()
    counts = {form: many for form, many in sample.counts.items() if form not in asked}
    holding = snapshot.holding(list(counts)).tolist()
    scored = {
        form: _score(many, len(sample), every, corpus)
        for (form, many), every in zip(counts.items(), holding, strict=True)
    }
    sure = (form for form, score in scored.items() if score >= SURE)
    best = sorted(sure, key=lambda form: (-scored[form], form))[: _LOOKED_AT * limit]
    written = sample.written(best)
    made: list[TermFacts] = []
    taken = set(asked)
    for form in best:
        if form not in taken:
            term = _term(view, sample, *written[form], corpus)
            if taken.isdisjoint(term.forms) and term.score >= SURE:
                made.append(term)
            taken.update(term.forms)
    made.sort(key=lambda term: (-term.score, term.word))
    return Terms(found.scope(), len(sample), corpus, tuple(made[:limit]))


def _term(view: View, sample: Sample, word: str, token: Token, corpus: int) -> TermFacts:
    """Return a word with its other forms and spellings."""
    forms = view.meaning(token, word).forms
    here = sample.holding(forms)
    every = view.snapshot.search(OneOf(TEXT, forms), 0, count=True).total
    return TermFacts(word, forms, here, every, _score(here, len(sample), every, corpus))


def _score(holding: int, passages: int, corpus_holding: int, corpus: int) -> float:
    # Copies are read once and counted each time, so there are never fewer in the corpus.
    return surprise(holding, passages, corpus_holding - holding, corpus - passages)
