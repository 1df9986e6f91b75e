"""The keys of many forms at once, by operations on arrays: what `stored_keys` gives for each.

The sounds of all readings of all forms grow letter by letter at the same time, with the checksums
that keys are made of; a form with two readings becomes two rows where they part. A test holds the
two ways against each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from string import ascii_lowercase
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from newsearch.names.keys import (
    KEY_BITS,
    LETTERS_STEP,
    MOST_READINGS,
    SHORT,
    SHORT_BESIDE,
    SLIP_LETTERS,
    Run,
    run_of,
    stored_keys,
)

Array = npt.NDArray[Any]
Pairs = npt.NDArray[np.int64]

_RUN_OR_END = re.compile("[aeiouy]+|[^aeiouy\n]+|\n")
_LONG = 16  # letters; the few forms that have more are looked at one by one
# Sounds by number: vowels, of which the last counts where several stand together; consonants.
_SOUNDS = "\0iuaSKDFNLR"
_VOWELS = 3
_CODES = {ord(sound): code for code, sound in enumerate(_SOUNDS)}
_BYTES = np.frombuffer(_SOUNDS.encode(), np.uint8)
_ALL = 0xFFFFFFFF
_CRC = np.array([_ALL ^ crc32(bytes([byte]), _ALL) for byte in range(256)], np.uint32)
_BEGINS = np.array([_ALL ^ crc32(letter.encode()) for letter in ascii_lowercase], np.uint32)


def all_keys(forms: Sequence[str]) -> Pairs:
    """Return every key of some forms, with the form's place among them.

    Args:
        forms: Each of letters a-z, at least one.

    Returns:
        Each as key << 32 | place, some more than once.
    """
    if not forms:
        return np.zeros(0, np.int64)
    sizes = np.array([*map(len, forms)], np.int64)
    letters = np.frombuffer("".join(forms).encode(), np.uint8) - ord("a")
    starts = np.cumsum(sizes) - sizes
    first = letters[starts]
    runs = _Runs(forms)
    places, rough, voiced = _Growing(runs, _BEGINS[first]).grown()
    slips = np.flatnonzero(sizes >= SLIP_LETTERS)
    sets = np.bitwise_or.reduceat(np.uint64(1) << letters.astype(np.uint64), starts)
    mixed = (sets << np.uint64(5) | first) * np.uint64(LETTERS_STEP)
    short, long = sizes[places] <= SHORT_BESIDE, sizes[places] > SHORT
    odd = [(key, at) for at in runs.odd.tolist() for key in stored_keys(forms[at])]
    return np.concatenate(
        [
            _pairs(voiced[short], places[short]),
            _pairs(rough[long], places[long]),
            _pairs((mixed & np.uint64(_ALL))[slips], slips),
            np.array([key << 32 | at for key, at in odd], np.int64),
        ]
    )


def _pairs(checks: Array, places: Array) -> Pairs:
    keys: Pairs = checks.astype(np.int64) >> (32 - KEY_BITS)
    return keys << 32 | places


class _Runs:
    """The runs of vowels or of consonants of some forms.

    Attributes:
        first, many: For each form, where its runs begin, and how many they are.
        ids: The number of each run; 0 stands for none.
        options, counts: For each number, where its readings begin, and how many they are.
        sounds: The sounds of each reading, by their numbers; 0 after the last.
        odd: The forms that are left to `stored_keys`.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        numbers: dict[str, int] = defaultdict(count().__next__)
        none = numbers["\n"]
        cut = _RUN_OR_END.findall("\n".join([form[:_LONG] for form in forms]) + "\n")
        self.ids = np.fromiter(map(numbers.__getitem__, cut), np.int64, len(cut))
        ends = np.flatnonzero(self.ids == none)
        self.first = np.concatenate(([0], ends[:-1] + 1))
        self.many = ends - self.first
        runs = [Run((), ("",), ("",), 1), *map(run_of, list(numbers)[1:])]
        readings = np.array([run.many for run in runs], float)
        odd = np.multiply.reduceat(readings[self.ids], self.first) > MOST_READINGS
        odd |= np.array([*map(len, forms)]) > _LONG
        # Where the last run may be silent, the last sound is in an earlier one.
        odd |= np.array(["" in run.voiced for run in runs])[self.ids[ends - 1]]
        self.odd = np.flatnonzero(odd)
        self.ids[ends - 1] += len(runs)  # at the end of a form, a run has readings of its own
        options = [*[run.voiced for run in runs], *[run.last for run in runs]]
        self.counts = np.array([*map(len, options)], np.int64)
        self.options = np.cumsum(self.counts) - self.counts
        coded = [reading.translate(_CODES).encode() for option in options for reading in option]
        self.sounds = np.array(coded, np.bytes_)[:, None].view(np.uint8)

    def at(self, places: Array, nth: int) -> Array:
        """Return the number of the nth run of some forms."""
        found: Array = self.ids[self.first[places] + np.minimum(nth, self.many[places])]
        return found


class _Growing:
    """The readings of forms, sound by sound.

    Args:
        runs: What they are made of.
        begins: For each form, what its checksums begin with.
    """

    def __init__(self, runs: _Runs, begins: Array) -> None:
        self._runs = runs
        self._places = np.delete(np.arange(len(begins)), runs.odd)
        self._rough = begins[self._places]  # the checksum of the consonants
        self._voiced = self._rough.copy()  # and with the vowels
        # The last consonant, the last sound, and the vowel that waits for what follows.
        self._consonant, self._last, self._vowel = np.zeros((3, len(self._rough)), np.uint8)

    def grown(self) -> tuple[Array, Array, Array]:
        """Return for each reading its form's place, and both checksums."""
        most = int(self._runs.many[self._places].max(initial=0))
        for nth in range(most):
            for sounds in self._read(nth).T:
                self._add(sounds)
        self._write_vowels(np.flatnonzero(self._vowel))
        return self._places, ~self._rough, ~self._voiced

    def _read(self, nth: int) -> Array:
        """Part the readings of the nth runs, and return their sounds, a row for each."""
        ids = self._runs.at(self._places, nth)
        counts = self._runs.counts[ids]
        rows = np.repeat(np.arange(len(ids)), counts)
        options = (
            np.arange(len(rows)) - (np.cumsum(counts) - counts - self._runs.options[ids])[rows]
        )
        self._places = self._places[rows]
        self._rough, self._voiced = self._rough[rows], self._voiced[rows]
        self._consonant, self._last = self._consonant[rows], self._last[rows]
        self._vowel = self._vowel[rows]
        sounds: Array = self._runs.sounds[options]
        return sounds[:, sounds.any(axis=0)]

    def _add(self, sounds: Array) -> None:
        """Add one sound to each reading, 0 for none; the same twice is one."""
        rows = np.flatnonzero(sounds > _VOWELS)
        self._write_vowels(rows[self._vowel[rows] > 0])
        for checks, last in ((self._rough, self._consonant), (self._voiced, self._last)):
            new = rows[last[rows] != sounds[rows]]
            _write(checks, new, sounds)
            last[new] = sounds[new]
        np.maximum(self._vowel, np.where(sounds > _VOWELS, 0, sounds), out=self._vowel)

    def _write_vowels(self, rows: Array) -> None:
        """Write the vowels down that have waited."""
        _write(self._voiced, rows, self._vowel)
        self._last[rows] = self._vowel[rows]
        self._vowel[rows] = 0


def _write(checks: Array, rows: Array, sounds: Array) -> None:
    """Take the sounds of some rows into their CRC-32."""
    old = checks[rows]
    checks[rows] = _CRC[(old ^ _BYTES[sounds[rows]]) & 0xFF] ^ (old >> 8)
