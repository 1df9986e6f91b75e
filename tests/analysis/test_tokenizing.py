"""How a text is cut into words, and what each is indexed as."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import FEW, TEXTS

from newsearch.analysis import Case, Token, token_forms, tokenize


def forms(text: str) -> list[str]:
    return [token.form for token in tokenize(text)]


@given(TEXTS)
def test_forms_alone_are_those_of_the_tokens(text: str) -> None:
    """The quick way to the forms gives the same."""
    assert token_forms(text) == forms(text)


def words(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected_forms", "expected_words"),
    [
        # Acronyms are capitals in the index, so that they are not the words of the same letters.
        ("to the U.S. and us", "to the US and us", "to the U.S. and us"),
        ("to the US and us", "to the US and us", "to the US and us"),
        ("the U.S.'s role", "the US role", "the U.S. role"),
        ("the U.K.’s role", "the UK role", "the U.K. role"),
        ("a U.S.-led force", "a US led force", "a U.S. led force"),
        ("in the UK, the EU", "in the UK the EU", "in the UK the EU"),
        ("it is in IT", "it is in IT", "it is in IT"),
        ("who asked the WHO", "who asked the WHO", "who asked the WHO"),
        ("the U.S.A. and USA", "the USA and USA", "the U.S.A. and USA"),
        ("in Washington, D.C.", "in washington DC", "in Washington D.C."),
        ("MPs and NGOs", "MP and NGO", "MPs and NGOs"),
        ("Nato, NATO", "nato nato", "Nato NATO"),
        ("the PM at 4 p.m.", "the PM at 4 pm", "the PM at 4 p.m."),
        # Letters with signs and digits.
        ("AT&T and R&D", "at&t and r&d", "AT&T and R&D"),
        ("AT&T's and R&D’s", "at&t and r&d", "AT&T and R&D"),
        ("an F-16, an F16", "an f 16 an f 16", "an F 16 an F 16"),
        ("Covid-19, COVID-19", "covid 19 covid 19", "Covid 19 COVID 19"),
        ("$500 billion", "500 billion", "500 billion"),
        ("$500bn", "500 bn", "500 bn"),
        ("€1.9bn or 2,500,000", "1.9 bn or 2500000", "1.9 bn or 2,500,000"),
        ("a 47-year-old pilot", "a 47 year old pilot", "a 47 year old pilot"),
        ("6.5% at 4:40", "6.5 at 4 40", "6.5 at 4 40"),
        ("H5N1 in the 1990s", "h5n1 in the 1990 s", "H5N1 in the 1990 s"),
        # Apostrophes and hyphens.
        ("Zelensky's staff", "zelensky staff", "Zelensky staff"),
        ("Zelensky’s staff", "zelensky staff", "Zelensky staff"),
        ("ZELENSKY'S STAFF", "zelensky staff", "ZELENSKY STAFF"),
        ("O'Brien, O’Brien", "obrien obrien", "O'Brien O’Brien"),
        ("can't, can’t", "cant cant", "can't can’t"),
        ("al-Assad", "al assad", "al Assad"),
        ("a win-win deal", "a win win deal", "a win win deal"),
        ("rare-earth magnets", "rare earth magnets", "rare earth magnets"),
        ("rare earth magnets", "rare earth magnets", "rare earth magnets"),
        # What scraping leaves.
        ("in the war.A full accord", "in the war a full accord", "in the war A full accord"),
        ("“I know,” he said/", "i know he said", "I know he said"),
        ("guarantees... well", "guarantees well", "guarantees well"),
        # Scripts, accents and invisible marks.
        ("secu\u00adrity", "security", "secu\u00adrity"),
        ("ﬁnance oﬃce", "finance office", "ﬁnance oﬃce"),
        ("the\u00a0war", "the war", "the war"),
        ("ｔｈｅ ＵＳ", "the US", "ｔｈｅ ＵＳ"),
        ("Erdoğan, Erdogan", "erdogan erdogan", "Erdoğan Erdogan"),
        ("Erdog\u0306an", "erdogan", "Erdog\u0306an"),
        ("Straße, Strasse", "strasse strasse", "Straße Strasse"),
        ("Пане Зеленський", "pane zelenskii", "Пане Зеленський"),
        ("安全保障2023年", "安 全 保 障 2023 年", "安 全 保 障 2023 年"),
        ("NATO軍", "nato 軍", "NATO 軍"),
        # What is neither letter nor digit is no word.
        ("– … “” ( )", "", ""),
        ("", "", ""),
    ],
)
def test_tokenize(text: str, expected_forms: str, expected_words: str) -> None:
    """Each word has its form, and its offsets slice it out of the text as it stands there."""
    assert (expected_forms.split(), expected_words.split()) == (forms(text), words(text))


def test_tokenize_drops_no_word() -> None:
    """Common words are indexed too, because phrases need them."""
    text = "The will of the people is not what it was, and it may be that it will not be."
    assert len(text.split()) == len(tokenize(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BANKS TELL US IT WILL HELP", "banks tell us it will help"),
        ("BANKS TELL US IT WILL HELP\nThe US said so to us.", "US said so to us"),
        ("UK AND EU SIGN GRAIN ACCORD", "uk and eu sign grain accord"),
        ("The NATO and US fleets", "the nato and US fleets"),
    ],
)
def test_tokenize_of_capitals(text: str, expected: str) -> None:
    """In a headline all of capitals, those of a short word do not make it an acronym."""
    assert expected.split() == forms(text)[-len(expected.split()) :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they met Zelensky", Case.CAPITAL),
        ("they met, Zelensky", Case.CAPITAL),
        ("the Amber-Heron", Case.CAPITAL),
        ("sailors of the US", Case.CAPITAL),
        ("sailors of the U.S.", Case.CAPITAL),
        ("they met a pilot", Case.LOWER),
        ("it began at 4 p.m.", Case.LOWER),
        ("Pilot", Case.UNSURE),
        ("they met. Pilots", Case.UNSURE),
        ("they met: Pilots", Case.UNSURE),
        ("they met.Pilots", Case.UNSURE),
        ("they met\nPilots", Case.UNSURE),
        ("they met “Pilots", Case.UNSURE),
        ("they met (Pilots", Case.UNSURE),
        ("they met – Pilots", Case.UNSURE),
        ("they met PILOTS", Case.UNSURE),
        ("they met 41", Case.UNSURE),
        ("they met 安", Case.UNSURE),
    ],
)
def test_case_of_the_last_word(text: str, expected: Case) -> None:
    """Only a capital in mid-sentence is evidence for a name."""
    assert expected == tokenize(text)[-1].case


def test_case_under_shouting() -> None:
    """A headline all of capitals holds no evidence."""
    assert {Case.UNSURE} == {token.case for token in tokenize("BANKS TELL US IT WILL HELP")}


def test_token_is_a_plain_tuple() -> None:
    """A token is its form, its offsets and its case."""
    assert [Token("US", 4, 8, Case.CAPITAL)] == tokenize("the U.S.")[1:]


@FEW
@given(TEXTS)
def test_offsets(text: str) -> None:
    """Tokens of any text lie in it, in order, none empty, none over another."""
    ends = [0, *(offset for token in tokenize(text) for offset in (token.start, token.end))]
    assert sorted(ends) == ends
    assert len(text) >= ends[-1]
    assert all(token.start < token.end for token in tokenize(text))


@FEW
@given(TEXTS)
def test_forms_are_never_empty(text: str) -> None:
    """Every token of any text is indexed as something, without white space."""
    assert all(form and form == "".join(form.split()) for form in forms(text))


@FEW
@given(TEXTS, TEXTS)
def test_tokenize_is_the_same_at_any_place(text: str, before: str) -> None:
    """What stands in other lines does not change how words are cut."""
    assert words(before) + words(text) == words(f"{before}\n{text}")


@FEW
@given(TEXTS)
def test_every_letter_belongs_to_a_token(text: str) -> None:
    """No letter or digit is left over, but for possessive endings."""
    covered = {at for token in tokenize(text) for at in range(token.start, token.end)}
    left = {text[at] for at in range(len(text)) if at not in covered and text[at].isalnum()}
    assert left <= {"s", "S"}
