"""An outlet or an author as typed, to those of an index.

In: `bbc.com`, `bbc*` or `Al Jazeera`, and the names that articles give. Out: those that are meant,
as they are written there, and a note where that is not as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property, partial
from operator import eq
from typing import Any

from newsearch.analysis import fold, tokenize
from newsearch.query.filters import AUTHOR
from newsearch.query.patterns import fitting, is_pattern, pattern_words

_SHOWN = 3  # names in a note
_Fits = Callable[[str], Any]


class KnownNames:
    """The outlets, or the authors, that the articles of an index name.

    Args:
        field: SOURCE or AUTHOR. A byline names several authors, so each part of one will do.
        counts: The names, with the number of their articles.
    """

    def __init__(self, field: str, counts: Mapping[str, int] | None = None) -> None:
        self._field = field
        self.counts = counts or {}

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        """The forms of each name."""
        forms = cache(_forms)  # first names come again and again
        return {
            name: _bare(tuple([form for piece in name.split() for form in forms(piece)]))
            for name in self.counts
        }

    def find(self, typed: str) -> tuple[tuple[str, ...], str]:
        """Return the names that are meant, sorted, and a note or "".

        Args:
            typed: Case, accents, punctuation and a `www.` do not matter; `*` stands for any
                letters, `?` before others for any letter. Where no outlet has that name, those are
                meant whose names have these words in them, or words that begin so.

        >>> known = KnownNames("source", {"BBC.com": 5, "Al Jazeera": 3, "Orlund Post": 9})
        >>> known.find("www.bbc.com"), known.find("o*")
        ((('BBC.com',), ''), (('Orlund Post',), ''))
        >>> known.find("jazeera")
        (('Al Jazeera',), 'source:jazeera is read as Al Jazeera')
        >>> known.find("orland post")
        ((), 'no source is called orland post; perhaps Orlund Post')
        >>> KnownNames("author", {"By Ida Moor and Jan Åström": 1, "Ida Moore": 1}).find("astr*")
        (('By Ida Moor and Jan Åström',), '')
        """
        whole = set(self._whole(typed))
        if whole and self._field != AUTHOR:
            return tuple(sorted(whole)), ""
        found = tuple(sorted(whole.union(self._in_part(typed))))
        if not found and self._field != AUTHOR and not is_pattern(typed):
            found = tuple(sorted(self._in_part(f"{typed}*")))  # fox, of foxnews.com
        if not found:
            return (), f"no {self._field} is called {typed}{self._perhaps(typed)}"
        if self._field == AUTHOR:
            return found, ""
        return found, f"{self._field}:{typed} is read as {_listed(found)}"

    def _whole(self, typed: str) -> Iterator[str]:
        """Yield the names that are what was typed."""
        if is_pattern(typed):
            fits = _pattern(typed)
            return (name for name in self.counts if fits(_plain(name)))
        wanted = _bare(_forms(typed))
        return (name for name, words in self._words.items() if words == wanted)

    def _in_part(self, typed: str) -> Iterator[str]:
        """Yield the names that have what was typed in them, word by word."""
        wanted: list[_Fits] = (
            [_pattern(word) for word in pattern_words(typed)]
            if is_pattern(typed)
            else [partial(eq, form) for form in _bare(_forms(typed))]
        )
        return (name for name, words in self._words.items() if _holds(words, wanted))

    def _perhaps(self, typed: str) -> str:
        near = {name.lower(): name for name in self.counts}
        if self._field == AUTHOR:
            near |= {word: word for words in self._words.values() for word in words}
        found = [near[name] for name in get_close_matches(typed.lower(), near, _SHOWN)]
        return f"; perhaps {_listed(tuple(found))}" if found else ""


def _forms(text: str) -> tuple[str, ...]:
    return tuple([token.form.lower() for token in tokenize(text)])


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] == ("www",) and len(words) > 1 else words


def _plain(text: str) -> str:
    """Return a name in plain small letters, with its spaces."""
    return " ".join(map(fold, text.split(" ")))


def _pattern(typed: str) -> _Fits:
    return fitting([piece if piece in _ANY else _plain(piece) for piece in _PIECE.split(typed)])


_ANY = ("*", "?")
_PIECE = re.compile(r"([*?])")


def _holds(words: tuple[str, ...], wanted: list[_Fits]) -> bool:
    places = range(len(words) - len(wanted) + 1) if wanted else ()
    return any(all(fits(words[at + n]) for n, fits in enumerate(wanted)) for at in places)


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
