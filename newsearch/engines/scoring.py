"""BM25 as Lucene has it since version 8, over exact passage lengths.

    idf(w)   = ln(1 + (N - n + 0.5) / (n + 0.5))
    score    = boost * idf * tf / (tf + k1 * (1 - b + b * length / average length))

N passages, n of them with the word, all counts over live passages. The idf of a phrase is the
sum over its words. Robertson and Zaragoza 2009; the factor k1 + 1 is left out, which changes no
order. (Whoosh's own BM25F has another idf and rounds lengths to a byte.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

# Articles about other things that a small index is thought to lie among. Where all of five
# articles are about one subject its words would otherwise say nothing, and "did" a lot.
_ELSEWHERE = 5


def idf(passages: int, holding: int) -> float:
    """Return how much a word says that stands in `holding` of `passages` passages.

    >>> round(idf(1000, 10), 3), idf(10, 0)
    (4.557, 0.0)
    """
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5)) if holding else 0.0


def article_idf(articles: int, holding: int) -> float:
    """Return how much a word says that stands in `holding` of `articles` articles.

    >>> round(article_idf(5, 5), 1), round(article_idf(5, 1), 1), round(article_idf(9000, 1), 1)
    (0.7, 2.0, 8.7)
    """
    return idf(articles + _ELSEWHERE, holding)


@dataclass(frozen=True, slots=True)
class Scoring:
    """The numbers of BM25 for one snapshot.

    Attributes:
        k1, b: Its parameters.
        averages: The average length of each field, in tokens, over live passages.
        idf: Given a field, forms that count as one word, and the faint ones of them, what they
            say.
    """

    k1: float
    b: float
    averages: dict[str, float]
    idf: Callable[[str, tuple[str, ...], tuple[str, ...]], float]
