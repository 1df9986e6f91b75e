"""BM25 (see `newsearch.engines.scoring`) as a Whoosh weighting, over exact passage lengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whoosh.scoring import BaseScorer, WeightingModel

from newsearch.engines.scoring import idf


class BM25(WeightingModel):
    """Scores `OneOf` and `InOrder` nodes.

    Args:
        k1: Saturation of the term frequency, > 0.
        b: How much a passage's length counts, 0 to 1.
        passages: How many live passages there are.
        averages: For each field, the average length of its live passages, in tokens.
    """

    def __init__(self, k1: float, b: float, passages: int, averages: Mapping[str, float]) -> None:
        self.k1 = k1
        self.b = b
        self.passages = passages
        self.averages = averages

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1.0) -> BM25Scorer:
        """Return a scorer; `text` is the node, as its matcher passes it."""
        weight = sum(idf(self.passages, n) for n in text.passages(searcher.get_parent()))
        lengths = searcher.reader().column_reader(fieldname + "_length")
        return BM25Scorer(self, qf * weight, lengths, self.averages[fieldname])


class BM25Scorer(BaseScorer):
    """Scores one leaf in one segment."""

    def __init__(self, model: BM25, weight: float, lengths: Any, average: float) -> None:
        self.model = model
        self.weight = weight
        self.lengths = lengths
        self.average = average

    def score(self, matcher: Any) -> float:
        frequency = matcher.weight()
        relative = self.lengths[matcher.id()] / self.average
        norm = self.model.k1 * (1 - self.model.b + self.model.b * relative)
        return float(self.weight * frequency / (frequency + norm))
