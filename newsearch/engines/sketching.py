"""Passages to sketches: a few numbers that tell which passages may be copies of one another.

A passage is taken as the set of its shingles, runs of five words. Of each of eight orderings of
all shingles there can be, its first one is kept (min-wise hashing, Broder 1997), as a number of
16 bits: the share of shingles that two passages have in common (Jaccard's, j) is the chance that
they keep the same one. So passages share three of eight numbers or more with a chance of 0.9988
for j = 0.8, and of 0.006 where they have a set phrase in common. Hashes are of forms, not of their
numbers: sketches of different segments and processes can be compared.

In: tokens as form numbers, and the forms. Out: an array of numbers. Whether two passages are
copies is not decided here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Sketches = npt.NDArray[np.uint16]
_Hashes = npt.NDArray[np.uint32]

SHINGLE = 5  # words
NUMBERS = 8
ENOUGH = 3  # of them, that copies share
WIDTH = NUMBERS + 1  # of a sketch: its numbers, and a checksum of all shingles
_LOW = np.uint32((1 << 16) - 1)
_FEW = 1 << 15  # tokens that are sketched together: what a processor keeps at hand

# Odd numbers without a pattern: the bits of the golden ratio and of the square roots of primes.
_STEP = np.uint32(0x9E3779B1)
_STEPS = np.array([pow(0x9E3779B1, n, 1 << 32) for n in range(SHINGLE - 1, -1, -1)], np.uint32)
_ORDERINGS = np.array(
    [
        0x6A09E667,
        0xBB67AE85,
        0x3C6EF373,
        0xA54FF53B,
        0x510E527F,
        0x9B05688D,
        0x1F83D9AB,
        0x5BE0CD19,
    ],
    np.uint32,
)


def form_hashes(forms: Iterable[bytes]) -> _Hashes:
    """Return a hash of each form."""
    return _mixed(np.array([zlib.crc32(form) for form in forms], np.uint32))


def sketch(
    tokens: npt.NDArray[np.uint32], ends: npt.NDArray[np.int64], hashes: _Hashes
) -> Sketches:
    """Return a sketch of each of several passages.

    Args:
        tokens: The form number of each token of all of them.
        ends: For each passage, where its tokens end; sorted.
        hashes: Of each form.

    Returns:
        A row of `WIDTH` for each: its numbers, none of them 0, and a checksum; zeros for a passage
        without words. Rows that have `ENOUGH` numbers in common, each in the same column, are of
        passages that may be copies; equal rows, of passages with the same shingles, each as often.

    >>> words = form_hashes([b"the", b"ferry", b"runs"])
    >>> one, other, none = sketch(np.array([0, 1, 2, 0, 1, 2]), np.array([3, 6, 6]), words)
    >>> bool((one == other).all()), none.tolist()
    (True, [0, 0, 0, 0, 0, 0, 0, 0, 0])
    """
    out = np.zeros((len(ends), WIDTH), np.uint16)
    bounds = np.concatenate(([0], ends))
    first = 0
    while first < len(ends):
        last = int(np.searchsorted(bounds, bounds[first] + _FEW, "right")) - 1
        last = min(max(last, first + 1), len(ends))
        part = tokens[bounds[first] : bounds[last]]
        own = bounds[first : last + 1] - bounds[first]
        spoken = np.flatnonzero(own[1:] > own[:-1])
        if len(spoken):
            out[first + spoken] = _sketch(*_shingles(hashes[part], own[spoken], own[spoken + 1]))
        first = last
    return out


def _shingles(
    words: _Hashes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> tuple[_Hashes, npt.NDArray[np.int64]]:
    """Return a hash of each shingle of some passages, and where those of each passage begin.

    Args:
        words: The hash of each word.
        starts, ends: Where each passage stands; each has a word at least, and one that is shorter
            than a shingle is one itself.
    """
    padded = np.concatenate((words, np.zeros(SHINGLE, np.uint32)))
    rolled = padded[: len(words)].copy()
    for at in range(1, SHINGLE):
        rolled *= _STEP
        rolled += padded[at : at + len(words)]
    short = np.flatnonzero(ends - starts < SHINGLE)
    places = starts[short, None] + np.arange(SHINGLE)
    within = np.where(places < ends[short, None], padded[places], np.uint32(0))
    rolled[starts[short]] = (within * _STEPS).sum(axis=1, dtype=np.uint32)
    whole = np.ones(len(words), bool)
    for at in range(1, SHINGLE):  # the last words of a passage begin no shingle
        whole[np.maximum(ends - at, starts)] = False
    whole[starts] = True
    many = np.maximum(ends - starts - SHINGLE + 1, 1)
    return _mixed(rolled[np.flatnonzero(whole)]), np.cumsum(many) - many


def _sketch(shingles: _Hashes, starts: npt.NDArray[np.int64]) -> Sketches:
    """Return a sketch of each of several passages of which each has a shingle."""
    out = np.empty((len(starts), WIDTH), np.uint16)
    for at, ordering in enumerate(_ORDERINGS):
        firsts = np.minimum.reduceat(shingles * ordering, starts)
        out[:, at] = np.maximum(firsts & _LOW, 1)
    out[:, NUMBERS] = np.add.reduceat(shingles, starts) & _LOW
    return out


def _mixed(numbers: _Hashes) -> _Hashes:
    """Return numbers in which each bit depends on all (Appleby's finaliser of MurmurHash3)."""
    mixed = numbers ^ (numbers >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
