"""Byte strings to compressed blocks: the writing half of `blocks`."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Sequence

import numpy as np
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdError, train_dictionary

from newsearch.engines.local.files.blocks import Packed, Packing
from newsearch.engines.local.files.columns import Arrays, pack, small

_SAMPLED = 1 << 20  # bytes of which a dictionary is made
# The trainer's own default is to try many lengths of what is alike; this one is as good.
_ALIKE = 200  # bytes


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
        level = self._packing.level
        known = None
        if dictionary:
            known = ZstdCompressionDict(dictionary)
            known.precompute_compress(level=level)
        # A dictionary is known by its number in the segment, not by its own.
        self._packer = ZstdCompressor(level=level, dict_data=known, write_dict_id=False)

    def _pack(self) -> None:
        """Pack what is open: a block, or all that waited for a dictionary."""
        if self._dictionary is not None:
            self._close()
            return
        waiting, self._open, self._length = self._open, [], 0
        self._begin(_trained(waiting, self._packing.dictionary_size(self._total)))
        self._ends, self._total = self._ends[:0], 0
        for item in waiting:
            self.add(item)

    def _close(self) -> None:
        if self._open:
            whole = b"".join(self._open)
            packed = self._packer.compress(whole)
            self._open, self._length = [], 0
            self._put(packed, zlib.crc32(whole), self._dictionary or b"")

    def _put(self, packed: bytes, check: int, dictionary: bytes) -> None:
        self._write(packed)
        self._first.append(len(self._ends))
        self._packed_ends.append(self._packed_ends[-1] + len(packed))
        self._checks.append(check)
        self._used.append(self._dictionaries.setdefault(dictionary, len(self._dictionaries)))


def _trained(items: Sequence[bytes], size: int) -> bytes:
    """Return a dictionary of what some items have in common; empty where that is nothing."""
    if not size:
        return b""
    try:
        return train_dictionary(size, [*items], k=_ALIKE, d=8, steps=1).as_bytes()
    except ZstdError:  # they are too few, or too short
        return b""
