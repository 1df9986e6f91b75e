"""BM25 (see `newsearch.engines.scoring`) as a weighting of Whoosh's, over exact lengths.

With it, Whoosh's queries score as newsearch's own do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whoosh.scoring import BaseScorer, WeightingModel, WeightScorer

from newsearch.engines.scoring import idf


class BM25(WeightingModel):
    """Scores words in texts and titles; a passage with a source, date, id or number scores 1.

    It takes a `SnapshotReader`.

    Args:
        k1: Saturation of the term frequency, > 0.
        b: How much a length counts, 0 to 1.
        passages: How many there are.
        averages: For each field of words, the average length, in tokens.
    """

    def __init__(self, k1: float, b: float, passages: int, averages: Mapping[str, float]) -> None:
        self.k1 = k1
        self.b = b
        self.passages = passages
        self.averages = averages

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        return idf(self.passages, searcher.reader().holding(fieldname, (text,)))

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1.0) -> Any:
        """Return a scorer for a term, or for a leaf of newsearch's own, given in its place."""
        if fieldname not in self.averages:
            return WeightScorer.for_(searcher, fieldname, text)
        reader = searcher.reader()
        places = getattr(text, "places", ((text,),))
        weight = sum(idf(self.passages, reader.holding(fieldname, forms)) for forms in places)
        return _Scorer(self, qf * weight, reader.lengths(fieldname), self.averages[fieldname])


class _Scorer(BaseScorer):
    def __init__(self, model: BM25, weight: float, lengths: Any, average: float) -> None:
        self._weight = weight
        self._lengths = lengths
        self._base = model.k1 * (1 - model.b)
        self._slope = model.k1 * model.b / average

    def supports_block_quality(self) -> bool:
        return True

    def score(self, matcher: Any) -> float:
        return self._score(matcher.weight(), int(self._lengths[matcher.id()]))

    def max_quality(self) -> float:
        return self._weight  # what no frequency reaches

    def block_quality(self, matcher: Any) -> float:
        return self._score(matcher.block_max_weight(), matcher.block_min_length())

    def _score(self, frequency: float, length: int) -> float:
        return self._weight * frequency / (frequency + self._base + self._slope * length)
