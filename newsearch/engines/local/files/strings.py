"""Strings in one array of bytes, of which only what is touched is verified."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsearch.engines.local.files.directory import PAGE
from newsearch.engines.local.files.layout import STRINGS
from newsearch.engines.local.files.pages import Columns

Numbers = npt.NDArray[np.int64]

_FAR = 512  # strings; what a bisection meets while so many are left is kept
_TOGETHER = 5  # 2 ** 5 strings are verified together: they share a page or two


class Strings:
    """Strings in one array of bytes, sorted or not."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._paged, self._paged_ends = columns.paged(name), columns.paged(STRINGS[name])
        self._bytes = self._paged.unchecked.data
        self._ends = self._paged_ends.unchecked
        # For each so many strings, whether they were verified: one look for each that is read.
        self._seen = bytearray((len(self._ends) >> _TOGETHER) + 1)
        self._probed: dict[int, bytes] = {}  # where every bisection begins

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        if not self._seen[number >> _TOGETHER]:
            self._verify(number >> _TOGETHER)
        start = self._ends.item(number - 1) if number else 0
        return bytes(self._bytes[start : self._ends.item(number)])

    def text(self, number: int) -> str:
        """Return a string as text."""
        if not self._seen[number >> _TOGETHER]:
            self._verify(number >> _TOGETHER)
        start = self._ends.item(number - 1) if number else 0
        return self._bytes[start : self._ends.item(number)].tobytes().decode()

    def _verify(self, group: int) -> None:
        first = group << _TOGETHER
        ends = self._paged_ends.part(max(first - 1, 0), first + (1 << _TOGETHER))
        self._paged.part(int(ends[0]) if first else 0, int(ends[-1]))
        self._seen[group] = 1

    def slice(self, first: int, last: int) -> list[bytes]:
        """Return the strings with numbers from `first` up to, not with, `last`."""
        if first >= last:
            return []
        ends = self._paged_ends.part(max(first - 1, 0), last).tolist()
        if not first:
            ends.insert(0, 0)
        data = self._paged.part(ends[0], ends[-1]).tobytes()
        at = ends[0]
        return [data[a - at : b - at] for a, b in zip(ends, ends[1:], strict=False)]

    def chosen(self, numbers: Numbers) -> list[str]:
        """Return some strings as texts; many at once are faster than one by one."""
        begins = np.zeros(len(numbers), np.int64)
        later = numbers > 0
        begins[later] = self._paged_ends.items(numbers[later] - 1)
        ends = self._paged_ends.items(numbers).astype(np.int64)
        if len(numbers) and int((ends - begins).max()) > PAGE:
            return [self.text(number) for number in numbers.tolist()]
        # Of a string that is no longer than a page, one end lies on each page that it touches.
        some = ends > begins
        self._paged.items(np.concatenate((begins[some], ends[some] - 1)))
        data = self._bytes
        spans = zip(begins.tolist(), ends.tolist(), strict=True)
        return [str(data[begin:end], "utf-8") for begin, end in spans]

    def place(self, text: bytes) -> int:
        """Return how many strings are smaller, by bisection; they must be sorted."""
        low, high, probed = 0, len(self), self._probed
        while low < high:
            middle = (low + high) // 2
            found = probed.get(middle)
            if found is None:
                found = self[middle]
                if high - low > _FAR:
                    probed[middle] = found
            if found < text:
                low = middle + 1
            else:
                high = middle
        return low
