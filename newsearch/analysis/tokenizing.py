"""Text to tokens: every word of a text with its offsets and the form it is indexed as.

In: any text. Out: `Token`s in order, none left out, "the" included, because phrases need it.
It does not stem and does not join spellings: that is decided when a query is asked.

The text is cut at white space into chunks, and each distinct chunk is analysed once and
remembered, so a rule costs nothing for the millions of times a chunk comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
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


class Token(NamedTuple):
    """A word as it stands in a text.

    Attributes:
        form: What it is indexed as.
        start: Where it begins, in code points.
        end: Where it ends; a possessive ending is left out.
        case: Whether it is written like a name.
    """

    form: str
    start: int
    end: int
    case: Case


class _Part(NamedTuple):
    """A token inside a chunk: offsets count from the chunk's start."""

    form: str
    start: int
    end: int
    case: Case
    fresh: bool  # a sentence may begin here: a bracket, quote, dash or full stop stands before
    acronym: bool  # two or three capitals: "US", which is not "us"
    shape: str  # "A" all capitals and at least four letters, "a" any other long word, "" neither


class _Chunk(NamedTuple):
    parts: tuple[_Part, ...]
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
_MID_SENTENCE = frozenset(", -‐‑&'’/$€£")
_ACRONYM_PLURAL = re.compile(r"[A-Z]{2,3}s$")
_MEMO_LIMIT = 1_000_000  # distinct chunks; about 300 MB at the very worst, then it starts anew

_NOT_SPACE = re.compile(r"\S+")


def tokenize(text: str) -> list[Token]:
    """Return every word of a text, in order, with offsets and indexed form.

    Args:
        text: Any text; offsets count in it as it is given.

    Returns:
        Tokens with 0 <= start < end <= len(text), sorted, not overlapping. Empty for a text
        without a letter or digit.

    >>> [token.form for token in tokenize("The U.S. and Zelensky’s rare-earth deal, worth $500bn")]
    ['the', 'US', 'and', 'zelensky', 'rare', 'earth', 'deal', 'worth', '500', 'bn']
    >>> [token.form for token in tokenize("It helps us. The US helps.")]
    ['it', 'helps', 'us', 'the', 'US', 'helps']
    """
    found = list(_parts(text))
    shouted = _shouting([part.shape for _, part, _ in found])
    tokens = []
    for place, (offset, part, fresh) in enumerate(found):
        form, case = part.form, part.case
        if shouted and place in shouted:
            form, case = form.lower(), Case.UNSURE
        elif fresh and case is Case.CAPITAL:
            case = Case.UNSURE
        tokens.append(Token(form, offset + part.start, offset + part.end, case))
    return tokens


def _parts(text: str) -> Iterator[tuple[int, _Part, bool]]:
    """Yield (offset of the chunk, part, whether a sentence may begin at the part)."""
    fresh = True
    end = 0
    for match in _NOT_SPACE.finditer(text):
        offset = match.start()
        if not fresh and "\n" in text[end:offset]:
            fresh = True
        end = match.end()
        parts, closes = _memo[match[0]]
        for part in parts:
            yield offset, part, fresh or part.fresh
            fresh = False
        fresh = fresh or closes


def _shouting(shapes: list[str]) -> frozenset[int] | set[int]:
    """Return the places of two- and three-letter words that stand among all-capital words.

    In "BANKS TELL US IT WILL HELP" the capitals of "US" and "IT" say nothing.
    """
    if shapes.count("A") < 2:
        return frozenset()
    shouted = set()
    for place, shape in enumerate(shapes):
        if shape:
            continue
        around = "".join(shapes[max(0, place - 4) : place + 5])
        if around.count("A") >= 2 and "a" not in around:
            shouted.add(place)
    return shouted


def analyse_chunk(chunk: str) -> _Chunk:
    """Cut one run of non-space characters into parts."""
    parts: list[_Part] = []
    end = 0
    for match in _TOKEN.finditer(chunk):
        before = chunk[end : match.start()]
        fresh = not _MID_SENTENCE.issuperset(before)
        for start, stop, form in _forms(match):
            raw = chunk[start:stop]
            acronym = form.isupper()
            shape = ""
            if not acronym and len(raw) > 3 and raw[:1].isalpha():
                shape = "A" if raw.isupper() else "a"
            elif raw.islower():
                shape = "a"
            parts.append(_Part(form, start, stop, _case(raw, acronym), fresh, acronym, shape))
            fresh = False
        end = match.end()
    return _Chunk(tuple(parts), not _MID_SENTENCE.issuperset(chunk[end:]))


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
    raw = _POSSESSIVE.sub("", raw)
    mixed = _LETTERS_DIGITS.match(raw)
    if mixed:
        first, second = (text for text in mixed.groups() if text)
        cut = start + len(first)
        return [(start, cut, _word(first)), (cut, cut + len(second), _word(second))]
    return [(start, start + len(raw), _word(raw))]


def _word(raw: str) -> str:
    if _ACRONYM_PLURAL.match(raw):  # MPs, NGOs
        return _acronym(raw[:-1])
    if 2 <= len(raw) <= 3 and raw.isupper():
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
        return Case.CAPITAL
    first = raw[0]
    if first.islower():
        return Case.LOWER
    if first.isupper() and not (len(raw) > 1 and raw.isupper()):
        return Case.CAPITAL
    return Case.UNSURE


class _Memo(dict[str, _Chunk]):
    """Chunk → its analysis, made when first asked for."""

    def __missing__(self, chunk: str) -> _Chunk:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        analysed = self[chunk] = analyse_chunk(chunk)
        return analysed


_memo = _Memo()
