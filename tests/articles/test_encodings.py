"""Which encoding a text is in, if it does not say so."""

from __future__ import annotations

import pytest

from newsearch.articles.encodings import guess, text_of
from newsearch.errors import Doubt, InputError

TEXTS = {
    "cp1252": "Die Fähre fährt wieder, sagte die Bürgermeisterin; die Straße zum Hafen ist frei.",
    "cp1250": "Prom znów kursuje. Burmistrz powiedziała, że nie będzie już opóźnień ani kolejek.",
    "cp1251": "Паром снова ходит. Мэр сказала в понедельник, что задержек больше не будет.",
    "koi8_r": "Паром снова ходит. Мэр сказала в понедельник, что задержек больше не будет.",
    "cp1253": "Το πλοίο λειτουργεί ξανά. Η δήμαρχος είπε ότι δεν θα υπάρχουν καθυστερήσεις.",
    "cp932": "フェリーは再び運航する。市長は月曜日に遅れはもうないと述べた。",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_guess(encoding: str) -> None:
    """A sentence or two are enough."""
    assert encoding == guess(TEXTS[encoding].encode(encoding))


def test_a_guess_is_said() -> None:
    """It is a doubt, not an error."""
    problems: list[InputError] = []
    text = TEXTS["cp1252"]
    assert text == text_of(text.encode("cp1252"), "a.txt", problems.append)
    assert [(Doubt, "a.txt: not UTF-8; read as cp1252, which is a guess")] == [
        (type(each), str(each)) for each in problems
    ]


def test_cut_in_the_middle_of_a_character() -> None:
    """A text that is UTF-8 but for one character is UTF-8."""
    problems: list[InputError] = []
    data = TEXTS["cp1251"].encode() + b"\xd0."
    assert TEXTS["cp1251"] + "\ufffd." == text_of(data, "a.txt", problems.append)
    assert ["not UTF-8; read as utf-8, which is a guess"] == [each.reason for each in problems]


@pytest.mark.parametrize(
    "declared", ["utf-7", "idna", "hex", "zip", "nosuch", "utf-8", "undefined"]
)
def test_what_is_declared_wrongly(declared: str) -> None:
    """A wrong, a dangerous or an unknown name is not believed."""
    text = TEXTS["cp1252"]
    data = text.encode("cp1252")
    assert text == text_of(data, "a.txt", lambda _: None, declared=declared)
