"""What two spellings must not be, however near they are: a derivation, or more than one slip.

In: two folded forms. Out: yes or no.
"""

from __future__ import annotations

from functools import cache, lru_cache
from os.path import commonprefix

from newsearch.names.romanisation import Bearers, romanisation

_MIN_STEM = 2  # letters before a Slavic ending; fewer, and it is the name itself: Lev, Jan

# How far apart two spellings may be, by the letters of the shorter: the fewer letters, the more
# names lie near one another.
_STRICT = (0.0, 0.0, 0.0, 0.0, 0.06, 0.14, 0.24, 0.36, 0.48)
_LOOSE = (0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65)
_FREQUENT = 10  # occurrences that no slip and no chance brings about
_VARIANT = 10  # a form this many times as frequent as another makes the other its variant
_SLIP = 20  # and this many times, its slip
_BOTH_FREQUENT = 0.09  # the limit where both are frequent: beyond it they are two people


@lru_cache(maxsize=200_000)
def ending_kind(form: str) -> int | None:
    """Return which kind of Slavic or Armenian ending a name has, None for no such ending.

    >>> ending_kind("petrov") == ending_kind("petrova"), ending_kind("biden")
    (False, None)
    """
    kinds = romanisation().slavic
    for length in range(min(_longest_ending(), len(form) - _MIN_STEM), 1, -1):
        kind = kinds.get(form[-length:])
        if kind is not None:
            return kind
    return None


@cache
def _longest_ending() -> int:
    return max(map(len, romanisation().slavic))


def bearers(left: str, right: str) -> Bearers:
    """Return whose habits count between two forms; "all" for those that everyone has.

    >>> bearers("petrov", "petroff"), bearers("patterson", "peterson"), bearers("omar", "umar")
    ('slavic', 'all', 'free')
    """
    if ending_kind(left) is not None or ending_kind(right) is not None:
        return "slavic"
    western = romanisation().western
    return "all" if left.endswith(western) or right.endswith(western) else "free"


def derived(left: str, right: str) -> bool:
    """Return whether one form is another word made from the other.

    Args:
        left: A folded form.
        right: Another; the order does not matter.

    Returns:
        True for a woman's and a man's form, a patronymic, a people, a plural; False for equal
        forms.

    >>> derived("petrov", "petrova"), derived("iran", "iranians"), derived("kyiv", "kiev")
    (True, True, False)
    """
    one, other = ending_kind(left), ending_kind(right)
    if one is not None and other is not None:
        return one != other
    shared = len(commonprefix((left, right)))
    if left == right or shared < _MIN_STEM:
        return False
    return {left[shared:], right[shared:]} <= romanisation().added | {""}


def slipped(left: str, right: str) -> bool:
    """Return whether exactly one slip of the keyboard lies between two forms.

    A slip swaps two neighbours, or drops or doubles one letter, never the first or the last:
    those carry grammar and tell names apart.

    Args:
        left: A folded form.
        right: Another; the order does not matter.

    >>> slipped("zelensky", "zelesnky"), slipped("zelensk", "zelensky")
    (True, False)
    """
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if start == 0 or start >= len(short):
        return False
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if start + 2 >= len(short):
        return False
    swap = short[start : start + 2]
    return swap[::-1] == long[start : start + 2] and short[start + 2 :] == long[start + 2 :]


def rule_limit(left: str, right: str, frequencies: tuple[int, int], loose: bool) -> float:
    """Return how far apart two spellings of one name may be.

    Args:
        left: A folded form.
        right: Another; the order does not matter.
        frequencies: How often each stands in the index, 0 for not at all.
        loose: For suggestions, which are not applied.

    Returns:
        A distance, 0 to 1.
    """
    length = min(len(left), len(right), len(_STRICT) - 1)
    limit = (_LOOSE if loose else _STRICT)[length]
    few, many = sorted(frequencies)
    if not loose and few >= _FREQUENT and many < few * _VARIANT:
        return min(limit, _BOTH_FREQUENT)
    return limit


def is_rare_beside(frequencies: tuple[int, int], loose: bool) -> bool:
    """Return whether one of two forms is rare enough beside the other to be a slip of it."""
    few, many = sorted(frequencies)
    return loose or many >= max(few, 1) * _SLIP
