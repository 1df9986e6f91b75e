"""Edit distance from one word to many, by operations on whole arrays.

The distance is Levenshtein's, in characters, and a transposition counts two: what Whoosh's
`FuzzyTerm` goes by. (Names go by another distance, see `newsearch.names.distance`.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_BATCH = 100_000  # words that are compared at a time: a few tens of megabytes


def within(words: Sequence[str], word: str, most: int, prefix: int) -> list[str]:
    """Return the words at a small distance from one word, in their order.

    Args:
        words: The words.
        word: The word.
        most: The greatest distance, >= 0.
        prefix: How many characters at the beginning must be the same.

    >>> within(["ferries", "ferry", "fery", "jerry"], "ferry", 1, 1)
    ['ferry', 'fery']
    """
    begin, rest = word[:prefix], word[prefix:]
    found = []
    for first in range(0, len(words), _BATCH):
        near = [
            text
            for text in words[first : first + _BATCH]
            if abs(len(text) - len(word)) <= most and text.startswith(begin)
        ]
        distances = _distances([text[len(begin) :] for text in near], rest)
        found += [text for text, far in zip(near, distances, strict=True) if far <= most]
    return found


def _distances(texts: list[str], word: str) -> list[int]:
    """Return the Levenshtein distance of each text to a word."""
    lengths = np.array([len(text) for text in texts], np.int64)
    width = int(lengths.max(initial=0))
    padded = "".join(text.ljust(width, "\0") for text in texts).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(padded, np.uint32).reshape(len(texts), width).T
    # Column by column of the usual table: row[j] is the distance of the word's first letters to
    # each text's first j.
    row: npt.NDArray[np.int64] = np.arange(width + 1)[:, None] + np.zeros(len(texts), np.int64)
    for letter in word:
        before, row = row, np.empty_like(row)
        row[0] = before[0] + 1
        for j in range(width):
            change = before[j] + (letters[j] != ord(letter))
            row[j + 1] = np.minimum(np.minimum(before[j + 1], row[j]) + 1, change)
    distances: list[int] = row[lengths, np.arange(len(texts))].tolist()
    return distances
