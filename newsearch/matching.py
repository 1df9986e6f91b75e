"""Where the leaves of a query match in a text.

In: a text's tokens and the query's leaves. Out: for ranking, the places of each leaf; for
snippets, the matched words. A word of a phrase counts only where the whole phrase stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.analysis import Token
from newsearch.query import Leaf
from newsearch.ranking import LeafMatch
from newsearch.snippets import Mark


def places(tokens: Sequence[Token], leaf: Leaf) -> tuple[int, ...]:
    """Return the numbers of the tokens at which a leaf begins.

    >>> from newsearch.analysis import tokenize
    >>> leaf = Leaf((("rare",), ("earth", "earths")))
    >>> places(tokenize("Rare ferries; rare-earth and rare earths."), leaf)
    (2, 5)
    """
    first, *rest = [frozenset(forms) for forms in leaf.places]
    last = len(tokens) - len(rest)
    return tuple(
        at
        for at in range(last)
        if tokens[at].form in first
        and all(tokens[at + step].form in forms for step, forms in enumerate(rest, 1))
    )


def match(
    tokens: Sequence[Token],
    title: Sequence[Token],
    leaves: Sequence[Leaf],
    weights: Sequence[float],
) -> tuple[LeafMatch, ...]:
    """Return where each leaf matches in a passage and whether it does in the title."""
    return tuple(
        LeafMatch(weight, places(tokens, leaf), len(leaf.places), bool(places(title, leaf)))
        for leaf, weight in zip(leaves, weights, strict=True)
    )


def marks(tokens: Sequence[Token], matches: Sequence[LeafMatch]) -> tuple[Mark, ...]:
    """Return the matched words, sorted, each once."""
    found: dict[int, Mark] = {}
    for which, matched in enumerate(matches):
        for begin in matched.places:
            for at in range(begin, begin + matched.length):
                token = tokens[at]
                share = max(matched.weight, 1e-9) / matched.length
                found.setdefault(at, Mark(token.start, token.end, which, share))
    return tuple(found[at] for at in sorted(found))
