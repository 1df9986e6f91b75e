"""Texts to the numbers of their chunks, the runs of signs between white space.

What `str.split` and a dictionary would give, by operations on whole arrays of bytes; no string is
made. A chunk of up to 32 bytes is taken as one, two or four 64-bit numbers, which are all its
bytes, and has a place in a table by a hash of them (open addressing, linear probing: Knuth 6.4).
The few longer ones are keys of a dictionary.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_PIECE = 1 << 18  # characters that are split together: what a processor keeps at hand
_WORD = 8  # bytes
_TABLES = (1, 2, 4)  # words of a chunk
_LONGEST = _TABLES[-1] * _WORD  # bytes
_BITS = 8  # of the number of places of a table, at first
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
# What hashes are made with: odd, and another one in each process, so that no text can be written
# whose chunks all have one place (multiply-shift, Dietzfelbinger et al. 1997).
_STEP = np.uint64(int.from_bytes(os.urandom(8)) | 1)


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
    """Splits texts; gives each new chunk one of the next numbers.

    >>> splitter = Splitter()
    >>> split = splitter.split(["To be or\\nnot to be", "to be"])
    >>> chunks = splitter.new().decode().split()
    >>> [chunks[code] for code in split.codes], split.ends.tolist(), split.lines.tolist()
    (['To', 'be', 'or', 'not', 'to', 'be', 'to', 'be'], [6, 8], [3])
    """

    def __init__(self) -> None:
        self._tables = [_Table(words) for words in _TABLES]
        self._long: dict[bytes, int] = {}
        self._new: list[bytes] = []
        self._count = 0

    def new(self) -> bytes:
        """Return the chunks that have come since the last time, in the order of their numbers.

        Each has a line break after it.
        """
        new, self._new = b"".join(self._new), []
        return new

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
            return self._long_codes(data, starts, lengths)
        table, longest = tables[0], tables[0].words * _WORD
        words = np.ndarray(len(data) - _WORD + 1, "<u8", data, 0, (1,))  # one from each byte on
        keys = [
            words[starts + at] & _MASKS.take(lengths - at, mode="clip")
            for at in range(0, longest, _WORD)
        ]
        longer = lengths > longest
        codes, new = table.numbers(keys, self._count, longer)
        if len(new):
            self._count += len(new)
            self._new.append(lines(data, starts[new], lengths[new]))
        if len(rest := np.flatnonzero(longer)):
            codes[rest] = self._codes(data, starts[rest], lengths[rest], tables[1:])
        return codes

    def _long_codes(self, data: bytes, starts: Places, lengths: Places) -> Numbers:
        codes = []
        for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
            chunk = data[start : start + length]
            if chunk not in self._long:
                self._long[chunk] = self._count
                self._count += 1
                self._new.append(chunk + b"\n")
            codes.append(self._long[chunk])
        return np.array(codes, np.uint32)


class _Table:
    """The chunks of some length, with their numbers.

    Args:
        words: How many 64-bit numbers a chunk is.
    """

    def __init__(self, words: int) -> None:
        self.words = words
        self._used = 0
        self._begin(_BITS)

    def _begin(self, bits: int) -> None:
        self._bits = bits
        self._keys = np.zeros((self.words, 1 << bits), np.uint64)
        self._codes = np.zeros(1 << bits, np.uint32)  # one more than the chunk's; 0 where is none

    def numbers(
        self, keys: Sequence[Words], count: int, longer: npt.NDArray[np.bool_]
    ) -> tuple[Numbers, Places]:
        """Return the number of each chunk, and where those stand that are new.

        Args:
            keys: The words of the chunks.
            count: The number of the first that is new.
            longer: Which are too long for this table; their numbers mean nothing.
        """
        while (self._used + len(keys[0])) * 2 > len(self._codes):
            self._grow()
        places = self._places(keys)
        codes = self._codes[places]
        # Those without a place, or at another's.
        left = np.flatnonzero(self._differ(keys, places) > longer)
        new: list[Places] = []
        while len(left):
            some, at = [key[left] for key in keys], places[left]
            free = np.flatnonzero(self._codes[at] == 0)
            turns = np.arange(1, len(free) + 1, dtype=np.uint32)
            self._codes[at[free]] = turns  # of several for one place, numpy may leave any
            came = free[self._codes[at[free]] == turns]
            for known, key in zip(self._keys, some, strict=True):
                known[at[came]] = key[came]
            self._codes[at[came]] = np.arange(count + 1, count + 1 + len(came))
            count += len(came)
            new.append(left[came])
            codes[left] = self._codes[at]
            other = np.flatnonzero(self._differ(some, at))
            left = left[other]
            places[left] = (at[other] + 1) & (len(self._codes) - 1)
        found = np.concatenate([np.zeros(0, np.int64), *new])
        self._used += len(found)
        codes -= 1
        return codes, found

    def _places(self, keys: Sequence[Words]) -> Places:
        """Return where chunks are looked for first."""
        mixed = keys[0] * _STEP
        for key in keys[1:]:
            mixed = (mixed ^ (mixed >> np.uint64(32)) ^ key) * _STEP
        return (mixed >> np.uint64(64 - self._bits)).view(np.int64)

    def _differ(self, keys: Sequence[Words], places: Places) -> npt.NDArray[np.bool_]:
        """Return whether something else, or nothing, is at the places of chunks."""
        other: npt.NDArray[np.bool_] = self._keys[0][places] != keys[0]
        for known, key in zip(self._keys[1:], keys[1:], strict=True):
            other |= known[places] != key
        return other

    def _grow(self) -> None:
        """Take four times as many places."""
        used = np.flatnonzero(self._codes)
        keys, codes = [key[used] for key in self._keys], self._codes[used]
        self._begin(self._bits + 2)
        self._used = 0
        order, _ = self.numbers(keys, 0, np.zeros(len(used), np.bool_))
        places = np.flatnonzero(self._codes)
        by_number = np.empty_like(codes)
        by_number[order] = codes
        self._codes[places] = by_number[self._codes[places] - 1]


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


def lines(data: bytes, starts: Places, lengths: Places) -> bytes:
    """Return some pieces of bytes, each with a line break in place of the byte after it.

    >>> lines(b"the night ferry.", np.array([0, 10]), np.array([3, 5]))
    b'the\\nferry\\n'
    """
    if not len(starts):
        return b""
    ends = np.cumsum(lengths + 1)
    places = np.arange(ends[-1]) + np.repeat(starts + lengths + 1 - ends, lengths + 1)
    signs = np.frombuffer(data, np.uint8)[places]
    signs[ends - 1] = ord("\n")
    return bytes(signs)


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
