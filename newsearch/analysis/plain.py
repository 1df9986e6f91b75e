"""Which of many chunks are one plain word or number, by operations on their bytes.

Most new chunks are a run of letters, or of digits, with nothing but signs after it: "ferry",
"Ferry,", "1985." What such a word is indexed as, its case and its shape hang on its kind and
length alone, so `analyse_plain` is asked once for each of these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsearch.analysis.chunks import Case, analyse_plain, is_mid_sentence
from newsearch.analysis.splitting import lines

Flags = npt.NDArray[np.bool_]

# What a byte may be.
_SMALL, _CAPITAL, _DIGIT, _QUIET, _CLOSING, _OTHER = 1, 2, 4, 8, 16, 32
_CORE = _SMALL | _CAPITAL | _DIGIT
_AFTER = ",.;:!?)]>\"'"  # signs that may stand after a word
_LENGTHS = 4  # of a longer word, the length changes nothing
# A word of each kind and length.
_SAMPLES = [
    ["a", "aa", "aaa", "aaaa"],
    ["A", "AA", "AAA", "AAAA"],
    ["A", "Aa", "Aaa", "Aaaa"],
    ["1", "11", "111", "1111"],
]
_ANALYSED = [analyse_plain(sample) for samples in _SAMPLES for sample in samples]
_KEEPS_CAPITALS = np.array([form.isupper() for form, _, _ in _ANALYSED])
LOOKS: list[tuple[Case, str]] = [(case, shape) for _, case, shape in _ANALYSED]
"""Case and shape of the words of each kind and length, see `PlainWords.looks`."""


def _kind(sign: str) -> int:
    if sign == "\n":
        return 0
    if sign in _AFTER:
        return _QUIET if is_mid_sentence(sign) else _CLOSING
    if sign.isascii() and sign.isalnum():
        return _DIGIT if sign.isdigit() else _SMALL if sign.islower() else _CAPITAL
    return _OTHER


_KINDS = bytes(_kind(chr(byte)) for byte in range(256))


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Those of some chunks that are one plain word or number.

    Attributes:
        which: For each chunk, whether it is one.
        forms: Of each that is, what it is indexed as.
        looks: Its place in `LOOKS`.
        closes: Whether a sentence may begin after it.
    """

    which: Flags
    forms: list[str]
    looks: npt.NDArray[np.int64]
    closes: Flags


def plain_words_of(chunks: bytes) -> PlainWords:
    """Return the plain words of some chunks, of which each has a line break after it.

    >>> found = plain_words_of(b"The\\nU.S.\\nferry,\\nin\\nMay.\\n")
    >>> found.which.tolist(), found.forms, found.closes.tolist()
    ([True, False, True, True, True], ['the', 'ferry', 'in', 'may'], [False, False, False, True])
    """
    kinds = np.frombuffer(chunks.translate(_KINDS), np.uint8)
    ends = np.flatnonzero(kinds == 0)
    starts = np.concatenate(([0], ends[:-1] + 1))
    if not len(ends):
        return PlainWords(np.zeros(0, np.bool_), [], np.zeros(0, np.int64), np.zeros(0, np.bool_))
    have = np.bitwise_or.reduceat(kinds, starts)
    core = (kinds & _CORE) != 0
    last = np.maximum.reduceat(np.where(core, np.arange(len(kinds)), -1), starts)
    lengths = last + 1 - starts  # of words, if they are words
    letters = have & _CORE
    titled = (letters == (_SMALL | _CAPITAL)) & (kinds[starts] == _CAPITAL)
    titled &= np.add.reduceat(kinds == _CAPITAL, starts, dtype=np.int64) == 1
    kind = np.select(
        [letters == _SMALL, letters == _CAPITAL, titled, letters == _DIGIT], range(4), -1
    )
    which = (kind >= 0) & (have < _OTHER)
    which &= np.add.reduceat(core, starts, dtype=np.int64) == lengths  # nothing is between
    looks = (kind * _LENGTHS + np.minimum(lengths, _LENGTHS) - 1)[which]
    forms = lines(chunks, starts[which], lengths[which]).decode().lower().split("\n")[:-1]
    for at in np.flatnonzero(_KEEPS_CAPITALS[looks]).tolist():
        forms[at] = forms[at].upper()
    return PlainWords(which, forms, looks, (have[which] & _CLOSING) != 0)
