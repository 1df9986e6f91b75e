"""A query tree to the passages of one segment that match, with their scores, by whole arrays.

In: a tree of the nodes that `rewriting` makes of any other. Out: passages and a score for each. A
list of postings is one array, a union or an intersection one operation on it; there is no loop
over passages. Scores are added in the order of the tree, so that equal passages have equal scores
in every segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.query import (
    And,
    AndMaybe,
    ConstantScoreQuery,
    DisjunctionMax,
    Not,
    Or,
    Require,
)

from newsearch.engines.base import Begins
from newsearch.engines.local.arrays import (
    SHIFT,
    Documents,
    Found,
    Scores,
    add_up,
    only_best,
)
from newsearch.engines.local.finding.bitmaps import Sought
from newsearch.engines.local.finding.filtering import Facts
from newsearch.engines.local.finding.given import Given
from newsearch.engines.local.finding.listed import Scored
from newsearch.engines.local.finding.lists import Lists
from newsearch.engines.local.finding.reaching import in_all, in_any
from newsearch.engines.local.finding.shortlist import ShortList
from newsearch.engines.local.finding.topk import best_of_union, sum_of
from newsearch.engines.local.segment import Segment
from newsearch.engines.scoring import Scoring
from newsearch.errors import EngineError
from newsearch.query import Near
from newsearch.query.filters import Days, Named
from newsearch.query.nodes import Either, LeafQuery
from newsearch.query.spans import AtLeast, Close, Part

_UNSCORED = (Not, Named, Days)
_TOKEN = (1 << SHIFT) - 1


class UnknownNode(EngineError):
    """Raised where a tree has to be rewritten (see `rewriting`) before it can be run."""

    def __init__(self, node: Any) -> None:
        super().__init__(f"this engine can't run a {type(node).__name__} query as it is")


class Evaluator:
    """Runs trees over one segment."""

    def __init__(self, segment: Segment, scoring: Scoring, share: float) -> None:
        self.segment = segment
        self.lists = Lists(segment, scoring, share)
        self.facts = Facts(segment)

    def best(self, node: Any, limit: int, count: bool) -> tuple[Documents, Scores, int, bool]:
        """Return the best passages for a tree, sorted by number, and how many match in all.

        Args:
            node: The tree.
            limit: How many passages are wanted; there may be some more, which are not as good, and
                of equal scores at the limit, the first are among them.
            count: Whether to count all matches; otherwise the number may be too small.

        Returns:
            Passages, scores, the number, and whether it is exact.
        """
        if limit and isinstance(node, (LeafQuery, Either)):
            whole = self.listed(node)
            return *whole.best(limit), len(whole), True
        if not limit or not isinstance(node, Or):
            documents, scores = self.run(node)
            return *only_best(documents, scores, limit), len(documents), True
        _refuse_unplain(node)
        lists = self._lists(node)
        documents, scores = best_of_union(lists, limit)
        if count:
            return documents, scores, len(in_any(lists)), True
        total = max([len(documents), *map(len, lists)])
        return documents, scores, total, len(lists) <= 1

    def listed(self, node: Any) -> Scored:
        """Return what matches a tree, as a list in which passages can be looked up."""
        if isinstance(node, LeafQuery):
            return self.lists.leaf(node)
        if isinstance(node, Either):
            return self.lists.either(node)
        return ShortList(*self.run(node), self.segment.entry.passages)

    def run(self, node: Any) -> Found:
        """Return all passages that match a tree, sorted, and their scores."""
        if isinstance(node, (LeafQuery, Either)):
            listed = self.listed(node)
            return listed.documents, listed.scores
        if isinstance(node, Not):
            left = np.flatnonzero(self._live(~self.holds(node.query, self._all())))
            return left, np.zeros(len(left))
        if isinstance(node, (And, Or)):
            _refuse_unplain(node)
            if isinstance(node, And):
                return self._all_of(list(node))
            lists = self._lists(node)
            documents = in_any(lists)
            return documents, sum_of(lists, documents)
        if isinstance(node, AndMaybe):
            documents, scores = self.run(node.a)
            return documents, scores + self.listed(node.b).of(Sought(documents))
        if isinstance(node, Require):
            documents, scores = self.run(node.a)
            kept = self.holds(node.b, documents)
            return documents[kept], scores[kept]
        return self._run_rare(node)

    def _run_rare(self, node: Any) -> Found:
        """Run what only people who know Whoosh's queries ask for."""
        if isinstance(node, (Named, Days)):
            found = np.flatnonzero(self._live(self.facts.passages(node)))
            return found, np.zeros(len(found))
        if isinstance(node, Given):
            return node.found[self.segment]
        if isinstance(node, ConstantScoreQuery):
            documents = self.run(node.child)[0]
            return documents, np.full(len(documents), float(node.score))
        if isinstance(node, DisjunctionMax):
            _refuse_unplain(node)
            return add_up([self.run(child) for child in node], np.maximum)
        raise UnknownNode(node)

    def holds(self, node: Any, wanted: Documents) -> npt.NDArray[np.bool_]:
        """Return which of some passages match a tree."""
        if isinstance(node, LeafQuery):
            return self.lists.holds(node, wanted)
        if isinstance(node, Not):
            return ~self.holds(node.query, wanted)
        if isinstance(node, AndMaybe):
            return self.holds(node.a, wanted)
        if isinstance(node, (Named, Days)):
            there: npt.NDArray[np.bool_] = self.facts.passages(node)[wanted]
            return there
        if isinstance(node, (And, Or, Require)):
            _refuse_unplain(node)
            merge = np.logical_or if isinstance(node, Or) else np.logical_and
            masks = [self.holds(child, wanted) for child in node.children()]
            return masks[0] if len(masks) == 1 else merge.reduce(masks)
        return self.listed(node).holds(wanted)

    def begins(self, leaves: Sequence[Any], wanted: Documents) -> Begins:
        """Return where leaves of the text begin in some passages."""
        every = [self._begins(leaf, wanted) for leaf in leaves]
        bounds, width = np.concatenate((wanted, wanted + 1)) << SHIFT, max(len(wanted), 1)
        edges = np.empty((len(leaves), 2, len(wanted)), np.int64)
        for row, keys in zip(edges, every, strict=True):
            row.ravel()[:] = keys.searchsorted(bounds)
        first, last = edges[:, 0].ravel(), edges[:, 1].ravel()
        many = last - first
        ends = many.cumsum()
        # For each place its leaf and its passage, as one number: row by row.
        at = np.arange(len(many)).repeat(many)
        places = np.arange(len(at)) + (last - ends)[at]
        tokens = np.empty(len(at), np.int64)
        begin = 0
        for keys, end in zip(every, ends[width - 1 :: width].tolist(), strict=False):
            tokens[begin:end] = keys[places[begin:end]]
            begin = end
        rows, numbers = np.divmod(at, width)
        found = numbers << SHIFT | tokens & _TOKEN
        order = found.argsort(kind="stable")
        return Begins(found[order], rows[order])

    def _begins(self, leaf: Any, wanted: Documents) -> Documents:
        """Return where a leaf begins in some passages at least, `document << SHIFT | token`."""
        if isinstance(leaf, Part):
            return self.lists.matched(leaf.of).parts[leaf.which]
        if isinstance(leaf, (Close, AtLeast)):
            return self.lists.matched(leaf).begins
        if isinstance(leaf, Near):
            return self.lists.near(leaf)
        return self.lists.begins_in(leaf.places, wanted)

    def _all_of(self, children: list[Any]) -> Found:
        # What scores nothing is looked up for what the others leave.
        lists = [self.listed(child) for child in children if not isinstance(child, _UNSCORED)]
        if not lists:
            found = np.flatnonzero(self._live(self.holds(And(children), self._all())))
            return found, np.zeros(len(found))
        documents = in_all(lists)
        for child in children:
            if isinstance(child, _UNSCORED) and len(documents):
                documents = documents[self.holds(child, documents)]
        return documents, sum_of(lists, documents)

    def _lists(self, node: Any) -> list[Scored]:
        return [listed for child in node if len(listed := self.listed(child))]

    def _all(self) -> Documents:
        return np.arange(self.segment.entry.passages)

    def _live(self, passages: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return passages if self.segment.live is None else passages & self.segment.live


def _refuse_unplain(node: Any) -> None:
    """Refuse compounds without children, with a boost, or that prefer passages with more words."""
    if not node.subqueries or node.boost != 1.0 or getattr(node, "scale", None):
        raise UnknownNode(node)
