"""What is told of an answer beside its hits: how the query was read, and where it got stuck."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Spellings that were taken as one name in answering a query.

    Attributes:
        word: As the query has it.
        spellings: The folded spellings that the index holds, most frequent first.
        counts: How often each occurs.
    """

    word: str
    spellings: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through.

    Attributes:
        articles: How many.
        sources: How many outlets they name.
        first_date, last_date: ISO days; None where no article has a date.
    """

    articles: int
    sources: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Alone:
    """A part of a query, asked for alone.

    Attributes:
        part: A word, a phrase, a filter or a group, as a query.
        passages: How many passages have it; of what is left out, how many have that.
        without: How many have all of the query but this part.
        instead: Words of the index that may have been meant, and how many passages hold each,
            the likeliest first.
        left_out: Whether the query leaves out what has it.
    """

    part: str
    passages: int
    without: int = 0
    instead: tuple[tuple[str, int], ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form that a word stands for.

    Attributes:
        form: As it is indexed.
        passages: How many hold it.
        why: "typed" for the word itself, "stem" for another form of it, "acronym", "pattern",
            "fuzzy", or, of a spelling of a name, "file", "rule" or "slip".
        distance: Of a spelling from the word, in the units of `newsearch.names`; None for others.
        likeness: Of the company that a spelling and the name keep, None where it was not asked.
    """

    form: str
    passages: int
    why: str
    distance: float | None = None
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a word of a query stands for.

    Attributes:
        word: As it was typed.
        forms: The most frequent first.
    """

    word: str
    forms: tuple[FormReading, ...]


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """A score in parts.

    Attributes:
        parts: Names and values, which add up to the score.
        leaves: Of the parts "passage" and "title", what each word or phrase gives: what was looked
            for, "text" or "title", and the value.
    """

    parts: tuple[tuple[str, float], ...]
    leaves: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was read and why its hits stand where they do.

    Attributes:
        query: The query as it was understood, as a query.
        reading: The same in words.
        words: What its words stand for.
        scores: One for each hit.
    """

    query: str
    reading: str
    words: tuple[WordReading, ...]
    scores: tuple[ScoreReading, ...]
