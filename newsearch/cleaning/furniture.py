"""Learned page furniture: blocks of text that are set aside though no rule knows them.

In: a cleaned article, and what was learned of its source. Out: the article without the learned
blocks, and everything that was taken out of it. It is the same function for an article that has
just been read and for one that is stored: what was set aside before is first put back. A block is
a sentence; it is told by its words, whatever its case, digits, quotes and white space, and one
that speaks to the readers of the page by its shape, whatever names stand in it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from newsearch.analysis import sentences
from newsearch.cleaning.boilerplate import speaks
from newsearch.cleaning.cleaning import Cleaned, Line, first_sentence, write_lines
from newsearch.records import Removal

LEARNED = "learned"  # the name of the rule under which learned blocks are removed
_TITLE = "title"

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


def key(block: str) -> str:
    """Return what tells a block from others; "" for one without a word.

    >>> key("© 2024  Harbour “Media”.") == key('© 2025 harbour "media".')
    True
    """
    return " ".join(_WORD.findall(_DIGITS.sub("0", block.casefold())))


def shape(text: str) -> str:
    """Return a text with a 0 for each number, and for each name or list of names behind a word.

    >>> shape("Updated 3 hours ago by Ida Moor, Jon Vale and Lea Ott")
    'Updated 0 hours ago by 0'
    """
    return (_DIGITS if text.isupper() else _NAMES).sub("0", text)


_APART = r"[^\w.!?…]"  # what may stand between words of one sentence
# The first character of all that is found comes first, so that it is looked for at once.
_NAMES = re.compile(
    rf"[A-Z0-9](?:(?<=\d)\d*|(?:(?<=\w{_APART}.)|(?<=\w{_APART}{_APART}.))[\w'’-]*"
    rf"(?:{_APART}{{1,3}}(?:(?:and|or) )?[A-Z0-9][\w'’-]*)*)"
)


def shape_key(block: str) -> str:
    """Return what tells the shape of a block from others; its `key` if that is hardly a shape."""
    shaped = key(shape(block))
    return shaped if len(shaped.replace("0", "").split()) >= _FIXED else key(block)


_FIXED = 2  # words that all blocks of a shape have


def kind_of(block: str) -> str:
    """Return what tells the learned blocks of one kind from all others.

    >>> kind_of("More from Ida Moor") == kind_of("More from Jon Vale")
    True
    >>> kind_of("He comes from Orlund.") == kind_of("He comes from Selvinar.")
    False
    """
    return shape_key(block) if speaks(block) else key(block)


class Blocks:
    """The learned blocks of one source.

    Args:
        texts: One occurrence of each.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        self._keys = frozenset(map(key, texts))
        self._firsts = frozenset(each.partition(" ")[0] for each in self._keys)
        self._shapes = frozenset(shape_key(text) for text in texts if speaks(text))
        # The longest run of words of each kind: a text without it holds no block of that kind. A
        # short one says more as a block begins with it, with a capital.
        self._runs: set[str] = set()
        self._starts: set[str] = set()
        for text in texts:
            common = _common(text)
            run = max(_RUN.findall(common), key=len, default="")
            if len(run) < _SHORT and common.startswith(run) and text[:1].isupper():
                self._starts.update((run.capitalize(), run.upper()))
            elif run:
                self._runs.add(run)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and self._keys == other._keys

    def __hash__(self) -> int:
        return hash(self._keys)

    def __contains__(self, block: str) -> bool:
        first = _WORD.search(block)
        if not first or _DIGITS.sub("0", first[0].casefold()) not in self._firsts:
            return False
        return key(block) in self._keys or (
            shape_key(block) in self._shapes and speaks(block)  # which takes longer to tell
        )

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text may hold a block; most don't, and need not be cut."""
        if any(map(text.__contains__, self._starts)):
            return True
        folded = _folded(text)
        return any(map(folded.__contains__, self._runs))


_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SHORT = 10  # characters
_QUOTES = '"“”„«»'


def _folded(text: str) -> str:
    for each in _QUOTES:
        text = text.replace(each, "")
    return " ".join(text.casefold().split())


def _common(block: str) -> str:
    """Return what all blocks of a kind have in common."""
    is_exact = kind_of(block) == key(block)
    return _folded(block if is_exact else shape(block))


@dataclass(frozen=True)
class Furniture:
    """What was learned of the sources of an index, and what people want to keep.

    Attributes:
        blocks: Those of each source of which there are some.
        keep: Patterns of what is never set aside: a part of a text, with `*` for anything, or the
            name of a rule.
    """

    blocks: Mapping[str, Blocks] = field(default_factory=dict)
    keep: tuple[str, ...] = ()

    def wanted(self, rule: str, text: str) -> bool:
        """Tell whether somebody wants to keep something that a rule takes out."""
        return any(
            pattern == rule or _pattern(pattern).search(" ".join(text.split()))
            for pattern in self.keep
        )


NOTHING = Furniture()


@dataclass(frozen=True, slots=True)
class Relearned:
    """What learning page furniture has changed.

    Attributes:
        articles: In how many articles something else is set aside now than before.
        pieces: How many more pieces are set aside; below 0 where some were put back.
    """

    articles: int = 0
    pieces: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """Page furniture of one kind that was set aside.

    Attributes:
        rule: The name of the rule in `boilerplate.toml`, or "learned".
        source: The outlet, or "".
        articles: In how many of its articles.
        text: One example; of what was learned, all others differ in names and numbers at most.
        article_id: The article that the example stands in.
    """

    rule: str
    source: str
    articles: int
    text: str
    article_id: str


def _pattern(wanted: str) -> re.Pattern[str]:
    parts = [re.escape(" ".join(part.split())) for part in wanted.split("*")]
    return re.compile(".*".join(parts), re.IGNORECASE)


def set_aside(cleaned: Cleaned, furniture: Furniture) -> Cleaned:
    """Return an article without the blocks that were learned of its source.

    Args:
        cleaned: As `clean` or an earlier call returns it.
        furniture: What is set aside, and what is not. An article never loses all of its words to
            what was learned.

    >>> from newsearch.records import Article
    >>> article = Article("1", "Ferry", "The ferry runs.\\nGet our app!", "Post")
    >>> learned = Furniture({"Post": Blocks(["GET OUR APP"])})
    >>> shorter = set_aside(Cleaned(article, ()), learned)
    >>> shorter.article.text, shorter.removed[0].text
    ('The ferry runs.', 'Get our app!')
    >>> set_aside(shorter, Furniture()).article == article
    True
    """
    article = cleaned.article
    blocks = furniture.blocks.get(article.source)
    was_cut = any(each.rule == LEARNED for each in cleaned.removed)
    if not (was_cut or furniture.keep or (blocks and blocks.may_be_in(article.text))):
        return cleaned
    before = list(_put_back(_lines(cleaned), furniture))
    lines = (
        [piece for line in before for piece in _cut(line, blocks, furniture)] if blocks else before
    )
    if not any(key(line.text) for line in lines if not line.rule):
        lines = before
    text, removed = write_lines(lines)
    if (text, removed) == (article.text, cleaned.removed):
        return cleaned
    return Cleaned(replace(article, text=text, title=_title(cleaned, text)), removed)


def _lines(cleaned: Cleaned) -> Iterator[Line]:
    """Yield the lines of an article, what was taken out of it included, in their order."""
    removed = iter(cleaned.removed)
    following = next(removed, None)
    end = 0
    for text in cleaned.article.text.split("\n"):
        while following and following.at <= end:
            yield Line(following.text, following.rule)
            following = next(removed, None)
        end += len(text) + (1 if end else 0)
        if text:
            yield Line(text)
    while following:
        yield Line(following.text, following.rule)
        following = next(removed, None)


def _put_back(lines: Iterable[Line], furniture: Furniture) -> Iterator[Line]:
    for line in lines:
        back = line.rule == LEARNED or (
            line.rule not in ("", _TITLE) and furniture.wanted(line.rule, line.text)
        )
        yield Line(line.text) if back else line


def _cut(line: Line, blocks: Blocks, furniture: Furniture) -> list[Line]:
    """Cut a line at the learned blocks in it."""
    if line.rule or not blocks.may_be_in(line.text):
        return [line]
    lines = []
    start = 0
    for first, last in sentences(line.text):
        block = line.text[first:last]
        if block in blocks and not furniture.wanted(LEARNED, block):
            lines += [Line(line.text[start:first].strip()), Line(block.strip(), LEARNED)]
            start = last
    lines.append(Line(line.text[start:].strip()))
    return [each for each in lines if each.text]


def _title(cleaned: Cleaned, text: str) -> str:
    """Return the title of an article of which the text is another now."""
    article = cleaned.article
    made = " ".join(first_sentence(article.text).split())
    return " ".join(first_sentence(text).split()) if article.title == made else article.title


def learned_back(cleaned: Cleaned) -> Iterator[str]:
    """Yield the lines of an article as they are without anything that was learned."""
    for line in _put_back(_lines(cleaned), NOTHING):
        if not line.rule:
            yield line.text


def removals_of(removed: Iterable[Removal]) -> Iterator[Removal]:
    """Yield what was taken out of an article and is not its title."""
    return (each for each in removed if each.rule != _TITLE)
