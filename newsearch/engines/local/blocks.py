"""Byte strings in compressed blocks, one for each article, that are read one by one.

In: what is kept of each article, in order. Out: columns. An article is never cut in two, so that
one block gives it whole; small blocks are read fast, and a dictionary makes up for what they lose
in compression: text of the same index that the packer has seen before it begins.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.columns import Arrays, pack, small
from newsearch.engines.local.pages import Columns
from newsearch.errors import EngineError

_RAW = -15  # zlib's number for deflate without a header; the checksum is a column of its own
_SAMPLED = 1 << 20  # bytes of which a dictionary is made
_SAMPLE = 512  # bytes of one piece of it
_WORTH = 32  # a dictionary is one part in so many of what is packed with it
# What is merged keeps its dictionary, and with it its packed blocks, if that is of use to so much
# of the whole; so a segment has never more than so many, and no block is packed anew often.
_SHARE = 64


@dataclass(frozen=True, slots=True)
class Packing:
    """How one kind of thing is packed.

    Attributes:
        name: What the names of its columns begin with.
        block: Bytes before compression; the last item of a block may go beyond.
        level: zlib's level of compression.
        dictionary: The most bytes that a dictionary has; 0 for none.
    """

    name: str
    block: int
    level: int
    dictionary: int

    def dictionary_size(self, total: int) -> int:
        """Return how many bytes of dictionary are worth their place in so many bytes."""
        return min(self.dictionary, total // _WORTH) // _SAMPLE * _SAMPLE

    def keeps(self, dictionary: int, blocks: int, covered: int, total: int) -> bool:
        """Return whether blocks with one dictionary are good enough for a larger segment.

        Args:
            dictionary: The size of theirs.
            blocks: How many they are.
            covered: How many bytes they hold, before compression.
            total: How many bytes the segment is to hold.
        """
        return (
            dictionary * 2 >= self.dictionary_size(total)
            and covered * 2 >= blocks * self.block
            and covered * _SHARE >= total
        )


# A hit needs the text of one passage, and at once; the rest is for those who ask for it.
TEXTS = Packing("body", 2_048, 1, 1 << 15)
RECORDS = Packing("record", 8_192, 1, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """A block as it is stored.

    Attributes:
        data: The compressed bytes.
        ends: Where its items end, before compression.
        check: The CRC-32 of its items.
        dictionary: What it was packed with; empty for nothing.
    """

    data: bytes
    ends: npt.NDArray[np.int64]
    check: int
    dictionary: bytes


class BlockWriter:
    """Packs the items of a segment.

    Args:
        packing: How.
        write: Takes the packed bytes, in order.
        dictionary: What items are packed with; None for one made of the first of them.
    """

    def __init__(
        self, packing: Packing, write: Callable[[bytes], object], dictionary: bytes | None = None
    ) -> None:
        self._packing = packing
        self._write = write
        self._ends = array("Q")  # of the items, before compression
        self._total = 0
        self._first = array("Q", [0])
        self._packed_ends = array("Q", [0])
        self._checks = array("I")
        self._used = array("H")
        self._dictionaries: dict[bytes, int] = {b"": 0}
        self._open: list[bytes] = []
        self._length = 0
        self._dictionary = dictionary
        if dictionary is not None or not packing.dictionary:
            self._begin(dictionary or b"")

    def add(self, item: bytes) -> None:
        self._total += len(item)
        self._ends.append(self._total)
        self._open.append(item)
        self._length += len(item)
        if self._length >= (_SAMPLED if self._dictionary is None else self._packing.block):
            self._pack()

    def copy(self, block: Packed) -> None:
        """Add a block that is packed already; the writer must have a dictionary."""
        self._close()
        self._ends.extend((block.ends + self._total).tolist())
        self._total = self._ends[-1]
        self._put(block.data, block.check, block.dictionary)

    def close(self) -> None:
        """Pack what is left; nothing can be added after."""
        self._pack()
        self._close()

    def columns(self) -> Arrays:
        """Return all columns but that of the packed bytes. Nothing can be added after."""
        self.close()
        dictionaries, ends = pack(list(self._dictionaries)[1:])
        name = self._packing.name
        return {
            f"{name}_ends": small(np.array(self._ends, np.uint64)),
            f"{name}_first": small(np.array(self._first, np.uint64)),
            f"{name}_data_first": small(np.array(self._packed_ends, np.uint64)),
            f"{name}_checks": np.array(self._checks, np.uint32),
            f"{name}_dictionary": small(np.array(self._used, np.uint16)),
            f"{name}_dictionaries": dictionaries,
            f"{name}_dictionary_ends": ends,
        }

    def _begin(self, dictionary: bytes) -> None:
        self._dictionary = dictionary
        # A packer that has read the dictionary is copied for each block: reading takes longer.
        self._packer = (
            zlib.compressobj(self._packing.level, wbits=_RAW, zdict=dictionary)
            if dictionary
            else zlib.compressobj(self._packing.level, wbits=_RAW)
        )

    def _pack(self) -> None:
        """Pack what is open: a block, or all that waited for a dictionary."""
        if self._dictionary is not None:
            self._close()
            return
        waiting, self._open, self._length = self._open, [], 0
        self._begin(_sampled(waiting, self._packing.dictionary_size(self._total)))
        self._ends, self._total = self._ends[:0], 0
        for item in waiting:
            self.add(item)

    def _close(self) -> None:
        if self._open:
            whole = b"".join(self._open)
            packer = self._packer.copy()
            packed = packer.compress(whole) + packer.flush()
            self._open, self._length = [], 0
            self._put(packed, zlib.crc32(whole), self._dictionary or b"")

    def _put(self, packed: bytes, check: int, dictionary: bytes) -> None:
        self._write(packed)
        self._first.append(len(self._ends))
        self._packed_ends.append(self._packed_ends[-1] + len(packed))
        self._checks.append(check)
        self._used.append(self._dictionaries.setdefault(dictionary, len(self._dictionaries)))


def _sampled(items: list[bytes], size: int) -> bytes:
    """Return pieces from all over some items."""
    pieces = size // _SAMPLE
    if not pieces:
        return b""
    whole = b"".join(items)
    step = len(whole) // pieces
    return b"".join(whole[at : at + _SAMPLE] for at in range(0, pieces * step, step))


class BlockReader:
    """Reads what a `BlockWriter` has written, from columns that anybody may have made.

    Args:
        columns: Those of a segment.
        packing: Which of them.

    Attributes:
        ends: Where each item ends, if all were one after the other before compression.
        first: The first item of each block, and at last the number of items.
        used: The number of each block's dictionary, 0 where it has none.
    """

    def __init__(self, columns: Columns, packing: Packing) -> None:
        name = self._name = packing.name
        self._path = columns.path
        self.ends = columns.paged(f"{name}_ends")
        self.first = columns.paged(f"{name}_first")
        self._checks = columns.paged(f"{name}_checks")
        self.used = columns.paged(f"{name}_dictionary")
        # Each block has a checksum, and needs no other.
        self._data = columns.paged(f"{name}_data").unchecked
        self._dictionaries = columns.paged(f"{name}_dictionaries").unchecked
        self._data_first = columns.paged(f"{name}_data_first")
        self._dictionary_ends = columns.paged(f"{name}_dictionary_ends")
        self._last = -1, b"", range(0)

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self._checks)

    def __getitem__(self, number: int) -> bytes:
        """Return an item.

        Raises:
            EngineError: Its block is not as it was written.
        """
        block = bisect_right(self.first.unchecked, number) - 1
        if not 0 <= block < len(self):
            raise self._refused(block, "missing")
        last, whole, items = self._last  # hits of one article follow one another
        if last != block:
            whole, items = self._unpacked(block), self.items(block)
            self._last = block, whole, items
        if number not in items:  # the search has looked at pages that nobody has verified
            raise self._refused(block, "damaged (it has other items)")
        begin = self._before(items.start)
        return whole[self._before(number) - begin : self._before(number + 1) - begin]

    def items(self, block: int) -> range:
        """Return the numbers of the items of a block."""
        return range(self.first[block], self.first[block + 1])

    def block(self, block: int) -> Packed:
        """Return a block as it is stored."""
        items = self.items(block)
        first, last = self._data_first[block], self._data_first[block + 1]
        return Packed(
            self._data[first:last].tobytes(),
            self.ends.part(items.start, items.stop).astype(np.int64) - self._before(items.start),
            self._checks[block],
            self.dictionary(self.used[block]),
        )

    def dictionary(self, number: int) -> bytes:
        """Return a dictionary; they are counted from 1, and 0 is none."""
        if not number:
            return b""
        start = self._dictionary_ends[number - 2] if number > 1 else 0
        return self._dictionaries[start : self._dictionary_ends[number - 1]].tobytes()

    def _before(self, number: int) -> int:
        """Return how many bytes the items before one have."""
        return self.ends[number - 1] if number else 0

    def _unpacked(self, block: int) -> bytes:
        """Return a block, which is as long as its items say, or refuse it."""
        try:
            packed = self.block(block)
            reader = (
                zlib.decompressobj(_RAW, zdict=packed.dictionary)
                if packed.dictionary
                else zlib.decompressobj(_RAW)
            )
            size = int(packed.ends[-1])
            # No more is unpacked than is wanted, whatever the block would give.
            whole = reader.decompress(packed.data, max(size, 0) + 1)
        except (zlib.error, IndexError, OverflowError) as error:
            raise self._refused(block, f"damaged ({error})") from error
        if not reader.eof or len(whole) != size:
            raise self._refused(block, "damaged (it has another length)")
        if zlib.crc32(whole) != packed.check:
            raise self._refused(block, "damaged (its checksum is wrong)")
        return whole

    def _refused(self, block: int, why: str) -> EngineError:
        return EngineError(
            f"{self._name} block {block} of {self._path} is {why}; make the index anew"
        )
