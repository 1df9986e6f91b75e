"""One run of non-space characters to the words in it.

In: a chunk. Out: its parts, the words that are indexed, with what they look like. What the chunks
around it change is left to `tokenizing` and `encoding`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import NamedTuple

from newsearch.analysis.folding import IDEOGRAPHS, fold


class Case(IntEnum):
    """What a token's spelling says of its being a name."""

    LOWER = 0
    """Written in lower case: an ordinary word."""
    CAPITAL = 1
    """Capitalised in mid-sentence: evidence for a name."""
    UNSURE = 2
    """A number, all capitals, or the first word of a sentence: no evidence either way."""


class Part(NamedTuple):
    """A token inside a chunk: offsets count from the chunk's start."""

    form: str
    start: int
    end: int
    case: Case
    fresh: bool  # a sentence may begin here: a bracket, quote, dash or full stop stands before
    shape: str  # "A" all capitals and at least four letters, "a" any other long word, "" neither


class Chunk(NamedTuple):
    parts: tuple[Part, ...]
    closes: bool  # ends with something after which a sentence may begin


# Marks that combine with the letter before them, and invisible joiners and soft hyphens: inside
# a word they are part of it. (`\w` alone would cut "Erdog\u0306an" in two.)
_JOINED = "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7" + (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903\u093a-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_LETTER = r"[^\W\d_]"
_APOSTROPHES = "'’ʼ‘＇"
_W = rf"(?:[^\W_{IDEOGRAPHS}][{_JOINED}]*)"

_TOKEN = re.compile(
    rf"""
      (?P<dotted> (?<![^\W_]) (?:{_LETTER}\.){{2,}} (?:{_LETTER}(?![^\W_]))?     # U.S. U.S.A
                | (?<![^\W_]) (?:{_LETTER}\.)+ {_LETTER} (?![^\W_]) )            # U.S
        (?: [{_APOSTROPHES}][sS](?![^\W_]) )?
    | (?P<joined> (?<![^\W_]) {_LETTER}{{1,3}} (?:&{_LETTER}{{1,3}})+ (?![^\W_]) ) # AT&T R&D
        (?: [{_APOSTROPHES}][sS](?![^\W_]) )?
    | (?P<ideograph> [{IDEOGRAPHS}] )
    | (?P<number> \d+ (?:[.,]\d+)+ )
    | (?P<word> {_W}+ (?: [{_APOSTROPHES}]{_W}+ )* )
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
# F-16 = F16, Covid-19 = Covid19, $5bn = $5 bn: letters and digits that touch are two tokens.
# Only one change from one to the other: what mixes them more is a code and stays whole.
_LETTERS_DIGITS = re.compile(rf"({_LETTER}+)(\d+)$|(\d+)({_LETTER}+)$")
# Between two words of one sentence stands nothing but these.
is_mid_sentence = frozenset(", -‐‑&'’/$€£").issuperset
_ACRONYM_PLURAL = re.compile(r"[A-Z]{2,3}s$")


# Words or numbers of plain letters or digits with a hyphen or slash between each two, mostly one,
# with nothing that could be a part of them around them. Nine of ten chunks are so simple, and need
# not go through `_TOKEN`, which takes ten times as long. A test holds the two against each other.
_PLAIN = "(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+(?:[.][0-9]+)?)"
PLAIN = rf"""([-"'“”‘’(\[<$*]*)
        ( {_PLAIN}(?:[-/]{_PLAIN})* )
        (?: (?<![0-9]) ['’]s )?
        ([-.,;:!?"'“”‘’)\]>*/]*)"""
_plain = re.compile(PLAIN, re.VERBOSE).fullmatch

_LOWER, _CAPITAL, _UNSURE = Case
# What the classes do themselves, without a Python function in between.
_part: Callable[[tuple[str, int, int, Case, bool, str]], Part] = partial(tuple.__new__, Part)
_chunk: Callable[[tuple[tuple[Part, ...], bool]], Chunk] = partial(tuple.__new__, Chunk)


def analyse_chunk(chunk: str) -> Chunk:
    """Cut one run of non-space characters into parts."""
    plain = _plain(chunk)
    if plain is None:
        return analyse_any(chunk)
    before, whole, after = plain.groups()
    start, fresh = len(before), not is_mid_sentence(before)
    parts = []
    for raw in plain_words(whole):
        form, case, shape = analyse_plain(raw)
        parts.append(_part((form, start, start + len(raw), case, fresh, shape)))
        start, fresh = start + len(raw) + 1, False
    return _chunk((tuple(parts), not is_mid_sentence(after)))


def plain_words(whole: str) -> list[str]:
    """Cut what `PLAIN` finds between the signs of a chunk into its words."""
    return whole.replace("/", "-").split("-")


def analyse_plain(raw: str) -> tuple[str, Case, str]:
    """Return form, case and shape of a part, a word that `PLAIN` finds in a chunk."""
    if raw.islower():
        return raw, _LOWER, "a"
    if raw[0] <= "9":
        return raw.replace(",", ""), _UNSURE, ""
    if len(raw) < 4:
        return raw if len(raw) > 1 and raw.isupper() else raw.lower(), _CAPITAL, ""
    return (raw.lower(), _UNSURE, "A") if raw.isupper() else (raw.lower(), _CAPITAL, "a")


def analyse_any(chunk: str) -> Chunk:
    """Cut any chunk into parts."""
    parts: list[Part] = []
    end = 0
    for match in _TOKEN.finditer(chunk):
        before = chunk[end : match.start()]
        fresh = not is_mid_sentence(before)
        for start, stop, form in _forms(match):
            raw = chunk[start:stop]
            acronym = form.isupper()
            shape = ""
            if not acronym and len(raw) > 3 and raw[:1].isalpha():
                shape = "A" if raw.isupper() else "a"
            elif raw.islower():
                shape = "a"
            parts.append(_part((form, start, stop, _case(raw, acronym), fresh, shape)))
            fresh = False
        end = match.end()
    return Chunk(tuple(parts), not is_mid_sentence(chunk[end:]))


def _forms(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, form) of the one or more tokens in a match of `_TOKEN`."""
    kind = match.lastgroup or "word"
    raw, start = match[kind], match.start()
    if kind == "dotted":
        return [(start, start + len(raw), _word(raw.replace(".", "")))]
    if kind == "number":
        whole = raw.replace(",", "") if _THOUSANDS.match(raw) else raw
        return [(start, start + len(raw), fold(whole))]
    if kind != "word":
        return [(start, start + len(raw), fold(raw))]
    if raw[-1] in "sS":
        raw = _POSSESSIVE.sub("", raw)
    if not raw.isalpha() and (mixed := _LETTERS_DIGITS.match(raw)):
        first, second = (text for text in mixed.groups() if text)
        cut = start + len(first)
        return [(start, cut, _word(first)), (cut, cut + len(second), _word(second))]
    return [(start, start + len(raw), _word(raw))]


def _word(raw: str) -> str:
    if 2 <= len(raw) <= 4:
        if _ACRONYM_PLURAL.match(raw):  # MPs, NGOs
            return _acronym(raw[:-1])
        if len(raw) < 4 and raw.isupper():
            return _acronym(raw)
    return fold(raw)


def _acronym(letters: str) -> str:
    """Return the form of an acronym: capitals up to three letters, else as any word.

    Short ones are written in capitals everywhere, and their lower-case twins are often other
    words (US, IT, WHO). Longer ones are Nato in one outlet and NATO in the next.
    """
    folded = fold(letters)
    return folded.upper() if 2 <= len(letters) <= 3 and folded.isalpha() else folded


def _case(raw: str, acronym: bool) -> Case:
    if acronym:
        return _CAPITAL
    first = raw[0]
    if first.islower():
        return _LOWER
    if first.isupper() and not (len(raw) > 1 and raw.isupper()):
        return _CAPITAL
    return _UNSURE
