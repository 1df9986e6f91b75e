"""Scraped text to clean text, with a record of everything that was taken out.

In: an `Article` as it was read. Out: `Cleaned`, the article as it is kept, in which a line break
ends a paragraph and nothing else does, and the `Removal`s. Known patterns are data, in
`boilerplate.toml`. Nothing is reworded: but for white space, putting the removals back gives
the text that came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from newsearch.analysis import sentences
from newsearch.boilerplate import Rule, Rules, RuleSet, rules_without
from newsearch.dates import iso_day
from newsearch.linebreaks import join_wrapped, normal_breaks
from newsearch.records import Article, Removal


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article as it is kept, and what was taken out of it."""

    article: Article
    removed: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of text that ends a paragraph, and the name of the rule that takes it out, if any."""

    text: str
    rule: str = ""


def clean(article: Article, keep: Iterable[str] = ()) -> Cleaned:
    """Return an article without what scraping left in it.

    Args:
        article: As it was read. What it says of its title, date and author stands; only what it
            leaves empty is looked for in the text.
        keep: Names of rules that are not applied.

    Returns:
        The article as it is kept, and what was removed, in the order of the text. The title is
        the text's own headline or else its first sentence. The text may be empty.

    >>> raw = "date 2025-03-11 \\n\\nWait 5 sec.\\n\\nThe war ended.A full accord follows."
    >>> cleaned = clean(Article(id="1", text=raw))
    >>> cleaned.article.text, cleaned.article.date
    ('The war ended.\\nA full accord follows.', '2025-03-11')
    >>> [removal.rule for removal in cleaned.removed]
    ['date-header', 'wait']
    """
    rules = rules_without(frozenset(keep))
    if not rules.may_appeal(article.text):
        rules = replace(rules, appeal=())
    found: dict[str, str] = {}
    lines = _cut_start(join_wrapped(normal_breaks(article.text)), rules, found)
    lines = _each(lines, partial(_cut_inline, rules=rules.inline))
    lines = _each(lines, partial(_cut_line, rules=rules))
    lines = _cut_head(lines, rules.head, found)
    lines, headline = _cut_headline(lines, article.title.strip())
    text, removed = _write(lines)
    cleaned = replace(
        article,
        title=" ".join((article.title or headline or first_sentence(text)).split()),
        text=text,
        date=article.date or found.get("date"),
        author=article.author or found.get("author", ""),
    )
    return Cleaned(cleaned, removed)


def _cut_start(text: str, rules: RuleSet, found: dict[str, str]) -> list[_Line]:
    """Cut headers off the beginning, as often as one is found."""
    lines = []
    rest = text.lstrip()
    while match := _match(rest, rules, found):
        rule, length = match
        lines.append(_Line(rest[:length], rule))
        rest = rest[length:].lstrip()
    return [*lines, *map(_Line, rest.split("\n"))]


def _match(text: str, rules: RuleSet, found: dict[str, str]) -> tuple[str, int] | None:
    for rule in rules.start:
        match = rule.pattern.match(text) if rule.pattern else None
        if match:
            _note(match, found)
            return rule.name, match.end()
    line = text.partition("\n")[0].rstrip()  # "Wait 5 sec." may stand above the date
    label = _label(line, rules)
    return (label, len(line)) if label else None


def _label(line: str, rules: RuleSet) -> str:
    """Return the name of the rule for which a line is only a label, or ""."""
    if len(line) <= _LABEL_AT_MOST and rules.any_line.fullmatch(line):
        for rule in rules.line:
            if rule.pattern and rule.pattern.fullmatch(line):
                return rule.name
    return ""


def _note(match: re.Match[str], found: dict[str, str]) -> None:
    """Keep what a pattern's named groups say of the article; the first word on each counts."""
    for field, value in match.groupdict().items():
        known = iso_day(value) if field == "date" else value
        if known:
            found.setdefault(field, known)


def _each(lines: list[_Line], change: Callable[[str], list[_Line]]) -> list[_Line]:
    """Apply a change to every line that is still there; drop what is blank."""
    changed: list[_Line] = []
    for line in lines:
        changed += [line] if line.rule else change(line.text)
    return [line for line in changed if line.text.strip()]


def _cut_inline(text: str, rules: Rules) -> list[_Line]:
    pieces = [_Line(text)]
    for rule in rules:
        if rule.pattern and rule.pattern.search(text):
            pieces = _each(pieces, partial(_split_at, rule=rule))
    return pieces


def _split_at(text: str, rule: Rule) -> list[_Line]:
    pieces = []
    at = 0
    for match in rule.pattern.finditer(text) if rule.pattern else ():
        pieces += [_Line(text[at : match.start()]), _Line(match[0], rule.name)]
        at = match.end()
    return [*pieces, _Line(text[at:])]


def _cut_line(text: str, rules: RuleSet) -> list[_Line]:
    stripped = text.strip()
    if label := _label(stripped, rules):
        return [_Line(text, label)]
    for rule in rules.appeal if len(stripped) <= _APPEAL_AT_MOST else ():
        if rule.appeals(stripped):
            return [_Line(text, rule.name)]
    return [_Line(piece) for piece in unglue(text)]


_LABEL_AT_MOST = 400  # characters; a longer line is never only a label
_APPEAL_AT_MOST = 1_800  # characters; a longer one is an article in one line, not an appeal


# A stop between a word and a capital without a space: where paragraphs were glued together.
_GLUED = re.compile(r"[.!?…][\"'”’»)\]]*(?=[\"'“‘«(\[]*[^\W\d_a-z])")


def unglue(text: str) -> list[str]:
    """Cut a line where two paragraphs were glued together without a space.

    >>> unglue("It is the third year of the war.A full accord may follow in the U.S. soon.")
    ['It is the third year of the war.', 'A full accord may follow in the U.S. soon.']
    """
    if not _GLUED.search(text):
        return [text]
    pieces = []
    at = 0
    for _, end in sentences(text):
        if end < len(text) and not text[end].isspace():
            pieces.append(text[at:end])
            at = end
    return [*pieces, text[at:]]


def _head(lines: list[_Line]) -> int:
    """Return how many lines stand above the first paragraph: short ones without a full stop."""
    for count, line in enumerate(lines):
        words = len(line.text.split())
        if not line.rule and (words > _HEADLINE_AT_MOST or _ENDS_SENTENCE.search(line.text)):
            return count
    return 0


_HEADLINE_AT_MOST = 30  # words
_ENDS_SENTENCE = re.compile(r"(?<!\bU\.S)(?<!\bU\.K)[.:;][\"'”’»)\]]*\s*$")


def _cut_head(lines: list[_Line], rules: Rules, found: dict[str, str]) -> list[_Line]:
    """Take bylines and dates out of the lines above the first paragraph."""

    def cut(text: str) -> list[_Line]:
        for rule in rules:
            match = rule.pattern.fullmatch(text.strip()) if rule.pattern else None
            if match:
                _note(match, found)
                return [_Line(text, rule.name)]
        return [_Line(text)]

    head = _head(lines)
    return _each(lines[:head], cut) + lines[head:]


def _cut_headline(lines: list[_Line], title: str) -> tuple[list[_Line], str]:
    """Take the headline out of the lines above the first paragraph: the one of most words.

    Where the title is known already, only a line that repeats it is taken out.
    """
    head = [at for at in range(_head(lines)) if not lines[at].rule]
    if title:
        head = [at for at in head if lines[at].text.split() == title.split()]
    if not head:
        return lines, ""
    best = max(head, key=lambda at: len(lines[at].text.split()))
    cut = [*lines[:best], replace(lines[best], rule="title"), *lines[best + 1 :]]
    return cut, lines[best].text.strip()


def _write(lines: list[_Line]) -> tuple[str, tuple[Removal, ...]]:
    """Put the lines that stay together, and note where the others stood."""
    kept: list[str] = []
    removed = []
    length = 0
    for line in lines:
        text = line.text.strip()
        if line.rule:
            removed.append(Removal(line.rule, text, length))
        else:
            length += len(text) + (1 if kept else 0)
            kept.append(text)
    return "\n".join(kept), tuple(removed)


# BRANNHEIM, Austria, and WASHINGTON, D.C. (TPA) — …
_DATELINE = re.compile(r"\A[A-Z]{3,}[^—–]{0,80}?(?: [—–-]|--) (?=[^\sa-z])")


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, without a dateline, to stand for its headline.

    >>> first_sentence("BRANNHEIM, Austria — The talks went on. Nobody left.")
    'The talks went on.'
    """
    for start, end in sentences(text):
        return _DATELINE.sub("", text[start:end], count=1)
    return ""
