"""Texts to the numbers of their chunks, the runs of signs between white space.

What `str.split` and a dictionary would give, by operations on whole arrays of bytes. Most chunks
have been met before, and of those no string is made: a chunk of up to 32 bytes is taken as one,
two or four 64-bit numbers, and looked up by them in a table. All of its bytes are compared, so
that it is either the chunk that was met or not found; and what is not found, for whatever reason,
is looked up as a string.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_PIECE = 1 << 18  # characters that are split together: what a processor keeps at hand
_WORD = 8  # bytes
_TABLES = ((1, 18), (2, 16), (4, 14))  # words of a chunk, bits of the number of places for such
_LONGEST = _TABLES[-1][0] * _WORD  # bytes
_END = "\0"  # stands after each text
_LIKE_END = "\1"  # means as little in a text
# White space as `str.split` has it: single bytes, and what has two or three of them.
_WHITE = bytes(code < 128 and (chr(code).isspace() or chr(code) == _END) for code in range(256))
WIDE_SPACES = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_WIDE = np.array(
    [int.from_bytes(space.encode().ljust(3, b"\0")) for space in WIDE_SPACES], np.uint32
)
# The bits of a word that belong to a chunk of so many bytes.
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)
_STEP = np.uint64(0x9E3779B97F4A7C15)  # near the golden ratio of 2**64 (Knuth)


@dataclass(frozen=True, slots=True)
class Split:
    """The chunks of several texts, one after the other.

    Attributes:
        codes: Each chunk's number.
        ends: For each text, how many chunks there are up to its end.
        lines: The same for each line break.
    """

    codes: Numbers
    ends: Places
    lines: Places


class Splitter:
    """Splits texts; gives each new chunk the next number.

    Attributes:
        numbers: The number of each chunk; one that is asked for gets one.

    >>> splitter = Splitter()
    >>> split = splitter.split(["To be or\\nnot to be", "to be"])
    >>> chunks = list(splitter.numbers)
    >>> " ".join([chunks[code] for code in split.codes]), split.ends.tolist(), split.lines.tolist()
    ('To be or not to be to be', [6, 8], [3])
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = defaultdict(count().__next__)
        self._tables = [_Table(*each) for each in _TABLES]

    def split(self, texts: Sequence[str]) -> Split:
        """Return the chunks of texts."""
        parts, before = [_NOTHING], 0
        for piece in _pieces(texts):
            part = self._split(piece)
            parts.append(Split(part.codes, part.ends + before, part.lines + before))
            before += len(part.codes)
        return Split(
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.ends for part in parts]),
            np.concatenate([part.lines for part in parts]),
        )

    def _split(self, texts: Sequence[str]) -> Split:
        data = _joined(texts)
        signs = np.frombuffer(data, np.uint8)
        white = np.frombuffer(data.translate(_WHITE), np.bool_)
        if not data.isascii():
            white = white | _wide(signs)
        # White space is first and last, so a chunk begins at every other change.
        changes = np.flatnonzero(white[1:] != white[:-1]) + 1
        starts, ends = changes[::2].copy(), changes[1::2]
        codes = self._codes(data, starts, ends - starts, self._tables)
        text_ends = starts.searchsorted(np.flatnonzero(signs == ord(_END))[1:])
        return Split(codes, text_ends, starts.searchsorted(np.flatnonzero(signs == ord("\n"))))

    def _codes(
        self, data: bytes, starts: Places, lengths: Places, tables: Sequence[_Table]
    ) -> Numbers:
        """Return the numbers of chunks; the first of some tables is for the shortest of them."""
        if not tables:
            return self._asked(data, starts, lengths)
        table, longest = tables[0], tables[0].words * _WORD
        words = np.ndarray(len(data) - _WORD + 1, "<u8", data, 0, (1,))  # one from each byte on
        keys = [
            words[starts + at] & _MASKS.take(lengths - at, mode="clip")
            for at in range(0, longest, _WORD)
        ]
        codes, places, other = table.find(keys)
        longer = lengths > longest
        new = np.flatnonzero(other > longer)
        if len(new):
            codes[new] = table.learn(
                [key[new] for key in keys],
                places[new],
                lambda some: self._asked(data, starts[new[some]], lengths[new[some]]),
            )
        if len(rest := np.flatnonzero(longer)):
            codes[rest] = self._codes(data, starts[rest], lengths[rest], tables[1:])
        return codes

    def _asked(self, data: bytes, starts: Places, lengths: Places) -> Numbers:
        """Return the numbers of chunks, looked up as strings."""
        ends = (starts + lengths).tolist()
        chunks = [data[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]
        strings = b"\n".join(chunks).decode(errors="surrogatepass").split("\n")
        return np.fromiter(map(self.numbers.__getitem__, strings), np.uint32, len(strings))


class _Table:
    """Chunks of some length: a place for each hash, where the last one that had it is kept.

    Args:
        words: How many 64-bit numbers a chunk is.
        bits: Of the number of places.
    """

    def __init__(self, words: int, bits: int) -> None:
        self.words = words
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros((words, 1 << bits), np.uint64)
        self._codes = np.zeros(1 << bits, np.uint32)

    def find(self, keys: Sequence[Words]) -> tuple[Numbers, Places, npt.NDArray[np.bool_]]:
        """Return for each chunk the number at its place, its place, and whether it is not there."""
        mixed = keys[0] * _STEP
        for key in keys[1:]:
            mixed = (mixed ^ (mixed >> np.uint64(32)) ^ key) * _STEP
        places = (mixed >> self._shift).view(np.int64)
        return self._codes[places], places, self._other(keys, places)

    def learn(
        self, keys: Sequence[Words], places: Places, ask: Callable[[Places], Numbers]
    ) -> Numbers:
        """Return the numbers of chunks that are not there, and keep one for each place.

        Args:
            keys, places: Of the chunks.
            ask: Returns the numbers of some of them.
        """
        turns = np.arange(len(places), dtype=np.uint32)
        self._codes[places] = turns  # of several for one place, numpy may leave any
        kept = np.flatnonzero(self._codes[places] == turns)
        for known, key in zip(self._keys, keys, strict=True):
            known[places[kept]] = key[kept]
        self._codes[places[kept]] = ask(kept)
        codes = self._codes[places]
        if len(others := np.flatnonzero(self._other(keys, places))):
            codes[others] = ask(others)
        return codes

    def _other(self, keys: Sequence[Words], places: Places) -> npt.NDArray[np.bool_]:
        """Return whether there are others at the places of chunks."""
        other: npt.NDArray[np.bool_] = self._keys[0][places] != keys[0]
        for known, key in zip(self._keys[1:], keys[1:], strict=True):
            other |= known[places] != key
        return other


_NOTHING = Split(np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64))


def _pieces(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield some texts at a time."""
    first = length = 0
    for at, text in enumerate(texts, 1):
        length += len(text)
        if length >= _PIECE:
            yield texts[first:at]
            first, length = at, 0
    if first < len(texts):
        yield texts[first:]


def _joined(texts: Sequence[str]) -> bytes:
    """Return texts with a sign before, between and after them, and room for a long chunk."""
    joined = _END.join(["", *texts, " " * _LONGEST])
    if joined.count(_END) > len(texts) + 1:
        return _joined([text.replace(_END, _LIKE_END) for text in texts])
    return joined.encode(errors="surrogatepass")


def _wide(signs: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Return which bytes belong to white space of two or three bytes."""
    leads = np.flatnonzero(signs >= 0xC2)
    codes = signs[leads].astype(np.uint32) << 16 | signs[leads + 1].astype(np.uint32) << 8
    longer = np.flatnonzero(codes >= 0xE0 << 16)
    codes[longer] |= signs[leads[longer] + 2]
    spaces = np.isin(codes, _WIDE)
    wide = np.zeros(len(signs), np.bool_)
    wide[leads[spaces]] = wide[leads[spaces] + 1] = True
    wide[leads[spaces & (codes >= 0xE0 << 16)] + 2] = True
    return wide
