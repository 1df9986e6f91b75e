"""The stored articles of several segments to those of one, without unpacking what can stay packed.

A block all of whose articles live is copied as it is, if its dictionary is good enough for the
larger whole; all others are packed anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.arrays import steps
from newsearch.engines.local.files.blocks import BlockReader, Packing
from newsearch.engines.local.files.columns import ColumnFile
from newsearch.engines.local.files.packing import BlockWriter
from newsearch.errors import IndexDamaged

# The blocks of one segment, and which of its articles live.
Source = tuple[BlockReader, npt.NDArray[np.bool_]]
# For each source, the dictionaries whose blocks stay packed, each with the bytes it is good for.
Staying = list[dict[int, int]]


def repack(sources: Sequence[Source], packing: Packing, file: ColumnFile) -> None:
    """Write the blocks of several segments, in order, to the file of one."""
    staying = _staying(sources, packing)
    best = max(
        (
            (covered, at, number)
            for at, each in enumerate(staying)
            for number, covered in each.items()
        ),
        default=None,
    )
    dictionary = None if best is None else sources[best[1]][0].dictionary(best[2])
    packed: list[bytes] = []
    writer = BlockWriter(packing, packed.append, dictionary)
    file.stream(f"{packing.name}_data", _pieces(sources, staying, writer, packed))
    for name, column in writer.columns().items():
        file.add(name, column)


def _pieces(
    sources: Sequence[Source], staying: Staying, writer: BlockWriter, packed: list[bytes]
) -> Iterator[bytes]:
    """Yield packed bytes as the writer gives them."""
    for (reader, live), stays in zip(sources, staying, strict=True):
        for block in range(len(reader)):
            items = reader.items(block)
            living = live[items.start : items.stop]
            if reader.used[block] in stays and living.all():
                writer.copy(reader.block(block))
            else:
                for number in items:
                    if live[number]:
                        writer.add(reader[number])
            yield b"".join(packed)
            packed.clear()
    writer.close()
    yield b"".join(packed)


def _staying(sources: Sequence[Source], packing: Packing) -> Staying:
    """Return which dictionaries are good enough for the whole."""
    total, covered = 0, []
    for reader, live in sources:
        before = np.concatenate(([0], reader.ends.whole().astype(np.int64)))
        first = reader.first.whole().astype(np.int64)
        if (steps(before) < 0).any() or (steps(first) < 0).any():
            raise IndexDamaged("the stored articles of a segment are damaged")
        total += int(steps(before)[live].sum())
        dead_before = np.concatenate(([0], np.cumsum(~live)))
        whole = dead_before[first[1:]] == dead_before[first[:-1]]
        sizes = (before[first[1:]] - before[first[:-1]])[whole]
        used = reader.used.whole()[whole]
        covered.append(
            {
                number: (int(np.count_nonzero(used == number)), int(sizes[used == number].sum()))
                for number in np.unique(used).tolist()
            }
        )
    return [
        {
            number: size
            for number, (blocks, size) in each.items()
            if packing.keeps(len(reader.dictionary(number)), blocks, size, total)
        }
        for (reader, _), each in zip(sources, covered, strict=True)
    ]
