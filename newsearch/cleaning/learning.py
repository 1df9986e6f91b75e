"""What recurs in the articles of one source and is not news.

In: the articles of a source, as they are without anything that was learned. Out: blocks that
recur in many of them and look like page furniture; they are few, and it is better to miss one
than to take a sentence of news for one. That a sentence recurs is not enough: an update of a
story repeats the last one, and a long story its background, word for word. So a block must recur
in many articles, on many days, and then either speak to the reader of the page, as data in
`boilerplate.toml` says, with whatever names and numbers, or stand in a large share of the source's
articles, where these begin or end, as a page's frame does (Bar-Yossef and Rajagopalan 2002; Gibson
et al. 2005).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from newsearch.analysis import sentences
from newsearch.cleaning.boilerplate import speaks
from newsearch.cleaning.furniture import key, shape, shape_key

SAMPLE = 2_000  # articles of a source that are looked at
AT_LEAST = 10  # articles that hold a block
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
    # Looked at roughly first: most of it recurs nowhere, and needs no better look.
    lines = [([(line, _pieces(line)) for line in sample.lines], sample.day) for sample in samples]
    pieces = _often({each for _, pieces in of_one for each in pieces} for of_one, _ in lines)
    if not pieces:
        return []
    cut = [(list(_sentences(of_one, pieces)), day) for of_one, day in lines]
    likely = _often({rough for rough, _ in of_one} for of_one, _ in cut)
    articles = [
        (
            [
                (key(text), shape_key(text), text) if rough in likely else ("", "", "")
                for rough, text in of_one
            ],
            day,
        )
        for of_one, day in cut
    ]
    addressed = _addressed(articles)
    named = [
        ([(shaped if shaped in addressed else name, text) for name, shaped, text in blocks], day)
        for blocks, day in articles
    ]
    kinds = _kinds(named)
    spread = {name for name, kind in kinds.items() if _is_spread(kind.days)}
    framing = _framing([[name for name, _ in blocks] for blocks, _ in named], spread, addressed)
    enough = max(_FRAMED, _SHARE * len(named))
    framed = {
        name
        for name in framing
        if len(kinds[name].days) >= enough and _is_alike(kinds[name].spelled)
    }
    found = [kinds[name].block() for name in addressed | framed]
    return sorted(found, key=lambda block: (-block.articles, block.text))


def _often(articles: Iterable[set[str]]) -> set[str]:
    """Return what is in enough articles."""
    counts = Counter(each for article in articles for each in article)
    return {each for each, count in counts.items() if count >= AT_LEAST and each}


def _rough(text: str) -> str:
    return shape(text).casefold().strip(_MARKS)


def _pieces(line: str) -> list[str]:
    pieces = _ROUGHLY.split(_rough(line))
    # "He said" recurs and says nothing, but "Related" may stand in a line of its own.
    return pieces if len(pieces) == 1 else [each for each in pieces if each.count(" ") > 1]


_MARKS = " \t.!?…:;,()[]\"'“”‘’"
_ROUGHLY = re.compile(r"[.!?…][\W_]*")
_DIGITS = re.compile(r"\d+")


def _sentences(
    lines: Iterable[tuple[str, list[str]]], recurring: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield each sentence that may be a block, roughly and as it is; for any other, nothing."""
    for line, pieces in lines:
        if recurring.isdisjoint(pieces):
            yield "", ""
            continue
        for start, end in sentences(line):
            text = line[start:end] if end - start <= _LONGEST else ""
            yield _rough(text), text


class _Kind:
    """Blocks that are taken as one, of a source.

    Attributes:
        days: Of the articles in which they stand.
        spelled: How often each is spelled how, once an article.
    """

    def __init__(self) -> None:
        self.days: list[str] = []
        self.spelled: Counter[str] = Counter()

    def block(self) -> Block:
        """Return them with the most frequent spelling."""
        text = min(self.spelled, key=lambda text: (-self.spelled[text], text))
        return Block(text, len(self.days))


def _kinds(articles: Iterable[tuple[list[tuple[str, str]], str]]) -> dict[str, _Kind]:
    """Return the blocks that stand in enough articles, by their names."""
    articles = list(articles)
    kinds = {name: _Kind() for name in _often({name for name, _ in of} for of, _ in articles)}
    for blocks, day in articles:
        for name, text in dict(blocks).items():
            if kind := kinds.get(name):
                kind.days.append(day)
                kind.spelled[text] += 1
    return kinds


def _addressed(articles: list[tuple[list[tuple[str, str, str]], str]]) -> set[str]:
    """Return the shapes of what speaks to the readers in many articles of many days."""
    kinds = _kinds(
        ([(shaped, text) for _, shaped, text in blocks], day) for blocks, day in articles
    )
    return {
        name for name, kind in kinds.items() if _is_spread(kind.days) and speaks(kind.block().text)
    }


def _is_spread(days: list[str]) -> bool:
    """Tell whether something stands in articles of different days, not only of one event."""
    count = Counter(days)
    return len(count) >= _DAYS and len(days) - max(count.values()) >= _DAYS


def _is_alike(spelled: Counter[str]) -> bool:
    """Tell whether a block has always the same digits: with others, it is a piece of news."""
    digits: Counter[tuple[str, ...]] = Counter()
    for text, many in spelled.items():
        digits[tuple(_DIGITS.findall(text))] += many
    return max(digits.values()) >= _ALIKE * spelled.total()


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
