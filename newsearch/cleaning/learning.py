"""What recurs in the articles of one source and is not news.

In: the articles of a source, as they are without anything that was learned. Out: blocks that
recur in many of them and look like page furniture; they are few, and it is better to miss one
than to take a sentence of news for one. That a sentence recurs is not enough: an update of a
story repeats the last one, and a long story its background, word for word. So a block must recur
in many articles, on many days, and then either speak to the reader of the page, as data in
`boilerplate.toml` says, or stand in a large share of the source's articles, where these begin or
end, as a page's frame does (Bar-Yossef and Rajagopalan 2002; Gibson et al. 2005).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from newsearch.analysis import sentences
from newsearch.cleaning.boilerplate import load_cues
from newsearch.cleaning.furniture import key

SAMPLE = 2_000  # articles of a source that are looked at
_AT_LEAST = 10  # articles that hold a block
_DAYS = 5  # different days of these (titles, where no date is known), and articles of others
#            than the busiest day: a scrape may give its own day to most of what it took
_SHARE = 0.05  # of the source's articles, for a block that only stands where a page's frame does
_FRAMED = 20  # articles, for the same
_AT_THE_EDGE = 0.8  # of its occurrences, for the same
_ALIKE = 0.9  # of its occurrences have the same digits, for the same
_LONGEST = 600  # characters; furniture comes in short sentences


class Sample(NamedTuple):
    """An article to learn from: its text in lines, and its day, or its title if undated."""

    lines: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block that was learned.

    Attributes:
        text: One of its occurrences.
        articles: In how many articles of the sample it is.
    """

    text: str
    articles: int


def learn(samples: Iterable[Sample]) -> list[Block]:
    """Return the page furniture of a source, what is most frequent first.

    Args:
        samples: Articles of one source, chosen by no order of time or place.

    >>> days = [f"2024-05-{day}" for day in range(10, 25)]
    >>> [block.text for block in learn(Sample(("Late.", "Sign up here."), day) for day in days)]
    ['Sign up here.']
    """
    samples = list(samples)
    rough = Counter(piece for sample in samples for piece in _rough(sample.lines))
    recurring = {piece for piece, count in rough.items() if count >= _AT_LEAST and piece}
    if not recurring:
        return []
    articles = [(list(_blocks(sample.lines, recurring)), sample.day) for sample in samples]
    days: dict[str, list[str]] = {}
    spelled: dict[str, Counter[str]] = {}
    counts = Counter(each for blocks, _ in articles for each in {name for name, _ in blocks} - {""})
    often = {name for name, count in counts.items() if count >= _AT_LEAST}
    for blocks, day in articles:
        for name, text in dict(blocks).items():
            if name in often:
                days.setdefault(name, []).append(day)
                spelled.setdefault(name, Counter())[text] += 1
    spread = {name for name in often if _is_spread(days[name])}
    addressed = {name for name in spread if _speaks_to_readers(spelled[name])}
    framing = _framing([[name for name, _ in blocks] for blocks, _ in articles], spread, addressed)
    enough = max(_FRAMED, _SHARE * len(articles))
    framed = {
        name
        for name in framing
        if counts[name] >= enough and _is_alike(spelled[name], counts[name])
    }
    found = [Block(_common(spelled[name]), counts[name]) for name in addressed | framed]
    return sorted(found, key=lambda block: (-block.articles, block.text))


def _rough(lines: Iterable[str]) -> set[str]:
    """Return the pieces of some lines, cut roughly: most recur nowhere, and need no better cut."""
    return {piece for line in lines for piece in _pieces(line)}


def _pieces(line: str) -> list[str]:
    pieces = _ROUGHLY.split(_DIGITS.sub("0", line.casefold()).strip(_MARKS))
    # "He said" recurs and says nothing, but "Related" may stand in a line of its own.
    return pieces if len(pieces) == 1 else [each for each in pieces if each.count(" ") > 1]


_MARKS = " \t.!?…:;,()[]\"'“”‘’"
_ROUGHLY = re.compile(r"[.!?…][\W_]*")
_DIGITS = re.compile(r"\d+")


def _blocks(lines: Iterable[str], recurring: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the key and the text of each sentence that may be a block; "" for one that is none."""
    for line in lines:
        if recurring.isdisjoint(_pieces(line)):
            yield "", ""
            continue
        for start, end in sentences(line):
            name = key(line[start:end]) if end - start <= _LONGEST else ""
            yield name, line[start:end]


def _is_spread(days: list[str]) -> bool:
    """Tell whether something stands in articles of different days, not only of one event."""
    count = Counter(days)
    return len(count) >= _DAYS and len(days) - max(count.values()) >= _DAYS


def _speaks_to_readers(spelled: Counter[str]) -> bool:
    return any(cue.search(_common(spelled)) for cue in load_cues())


def _common(spelled: Counter[str]) -> str:
    """Return the most frequent spelling."""
    return min(spelled, key=lambda text: (-spelled[text], text))


def _is_alike(spelled: Counter[str], count: int) -> bool:
    """Tell whether a block has always the same digits: with others, it is a piece of news."""
    digits: Counter[tuple[str, ...]] = Counter()
    for text, many in spelled.items():
        digits[tuple(_DIGITS.findall(text))] += many
    return max(digits.values()) >= _ALIKE * count


def _framing(articles: list[list[str]], spread: set[str], sure: set[str]) -> set[str]:
    """Return blocks with nothing that is news between them and an end of nearly all articles."""
    everywhere: Counter[str] = Counter()
    at_edge: Counter[str] = Counter()
    for names in articles:
        first = 0
        while first < len(names) and names[first] in spread:
            first += 1
        last = len(names)
        while last > first and names[last - 1] in spread:
            last -= 1
        everywhere.update(name for name in names if name in spread)
        at_edge.update(names[:first] + names[last:])
    return {
        name for name in spread - sure if name and at_edge[name] >= _AT_THE_EDGE * everywhere[name]
    }
