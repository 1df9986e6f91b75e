"""The Arabic article of a name, which newsrooms write in several ways or leave out.

In: a word or a phrase of a query, as typed. Out: what asks for the name with any article or none.
Only an article that is joined to its name by a hyphen is one: "Al Gore" is not "al-Assad". Where
none was typed, a names file tells which names have one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from whoosh.query import Phrase, Term

from newsearch.query.typed import Beside

# al-, el- before any name; else the article takes on the sound with which the name begins.
_ARTICLE = re.compile(
    r"(?:[ae]l|[ae](?=(d|n|r|s|t|z|sh|ch|th)-\1)\1)[-‐‑–](?=[^\W\d_]{3})", re.IGNORECASE
)
_SPACED = ("al", "el")  # who types an article as a word wants it there
_BEFORE_ARTICLE = 2  # tokens from the word before it to the name: the article may stand between


def any_article(node: Any, has_article: Callable[[str], bool]) -> Any:
    """Return a node that finds a name whatever its article is; any other node as it is.

    Args:
        node: Of a typed tree.
        has_article: Whether a word is a name that newsrooms write with the article or without.

    >>> from whoosh.query import Term
    >>> any_article(Term("text", "ash-Shaab"), lambda word: False)
    Term('text', 'Shaab')
    >>> any_article(Term("text", "win-win"), lambda word: False)
    Term('text', 'win-win')
    """
    if type(node) is Term:
        bare = _bare(node.text)
        return node if bare is None else Term(node.fieldname, bare)
    if type(node) is Phrase:
        return _phrase(node, has_article)
    return node


def _bare(text: str) -> str | None:
    """Return a name without its article, None for what has none."""
    found = _ARTICLE.match(text)
    return text[found.end() :] if found else None


def _phrase(node: Phrase, has_article: Callable[[str], bool]) -> Any:
    """Return a phrase as its parts one after the other, with room for an article between them."""
    parts: list[list[str]] = [[]]
    for word in node.words:
        bare = _bare(word)
        before = parts[-1][-1].casefold() if parts[-1] else ""
        if before and (bare is not None or (before not in _SPACED and has_article(word))):
            parts.append([])
        parts[-1].append(word if bare is None else bare)
    tree: Any = Phrase(node.fieldname, parts[0])
    for part in parts[1:]:
        tree = Beside(tree, Phrase(node.fieldname, part), _BEFORE_ARTICLE, ordered=True)
    return tree
