"""The plain values that flow through newsearch. Nothing here does any work.

Offsets are code points, half-open (`text[start:end]`), and count in the article's *cleaned*
text everywhere, with one exception: the spans of a `Snippet` count in the snippet's own text.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what only answers hold, no other process need load
    from newsearch.insights import Alone, Explanation, NameGroup, Searched
    from newsearch.related import Copy

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """One news item, as it was read or, after cleaning, as it is kept.

    Attributes:
        id: What tells this article from all others; adding the same id again replaces it.
        title: The headline, or "" where the file gives none.
        text: The whole text. May be as messy as scraping left it.
        source: The outlet, or "".
        date: ISO 8601 day, `YYYY-MM-DD`, or None where it is not known.
        url: Where it was published, or "".
        author: Who wrote it, or "".
        path: The file it came from, or "".
        date_from: What says so of the date, see `newsearch.origins`; "" where there is none.

    >>> Article(id="1", title="Ferry resumes", text="The ferry runs again.").date is None
    True
    """

    id: str
    title: str = ""
    text: str = ""
    source: str = ""
    date: str | None = None
    url: str = ""
    author: str = ""
    path: str = ""
    date_from: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that was taken out of an article.

    Attributes:
        rule: A name from `boilerplate.toml`, "title", or "learned" for what recurs in a source.
        text: What was taken out.
        at: Where it stood, an offset into the cleaned text.
    """

    rule: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, the unit that is ranked.

    Attributes:
        number: Its place in the article, counted from 0.
        start: Where it begins in the cleaned text.
        end: Where it ends in the cleaned text.
        text: Exactly `article.text[start:end]`.
    """

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage that is shown.

    Attributes:
        text: One line; "…" stands where something was left out.
        spans: What to mark, offsets into this `text`, sorted, not overlapping.

    >>> snippet = Snippet("The ferry runs again.", ((4, 9),))
    >>> [snippet.text[start:end] for start, end in snippet.spans]
    ['ferry']
    """

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be seen of a hit; the fields are those of `Hit`."""

    text: str
    spans: tuple[Span, ...]
    snippet: Snippet
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A passage in an answer, with what is known of its article.

    The text, what is made of it and its copies are read when they are first asked for; the index
    may be closed by then.

    Attributes:
        score: How well it answers; larger is better, comparable within one answer only.
        article_id, title, source, author, date, date_from, url: As in `Article`.
        passage: The passage's number in the article, counted from 0.
        start, end: Where the passage stands in the cleaned article.
        others: The article's other passages in the answer, best first, where articles were asked
            for; empty where passages were.
    """

    score: float
    article_id: str
    title: str
    source: str
    author: str
    date: str | None
    date_from: str
    url: str
    passage: int
    start: int
    end: int
    _show: Callable[[], Shown] = field(repr=False, compare=False)
    _find_copies: Callable[[], tuple[Copy, ...]] = field(default=tuple, repr=False, compare=False)
    others: tuple[Hit, ...] = field(default=(), repr=False)

    @cached_property
    def _shown(self) -> Shown:
        return self._show()

    @property
    def day(self) -> datetime.date | None:
        """Its `date` as Python has it."""
        return datetime.date.fromisoformat(self.date) if self.date else None

    @property
    def text(self) -> str:
        """The passage, exactly that slice of the cleaned article."""
        return self._shown.text

    @property
    def spans(self) -> tuple[Span, ...]:
        """The matched words, offsets into the cleaned article, sorted, not overlapping.

        A span's words are `hit.text[a - hit.start : b - hit.start]`.
        """
        return self._shown.spans

    @property
    def snippet(self) -> Snippet:
        """The part worth showing."""
        return self._shown.snippet

    @property
    def spellings(self) -> tuple[str, ...]:
        """How the query's words are spelled in this passage, in order of appearance."""
        return self._shown.spellings

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Where else it stands, by date, the undated last; empty where each is a hit itself."""
        return self._find_copies()

    def facts(self) -> dict[str, Any]:
        """Return all of a hit as plain values, as JSON has them.

        Of `others` there is what differs from passage to passage, not what is known of the
        article once more.
        """
        eager = {each.name: getattr(self, each.name) for each in fields(self) if each.repr}
        others = [
            {name: getattr(other, name) for name in _OF_PASSAGES} | asdict(other._shown)
            for other in self.others
        ]
        copies = [asdict(copy) for copy in self.copies]
        return eager | asdict(self._shown) | {"others": others, "copies": copies}

    def __getstate__(self) -> dict[str, Any]:
        """Return what to pickle: a hit that has been read whole."""
        read = {"_shown": self._shown, "copies": self.copies}
        return {**vars(self), **read, "_show": None, "_find_copies": None}


_OF_PASSAGES = ("score", "passage", "start", "end")


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query: hits, best first, and what a reader needs to judge them.

    Attributes:
        query: The query as it was asked.
        hits: At most `limit` of them: passages, or each article's best passage.
        offset: How many better ones were passed over.
        complete: Passages that answer with all of the query's words, shown or not.
        total: The same and those with some of the words, where those were looked at because
            there were few with all; at least so many, where `exact` is False.
        exact: Whether all were counted.
        words: How many words and phrases were looked for; 0 where the query holds none.
        filtered: Whether facts were asked for; alone, they give the newest articles, scored 0.
        names: Spellings that were taken as one.
        notes: One sentence for each part of the query that was read otherwise than typed.
        alone: Where nothing has all of the query: what each part finds, if that was asked for.
        searched: What was looked through, if that was asked for.
        explanation: How the query was read and its hits were scored.
        seconds: How long the search took.

    >>> len(Results(query="ferry")), list(Results(query="ferry"))
    (0, [])
    """

    query: str
    hits: tuple[Hit, ...] = ()
    complete: int = 0
    total: int = 0
    exact: bool = True
    words: int = 0
    filtered: bool = False
    names: tuple[NameGroup, ...] = ()
    suggestions: tuple[NameGroup, ...] = ()
    notes: tuple[str, ...] = ()
    offset: int = 0
    alone: tuple[Alone, ...] = ()
    searched: Searched | None = None
    explanation: Explanation | None = None
    seconds: float = field(default=0.0, compare=False)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, position: int) -> Hit:
        return self.hits[position]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What one call of `NewsIndex.add` did.

    Attributes:
        added: New articles.
        changed: Articles whose earlier version was replaced.
        unchanged: Articles that were there already, the same to the letter.
        empty: Articles without a single word, left out.
        undated: Those of the added and changed articles of which no date is known.
        passages: Passages written.
        words: Words written.
        set_aside: Pieces of page furniture that were taken out of what was written.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    empty: int = 0
    undated: int = 0
    passages: int = 0
    words: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds.

    Attributes:
        articles, passages, words: Counts.
        sources: Outlets and the number of their articles, most articles first.
        first_date, last_date: ISO days, or None where no article has a date.
        undated: Articles without a date.
        dates_from: What dates come from, the surest first, and of how many articles.
        bytes: Size on disk.
    """

    articles: int
    passages: int
    words: int
    sources: tuple[tuple[str, int], ...]
    first_date: str | None
    last_date: str | None
    undated: int
    dates_from: tuple[tuple[str, int], ...]
    bytes: int
