"""Text to tokens: every word of a text with its offsets and the form it is indexed as.

In: any text. Out: `Token`s in order, none left out, "the" included, because phrases need it.
It does not stem and does not join spellings: that is decided when a query is asked.

The text is cut at white space into chunks, and each distinct chunk is analysed once and
remembered, so a rule costs nothing for the millions of times a chunk comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsearch.analysis.chunks import Case, Chunk, Part, analyse_chunk


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


_MEMO_LIMIT = 1_000_000  # distinct chunks; about 300 MB at the very worst, then it starts anew

NOT_SPACE = re.compile(r"\S+")


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


def token_forms(text: str) -> list[str]:
    """Return the forms of a text's words alone, in half the time.

    >>> token_forms("The U.S. and Zelensky’s deal")
    ['the', 'US', 'and', 'zelensky', 'deal']
    """
    parts = [part for chunk in text.split() for part in _memo[chunk].parts]
    shouted = _shouting([part.shape for part in parts])
    forms = [part.form for part in parts]
    for place in shouted:
        forms[place] = forms[place].lower()
    return forms


def _parts(text: str) -> Iterator[tuple[int, Part, bool]]:
    """Yield (offset of the chunk, part, whether a sentence may begin at the part)."""
    fresh = True
    end = 0
    for match in NOT_SPACE.finditer(text):
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


class _Memo(dict[str, Chunk]):
    """Chunk → its analysis, made when first asked for."""

    def __missing__(self, chunk: str) -> Chunk:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        analysed = self[chunk] = analyse_chunk(chunk)
        return analysed


_memo = _Memo()
