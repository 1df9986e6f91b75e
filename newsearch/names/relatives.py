"""What is related to a name in an index and is no spelling of it.

That is its plural, its look-alikes, itself with another word stuck to it.

In: a form, names files, and how the corpus uses words. Out: other forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from os.path import commonprefix

from newsearch.names.contexts import BESIDE, Contexts
from newsearch.names.distance import distance
from newsearch.names.judging import FILLS_THE_NEWS, is_ordinary
from newsearch.names.keys import can_be_name
from newsearch.names.layers import NamesFile
from newsearch.names.vocabulary import Use

_FEW_PLURALS = 20  # times as often as its plural stands a name
_PLURALS_AT_LEAST = 2  # one alone may have an article by chance
_PLURALS_AT_MOST = 50  # what stands there oftener is a name of its own: the Americas
_NAME = 0.9  # the least share of capitals of a name that has a plural
_MIN_STUCK = 2  # letters of a word that is stuck to another
_EVERYDAY = 50  # times as often as what it makes with another stands such a word
_THE = 0.75  # the share of its passages in which the article stands beside a plural


def plural_of(
    form: str, names: NamesFile, use: Callable[[str], Use | None], contexts: Contexts | None
) -> str | None:
    """Return the name that a form is the plural of, None for most forms.

    Surnames end in s more often than they stand in the plural. One with an s is a plural if the
    name without it is far more frequent, and is listed or the plural has its article: "the
    Zelenskys".
    """
    one = form.removesuffix("s")
    if one == form or names.lists(form) or not can_be_name(one):
        return None
    own, single = use(form), use(one)
    count = 0 if own is None else own.frequency
    if single is None or is_ordinary(single) or single.frequency < count * _FEW_PLURALS:
        return None
    if count > _PLURALS_AT_MOST or not _is_name(own):
        return None
    if names.knows(one):
        return one
    if count < _PLURALS_AT_LEAST or contexts is None or not _is_name(single):
        return None
    return one if contexts.words(form).get(BESIDE + "the", 0.0) >= _THE else None


def _is_name(use: Use | None) -> bool:
    return use is not None and use.share is not None and use.share >= _NAME


def look_alikes_beside(
    form: str, words: Sequence[str], names: NamesFile, contexts: Contexts
) -> list[str]:
    """Return the names that a file keeps apart from a form, but that stand beside certain words.

    Who types "Volodymyr Zelinsky" may mean the one who is called Volodymyr.
    """
    found = []
    for other in sorted(names.look_alikes(form)):
        told = contexts.together(other, (), words, form)
        if told is not None and told.beside:
            found.append(other)
    return found


def is_rather_another(form: str, other: str, away: float, names: NamesFile) -> bool:
    """Return whether a form is nearer to a look-alike of a name than to that name.

    Args:
        form: The name.
        other: What may be a spelling of it.
        away: Its distance from the name.
        names: What tells look-alikes.
    """
    return any(distance(other, one, away) < away for one in names.look_alikes(form))


def is_glued(left: str, right: str, use: Callable[[str], Use | None]) -> bool:
    """Return whether two forms are one word of the corpus with everyday words stuck to it.

    A space that was lost makes two names of "Hezbollah on" and "Hezbollah in".
    """
    if any(_is_stuck(form, use) for form in (left, right)):
        return True
    head = commonprefix((left, right))
    often = max(_frequency(use(form)) for form in (left, right))
    if _frequency(use(head)) < often:
        return False
    rests = [form[len(head) :] for form in (left, right) if form != head]
    if any(len(rest) < _MIN_STUCK for rest in rests):
        return False
    stuck = [use(rest) for rest in rests]
    rare = min(_frequency(use(form)) for form in (left, right))
    return all(is_ordinary(rest) and _frequency(rest) >= rare * _EVERYDAY for rest in stuck)


def _is_stuck(form: str, use: Callable[[str], Use | None]) -> bool:
    """Return whether a rare form is a name that fills the news with a little word stuck to it."""
    found = _STUCK.search(form)
    if found is None:
        return False
    often = _frequency(use(form[: found.start()]))
    return often >= max(1, _frequency(use(form))) * FILLS_THE_NEWS


_STUCK = re.compile("(?<=....)(?:and|as|at|by|for|from|had|has|in|is|of|on|said|the|to|was)$")


def _frequency(use: Use | None) -> int:
    return 0 if use is None else use.frequency
