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

from newsearch.analysis.chunks import MID_SENTENCE, Case, analyse_chunk

Numbers = npt.NDArray[np.uint32]

_AROUND = 4  # words to either side that tell whether short capitals stand among capitals
# What a part looks like, in one number: its `Case`, and these.
_CASE = 3
_FRESH = 4  # a sentence may begin here
_LONG = 8  # not one of the short words whose capitals may say nothing
_LOUD = 16  # all capitals, and long
_TAIL = ",.;:!?)]>\"'”’"  # signs that may stand after a word
_SHAPES = {"": 0, "a": _LONG, "A": _LONG | _LOUD}


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
        self._numbers: dict[str, int] = {}
        self._chunks = _Chunks(self._numbers)

    @property
    def forms(self) -> list[str]:
        """Every form met so far, in the order of their numbers."""
        return list(self._numbers)

    def encode(self, texts: Iterable[str]) -> Encoded:
        """Return the tokens of texts, in which a line break ends a sentence."""
        codes, ends = array("I"), array("Q")
        number_of = self._chunks.__getitem__
        for text in texts:
            # A lone sign ends a sentence, too, and has no word in it.
            split = text.replace("\n", " ¶ ").split() if "\n" in text else text.split()
            codes.extend(map(number_of, split))
            ends.append(len(codes))
        return self._expand(_numbers(codes), np.array(ends, np.int64))

    def _expand(self, codes: Numbers, chunk_ends: npt.NDArray[np.int64]) -> Encoded:
        known = self._chunks
        starts = _numbers(known.first)[codes]
        counts = _numbers(known.counts)[codes]
        ends = np.cumsum(counts, dtype=np.int64)
        before = np.concatenate(([0], ends))
        # Chunks without a word are few, and those of two are not many: most parts are the first.
        parts = np.repeat(starts - before[:-1].astype(np.uint32), counts)
        parts += np.arange(len(parts), dtype=np.uint32)
        text_ends = before[chunk_ends]
        looks = np.frombuffer(known.looks, np.uint8)[parts]
        forms = _numbers(known.form)[parts]
        cases: npt.NDArray[np.uint8] = np.bitwise_and(looks, _CASE, dtype=np.uint8)
        begins = np.flatnonzero(counts)
        fresh = before[begins[self._begins(codes, begins, chunk_ends)]]
        unsure = (looks & _FRESH) != 0
        unsure[fresh] = True
        unsure &= cases == Case.CAPITAL
        cases[unsure] = Case.UNSURE
        shouted = _shouted(looks, text_ends)
        forms[shouted] = self._lower(forms[shouted])
        cases[shouted] = Case.UNSURE
        return Encoded(forms, cases, text_ends)

    def _begins(
        self, codes: Numbers, bearing: npt.NDArray[np.int64], chunk_ends: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Return for each chunk with words whether a sentence may begin at it."""
        closes = np.frombuffer(self._chunks.closes, np.uint8)[codes]
        closes[chunk_ends[(chunk_ends > 0) & (chunk_ends <= len(codes))] - 1] = 1
        closed = np.cumsum(closes, dtype=np.uint32)
        closed -= closes  # of all chunks before this one
        begins = np.ones(len(bearing), bool)
        closed = closed[bearing]
        begins[1:] = closed[1:] != closed[:-1]
        return begins

    def _lower(self, numbers: Numbers) -> Numbers:
        """Return the numbers of the forms in lower case."""
        different, where = np.unique(numbers, return_inverse=True)
        forms = self.forms
        lower = [
            self._numbers.setdefault(forms[number].lower(), len(self._numbers))
            for number in different.tolist()
        ]
        return np.array(lower, np.uint32)[where]


class _Chunks(dict[str, int]):
    """Chunk → its number; a new chunk's parts are written down.

    Attributes:
        form, looks: Of each part.
        first, counts: Where the parts of a chunk begin, and how many they are.
        closes: Whether a sentence may begin after a chunk.
    """

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self.form, self.looks = array("I"), array("B")
        self.first, self.counts, self.closes = array("I"), array("I"), array("B")

    def __missing__(self, chunk: str) -> int:
        core = chunk.rstrip(_TAIL)
        # Signs after a word change nothing in it, but full stops after initials do. So "ferry,"
        # and "ferry." have the parts of "ferry", and most chunks need no analysis at all.
        if len(core) < len(chunk) and core and "." not in core:
            same = self[core]
            self.first.append(self.first[same])
            self.counts.append(self.counts[same])
            tail = chunk[len(core) :]
            self.closes.append(self.closes[same] or not MID_SENTENCE.issuperset(tail))
        else:
            self._analyse(chunk)
        number = self[chunk] = len(self)
        return number

    def _analyse(self, chunk: str) -> None:
        parts, closes = analyse_chunk(chunk)
        numbers = self._numbers
        self.first.append(len(self.form))
        self.counts.append(len(parts))
        self.closes.append(closes)
        for form, _, _, case, fresh, shape in parts:
            self.form.append(numbers.setdefault(form, len(numbers)))
            self.looks.append(case | _SHAPES[shape] | (_FRESH if fresh else 0))


def _shouted(
    looks: npt.NDArray[np.uint8], text_ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the places of short words that stand among words in capitals."""
    loud = np.flatnonzero(looks & _LOUD)
    short = np.flatnonzero((looks & _LONG) == 0)
    # First those that have two such words around, in whatever text; they are few.
    near = loud.searchsorted(short + _AROUND, "right") - loud.searchsorted(short - _AROUND) >= 2
    places = short[near]
    which = np.searchsorted(text_ends, places, side="right")
    low = np.maximum(np.concatenate(([0], text_ends))[which], places - _AROUND)
    high = np.minimum(text_ends[which], places + _AROUND + 1)
    quiet = np.flatnonzero((looks & (_LONG | _LOUD)) == _LONG)
    many = loud.searchsorted(high) - loud.searchsorted(low) >= 2
    none = quiet.searchsorted(high) == quiet.searchsorted(low)
    shouted: npt.NDArray[np.int64] = places[many & none]
    return shouted


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, np.uint32) if len(values) else np.zeros(0, np.uint32)
