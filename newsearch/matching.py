"""Which words of a passage matched.

In: a passage's tokens and where the query's leaves begin in it. Out: the words to mark. A word
of a phrase counts only where the whole phrase stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.analysis import Token
from newsearch.ranking import LeafMatch
from newsearch.snippets import Mark


def marks(tokens: Sequence[Token], matches: Sequence[LeafMatch]) -> tuple[Mark, ...]:
    """Return the matched words, sorted, each once.

    >>> from newsearch.analysis import tokenize
    >>> rare_earth = LeafMatch(weight=1.0, places=(2,), length=2, in_title=False)
    >>> [(mark.start, mark.end) for mark in marks(tokenize("Earth is rare earth."), [rare_earth])]
    [(9, 13), (14, 19)]
    """
    found: dict[int, Mark] = {}
    for which, matched in enumerate(matches):
        for begin in matched.places:
            for at in range(begin, begin + matched.length):
                token = tokens[at]
                share = max(matched.weight, 1e-9) / matched.length
                found.setdefault(at, Mark(token.start, token.end, which, share))
    return tuple(found[at] for at in sorted(found))
