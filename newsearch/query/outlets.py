"""An outlet as it was typed, to the outlets of an index.

In: `bbc.com`, `bbc*` or `Al Jazeera`, and the outlets that articles name. Out: those that are
meant, as they are written there, and a note where that is not as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from newsearch.analysis import tokenize
from newsearch.query.patterns import fitting

_SHOWN = 3  # outlets in a note


def outlets(typed: str, pattern: bool, known: Mapping[str, int]) -> tuple[tuple[str, ...], str]:
    """Return the outlets that are meant, sorted, and a note or "".

    Args:
        typed: Case, accents, punctuation and a `www.` do not matter. Where no outlet has that
            name, those are meant whose names have these words in them.
        pattern: Whether `*` and `?` stand for any letters, for any letter.
        known: All outlets, with the number of their articles.

    >>> known = {"BBC.com": 5, "Al Jazeera": 3, "Orlund Post": 9}
    >>> outlets("www.bbc.com", False, known), outlets("o*", True, known)
    ((('BBC.com',), ''), (('Orlund Post',), ''))
    >>> outlets("jazeera", False, known)
    (('Al Jazeera',), 'source:jazeera is read as Al Jazeera')
    >>> outlets("orland post", False, known)
    ((), 'no source is called orland post; perhaps Orlund Post')
    """
    if pattern:
        matches = fitting(typed)
        found = tuple(sorted(name for name in known if matches(name)))
        return found, "" if found else f"no source fits {typed}"
    wanted = _words(typed)
    words = {name: _words(name) for name in known}
    found = tuple(sorted(name for name in known if words[name] == wanted))
    if found:
        return found, ""
    found = tuple(sorted(name for name in known if wanted and _holds(words[name], wanted)))
    if found:
        return found, f"source:{typed} is read as {_listed(found)}"
    return (), f"no source is called {typed}{_perhaps(typed, known)}"


def _words(name: str) -> tuple[str, ...]:
    forms = tuple(token.form.lower() for token in tokenize(name))
    return forms[1:] if forms[:1] == ("www",) and len(forms) > 1 else forms


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _perhaps(typed: str, known: Mapping[str, int]) -> str:
    by_lower = {name.lower(): name for name in known}
    near = [by_lower[name] for name in get_close_matches(typed.lower(), by_lower, _SHOWN)]
    return f"; perhaps {_listed(tuple(near))}" if near else ""
