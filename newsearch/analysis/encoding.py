"""Many texts to arrays of form numbers, for indexing: what `tokenize` does, without offsets.

Each distinct chunk between white space is analysed once; from then on it is a number, and the
rules that look at a word's neighbours (where a sentence begins, capitals among capitals) are
array operations over those numbers. A test holds the two against each other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsearch.analysis.tokenizing import Case, analyse_chunk

Numbers = npt.NDArray[np.uint32]

_SHAPES = {"": 0, "a": 1, "A": 2}
_AROUND = 4  # words to either side that tell whether short capitals stand among capitals


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

    Attributes:
        forms: Every form met so far, in the order of their numbers.

    >>> encoder = Encoder()
    >>> encoded = encoder.encode(["The ferry.", "Ferry to the U.S."])
    >>> [encoder.forms[number] for number in encoded.forms], encoded.ends.tolist()
    (['the', 'ferry', 'ferry', 'to', 'the', 'US'], [2, 6])
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._numbers: dict[str, int] = {}
        self._chunks = _Chunks(self)
        # One row for each part of each chunk, and where the parts of a chunk begin.
        self.form, self.lower = array("I"), array("I")
        self.case, self.fresh, self.shape = array("B"), array("B"), array("B")
        self.first, self.closes = array("I", [0]), array("B")

    def encode(self, texts: Iterable[str]) -> Encoded:
        """Return the tokens of texts, in which a line break ends a sentence."""
        codes, lengths = array("I"), array("I")
        number_of = self._chunks.__getitem__
        for text in texts:
            before = len(codes)
            # A lone sign ends a sentence, too, and has no word in it.
            split = text.replace("\n", " ¶ ").split() if "\n" in text else text.split()
            codes.extend(map(number_of, split))
            lengths.append(len(codes) - before)
        return self._expand(_numbers(codes), _numbers(lengths).astype(np.int64))

    def _expand(self, codes: Numbers, lengths: npt.NDArray[np.int64]) -> Encoded:
        starts = _numbers(self.first).astype(np.int64)
        counts = (starts[1:] - starts[:-1])[codes] if len(codes) else np.zeros(0, np.int64)
        ends = np.concatenate(([0], np.cumsum(counts)))
        parts = np.repeat(starts[codes] - ends[:-1], counts) + np.arange(ends[-1])
        text_of_chunk = np.repeat(np.arange(len(lengths)), lengths)
        text_ends = ends[np.cumsum(lengths)] if len(lengths) else np.zeros(0, np.int64)
        forms = _numbers(self.form)[parts]
        cases = np.frombuffer(self.case, np.uint8)[parts]
        fresh = np.frombuffer(self.fresh, np.uint8)[parts] != 0
        fresh[ends[:-1][counts > 0]] |= self._begins(codes, counts, text_of_chunk)
        cases[fresh & (cases == Case.CAPITAL)] = Case.UNSURE
        shouted = _shouted(np.frombuffer(self.shape, np.uint8)[parts], text_ends)
        forms[shouted] = _numbers(self.lower)[parts[shouted]]
        cases[shouted] = Case.UNSURE
        return Encoded(forms, cases, text_ends)

    def _begins(
        self, codes: Numbers, counts: npt.NDArray[np.int64], text_of: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Return for each chunk with words whether a sentence may begin at it."""
        closed = np.cumsum(np.frombuffer(self.closes, np.uint8)[codes], dtype=np.int64)
        closed -= np.frombuffer(self.closes, np.uint8)[codes]  # of all chunks before this one
        bearing = np.flatnonzero(counts)
        begins = np.ones(len(bearing), bool)
        begins[1:] = closed[bearing[1:]] > closed[bearing[:-1]]
        begins[1:] |= text_of[bearing[1:]] != text_of[bearing[:-1]]
        return begins

    def number(self, form: str) -> int:
        """Return the number of a form, a new one if need be."""
        known = self._numbers.get(form)
        if known is None:
            known = self._numbers[form] = len(self.forms)
            self.forms.append(form)
        return known


class _Chunks(dict[str, int]):
    """Chunk → its number; a new chunk's parts are written to the encoder's arrays."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __missing__(self, chunk: str) -> int:
        encoder = self._encoder
        analysed = analyse_chunk(chunk)
        for part in analysed.parts:
            encoder.form.append(encoder.number(part.form))
            encoder.lower.append(encoder.number(part.form.lower()))
            encoder.case.append(part.case)
            encoder.fresh.append(part.fresh)
            encoder.shape.append(_SHAPES[part.shape])
        encoder.first.append(len(encoder.form))
        encoder.closes.append(analysed.closes)
        number = self[chunk] = len(self)
        return number


def _shouted(
    shapes: npt.NDArray[np.uint8], text_ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the places of short words that stand among words in capitals."""
    loud = shapes == _SHAPES["A"]
    if np.count_nonzero(loud) < 2:
        return np.zeros(0, np.int64)
    loud_before = np.concatenate(([0], np.cumsum(loud)))
    small_before = np.concatenate(([0], np.cumsum(shapes == _SHAPES["a"])))
    places = np.flatnonzero(shapes == _SHAPES[""])
    which = np.searchsorted(text_ends, places, side="right")
    low = np.maximum(np.concatenate(([0], text_ends))[which], places - _AROUND)
    high = np.minimum(text_ends[which], places + _AROUND + 1)
    many = loud_before[high] - loud_before[low] >= 2
    shouted: npt.NDArray[np.int64] = places[many & (small_before[high] == small_before[low])]
    return shouted


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, np.uint32) if len(values) else np.zeros(0, np.uint32)
