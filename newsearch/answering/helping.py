"""Help where an answer is not what was hoped for: other spellings, and what stood in the way.

In: an answer, the query, and a view of the index. Out: the answer with spellings that may be the
same name and, where no passage has all of the query, with what each part of it finds alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from whoosh.query import And, Not, Term

from newsearch.analysis import fold
from newsearch.answering.view import View
from newsearch.engines.base import Snapshot
from newsearch.insights import Alone, NameGroup
from newsearch.query import Lexicon, Resolved, Resolver
from newsearch.query.patterns import near
from newsearch.query.typed import Exactly, Together, is_filter
from newsearch.query.writing import write
from newsearch.records import Results

_PARTS_AT_MOST = 12  # each costs a search or two
_INSTEAD_AT_MOST = 3
_ENOUGH = 3  # passages that hold a word, for it to be what was meant
_LONG = 5  # letters of a word in which two may be wrong
_SLIP_COSTS = 30  # a word with one slip less is as likely as one so many times as frequent


def helped(results: Results, view: View, resolver: Resolver, resolved: Resolved) -> Results:
    """Return an answer with what may help.

    Args:
        results: The answer.
        view, resolver: What it was asked with.
        resolved: The query as it was run.
    """
    suggestions = tuple(
        NameGroup(meaning.word, *zip(*offered, strict=True))
        for meaning in resolved.meanings
        if resolver.names and (offered := view.lexicon.suggestions(meaning, resolved.meanings))
    )
    alone: tuple[Alone, ...] = ()
    if not results.complete:
        alone = _alone(resolved.typed, view.snapshot, view.lexicon, resolver.resolve)
    return replace(results, suggestions=suggestions, alone=alone, searched=view.searched)


def _alone(
    tree: Any, snapshot: Snapshot, lexicon: Lexicon, resolve: Callable[[Any], Resolved]
) -> tuple[Alone, ...]:
    """Return what each part of a query finds alone; nothing for a query of too many parts."""

    def count(part: Any) -> int:
        wanted = resolve(part).all
        return 0 if wanted is None else snapshot.search(wanted, 0, count=True).total

    parts = _parts(tree)
    if len(parts) > _PARTS_AT_MOST:
        return ()
    found = []
    for at, part in enumerate(parts):
        left_out = isinstance(part, Not) and not is_filter(part)
        passages = count(part.query if left_out else part)
        others = [*parts[:at], *parts[at + 1 :]]
        without = count(And(others)) if others and _is_something(others) else 0
        instead: tuple[tuple[str, int], ...] = ()
        if passages < _ENOUGH and isinstance(part, Term) and not isinstance(part, Exactly):
            if not is_filter(part):
                instead = _instead(part.text, passages, snapshot, lexicon)
        found.append(Alone(write(part), passages, without, instead, left_out))
    return tuple(found)


def _parts(tree: Any) -> list[Any]:
    """Return the parts of a query that must all be there, or not be there."""
    if isinstance(tree, Together) or (isinstance(tree, And) and not is_filter(tree)):
        return [part for child in tree.subqueries for part in _parts(child)]
    return [tree]


def _is_something(parts: list[Any]) -> bool:
    return any(not isinstance(part, Not) or is_filter(part) for part in parts)


def _instead(
    word: str, passages: int, snapshot: Snapshot, lexicon: Lexicon
) -> tuple[tuple[str, int], ...]:
    """Return words near a word that many more passages hold, the likeliest first."""
    form = fold(word)
    if len(form) < _ENOUGH or not form.isalpha():
        return ()
    slips = {
        count.form: _slips(form, count.form)
        for count in near(form, 2, lexicon.indexed.forms)
        if count.form != form
    }
    most = 2 if len(form) >= _LONG else 1
    forms = [each for each, slip in slips.items() if slip <= most]
    held = zip(forms, snapshot.holding(forms).tolist(), strict=True)
    likely = [
        (many / _SLIP_COSTS ** slips[each], each, many)
        for each, many in held
        if many > _ENOUGH * passages
    ]
    likely.sort(key=lambda one: (-one[0], one[1]))
    return tuple([(each, many) for _, each, many in likely[:_INSTEAD_AT_MOST]])


def _slips(one: str, other: str) -> int:
    """Return how many letters are more, less, different or swapped with the next one.

    >>> _slips("feryr", "ferry"), _slips("ferrry", "ferry"), _slips("tram", "boat")
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, each in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != each))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == each:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]
