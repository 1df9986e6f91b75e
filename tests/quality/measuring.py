"""What judged answers are worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(run: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of a ranked list, 0 to 1.

    Jarvelin and Kekalainen 2002, with the judgements themselves as gains.

    Args:
        run: Ids, best first.
        relevant: How relevant each id is; those that are not there are not.
        depth: How many of the first count.

    >>> ndcg(["a", "x", "b"], {"a": 2, "b": 1}) < ndcg(["a", "b"], {"a": 2, "b": 1}) == 1.0
    True
    """
    gains = [max(0, relevant.get(each, 0)) for each in run[:depth]]
    best = sorted((gain for gain in relevant.values() if gain > 0), reverse=True)[:depth]
    return _discounted(gains) / _discounted(best) if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
