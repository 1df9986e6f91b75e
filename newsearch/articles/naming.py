"""What the fields of an article are called in other people's files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from newsearch.errors import NewsearchError

# The names that are usual, the surest first. Case, marks between the words of a name and what
# stands before a colon don't matter: pubDate, pub_date and dc:pubdate are one. The day of a change
# is taken for the date where there is no other.
USUAL: dict[str, tuple[str, ...]] = {
    "id": tuple("id articleid uuid guid docid documentid newsid storyid".split()),
    "title": tuple("title headline heading webtitle articletitle newstitle pagetitle".split()),
    "text": tuple(
        "text maintext articlebody articletext fulltext bodytext body contenttext textcontent "
        "articlecontent content contents article storytext story newstext newscontent plaintext "
        "cleantext cleanedtext rawtext paragraphs transcript".split()
    ),
    "source": tuple(
        "source sourcename outlet outletname publisher publishername publication newspaper "
        "sitename provider agency media newssource website site sourcedomain domain".split()
    ),
    "date": tuple(
        "date datepublished publisheddate datepublish publishdate pubdate published publishedat "
        "publishedon publishedtime publishtime publicationdate publicationtime firstpublished "
        "firstpublicationdate webpublicationdate articledate newsdate dateofpublication issued "
        "releasedate postdate posted datetime publishedutc createdutc datecreated createdat "
        "created seendate timestamp time datemodified datemodify modified lastmodified "
        "updatedat updated".split()
    ),
    "url": tuple(
        "url link weburl articleurl newsurl articlelink pageurl permalink canonicalurl "
        "canonicallink sourceurl href uri".split()
    ),
    "author": tuple(
        "author authors authorname authornames byline creator creators writer writers "
        "journalist reporter by".split()
    ),
}
# Where no field has the text: one with a whole page, in which it is looked for, else a summary.
_INSTEAD = {
    "html": tuple("html rawhtml pagehtml articlehtml htmlcontent pagesource".split()),
    "summary": tuple("summary description shortdescription abstract lead excerpt snippet".split()),
}
_RANK = {
    usual: (part, rank)
    for part, names in {**USUAL, **_INSTEAD}.items()
    for rank, usual in enumerate(names)
}
_MARKS = re.compile(r"[\W_]+")

Names = dict[str, tuple[str, ...]]


class Naming:
    """Which fields of a record hold what of an article.

    Args:
        given: For some of an article's fields the name that they have; no other is looked at for
            them. A name with dots leads into objects: `thread.site`.

    Raises:
        NewsearchError: An article has no such field.

    >>> Naming({"text": "Corpo"}).of(("Corpo", "pubDate", "Headline", "size"))["date"]
    ('pubDate',)
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self.given = dict(given or {})
        for part in self.given:
            if part not in USUAL:
                raise NewsearchError(
                    f"an article has no field {part!r}; it has {', '.join(USUAL)} "
                    "(write --map text=body if the text is in the field body)"
                )
        self._of = lru_cache(maxsize=1024)(self._find)

    def of(self, fields: tuple[str, ...]) -> Names:
        """Return for each part of an article the fields that may hold it, the surest first."""
        return self._of(fields)

    def _find(self, fields: tuple[str, ...]) -> Names:
        found: dict[str, list[tuple[int, str]]] = {}
        for name in fields:
            plain = _MARKS.sub("", name.rpartition(":")[2]).lower()
            if plain in _RANK:
                part, rank = _RANK[plain]
                found.setdefault(part, []).append((rank, name))
        names = {part: tuple(name for _, name in sorted(each)) for part, each in found.items()}
        if "text" in self.given:
            names = {part: each for part, each in names.items() if part not in _INSTEAD}
        return {**names, **{part: (name,) for part, name in self.given.items()}}
