"""Operations on sorted arrays of documents and of places."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Documents = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Found = tuple[Documents, Scores]
"""Passages, sorted, and as many numbers."""

SHIFT = 32  # a place is one number: document << SHIFT | token number


def add_up(parts: list[Found], add: np.ufunc = np.add) -> Found:
    """Return all documents of several sorted lists, and the sum of what they have there.

    Args:
        parts: The lists.
        add: What to do with the values of one document, if not to add them up.
    """
    parts = [part for part in parts if len(part[0])]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0)
    if len(parts) == 1:
        return parts[0]
    documents = np.concatenate([part[0] for part in parts])
    order = documents.argsort(kind="stable")  # merges runs that are sorted already
    documents = documents[order]
    values = np.concatenate([part[1] for part in parts])[order]
    new = opens(documents)
    again = (~new).nonzero()[0]  # few
    found: Scores = values[new]
    add.at(found, again - np.arange(1, len(again) + 1), values[again])
    return documents[new], found


def opens(documents: npt.NDArray[Any]) -> Truths:
    """Return which of sorted documents differ from the one before them."""
    new = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    return new


def one_each(titles: Documents) -> Documents:
    """Return where the sentences of titles begin: a title is one."""
    return titles << SHIFT


def counted(keys: Documents) -> Found:
    """Return the documents of sorted places, and how many places are in each."""
    documents = keys >> SHIFT
    begins = np.flatnonzero(opens(documents))
    return documents[begins], np.diff(begins, append=len(keys)).astype(np.float64)


def beside(tables: list[Scores], rows: int) -> Scores:
    """Return tables with so many rows each as one, side by side."""
    return tables[0] if len(tables) == 1 else np.concatenate([np.zeros((rows, 0)), *tables], axis=1)


def merged(lists: list[Documents]) -> Documents:
    """Return the numbers of several sorted lists, sorted."""
    if not lists:
        return np.zeros(0, np.int64)
    if len(lists) == 1:
        return lists[0]
    every = np.concatenate(lists)
    every.sort(kind="stable")  # merges runs that are sorted already
    return every


def common(one: Documents, other: Documents) -> Documents:
    """Return the numbers that are in both of two sorted lists."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not len(short):
        return short
    at = np.minimum(long.searchsorted(short), len(long) - 1)
    found: Documents = short[long[at] == short]
    return found


def union(parts: list[Documents]) -> Documents:
    """Return all documents of several sorted arrays, sorted."""
    every = merged(parts)
    return every[opens(every)]


def only_best(documents: Documents, scores: Scores, limit: int) -> Found:
    """Return the passages of the highest scores; of equal ones at the limit, the first."""
    if len(scores) <= limit:
        return documents, scores
    if not limit:
        return documents[:0], scores[:0]
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    chosen: npt.NDArray[np.bool_] = scores > least
    chosen[np.flatnonzero(scores == least)[: limit - int(np.count_nonzero(chosen))]] = True
    return documents[chosen], scores[chosen]


def steps(firsts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return how many items lie between one number and the next.

    >>> steps(np.array([0, 2, 2, 5], np.uint8)).tolist()
    [2, 0, 3]
    """
    numbers: npt.NDArray[np.int64] = firsts.astype(np.int64)
    return numbers[1:] - numbers[:-1]


def ragged(starts: npt.NDArray[Any], counts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the numbers start, start + 1, … of each run, one run after the other.

    >>> ragged(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    if not len(ends):
        return np.zeros(0, np.int64)
    return np.repeat(starts.astype(np.int64) - (ends - counts), counts) + np.arange(ends[-1])
