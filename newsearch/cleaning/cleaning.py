"""Scraped text to clean text, with a record of everything that was taken out.

In: an `Article` as it was read. Out: `Cleaned`, the article as it is kept, in which a line break
ends a paragraph and nothing else does, and the `Removal`s. Known patterns are data, in
`boilerplate.toml`. Nothing is reworded: but for white space, putting the removals back gives
the text that came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from newsearch.analysis import sentences
from newsearch.cleaning.boilerplate import Rule, Rules, RuleSet, rules_for
from newsearch.cleaning.linebreaks import join_wrapped, normal_breaks
from newsearch.dates import dated, iso_day
from newsearch.records import Article, Removal


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article as it is kept, and what was taken out of it."""

    article: Article
    removed: tuple[Removal, ...]


class Line(NamedTuple):
    """A piece of text that ends a paragraph, and the name of the rule that takes it out, if any.

    There is no white space around the text, and it is not empty.
    """

    text: str
    rule: str = ""


def _lines(pieces: Iterable[str]) -> list[Line]:
    return [*map(Line, filter(None, map(str.strip, pieces)))]


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
    return clean_all([article], keep)[0]


def clean_all(articles: Sequence[Article], keep: Iterable[str] = ()) -> list[Cleaned]:
    """Do what `clean` does with many articles, one step after the other, which is faster."""
    keep = frozenset(keep)
    joined = [join_wrapped(normal_breaks(article.text)) for article in articles]
    lines = [_lines(each.split("\n")) for each in joined]
    texts = ["\n".join([line.text for line in each]) for each in lines]
    rules = [rules_for(text, keep) for text in texts]
    return [*map(_cut, articles, lines, texts, rules)]


def _cut(article: Article, lines: list[Line], text: str, rules: RuleSet) -> Cleaned:
    found: dict[str, str] = {}
    if rules.start:
        lines = _cut_start(text, rules, found)
    if rules.inline:
        lines = _each(lines, partial(_cut_inline, rules=rules.inline))
    if rules.line or rules.appeal:
        lines = _each(lines, partial(_cut_line, rules=rules))
    if _is_glued(text):
        lines = _each(lines, _cut_glued)
    head = _head(lines)
    above = _each(lines[:head], partial(_cut_head, rules=rules.head, found=found))
    above, headline = _cut_headline(above, article.title.split())
    text, removed = write_lines(above + lines[head:])
    date, date_from = dated(article, found.get("date"))
    cleaned = Article(
        article.id,
        " ".join((article.title or headline or first_sentence(text)).split()),
        text,
        article.source,
        date,
        article.url,
        article.author or found.get("author", ""),
        article.path,
        date_from,
    )
    return Cleaned(cleaned, removed)


def _cut_start(text: str, rules: RuleSet, found: dict[str, str]) -> list[Line]:
    """Cut headers off the beginning, as often as one is found."""
    lines = []
    rest = text
    while match := _match(rest, rules, found):
        rule, length = match
        lines.append(Line(rest[:length].strip(), rule))
        rest = rest[length:].lstrip()
    return [*lines, *_lines(rest.split("\n"))]


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
    lower = line.lower()
    if len(line) <= _LABEL_AT_MOST and rules.any_line.search(f"\n{lower}\n"):
        for rule in rules.line:
            if rule.pattern and rule.pattern.fullmatch(lower):
                return rule.name
    return ""


def _note(match: re.Match[str], found: dict[str, str]) -> None:
    """Keep what a pattern's named groups say of the article; the first word on each counts."""
    for field, value in match.groupdict().items():
        known = iso_day(value) if field == "date" else value
        if known:
            found.setdefault(field, known)


def _each(lines: list[Line], change: Callable[[Line], list[Line]]) -> list[Line]:
    """Apply a change to every line that is still there."""
    changed: list[Line] = []
    for line in lines:
        changed += [line] if line.rule else change(line)
    return changed


def _cut_inline(line: Line, rules: Rules) -> list[Line]:
    lines = [line]
    for rule in rules:
        if rule.pattern and rule.pattern.search(line.text):
            lines = _each(lines, partial(_split_at, rule=rule))
    return lines


def _split_at(line: Line, rule: Rule) -> list[Line]:
    lines = []
    at = 0
    for match in rule.pattern.finditer(line.text) if rule.pattern else ():
        lines += [*_lines([line.text[at : match.start()]]), Line(match[0].strip(), rule.name)]
        at = match.end()
    return lines + _lines([line.text[at:]])


def _cut_line(line: Line, rules: RuleSet) -> list[Line]:
    if label := _label(line.text, rules):
        return [Line(line.text, label)]
    for rule in rules.appeal if len(line.text) <= _APPEAL_AT_MOST else ():
        if rule.appeals(line.text):
            return [Line(line.text, rule.name)]
    return [line]


_LABEL_AT_MOST = 400  # characters; a longer line is never only a label
_APPEAL_AT_MOST = 1_800  # characters; a longer one is an article in one line, not an appeal


# A stop between a word and a capital without a space: where paragraphs were glued together. After
# a capital it stands in an acronym, unless it is the last of several: U.S.The
_GLUE = r"(?:[\"'”’»)\]]+|(?<!(?<!\.)[A-Z]\.))(?=[\"'“‘«(\[]*[^\W\d_a-z])"
# One pattern for each, as a single sign is found much faster than one of several.
_GLUED = {stop: re.compile(re.escape(stop) + _GLUE) for stop in ".!?…"}


def _is_glued(text: str) -> bool:
    return any([stop in text and pattern.search(text) for stop, pattern in _GLUED.items()])


def _cut_glued(line: Line) -> list[Line]:
    return _lines(unglue(line.text))


def unglue(text: str) -> list[str]:
    """Cut a line where two paragraphs were glued together without a space.

    >>> unglue("It is the third year of the war.A full accord may follow in the U.S. soon.")
    ['It is the third year of the war.', 'A full accord may follow in the U.S. soon.']
    """
    if not _is_glued(text):
        return [text]
    pieces = []
    at = 0
    for _, end in sentences(text):
        if end < len(text) and not text[end].isspace():
            # A straight quote where none is open begins what comes.
            opens = text[end - 1] == '"' and text.count('"', 0, end) % 2
            pieces.append(text[at : end - opens])
            at = end - opens
    return [*pieces, text[at:]]


def _head(lines: list[Line]) -> int:
    """Return how many lines stand above the first paragraph: short ones without a full stop."""
    for count, line in enumerate(lines):
        if not line.rule and (_ends_sentence(line.text) or _is_long(line.text)):
            return count
    return 0


def _ends_sentence(text: str) -> bool:
    text = text.rstrip("\"'”’»)]")
    return text.endswith((".", ":", ";")) and not _ACRONYM.match(text[-5:])


def _is_long(text: str) -> bool:
    return len(text.split(maxsplit=_HEADLINE_AT_MOST)) > _HEADLINE_AT_MOST


_HEADLINE_AT_MOST = 30  # words
_ACRONYM = re.compile(r"(?:\W|^)U\.[SK].$")


def _cut_head(line: Line, rules: Rules, found: dict[str, str]) -> list[Line]:
    """Take out a byline or a date that stands above the first paragraph."""
    for rule in rules:
        match = rule.pattern.fullmatch(line.text) if rule.pattern else None
        if match:
            _note(match, found)
            return [Line(line.text, rule.name)]
    return [line]


def _cut_headline(lines: list[Line], title: list[str]) -> tuple[list[Line], str]:
    """Take the headline out of the lines above the first paragraph: the one of most words.

    Where the title's words are known already, only a line that repeats them is taken out.
    """
    places = [at for at, line in enumerate(lines) if not line.rule]
    if title:
        places = [at for at in places if lines[at].text.split() == title]
    if not places:
        return lines, ""
    best = max(places, key=lambda at: len(lines[at].text.split()))
    cut = [*lines[:best], Line(lines[best].text, "title"), *lines[best + 1 :]]
    return cut, lines[best].text


def write_lines(lines: list[Line]) -> tuple[str, tuple[Removal, ...]]:
    """Put the lines that stay together, and note where the others stood."""
    kept: list[str] = []
    removed = []
    length = 0
    for line in lines:
        if line.rule:
            removed.append(Removal(line.rule, line.text, length))
        else:
            length += len(line.text) + (1 if kept else 0)
            kept.append(line.text)
    return "\n".join(kept), tuple(removed)


# BRANNHEIM, Austria, and WASHINGTON, D.C. (TPA) — …
_DATELINE = re.compile(r"\A[A-Z]{3,}[^—–]{0,80}?(?: [—–-]|--) (?=[^\sa-z])")


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, without a dateline, to stand for its headline.

    >>> first_sentence("BRANNHEIM, Austria — The talks went on. Nobody left.")
    'The talks went on.'
    """
    for start, end in sentences(text.lstrip().partition("\n")[0]):
        return _DATELINE.sub("", text[start:end], count=1)
    return ""
