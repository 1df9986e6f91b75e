"""Ids that are numbers, which are only their file's: two tables both have an article 1.

Ids of words, URLs and long numbers are meant for the whole world: of two files that bring the
same, the later one brings a later version. Of a short number the first file keeps it as it is, and
in any other the article is known by that file, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from newsearch.records import Article

_NUMBER = re.compile(r"\d{1,9}(?:\.0)?")


class Numbers:
    """Keeps apart the articles of different files that have the same number for an id.

    Args:
        is_taken: Tells of a number, a file and the id that the article would have instead, whether
            it has that already, or another file has the number, for all that was read before.
    """

    def __init__(self, is_taken: Callable[[str, str, str], bool] = lambda *_: False) -> None:
        self._is_taken = is_taken
        self._path = ""
        self._own: set[str] = set()
        self._earlier: set[str] = set()

    def apart(self, article: Article) -> Article:
        """Return an article with an id that no other file's article has.

        >>> numbers = Numbers()
        >>> [numbers.apart(Article("1", path=path)).id for path in ("a.csv", "a.csv", "b.csv")]
        ['1', '1', 'b.csv#id=1']
        """
        number, path = article.id, article.path
        if not _NUMBER.fullmatch(number):
            return article
        if path != self._path:
            self._earlier |= self._own
            self._path, self._own = path, set()
        instead = f"{path}#id={number}"
        if number in self._earlier or self._is_taken(number, path, instead):
            return replace(article, id=instead)
        self._own.add(number)
        return article
