"""What two spellings must not be, however near they are: a derivation, or more than one slip.

In: two folded forms. Out: yes or no.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from os.path import commonprefix

from newsearch.names.romanisation import Bearers, romanisation

_MIN_STEM = 2  # letters before a Slavic ending; fewer, and it is the name itself: Lev, Jan


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
    if _other_gender(left, right) or _other_word(left, right) or _several(left, right):
        return True
    shared = len(commonprefix((left, right)))
    if left == right or shared < _MIN_STEM:
        return False
    short, long = sorted((left[shared:], right[shared:]), key=len)
    rules = romanisation()
    if short:
        return {short, long} <= rules.peoples
    before = left[shared - 1]
    # A letter that is only written twice (Yuri, Yurii, Navalnyi) makes no other word.
    return long in rules.added and long != ("i" if before == "y" else before)


def _other_gender(left: str, right: str) -> bool:
    """Return whether one form ends as a woman's first name and the other as a man's."""
    rules = romanisation()
    woman, other_woman = left.endswith(rules.feminine), right.endswith(rules.feminine)
    if woman == other_woman:
        return False
    return (right if woman else left).endswith(rules.masculine)


def _other_word(left: str, right: str) -> bool:
    """Return whether two forms end as two kinds of words do that are made from names."""
    one, other = _made(left), _made(right)
    return one is not None and other is not None and one != other


def _made(form: str) -> int | None:
    """Return which kind of words made from names a form ends as, None for none."""
    kinds = romanisation().made
    found = [end for end in kinds if form.endswith(end)]
    return kinds[max(found, key=len)] if found else None


def _several(left: str, right: str) -> bool:
    """Return whether the longer form ends as the other does with an s after it."""
    short, long = sorted((left, right), key=len)
    plural = long.endswith("s") and not short.endswith("s") and len(short) < len(long)
    return plural and long[-2] == short[-1]


def are_pinyin(left: str, right: str) -> bool:
    """Return whether both forms look like pinyin, where each letter makes another syllable.

    >>> are_pinyin("shanxi", "shaxi"), are_pinyin("hania", "haniya")
    (True, False)
    """
    return all(_PINYIN.fullmatch(form) and _CHINESE.search(form) for form in (left, right))


# Syllables of pinyin, and letters that hardly any other romanisation puts together so.
_PINYIN = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui"
    "|ue|er|a|e|i|o|u)){2,4}"
)
_CHINESE = re.compile("^(?:x|zh|q[iu])|[^aeiou](?:x|zh|q)|(?:x|zh|q)[aiu]|i?ang$|[aeiou]ng[^aeiou]")


def ends_otherwise(left: str, right: str) -> bool:
    """Return whether two forms end in different vowels, or one of them in no vowel.

    Such endings carry grammar in many languages; the h of an Arabic ending does not count.

    >>> ends_otherwise("italiana", "italiane"), ends_otherwise("haniya", "haniyeh")
    (True, False)
    """
    last = left[-1] + right[-1]
    if last[0] == last[1] or ("h" in last and all(map(_OPEN.search, (left, right)))):
        return False
    return not set(last).isdisjoint("aeo")


_OPEN = re.compile("[ae]h?$")


def wrong_key(left: str, right: str) -> bool:
    """Return whether two forms differ in one letter alone, hit on the key beside the right one.

    It is neither the first letter nor the last, as in `slipped`.

    >>> wrong_key("zelensky", "zelensly"), wrong_key("hansen", "jansen")
    (True, False)
    """
    differ = [at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]]
    if len(left) != len(right) or len(differ) != 1 or differ[0] in (0, len(left) - 1):
        return False
    return right[differ[0]] in romanisation().keys_beside[left[differ[0]]]


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
