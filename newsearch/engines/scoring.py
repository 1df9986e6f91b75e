"""BM25 as Lucene has it since version 8, over exact passage lengths.

    idf(w)   = ln(1 + (N - n + 0.5) / (n + 0.5))
    score    = boost * idf * tf / (tf + k1 * (1 - b + b * length / average length))

N passages, n of them with the word, all counts over live passages. The idf of a phrase is the
sum over its words. Robertson and Zaragoza 2009; the factor k1 + 1 is left out, which changes no
order. (Whoosh's own BM25F has another idf and rounds lengths to a byte.)
"""

from __future__ import annotations

import math


def idf(passages: int, holding: int) -> float:
    """Return how much a word says that stands in `holding` of `passages` passages.

    >>> round(idf(1000, 10), 3), idf(10, 0)
    (4.557, 0.0)
    """
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5)) if holding else 0.0
