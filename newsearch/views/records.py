"""The plain values that views give."""

from __future__ import annotations

from dataclasses import dataclass

from newsearch.insights import NameGroup, Searched
from newsearch.records import Article, Removal, Span
from newsearch.related import LinkedArticle


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view is about: the passages that have all of a query's words, copies each.

    Attributes:
        query: As it was asked.
        passages, articles: How many have all of the words.
        partly: Where none has all, how many passages have some; 0 otherwise. They are in no view.
        words: How many words and phrases were looked for; 0 where the query holds none.
        filtered: Whether a source or a date was asked for.
        names: Spellings that were taken as one.
        notes: One sentence for each part of the query that was read otherwise than typed.
        searched: What was looked through.
    """

    query: str
    passages: int = 0
    articles: int = 0
    partly: int = 0
    words: int = 0
    filtered: bool = False
    names: tuple[NameGroup, ...] = ()
    notes: tuple[str, ...] = ()
    searched: Searched | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time.

    Attributes:
        first, last: Its first and its last day, ISO 8601; both None for what is undated.
        passages, articles: What was found of it.
        corpus: All articles of the index that are of it.
    """

    first: str | None
    last: str | None
    passages: int
    articles: int
    corpus: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """An answer by time.

    Attributes:
        scope: What it is about.
        by: "day", "week" (from Monday), "month" or "year".
        bars: In order, without gaps, from the first day with a passage to the last.
        undated: What has no date.
    """

    scope: Scope
    by: str
    bars: tuple[Bar, ...]
    undated: Bar


@dataclass(frozen=True, slots=True)
class Outlet:
    """What one outlet has of an answer.

    Attributes:
        source: Its name, "" for articles whose source is not known.
        passages, articles: What was found of it.
        corpus: All of its articles in the index.
        first_date, last_date: ISO days of the oldest and newest article found, or None.
        words: What it says more often here than the other outlets do, most distinctive first;
            from a sample of its passages.
    """

    source: str
    passages: int
    articles: int
    corpus: int
    first_date: str | None
    last_date: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """An answer by outlet.

    Attributes:
        scope: What it is about.
        outlets: Most passages first.
        all: How many outlets there are, shown or not.
    """

    scope: Scope
    outlets: tuple[Outlet, ...]
    all: int


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A word that is distinctive of an answer.

    Attributes:
        word: As it is written most often.
        forms: What counts as it: its grammatical forms, or the spellings of a name; sorted.
        passages: How many of the passages read hold it.
        corpus: How many passages of the index hold it.
        score: Dunning's log-likelihood ratio, > 0; 10.8 and more would be chance in one of a
            thousand words.
    """

    word: str
    forms: tuple[str, ...]
    passages: int
    corpus: int
    score: float


@dataclass(frozen=True, slots=True)
class Terms:
    """The distinctive words of an answer.

    Attributes:
        scope: What it is about.
        read: How many passages were read.
        corpus: How many passages the index holds.
        terms: Most distinctive first; none of the words that were asked for.
    """

    scope: Scope
    read: int
    corpus: int
    terms: tuple[TermFacts, ...]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """A whole article, as it is kept, with the words of a query marked.

    Attributes:
        article: Its text is cleaned.
        removed: What cleaning set aside, in the order of the text.
        spans: What matches, offsets into the text, sorted, not overlapping.
        copies: Articles that carry the same story in the same words, likest first.
        names, notes: As in `Scope`.
    """

    article: Article
    removed: tuple[Removal, ...]
    copies: tuple[LinkedArticle, ...]
    spans: tuple[Span, ...] = ()
    names: tuple[NameGroup, ...] = ()
    notes: tuple[str, ...] = ()
