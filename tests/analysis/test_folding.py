"""The one form under which all spellings of a word are indexed."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import FEW, TEXTS, WORDS

from newsearch.analysis import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry", "ferry"),
        ("Erdoğan", "Erdogan"),
        ("Erdog\u0306an", "Erdoğan"),
        ("Straße", "Strasse"),
        ("STRASSE", "straße"),
        ("ﬁnance", "finance"),
        ("oﬃce", "office"),
        ("ｆｅｒｒｙ", "ferry"),
        ("secu\u00adrity", "security"),
        ("secu\u200brity", "security"),
        ("Türkiye", "Turkiye"),
        ("Łódź", "Lodz"),
        ("İzmir", "izmir"),
        ("Kırlangıç", "kirlangic"),
        ("O’Brien", "O'Brien"),
        ("КИЇВ", "київ"),
        ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),
        ("２０２５", "2025"),
    ],
)
def test_fold_of_two_spellings(one: str, other: str) -> None:
    """Case, accents, ligatures, width and invisible marks make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Зеленський", "zelenskii"),
        ("AT&T", "at&t"),
        ("1.9", "1.9"),
        ("安全保障", "安全保障"),
        ("ソウル", "ソウル"),
        ("€", "eur"),
        ("→", "→"),
        ("\ud83d", "\ud83d"),
        ("", ""),
    ],
)
def test_fold(word: str, expected: str) -> None:
    """A form is plain Latin letters and digits; Chinese and Japanese stay as they are."""
    assert expected == fold(word)


@pytest.mark.parametrize(("one", "other"), [("Kyiv", "Kiev"), ("ferry", "ferries"), ("中", "種")])
def test_fold_keeps_words_apart(one: str, other: str) -> None:
    """Folding knows neither names nor grammar, and no two Chinese characters are one."""
    assert fold(one) != fold(other)


@FEW
@given(WORDS | TEXTS)
def test_fold_of_a_form(word: str) -> None:
    """Folding twice is folding once."""
    assert fold(word) == fold(fold(word))


@FEW
@given(WORDS.filter(bool))
def test_fold_is_never_empty(word: str) -> None:
    """A word has a form, whatever it is made of."""
    assert fold(word) != ""
