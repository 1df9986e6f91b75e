"""Many texts to arrays of form numbers, for indexing: what `tokenize` does, without offsets.

Each distinct chunk between white space is analysed once; from then on it is a number, and the
rules that look at a word's neighbours (where a sentence begins, capitals among capitals) are
array operations over those numbers. A test holds the two against each other.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import Any

import numpy as np
import numpy.typing as npt

from newsearch.analysis.chunks import (
    PLAIN,
    Case,
    analyse_any,
    analyse_plain,
    is_mid_sentence,
    plain_words,
)
from newsearch.analysis.plain import LOOKS, plain_words_of
from newsearch.analysis.splitting import Split, Splitter

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

_AROUND = 4  # words to either side that tell whether short capitals stand among capitals
# What a part looks like, in one number: its `Case`, and these.
_CASE = 3
_FRESH = 4  # a sentence may begin here
_LONG = 8  # not one of the short words whose capitals may say nothing
_LOUD = 16  # all capitals, and long
# Many chunks, one a line: the groups of `PLAIN`, or the whole of a chunk that is not plain.
_split_plain = re.compile(f"^(?:{PLAIN})$ | (.+)", re.VERBOSE | re.MULTILINE).findall
_SHAPES = {"": 0, "a": _LONG, "A": _LONG | _LOUD}
_LOOKS = np.array([case | _SHAPES[shape] for case, shape in LOOKS], np.uint8)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of several texts, one after the other.

    Attributes:
        forms: Each token's number in `Encoder.forms`.
        cases: Each token's `Case`.
        ends: For each text, where its tokens end in the two arrays; sorted.
    """

    forms: Numbers
    cases: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]


class Encoder:
    """Encodes texts; gives each new form the next number.

    >>> encoder = Encoder()
    >>> encoded = encoder.encode(["The ferry.", "Ferry to the U.S."])
    >>> [encoder.forms[number] for number in encoded.forms], encoded.ends.tolist()
    (['the', 'ferry', 'ferry', 'to', 'the', 'US'], [2, 6])
    """

    def __init__(self) -> None:
        self._chunks = _Chunks()

    @property
    def forms(self) -> list[str]:
        """Every form met so far, in the order of their numbers."""
        return list(self._chunks.forms)

    def encode(self, texts: Iterable[str]) -> Encoded:
        """Return the tokens of texts, in which a line break ends a sentence."""
        return self._expand(self._chunks.split([*texts]))

    def _expand(self, split: Split) -> Encoded:
        # Items are taken by numbers of 64 bits in a third of the time.
        known, codes = self._chunks, split.codes.astype(np.int64)
        counts = known.counts.take(codes)
        ends = np.cumsum(counts, dtype=np.int64)
        before = np.concatenate(([0], ends))
        # Chunks without a word are few, and those of two are not many: most parts are the first.
        parts = np.repeat(known.first.take(codes) - before[:-1], counts)
        parts += np.arange(len(parts))
        text_ends = before[split.ends]
        looks = np.frombuffer(known.looks, np.uint8).take(parts)
        forms = _numbers(known.form).take(parts)
        cases: npt.NDArray[np.uint8] = np.bitwise_and(looks, _CASE, dtype=np.uint8)
        # A sentence may begin with a text or line, or with the next part after a chunk that closes
        # one.
        closing = np.flatnonzero(known.closes.take(codes))
        unsure = np.zeros(len(parts) + 1, bool)
        for fresh in ([0], text_ends, before[split.lines], ends[closing]):
            unsure[fresh] = True
        unsure = unsure[:-1] | ((looks & _FRESH) != 0)
        unsure &= cases == Case.CAPITAL
        cases[np.flatnonzero(unsure)] = Case.UNSURE
        shouted = _shouted(looks, text_ends)
        forms[shouted] = self._lower(forms[shouted])
        cases[shouted] = Case.UNSURE
        return Encoded(forms, cases, text_ends)

    def _lower(self, numbers: Numbers) -> Numbers:
        """Return the numbers of the forms in lower case."""
        different, where = np.unique(numbers, return_inverse=True)
        forms = self.forms
        lower = [self._chunks.forms[forms[number].lower()] for number in different.tolist()]
        return np.array(lower, np.uint32)[where]


class _Chunks:
    """What is known of the chunks that were met.

    New chunks are looked at many together, which takes a third of the time.

    Attributes:
        forms: The number of each form; one that is asked for gets the next.
        form, looks: Of each part.
        first, counts: Where the parts of a chunk begin, and how many they are.
        closes: Whether a sentence may begin after a chunk.
    """

    def __init__(self) -> None:
        self._splitter = Splitter()
        self.forms: dict[str, int] = defaultdict(count().__next__)
        self.form, self.looks = array("I"), array("B")
        self.first, self.counts = np.zeros((2, 0), np.uint32)
        self.closes = np.zeros(0, np.uint8)

    def split(self, texts: Sequence[str]) -> Split:
        """Return the chunks of texts, and know what they are made of."""
        split = self._splitter.split(texts)
        self._learn(self._splitter.new())
        return split

    def _learn(self, chunks: bytes) -> None:
        """Analyse new chunks, of which each has a line break after it."""
        words = plain_words_of(chunks)
        plain, rest = np.flatnonzero(words.which), np.flatnonzero(~words.which)
        begin = len(self.form)
        self.form.extend(map(self.forms.__getitem__, words.forms))
        self.looks.frombytes(_LOOKS[words.looks].tobytes())
        others = chunks.decode(errors="surrogatepass").split("\n")[:-1]
        many, closing = self._analyse([*compress(others, ~words.which)])
        counts = np.ones(len(others), np.uint32)
        counts[rest] = many
        closes = np.zeros(len(others), np.uint8)
        closes[plain], closes[rest] = words.closes, closing
        ends = np.cumsum(counts[rest], dtype=np.uint32)
        first = np.empty(len(others), np.uint32)
        first[plain] = np.arange(begin, begin + len(plain))
        first[rest] = begin + len(plain) + ends - counts[rest]
        self.first = np.concatenate((self.first, first))
        self.counts = np.concatenate((self.counts, counts))
        self.closes = np.concatenate((self.closes, closes))

    def _analyse(self, chunks: list[str]) -> tuple[list[int], list[bool]]:
        """Write the parts of some chunks down; tell how many each has, and whether it closes."""
        counts, closes = [1] * len(chunks), [False] * len(chunks)
        forms: list[str] = []
        add_form, add_look = forms.append, self.looks.append
        for at, (before, plain, after, other) in enumerate(_split_plain("\n".join(chunks))):
            if plain:
                words = plain_words(plain)
                counts[at] = len(words)
                closes[at] = bool(after) and not is_mid_sentence(after)
                fresh = _FRESH if before and not is_mid_sentence(before) else 0
                for word in words:
                    form, case, shape = analyse_plain(word)
                    add_form(form)
                    add_look(case | _SHAPES[shape] | fresh)
                    fresh = 0
                continue
            parts, closes[at] = analyse_any(other)
            counts[at] = len(parts)
            for form, _, _, case, fresh, shape in parts:
                add_form(form)
                add_look(case | _SHAPES[shape] | (_FRESH if fresh else 0))
        self.form.extend(map(self.forms.__getitem__, forms))
        return counts, closes


def _shouted(
    looks: npt.NDArray[np.uint8], text_ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the places of short words that stand among words in capitals."""
    loud = np.flatnonzero((looks & _LOUD) != 0)
    # First those that have two such words around, in whatever text; they are few. Two that follow
    # one another are among them, so a place is near enough to both of these.
    near = np.flatnonzero(loud[1:] - loud[:-1] <= 2 * _AROUND)
    places = (loud[1:][near] - _AROUND)[:, None] + np.arange(2 * _AROUND + 1)
    places = places[places <= (loud[:-1][near] + _AROUND)[:, None]]
    marked = np.zeros(len(looks), bool)
    marked[places[(places >= 0) & (places < len(looks))]] = True
    places = np.flatnonzero(marked)
    places = places[(looks[places] & _LONG) == 0]
    which = np.searchsorted(text_ends, places, side="right")
    low = np.concatenate(([0], text_ends))[which]
    around = places[:, None] + np.arange(-_AROUND, _AROUND + 1)
    inside = (around >= low[:, None]) & (around < text_ends[which][:, None])
    kinds = np.where(inside, looks.take(around, mode="clip") & (_LONG | _LOUD), 0)
    many = (kinds >= _LOUD).sum(axis=1) >= 2
    none = ~(kinds == _LONG).any(axis=1)
    shouted: npt.NDArray[np.int64] = places[many & none]
    return shouted


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, np.uint32) if len(values) else np.zeros(0, np.uint32)
