"""Whether two spellings are one name, and the numbers that say so.

In: two folded forms, what the names files say of them, how the corpus uses them and what company
they keep. Out: `Judgement`. It looks nothing up (see `matcher`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Literal

from newsearch.names.contexts import Company
from newsearch.names.distance import distance
from newsearch.names.gates import (
    are_pinyin,
    bearers,
    derived,
    ending_kind,
    ends_otherwise,
    slipped,
    wrong_key,
)
from newsearch.names.keys import can_be_name
from newsearch.names.layers import NamesFile
from newsearch.names.romanisation import romanisation
from newsearch.names.vocabulary import ORDINARY, Use

Level = Literal["folded", "suggested"]
Evidence = Literal["itself", "file", "rule", "slip", "plural"]

_SLACK = 0.12  # so far beyond the limit, a spelling is still suggested
_ROUNDABOUT = 0.15  # so far beyond it are two spellings that are both near a third one
_STABLE = 0.02  # the limit for a name that has one spelling: little more than an umlaut
_STABLE_LETTERS = 8  # of the shorter form; fewer, and a slip of one name is another name

# How alike the company of two forms must be (see `contexts`), and what makes it more or less. The
# numbers come from some five hundred merges in the news, judged by hand one by one.
_ALIKE = 0.06
_NOTHING_BESIDE = 2.0  # times as much where no word stands beside both
_OTHER_FIRST = 2.0  # where the first letters differ: they tell names apart
_OTHER_ENDING = 2.0  # where the endings may be two of grammar
_PINYIN = 2.0  # where both look Chinese: a letter makes another syllable
_WESTERN = 1.3  # for surnames of Western Europe, which often differ by a letter
_SLAVIC = 0.8  # for names whose ending is the same but for its spelling
_SLIPPED = 0.6  # for a clean slip of the keyboard
_ALIKE_IF_SWAPPED = 0.02  # the same where two letters of a far more frequent form changed places
_SWAP_LETTERS = 7
_SWAP_WITH_VOWEL = 8  # letters; fewer, and there are such pairs: Nielsen, Neilsen
_OTHER_END = 0.5  # the limit where the last letters differ: two slips there make another word
_ONE_SURNAME = 2.0  # times as much where one alone has the ending of a Slavic surname
_BOTH_STAND = 1.5  # where neither is rare, and more than habits of spelling lie between them
_RARE = 5  # occurrences; fewer, and a form may be a slip of any other
_HABITS = 0.1  # away at most are two spellings that differ by habits alone
_FAR_MORE_FREQUENT = 20
FILLS_THE_NEWS = 200  # times as often as another form stands a name that slips are made of
_LONG_BESIDE_IT = 0.5  # for such a form that is long: there is no room for another name
_LONG_LETTERS = 9
_SURE = 0.12  # company that outweighs even that a name has one spelling


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why two forms are one name, or are not.

    Attributes:
        level: "folded" for one name, "suggested" for perhaps, None for two names.
        evidence: What says so.
        reason: The same in words.
        distance: Between the spellings (see `distance.distance`), None if it was not asked.
        limit: The most for one name, None if it was not asked.
        likeness: Of their company (see `contexts.Company`), None if it is not known.
        needed: The least likeness for one name, None if it was not asked.
    """

    level: Level | None
    evidence: Evidence
    reason: str
    distance: float | None = None
    limit: float | None = None
    likeness: float | None = None
    needed: float | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a name, and why it is taken as that.

    Attributes:
        form: As the index holds it.
        frequency: How often it stands in the index, at least 1.
        level: "folded" is applied without asking; "suggested" is only offered.
        evidence: "itself", "file", "rule", "slip" or "plural".
        distance: From the word that was asked for, in the units of `distance.distance`; 0 for the
            word itself and for what a names file says.
        likeness: Of the company of the two (see `contexts.Company`), None where it was not asked.
    """

    form: str
    frequency: int
    level: Level
    evidence: Evidence
    distance: float
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two spellings are, before anything is known of the corpus.

    Attributes:
        distance, limit: As in `Judgement`.
        slip: Whether one clean slip of the keyboard lies between them.
        key: Whether they differ by a wrong key alone.
        swap: Whether that slip is a swap in a name so long that no other name lies there.
        long: Whether both are long.
        doubt: How much more or less alike their company must be for that; 1 for usual.
    """

    distance: float
    limit: float
    slip: bool
    key: bool
    swap: bool
    long: bool
    doubt: float


def is_ordinary(use: Use | None) -> bool:
    """Return whether the corpus writes a form mostly in lower case."""
    return use is not None and use.share is not None and use.share < ORDINARY


@lru_cache(maxsize=50_000)
def nearness(left: str, right: str, loose: bool) -> Nearness | None:
    """Return how near two spellings are, None for those that are too far or derived.

    Args:
        left: A folded form.
        right: Another, not the same.
        loose: Whether those that may only be suggested count, too.
    """
    limit = _limit(left, right)
    away = distance(left, right, limit + _SLACK * loose)
    # The shortest names have no limit to be near: they are the same or another.
    if away == inf or away > limit == 0 or derived(left, right):
        return None
    slip = slipped(left, right)
    vowel = any(one != other and one in "aeiouy" for one, other in zip(left, right, strict=False))
    swap = slip and len(left) == len(right) >= (_SWAP_WITH_VOWEL if vowel else _SWAP_LETTERS)
    long = min(len(left), len(right)) >= _LONG_LETTERS
    doubt = _doubt(left, right, away / limit if away else 0, slip)
    key = away == romanisation().slips.key_beside / 100 and wrong_key(left, right)
    return Nearness(away, limit, slip, key, swap, long, doubt)


def _doubt(left: str, right: str, far: float, slip: bool) -> float:
    """Return how much the letters speak against one name: 1 for little, more for much."""
    doubt = 1 + far
    if left[0] != right[0]:
        doubt *= _OTHER_FIRST
    if ends_otherwise(left, right):
        doubt *= _OTHER_ENDING
    if are_pinyin(left, right):
        doubt *= _PINYIN
    doubt *= {"all": _WESTERN, "slavic": _SLAVIC, "free": 1.0}[bearers(left, right)]
    one_surname = (ending_kind(left) is None) != (ending_kind(right) is None)
    # A swap or a wrong key in the ending leaves the name as long as it is.
    if one_surname and len(left) != len(right) and left[-3:] != right[-3:]:
        doubt *= _ONE_SURNAME
    slip = slip and min(len(left), len(right)) >= _SWAP_LETTERS
    return doubt * _SLIPPED if slip else doubt


def farthest(form: str, loose: bool) -> float:
    """Return how far from a form a spelling of its name can be; `loose` is as in `nearness`."""
    return _limit(form, form) + _SLACK * loose


def is_roundabout(left: str, right: str) -> bool:
    """Return whether two forms are near enough for two spellings that are both near a third."""
    limit = _limit(left, right) + _ROUNDABOUT
    return not derived(left, right) and distance(left, right, limit) <= limit


def by_file(left: str, right: str, names: NamesFile, foreign: bool) -> Judgement | None:
    """Return what the names files say of two different forms, None where they say nothing.

    Args:
        left: A folded form.
        right: Another.
        names: The files.
        foreign: Whether one of them was typed in another script than Latin.
    """
    if right in names.family(left):
        return Judgement("folded", "file", "the names file calls them one name", 0.0)
    if names.verdict(left, right) == "apart":
        return Judgement(None, "file", "the names file keeps them apart")
    if not foreign and names.lists(left) and names.lists(right):
        return Judgement(None, "file", "both are in the names file, as two names")
    return None


def by_spelling(
    left: str, right: str, uses: tuple[Use | None, Use | None], loose: bool
) -> Judgement | Nearness | None:
    """Return how near two forms are, or why no distance makes them one name.

    None for two forms that are too far apart or derived (see `why_not`). `loose` is as in
    `nearness`.
    """
    for form, use in zip((left, right), uses, strict=True):
        if not can_be_name(form):
            return Judgement(None, "rule", f"'{form}' has not the letters of a name")
        if is_ordinary(use):
            return Judgement(None, "rule", f"'{form}' is an ordinary word here")
    return nearness(left, right, loose)


def why_not(left: str, right: str) -> Judgement:
    """Return why two forms, neither of them an ordinary word, are not near."""
    if derived(left, right):
        return Judgement(None, "rule", "one is another word made from the other")
    return Judgement(
        None, "rule", "too far from each other", distance(left, right), _limit(left, right)
    )


def by_company(
    near: Nearness,
    company: Company | None,
    frequencies: tuple[int, int],
    stable: bool,
    letters: int,
) -> Judgement:
    """Return the judgement of two near forms.

    Args:
        near: How near they are.
        company: How alike theirs is, None if nothing is known: then the spelling decides alone.
        frequencies: How often each name stands in the index, in all its spellings that are known.
        stable: Whether one of them is a name that has one spelling.
        letters: Of the shorter one.
    """
    evidence: Evidence = "slip" if near.slip or near.key else "rule"
    likeness = None if company is None else company.likeness
    needed = None if company is None else _needed(near, company, frequencies)
    told = near.distance, near.limit, likeness, needed
    if near.distance > near.limit:
        return Judgement("suggested", evidence, "a little too far from each other", *told)
    if near.key and max(frequencies) < max(1, min(frequencies)) * _FAR_MORE_FREQUENT:
        return Judgement("suggested", evidence, "a key apart, and neither of them rare", *told)
    sure = likeness is not None and likeness >= _SURE
    clean = near.slip and letters >= _STABLE_LETTERS
    if stable and not sure and not clean and near.distance > _STABLE:
        return Judgement("suggested", evidence, "one of them is a name with one spelling", *told)
    if likeness is not None and needed is not None and likeness < needed:
        return Judgement("suggested", evidence, "they keep different company", *told)
    if evidence == "slip":
        return Judgement("folded", evidence, "one slip of the keyboard apart", *told)
    return Judgement("folded", evidence, "habits of romanisation apart", *told)


def least_likeness(near: Nearness, frequencies: tuple[int, int]) -> float:
    """Return how alike the company of two forms must be at least, whatever stands beside them."""
    return _needed(near, Company(0.0, None), frequencies)


def _needed(near: Nearness, company: Company, frequencies: tuple[int, int]) -> float:
    """Return how alike the company of two forms must be."""
    few, many = sorted(frequencies)
    if near.swap and many >= few * _FAR_MORE_FREQUENT:
        return _ALIKE_IF_SWAPPED if company.beside is False else 0.0
    needed = _ALIKE * near.doubt
    if (
        not near.slip
        and near.distance > _HABITS
        and _RARE <= few
        and many < few * _FAR_MORE_FREQUENT
    ):
        needed *= _BOTH_STAND
    if near.long and many >= few * FILLS_THE_NEWS:
        needed *= _LONG_BESIDE_IT
    return needed * _NOTHING_BESIDE if company.beside is False else needed


def _limit(left: str, right: str) -> float:
    limits = romanisation().limits
    limit = limits[min(len(left), len(right), len(limits) - 1)] / 100
    return limit if left[-1] == right[-1] else min(limit, _OTHER_END)
