"""How alike the company of two forms is."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import pytest

from newsearch.names.contexts import PassageContexts, Together, company

FERRY = ["harbour", "mayor", "orsat", "halwick", "opened", "the", "ferry", "line"]
OPERA = ["soprano", "clara", "halwyck", "sang", "aria", "twice"]


def contexts(passages: dict[str, list[list[str]]], everything: int = 1_000) -> PassageContexts:
    """Return the contexts of a corpus of so many passages, of which these are known."""
    known = [words for each in passages.values() for words in each]

    def weight(word: str) -> float:
        return log(everything / max(1, sum(word in words for words in known)))

    def together(form: str, words: Sequence[str], beside: Sequence[str], without: str) -> Together:
        those = [passage for passage in passages[form] if without not in passage]
        counts = [sum(word in each for each in those) for word in words]
        return Together(len(those), counts, any(_near(each, form, beside) for each in those))

    return PassageContexts(lambda form, most: passages[form][:most], weight, together)


def _near(passage: list[str], form: str, words: Sequence[str]) -> bool:
    places = [at for at, word in enumerate(passage) if word in words]
    return any(abs(at - passage.index(form)) <= 2 for at in places)


def changed(words: list[str], **other: str) -> list[str]:
    return [other.get(word, word) for word in words]


def alike(passages: dict[str, list[list[str]]], everything: int = 1_000) -> float:
    """Return how alike the company of two forms is, in either order."""
    (one, first), (other, second) = passages.items()
    told, counts = contexts(passages, everything), (len(first), len(second))
    found, back = company(one, other, counts, told), company(other, one, counts[::-1], told)
    assert found is not None and back is not None
    assert found.likeness == pytest.approx(back.likeness)
    return found.likeness


def test_company_of_one_person() -> None:
    """The same affairs make two spellings alike; those of another field do not."""
    assert alike({"halwick": [FERRY], "halwik": [changed(FERRY, halwick="halwik")]}) > 0.5
    assert alike({"halwick": [FERRY], "halwyck": [OPERA]}) == 0.0


def test_what_stands_beside_counts_more() -> None:
    """The same first name beside both forms says more than the same word elsewhere."""
    one = {"halwick": [["orsat", "halwick", "opened", "ferry", "line", "mayor"]]}
    beside = ["orsat", "halwik", "then", "sang", "aria", "twice"]
    elsewhere = ["halwik", "then", "sang", "aria", "twice", "orsat"]
    assert alike(one | {"halwik": [beside]}) > alike(one | {"halwik": [elsewhere]})


def test_many_passages_share_words_by_chance() -> None:
    """Two forms that both stand there again and again must be more alike than a slip."""
    rare = {"halwick": [FERRY], "halwik": [changed(FERRY, halwick="halwik")]}
    often = {form: passages * 4 for form, passages in rare.items()}
    assert alike(often) < alike(rare)


def test_a_name_that_fills_the_news() -> None:
    """A rare form is compared with all passages of a frequent one, not only with a sample."""
    other = [["budget", "halwick", f"word{at}"] for at in range(60)]
    rare = ["harbour", "ferry", "halwik", "line", "orsat"]
    assert alike({"halwick": [*other, *[FERRY] * 5], "halwik": [rare]}, 100_000) > 0.2
    assert alike({"halwick": other, "halwik": [rare]}, 100_000) == 0.0


def test_passages_that_hold_both_tell_nothing() -> None:
    """Of a rare form only those passages are asked that do not hold it themselves."""
    both = ["harbour", "ferry", "halwik", "line", "orsat", "halwick"]
    other = [["budget", "halwick", f"word{at}"] for at in range(60)]
    told = contexts({"halwick": [*other, both], "halwik": [both]}, 100_000)
    found = told.together("halwick", ["harbour", "budget"], ["line", "budget"], "halwik")
    assert found == (60, [0, 60], True)


def test_whether_anything_stands_beside_both() -> None:
    """A first name that stands beside the one and nowhere beside the other is told."""
    rare = {"halwik": [["orsat", "halwik", "sang"]]}
    for other, beside in ((["mayor", "orsat", "halwick"], True), (["clara", "halwick"], False)):
        found = company("halwick", "halwik", (1, 1), contexts({"halwick": [other], **rare}))
        assert found is not None and found.beside == beside


def test_nothing_is_known_of_a_form_without_passages() -> None:
    """Then the spelling decides alone."""
    told = contexts({"halwick": [FERRY], "halwik": []})
    assert company("halwick", "halwik", (1, 0), told) is None
