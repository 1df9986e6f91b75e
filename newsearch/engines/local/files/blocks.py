"""Byte strings in compressed blocks, one for each article, that are read one by one.

In: what is kept of each article, in order. Out: columns. An article is never cut in two, so that
one block gives it whole; small blocks are read fast, and a dictionary makes up for what they lose
in compression: what the texts of the same index have in common, which the packer knows before it
begins. Blocks are frames of Zstandard (RFC 8878), dictionaries what its trainer makes; `packing`
writes them.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt
from zstandard import ZstdCompressionDict, ZstdDecompressor, ZstdError, frame_content_size

from newsearch.engines.local.files.pages import Columns
from newsearch.errors import IndexDamaged

_WORTH = 32  # a dictionary is one part in so many of what is packed with it
_DICTIONARY_AT_LEAST = 1_024  # bytes; what is smaller helps nothing
# What is merged keeps its dictionary, and with it its packed blocks, if that is of use to so much
# of the whole; so a segment has never more than so many, and no block is packed anew often.
_SHARE = 64


@dataclass(frozen=True, slots=True)
class Packing:
    """How one kind of thing is packed.

    Attributes:
        name: What the names of its columns begin with.
        block: Bytes before compression; the last item of a block may go beyond.
        level: Zstandard's level of compression.
        dictionary: The most bytes that a dictionary has; 0 for none.
    """

    name: str
    block: int
    level: int
    dictionary: int

    def dictionary_size(self, total: int) -> int:
        """Return how many bytes of dictionary are worth their place in so many bytes."""
        size = min(self.dictionary, total // _WORTH)
        return size if size >= _DICTIONARY_AT_LEAST else 0

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
TEXTS = Packing("body", 2_048, 3, 1 << 16)
RECORDS = Packing("record", 8_192, 3, 0)


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
        self._unpackers: dict[int, ZstdDecompressor] = {}
        self._unpacking = Lock()  # an unpacker serves one thread at a time
        self._last = -1, b"", range(0)

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self._checks)

    def __getitem__(self, number: int) -> bytes:
        """Return an item.

        Raises:
            IndexDamaged: Its block is not as it was written.
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
            items, used = self.items(block), self.used[block]
            size = self._before(items.stop) - self._before(items.start)
            packed = self._data[self._data_first[block] : self._data_first[block + 1]].tobytes()
            # A frame says how long it is unpacked, and no more than that is ever made.
            if frame_content_size(packed) != size:
                raise self._refused(block, "damaged (it has another length)")
            with self._unpacking:
                whole = self._unpacker(used).decompress(packed)
        except (ZstdError, IndexError, OverflowError, ValueError, MemoryError) as error:
            raise self._refused(block, f"damaged ({error})") from error
        if zlib.crc32(whole) != self._checks[block]:
            raise self._refused(block, "damaged (its checksum is wrong)")
        return whole

    def _unpacker(self, used: int) -> ZstdDecompressor:
        """Return what unpacks blocks with one of the dictionaries."""
        unpacker = self._unpackers.get(used)
        if unpacker is None:
            dictionary = self.dictionary(used)
            known = ZstdCompressionDict(dictionary) if dictionary else None
            unpacker = self._unpackers[used] = ZstdDecompressor(dict_data=known)
        return unpacker

    def _refused(self, block: int, why: str) -> IndexDamaged:
        return IndexDamaged(f"{self._name} block {block} of {self._path} is {why}")
