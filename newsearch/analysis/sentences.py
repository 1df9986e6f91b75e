"""Where sentences begin and end.

In: a text in which a line break ends a paragraph (as `cleaning` leaves it). Out: the spans of
its sentences. Glued sentences ("in the war.A full accord") are told apart even where cleaning
has not parted them.
"""

from __future__ import annotations

import re

from newsearch.records import Span

_CLOSERS = r"[\"'”’»)\]」』]*+"
_OPENERS = r"[\"'“‘«(\[]*"
# A stop, then white space or, glued, the capital of the next sentence.
_STOP = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]+){_CLOSERS}(?:(?P<gap>\s+)|(?=(?P<glued>{_OPENERS}[^\W\d_a-z])))"
    rf"|[。！？]+{_CLOSERS}|\n+"
)
_SIGN = re.compile(r"[.!?…。！？\n]")  # what a stop begins with
_BEFORE = re.compile(rf"([^\W_]+(?:\.[^\W_]+)*){_CLOSERS}$")
_AFTER = re.compile(rf"{_OPENERS}(\w*)")
_AFTER_INITIAL = re.compile(rf"{_OPENERS}\w\.")
# A full stop after these ends no sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr prof sen rep gov gen lt col sgt capt cmdr adm maj cpl pvt rev hon st ft mt "
    "messrs mme mlle sr jr pres supt det insp vs viz cf al vol pp fig approx est dept "
    "gov't atty".split()
)
# Nor after these, where a number follows.
_NUMBERED = frozenset("no nos".split())
# After these a sentence may end, if what follows looks like the start of another.
_SHORT_FORMS = frozenset(
    "inc corp co ltd plc llc bros etc jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "wed thu fri sat sun ave blvd rd ph.d".split()
)
_STARTERS = frozenset(
    "the a an he she it they we you i in on at but and for this that these those his her its "
    "their our as if when while after before since with there what who how why no not so or by "
    "from to meanwhile however both one some many most all".split()
)


def sentences(text: str) -> list[Span]:
    """Return the spans of a text's sentences, without the white space between them.

    Args:
        text: Any text.

    Returns:
        Spans in order, not overlapping, none empty; together they cover all but white space.

    >>> text = "Mr. Orr left the U.S. on Friday.The U.S. said “yes”. Nothing followed"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Mr. Orr left the U.S. on Friday.', 'The U.S. said “yes”.', 'Nothing followed']
    """
    spans: list[Span] = []
    start = seen = 0
    for sign in _SIGN.finditer(text):
        # Looking for one of a few signs first is much faster than to look for a stop everywhere.
        match = _STOP.match(text, sign.start()) if sign.start() >= seen else None
        if match is None:
            continue
        seen = match.end()
        if _ends_sentence(text, match):
            _append(spans, text, start, seen)
            start = seen
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(stripped)))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    stop, gap = match.group("stop", "gap")
    if stop is None or (gap and "\n" in gap):
        return True
    before = _word_before(text, match.start())
    after = _AFTER.match(text, match.end())
    word = after[1] if after else ""
    if gap is None:
        return _ends_glued(stop, before, word, text, match.end())
    if stop in ("...", "…"):
        # An ellipsis that touches its word ends a sentence; one that stands alone is a pause.
        return bool(before) or word[:1].isupper()
    if word[:1].islower():
        return False
    return stop != "." or _ends_after(before, word)


def _word_before(text: str, end: int) -> str:
    """Return the word that stands before a stop, or the last 24 letters of it."""
    start = max(0, end - 24)
    start = max(start, text.rfind(" ", start, end) + 1)
    word = text[start:end]
    if word.isalnum():
        return word
    found = _BEFORE.search(text, start, end)
    return found[1] if found else ""


def _ends_after(before: str, word: str) -> bool:
    """Tell whether a full stop between these two words ends a sentence."""
    lower = before.lower()
    if lower in _TITLES or (lower in _NUMBERED and word[:1].isdigit()):
        return False
    if len(before) == 1 and before.isupper():  # an initial: George W. Bush
        return word.lower() in _STARTERS
    if lower in _SHORT_FORMS or "." in before:  # Inc. — U.S. — p.m.
        return word.lower() in _STARTERS
    return True


def _ends_glued(stop: str, before: str, word: str, text: str, at: int) -> bool:
    """Tell whether a stop with a capital right behind it ends a sentence.

    "war.A full", "1.Under" and "U.S.The" do; "Ph.D", "Mr.Orr", "Yahoo.Com" and "J.Lo" don't.
    """
    if stop != ".":
        return True
    if text[at - 1] != ".":  # a closing quote stands between: “…a deal.”The
        return True
    if "." in before:  # U.S. — p.m.
        return len(word) > 1 and word.lower() in _STARTERS
    if before.isdigit():
        return word[1:2].islower()
    if len(before) < 2 or not before[-1].islower() or before.lower() in _TITLES:
        return False
    # "Ph.D." and "Yahoo.Com" are one word each.
    initial = len(word) == 1 and _AFTER_INITIAL.match(text, at) is not None
    return not (initial or word.lower() in _DOMAINS)


_DOMAINS = frozenset("com org net co gov edu uk io tv fm js info".split())
