"""What a leaf of a query matches in one segment, as sorted arrays; made once and remembered.

In: a `OneOf`, an `InOrder` or a `Near`. Out: the passages that hold it with their scores
(`Listed`), or every place where it begins. A word that stands for several forms is one list: the
union of theirs, with their frequencies added up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from newsearch.engines.local.arrays import (
    SHIFT,
    Documents,
    Found,
    Scores,
    Truths,
    add_up,
    common,
    counted,
    merged,
    one_each,
    opens,
    ragged,
)
from newsearch.engines.local.finding.bitmaps import Sought
from newsearch.engines.local.finding.listed import Scored, listed, scored
from newsearch.engines.local.finding.longlist import Listed, LongList
from newsearch.engines.local.finding.proximity import near
from newsearch.engines.local.finding.spans import Matched, matched
from newsearch.engines.local.segment import Segment
from newsearch.engines.scoring import Scoring
from newsearch.errors import IndexDamaged
from newsearch.memory import Memory
from newsearch.query import Near, OneOf
from newsearch.query.nodes import FAINT, TEXT, TITLE, Either, LeafQuery
from newsearch.query.spans import AtLeast, Close, Part, sentence_begins

Forms = tuple[str, ...]

FREQUENT = 100_000  # passages that hold a word of which not all places are remembered
_TINY = 1e-300  # what is nowhere scores 0 of this, even where lengths and `k1` are 0


class Lists:
    """The lists of one segment, over its live passages.

    Args:
        segment: The segment.
        scoring: The numbers of BM25.
        share: Its part of the index, by passages: all segments together remember 240 MB.
    """

    def __init__(self, segment: Segment, scoring: Scoring, share: float) -> None:
        self.segment = segment
        self._scoring = scoring
        self._listed = Memory(int(12_000_000 * share))
        self._places = Memory(int(8_000_000 * share))
        self._phrases = Memory(int(2_000_000 * share))
        self._unions = Memory(int(7_000_000 * share))
        self._recent = Memory(int(1_000_000 * share))

    def leaf(self, leaf: Any) -> Scored:
        """Return the passages that hold a leaf, scored."""
        return self._scored(leaf, (leaf,))

    def either(self, either: Either) -> Scored:
        """Return the passages that hold one leaf or another."""
        return self._scored(either, either)

    def _scored(self, key: Hashable, leaves: Iterable[Any]) -> Scored:
        found: Scored | None = self._listed.kept.get(key)
        if found is None:
            parts = [
                (self.frequencies(leaf), partial(self._score, leaf.fieldname, self._weight(leaf)))
                for leaf in leaves
            ]
            documents = [self._documents(held) for held, _ in parts]
            found = scored(parts, documents, self.segment.entry.passages)
            self._listed.keep(key, found, found.numbers + self.segment.entry.passages // 32)
        return found

    def _kept(self, key: Hashable, found: Found) -> Listed:
        kept = listed(*found, self.segment.entry.passages)
        self._unions.keep(key, kept, kept.numbers)
        self._recent.keep(kept, found[0], len(found[0]))
        return kept

    def _documents(self, held: Listed) -> Documents:
        """Return the passages of a list; who has made one soon asks for them."""
        found: Documents | None = self._recent.kept.get(held)
        return held.documents if found is None else found

    def holds(self, leaf: Any, wanted: Documents) -> Truths:
        """Return which of some passages hold a leaf."""
        found = self._listed.kept.get(leaf)
        return (self.frequencies(leaf) if found is None else found).holds(wanted)

    def strengths(self, leaves: Sequence[Any], wanted: Documents) -> Scores:
        """Return for each leaf the scores of some passages without its boost and idf."""
        # A part of a leaf says what the whole leaf does.
        whole = [leaf.of if isinstance(leaf, Part) else leaf for leaf in leaves]
        sought = Sought(wanted)
        shares = np.empty((len(leaves), len(wanted)))
        for row, leaf in zip(shares, whole, strict=True):
            row[:] = self.frequencies(leaf).of(sought)
        norms = [self._norm(leaf.fieldname, sought) for leaf in whole]
        shares /= shares + np.array(norms).reshape(shares.shape)
        return shares

    def gathered(self, leaves: Sequence[Any], wanted: Documents) -> tuple[Scores, Scores]:
        """Return the same, and with the strengths of all passages of each one's article added up.

        Nothing of an article is remembered: those of an answer have few passages.
        """
        if not len(wanted):
            return (nothing := np.zeros((len(leaves), 0))), nothing
        articles = self.segment.article_of[wanted]
        new = opens(articles)
        first = self.segment.article_first[articles[new]].astype(np.int64)
        many = self.segment.sizes(wanted[new])
        begins, which = many.cumsum() - many, new.cumsum() - 1
        strengths = self.strengths(leaves, ragged(first, many))
        sums: Scores = np.add.reduceat(strengths, begins, axis=1)
        return strengths[:, begins[which] + wanted - first[which]], sums[:, which]

    def spread(self, forms: Forms, faint: Forms) -> int:
        """Return how many articles hold any of the forms."""
        found = self._documents(self.union(TEXT, forms, faint))
        return int(np.count_nonzero(opens(self.segment.article_of[found])))

    def _weight(self, leaf: Any) -> float:
        """Return the greatest score that a leaf can have."""
        idf, field, faint = self._scoring.idf, leaf.fieldname, leaf.faint
        return float(leaf.boost * sum([idf(field, forms, faint) for forms in leaf.places]))

    def frequencies(self, leaf: Any) -> Listed:
        """Return the passages that hold a leaf, with how often each does."""
        if isinstance(leaf, OneOf):
            return self.union(leaf.fieldname, leaf.forms, leaf.faint)
        found: Listed | None = self._unions.kept.get(leaf)
        return self._kept(leaf, self._phrase(leaf)) if found is None else found

    def union(self, fieldname: str, forms: Forms, faint: Forms = ()) -> Listed:
        """Return the passages with any of the forms, with how often these stand in each.

        Args:
            faint: Those of the forms of which an occurrence counts less.
        """
        key = (fieldname, forms, faint)
        found: Listed | None = self._unions.kept.get(key)
        if found is None:
            columns = self.segment.fields[fieldname]
            found_in = add_up(
                [
                    (documents.astype(np.int64, copy=False), counts * (1.0, FAINT)[form in faint])
                    for form in forms
                    for term in self._terms((form,))
                    for documents, counts in [columns.postings(term)]
                ]
            )
            whole = self._live(*self._of_titles(fieldname, *found_in))
            found = self._kept(key, whole)
        return found

    def begins(self, places: tuple[Forms, ...]) -> Documents:
        """Return where in the text of live passages a leaf begins, `document << SHIFT | token`."""
        # Those of words are long: they must not push out those of phrases, which take longer.
        memory = self._places if len(places) == 1 else self._phrases
        found: Documents | None = memory.kept.get(places)
        if found is None:
            found = self._starts(TEXT, places)
            if self.segment.live is not None:
                found = found[self.segment.live[found >> SHIFT]]
            memory.keep(places, found, len(found))
        return found

    def begins_in(self, places: tuple[Forms, ...], wanted: Documents) -> Documents:
        """Return the same for some passages, and maybe for others: for "the" all take long."""
        if len(places) > 1 or len(places[0]) != 1 or self.segment.live is not None:
            return self.begins(places)
        held = self.union(TEXT, places[0])
        if not isinstance(held, LongList) or len(held) < FREQUENT:
            return self.begins(places)
        [term] = self._terms(places[0])
        before, many = held.occurrences(Sought(wanted))
        tokens = self.segment.fields[TEXT].tokens(term, before, many)
        return (wanted << SHIFT).repeat(many) + tokens

    def near(self, leaf: Near) -> Documents:
        """Return where in its field words near each other begin, `document << SHIFT | token`."""
        found: Documents | None = self._phrases.kept.get(leaf)
        if found is None:
            places = [self._places_of(leaf.fieldname, (forms,)) for forms in leaf.places]
            found = near(places, leaf.slop, leaf.ordered)
            self._phrases.keep(leaf, found, len(found))
        return found

    def matched(self, leaf: Close | AtLeast) -> Matched:
        """Return where in its field a leaf of several matches, and with which places of each."""
        found: Matched | None = self._phrases.kept.get(leaf)
        if found is None:
            places = [self._places_of(leaf.fieldname, each.places) for each in leaf.leaves]
            in_titles = leaf.fieldname == TITLE
            found = matched(leaf, places, one_each if in_titles else self._sentences)
            self._phrases.keep(leaf, found, found.numbers)
        return found

    def _places_of(self, fieldname: str, places: tuple[Forms, ...]) -> Documents:
        return self.begins(places) if fieldname == TEXT else self._starts(fieldname, places)

    def _sentences(self, passages: Documents) -> Documents:
        """Return the places at which the sentences of some passages begin.

        They are not in the index: texts are read and cut, 0.1 ms for a passage.
        """
        begins = [passages[:0]]
        for passage in passages.tolist():
            text = self.segment.passage_text(passage)
            begins.append(passage << SHIFT | np.array(sentence_begins(text), np.int64))
        return np.concatenate(begins)

    def _score(self, field: str, weight: float, passages: Sought, frequency: Scores) -> Scores:
        """Return what passages score for a leaf that each holds so often."""
        # weight * frequency / (frequency + norm), in one array: new ones would take longer.
        scores = frequency + self._norm(field, passages)
        np.divide(frequency, scores, out=scores)
        scores *= weight
        return scores

    def _norm(self, fieldname: str, passages: Sought) -> Scores:
        """Return `k1 * (1 - b + b * length / average length)` of some passages."""
        k1, b = self._scoring.k1, self._scoring.b

        def norm(documents: Documents) -> Scores:
            average = self._scoring.averages[fieldname]
            norm: Scores = self.segment.lengths(fieldname)[documents] * (k1 * b / average)
            norm += max(k1 * (1 - b), _TINY)
            return norm

        return passages.once(fieldname, norm)

    def _phrase(self, leaf: LeafQuery) -> Found:
        if isinstance(leaf, Near):
            found = counted(self.near(leaf))
        elif isinstance(leaf, (Close, AtLeast)):
            found = counted(self.matched(leaf).begins)
        else:
            found = counted(self._places_of(leaf.fieldname, leaf.places))
        if leaf.fieldname == TEXT:
            return found
        return self._live(*self._of_titles(leaf.fieldname, *found))

    def _starts(self, fieldname: str, places: tuple[Forms, ...]) -> Documents:
        columns = self.segment.fields[fieldname]
        starts: Documents | None = None
        for step, forms in enumerate(places):
            if fieldname == TEXT and len(places) > 1:
                keys = self.begins((forms,))
            else:
                keys = merged([columns.places(term) for term in self._terms(forms)])
            starts = keys if starts is None else common(starts, keys - step)
        assert starts is not None
        return starts

    def _terms(self, forms: Forms) -> list[int]:
        return [number for form in forms if (number := self.segment.term(form)) is not None]

    def _of_titles(self, fieldname: str, documents: Documents, values: Scores) -> Found:
        """Return the passages of articles, each with its article's value, if it is of titles."""
        if fieldname != TITLE:
            return documents, values
        first = self.segment.article_first[documents].astype(np.int64)
        many = self.segment.article_first[documents + 1] - first
        if many.sum() > self.segment.entry.passages:
            raise IndexDamaged("the titles of the index name an article twice")
        return ragged(first, many), np.repeat(values, many)

    def _live(self, passages: Documents, values: Scores) -> Found:
        if self.segment.live is None:
            return passages, values
        kept = self.segment.live[passages]
        return passages[kept], values[kept]
