"""What a person typed, and how it is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And, Not, Or, Phrase, Prefix, Query

from newsearch.query import parse
from newsearch.query.typed import Exactly, Together
from newsearch.query.writing import write

PARENTHESIS = "a parenthesis without a partner is left out"
QUOTE = "a quotation mark without a partner is left out"
NOTHING = "a query of nothing but words to leave out finds nothing"
BESIDE_OR = "beside OR, a part that only leaves words out is left out itself"
TOO_MANY = "only the first 200 words are looked for"


def shown(tree: Any) -> str | None:
    """Return a tree in short: [a b] side by side, (a & b), (a | b), -a, 'a b', a*."""
    if tree is None:
        return None
    if isinstance(tree, Not):
        return f"-{shown(tree.query)}"
    if isinstance(tree, Phrase):
        return f"'{' '.join(tree.words)}'"
    if isinstance(tree, Prefix):
        return f"{tree.text}*"
    if isinstance(tree, Exactly):
        return f"={tree.text}"
    inside = [str(shown(child)) for child in tree.children()]
    if isinstance(tree, Together):
        return f"[{' '.join(inside)}]"
    if isinstance(tree, (And, Or)):
        return f"({(' & ' if isinstance(tree, And) else ' | ').join(inside)})"
    return str(tree.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ferry", "ferry"),
        ("  night\tferry\n", "[night ferry]"),
        ("Ferry", "Ferry"),
        ("Зеленський", "Зеленський"),
        ("win-win", "win-win"),
        ("what?", "what?"),
        ("47-year-old", "47-year-old"),
        # Words that stand for themselves.
        ("=Zelenskyy", "=Zelenskyy"),
        ("==ferry", "=ferry"),
        ("late =ferry", "[late =ferry]"),
        ("-=ferry tram", "(tram & -=ferry)"),
        ("= ferry", "ferry"),
        ("ferry=", "ferry="),
        ("=F-16", "=F-16"),
        # Phrases, in whatever quotes a keyboard gives.
        ('"night ferry"', "'night ferry'"),
        ("“night ferry”", "'night ferry'"),
        ("„night ferry“", "'night ferry'"),
        ("«night ferry»", "'night ferry'"),
        ('“night ferry"', "'night ferry'"),
        ('"ferry"', "'ferry'"),
        ('late "night ferry" bay', "[late 'night ferry' bay]"),
        ('late"night ferry"bay', "[late 'night ferry' bay]"),
        ('"ferry AND (tram"', "'ferry AND (tram'"),
        ('"night ferr*"', "'night ferr*'"),
        # Operators.
        ("ferry AND tram", "(ferry & tram)"),
        ("ferry OR tram", "(ferry | tram)"),
        ("ferry NOT tram", "(ferry & -tram)"),
        ("ferry -tram", "(ferry & -tram)"),
        ("-tram ferry", "(ferry & -tram)"),
        ("ferry AND NOT tram", "(ferry & -tram)"),
        ("ferry -tram -bus", "(ferry & -tram & -bus)"),
        ('ferry -"night tram"', "(ferry & -'night tram')"),
        ("ferry -tram*", "(ferry & -tram*)"),
        ("ferry and tram or not bus", "[ferry and tram or not bus]"),
        ("ferryANDtram", "ferryANDtram"),
        # Words side by side bind closest, then AND, then OR; NOT takes the one thing after it.
        ("a b OR c", "([a b] | c)"),
        ("a AND b OR c AND d", "((a & b) | (c & d))"),
        ("a b AND c d", "([a b] & [c d])"),
        ("a OR b c AND d", "(a | ([b c] & d))"),
        ("NOT a b", "(b & -a)"),
        ("a OR b -c", "(a | (b & -c))"),
        ("a OR b OR c", "(a | b | c)"),
        ("a AND b AND c", "(a & b & c)"),
        # Parentheses.
        ("(a OR b) c", "[(a | b) c]"),
        ("a(b)c", "[a b c]"),
        ("((((a))))", "a"),
        ("a AND (b OR c)", "(a & (b | c))"),
        ("a -(b c)", "(a & -[b c])"),
        ("NOT (a OR b) c", "(c & -(a | b))"),
        ("a (b OR (c -d))", "[a (b | (c & -d))]"),
        ("a -(b -c)", "(a & -(b & -c))"),
        # Twice left out is looked for.
        ("NOT NOT a", "a"),
        ("a NOT NOT b", "[a b]"),
        ("a NOT NOT NOT b", "(a & -b)"),
        ("NOT -a", "a"),
        ("NOT (-a)", "a"),
        ("b -(NOT a)", "[b a]"),
        ("a -(-(b -c))", "([a b] & -c)"),
        # Prefixes.
        ("ferr*", "ferr*"),
        ("ferr**", "ferr*"),
        ("rare-ear*", "rare-ear*"),
        ("f*y", "f*y"),
        ("ferr.*", "ferr*"),
    ],
)
def test_queries(text: str, expected: str) -> None:
    """A query that makes sense is read without a word of comment."""
    parsed = parse(text)
    assert (expected, ()) == (shown(parsed.tree), parsed.notes)


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("", None, []),
        (" \n\t", None, []),
        ("-", None, []),
        ("*", None, []),
        ("()", None, []),
        ("(())", None, []),
        ("\"\" ''", None, []),
        ("?!… &", None, []),
        ("a -", "a", []),
        ("- a", "a", []),
        ("a - b", "[a b]", []),
        ("a () b", "[a b]", []),
        ("a ??? b", "[a b]", []),
        ("(a -) b", "[a b]", []),
        ("(", None, [PARENTHESIS]),
        ("(a", "a", [PARENTHESIS]),
        ("a)", "a", [PARENTHESIS]),
        (")a(", "a", [PARENTHESIS]),
        ("((a OR b) c", "[(a | b) c]", [PARENTHESIS]),
        ('"', None, [QUOTE]),
        ('"a b', "[a b]", [QUOTE]),
        ("a b”", "[a b]", [QUOTE]),
        ('"a" "b', "['a' b]", [QUOTE]),
        ('"(a', "a", [QUOTE, PARENTHESIS]),
        ("AND", "and", ["AND is read as a word"]),
        ("NOT", "not", ["NOT is read as a word"]),
        ("(OR)", "or", ["OR is read as a word"]),
        ("a AND", "[a and]", ["AND is read as a word"]),
        ("OR a", "[or a]", ["OR is read as a word"]),
        ("a NOT", "[a not]", ["NOT is read as a word"]),
        ("a AND OR b", "([a and] | b)", ["AND is read as a word"]),
        ("a AND ()", "[a and]", ["AND is read as a word"]),
        ("a AND -", "[a and]", ["AND is read as a word"]),
        ("-a", None, [NOTHING]),
        ("NOT a", None, [NOTHING]),
        ("-a -b", None, [NOTHING]),
        ("-(a OR b)", None, [NOTHING]),
        ("a OR -b", "a", [BESIDE_OR]),
        ("(a -b OR -c) d", "([a d] & -b)", [BESIDE_OR]),
        ("-a OR -b", None, [BESIDE_OR, NOTHING]),
    ],
)
def test_nonsense(text: str, expected: str | None, notes: list[str]) -> None:
    """What makes no sense is read as words, and a note says what was not taken as typed."""
    parsed = parse(text)
    assert (expected, notes) == (shown(parsed.tree), list(parsed.notes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a -"…" b', "[a b]"),
        ("a -? b", "[a b]"),
        ("a -(…) b", "[a b]"),
        ("a -() b", "[a b]"),
        ("a AND - b", "(a & b)"),
        ("a AND … b", "(a & b)"),
        ('a NOT "…" b', "[a not b]"),
        ("a NOT () b", "[a not b]"),
        ("a NOT - b", "[a not b]"),
    ],
)
def test_leaving_out_nothing(text: str, expected: str) -> None:
    """What is left out is what stands behind the NOT, not the next word that has letters."""
    assert expected == shown(parse(text).tree)


def test_a_query_in_capitals() -> None:
    """Where everything is written in capitals, capitals make no acronym."""
    assert "[tell us more]" == shown(parse("TELL US MORE").tree)


SENTENCE = "in a sentence in capitals, AND, OR, NOT and NEAR are read as words"


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("FERRIES OF ORLUND AND TARVA", "[ferries of orlund and tarva]", [SENTENCE]),
        ("TO SAIL OR NOT NEAR THE BAY", "[to sail or not near the bay]", [SENTENCE]),
        # These are operators between names, and one small letter says that capitals are meant.
        ("FERRY AND TRAM", "(ferry & tram)", []),
        ("NATO OR EU", "(NATO | EU)", []),
        ("FERRIES of ORLUND AND TARVA", "([FERRIES of ORLUND] & TARVA)", []),
        # Nothing to be told.
        ("FERRIES OF ORLUND", "[ferries of orlund]", []),
    ],
)
def test_operators_in_capitals(text: str, expected: str, notes: list[str]) -> None:
    """In a sentence in capitals AND is no operator; between names in capitals it is."""
    parsed = parse(text)
    assert (expected, notes) == (shown(parsed.tree), list(parsed.notes))


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("(" * 10_000, None, [PARENTHESIS]),
        (")" * 10_000, None, [PARENTHESIS]),
        ("()" * 10_000, None, []),
        ("(" * 10_000 + "a" + ")" * 10_000, "a", []),
        ("(" * 10_000 + "a", "a", [PARENTHESIS]),
        ('"' * 10_000, None, []),
        ("NOT " * 10_000 + "a", "a", []),
        ("word " * 10_000, f"[{' '.join(['word'] * 200)}]", [TOO_MANY]),
        ("word OR " * 199 + "word", f"({' | '.join(['word'] * 200)})", []),
        ("(word " * 10_000, f"[{' '.join(['word'] * 200)}]", [TOO_MANY, PARENTHESIS]),
    ],
    ids=range(10),
)
def test_very_long_queries(text: str, expected: str | None, notes: list[str]) -> None:
    """Ten thousand of anything is read, without recursion and without waiting."""
    parsed = parse(text)
    assert (expected, notes) == (shown(parsed.tree), list(parsed.notes))


def test_nesting_that_makes_a_difference() -> None:
    """A thousand groups inside one another do not end in a RecursionError."""
    text = "(a OR b " * 150 + ")" * 150
    assert str(shown(parse(text).tree)).count("a") > 90


NO_DATE = "{} is read as words; a date is 2025, 2025-02, 2025-02-26 or 2025-01..2025-02"
PLAIN_ONLY = "what is to be near something, or said often, are words and phrases only"


@pytest.mark.parametrize(
    ("text", "printed", "notes"),
    [
        # Patterns and fuzzy words.
        ("wom?n *burg f*y", "wom?n *burg f*y", []),
        ("what? ferr.*", "what? ferr*", []),
        ("guarante~ guarante~2", "guarante~ guarante~2", []),
        ("ferry~9", "ferry~2", ["ferry~9 is looked for with 2 other letters"]),
        ("ab~", "ab", ["ab~ is too short for a ~"]),
        ("f*y~", "f*y", ["f*y~ is read without its ~"]),
        ('="night ferry"', '="night ferry"', []),
        # Near each other.
        ("a NEAR b", "a w/10 b", []),
        ("a NEAR/5 b", "a w/5 b", []),
        ("a near/5 b", "a w/5 b", []),
        ("a within/3 b W/4 c", "a w/3 b w/4 c", []),
        ("a w/0 b", "a w/1 b", []),
        ("a PRE/5 b", "a pre/5 b", []),
        ("a w/s b", "a w/s b", []),
        ("a pre/s b", "a pre/s b", []),
        ("a b w/5 c d", "a b w/5 c d", []),
        ("a w/5 (b w/2 c)", "a w/5 (b w/2 c)", []),
        ("(a OR b) w/5 “c d”", '(a OR b) w/5 "c d"', []),
        ("-a w/5 b c", "c -a w/5 b", []),
        ("(a -b) w/5 c", "a w/5 c -b", []),
        ("a near b", "a near b", []),
        ("a w/5", "a w-5", ["w/5 is read as a word"]),
        ("w/5 a", "w-5 a", ["w/5 is read as a word"]),
        ("a w/5 -b", "a w-5 -b", ["w/5 is read as a word"]),
        ("a w/5 source:x", "a source:x", [PLAIN_ONLY]),
        ("a w/5 atleast2(b)", "a w/5 b", [PLAIN_ONLY]),
        ("a w/5 (b OR (c -d))", "a w/5 (b OR c)", [PLAIN_ONLY]),
        (
            "a w/5 title:b",
            "a w/5 b",
            ["w/5 looks in titles or in passages, not in both"],
        ),
        (
            f"({'a ' * 9}) w/5 ({'b ' * 9})",
            f"({' OR '.join('a' * 9)}) w/5 ({' OR '.join('b' * 9)})",
            ["beside w/5, any word of a group with so many will do"],
        ),
        # Often.
        ("atleast3(a)", "atleast3(a)", []),
        ("ATLEAST3(a OR b) c", "atleast3(a OR b) c", []),
        ("atleast3 (a)", "atleast3 a", []),
        ("atleast3(a -b)", "atleast3(a) -b", []),
        # Titles.
        ("title:a b", "title:a b", []),
        ('title:"a b" TITLE:c', 'title:"a b" title:c', []),
        ("title:(a OR “b c”) d", '(title:a OR title:"b c") d', []),
        ("a -title:b", "a -title:b", []),
        ("title: a", "title a", []),
        ("title:wom?n title:fery~ title:=Orlund", "title:wom?n title:fery~ title:=Orlund", []),
        # Outlets.
        ("source:bbc.com a", "source:bbc.com a", []),
        ("source:bbc* -source:x", "source:bbc* -source:x", []),
        ("source:“Al Jazeera”", 'source:"Al Jazeera"', []),
        ("source:(Al Jazeera)", 'source:"Al Jazeera"', []),
        ("a source:(b OR “c d”)", 'a (source:b OR source:"c d")', []),
        ("-source:(a OR b)", "-(source:a OR source:b)", []),
        ("AUTHOR:gall* a", "author:gall* a", []),
        ("author:(Ida Moor)", 'author:"Ida Moor"', []),
        ("-author:“O'Brien” a", "-author:O'Brien a", []),
        ("a OR -source:b", "a OR -source:b", []),
        # Days.
        ("date:2025 a", "date:2025 a", []),
        ("date:2025-02 date:2025-02-26", "date:2025-02 date:2025-02-26", []),
        ("date:2025-02..2025-03", "date:2025-02..2025-03", []),
        ("date:2024-12-31..2025", "date:2024-12-31..2025-12-31", []),
        ("date:..2025-03", "date:..2025-03", []),
        ("date:2025-03..", "date:2025-03..", []),
        ("after:2025-02-26", "date:2025-02-26..", []),
        ("after:2025", "date:2025..", []),
        ("before:2025-03", "date:..2025-02", []),
        ("before:2025", "date:..2024", []),
        ("-date:2025", "-date:2025", []),
        ("date:(2024 OR 2025-01)", "date:2024 OR date:2025-01", []),
        ("date:soon", "date-soon", [NO_DATE.format("date:soon")]),
        ("date:2025-02-30", "date-2025-02-30", [NO_DATE.format("date:2025-02-30")]),
        ("after:2025-13", "after-2025-13", [NO_DATE.format("after:2025-13")]),
        ("date:0000 before:0001", "date-0000 before-0001", None),
        ("after:2025..2026", "after-2025..2026", None),
        (
            "date:2025-03..2025-02",
            "date:2025-02..2025-03",
            ["2025-03..2025-02 is read as 2025-02-01 to 2025-03-31"],
        ),
        # Words that only look so.
        ("10:30 http://x.y covid:19", "10:30 http://x.y covid:19", []),
        ("win/win w/out 9/11", "win/win w/out 9/11", []),
    ],
)
def test_printed(text: str, printed: str, notes: list[str] | None) -> None:
    """What is read can be printed, and is then a query that means the same."""
    parsed = parse(text)
    assert printed == write(parsed.tree)
    assert notes is None or notes == list(parsed.notes)
    assert (parsed.tree, ()) == (parse(printed).tree, parse(printed).notes)


def test_a_phrase_is_as_many_words_as_it_has() -> None:
    """Two hundred words are looked for at most, in phrases or not."""
    phrase = " ".join(["word"] * 150)
    assert [TOO_MANY] == list(parse(f'"{phrase}" "{phrase}"').notes)
    assert () == parse(f'"{phrase}" ferry').notes


@pytest.mark.parametrize(
    "text", ["FERRY NIGHTİ*", "FERRY NIGHTİ~", "FERRY NI?HTİ", "FERRY =NIGHTİ"]
)
def test_letters_that_are_two_in_lower_case(text: str) -> None:
    """A query in capitals may become longer in lower case, and is read the same."""
    tree = parse(text).tree
    assert repr(tree) == repr(parse(write(tree)).tree)


def test_many_words_near_each_other() -> None:
    """What is more than twenty things near each other is read as words."""
    parsed = parse(" w/5 ".join(["a"] * 30))
    assert 20 == write(parsed.tree).count("w/5")
    assert parse(write(parsed.tree)).tree == parsed.tree


PIECES = st.lists(
    st.sampled_from(
        ["a", "b", "c*", "AND", "OR", "NOT", "-", "(", ")", '"', "“", "”", "„", "«", "*", "?", "ok"]
    ),
    max_size=24,
)


@given(st.one_of(st.text(), PIECES.map(" ".join), PIECES.map("".join)))
@settings(deadline=None, max_examples=300)
def test_any_text(text: str) -> None:
    """No text raises: it is a tree of queries or nothing, and what is said of it is sentences."""
    parsed = parse(text)
    assert parsed.tree is None or isinstance(parsed.tree, Query)
    assert list(dict.fromkeys(parsed.notes)) == list(parsed.notes)


MORE_PIECES = st.lists(
    st.sampled_from(
        'a b- =c d* e?f g~ g~2 AND OR NOT - ( ) " “ ” w/5 NEAR w/s pre/2 title: source: author: '
        "date: 2025 2025-02..2025-03 after: before: atleast2( ABCD EFGH … É".split()
    ),
    max_size=24,
)


BY_THE_GRAMMAR = st.recursive(
    st.sampled_from('a|b|=c|d*|"e f"|g~|title:h|source:i|author:j|date:2025'.split("|")),
    lambda parts: st.builds(
        str.format,
        st.sampled_from(
            "{} {}|({} {})|{} OR {}|({} OR {})|{} AND {}|{} -{}|(-{} OR {})|NOT {} {}|-({} {})|"
            "({}) w/5 ({})|{} pre/s {}|atleast2({}) {}|title:({} {})|author:({} OR {})".split("|")
        ),
        parts,
        parts,
    ),
    max_leaves=12,
)


@given(st.one_of(st.text(), MORE_PIECES.map(" ".join), MORE_PIECES.map("".join), BY_THE_GRAMMAR))
@settings(deadline=None, max_examples=1000)
def test_print_and_parse(text: str) -> None:
    """Whatever is read is printed as a query that is read the same, with nothing to say of it."""
    tree = parse(text).tree
    if tree is not None:
        again = parse(write(tree))
        assert repr(tree) == repr(again.tree)
        assert write(tree) == write(again.tree)


@given(PIECES)
@settings(deadline=None, max_examples=300)
def test_no_word_is_lost(pieces: list[str]) -> None:
    """Every word is somewhere in the tree unless a note says what became of it."""
    parsed = parse(" ".join(pieces))
    kept = str(shown(parsed.tree))
    lost = [word for word in ("a", "b", "c*", "ok") if word in pieces and word not in kept]
    assert not lost or {NOTHING, BESIDE_OR}.intersection(parsed.notes)


@given(PIECES)
@settings(deadline=None, max_examples=300)
def test_operators_are_said_or_used(pieces: list[str]) -> None:
    """An operator that is in the tree as a word has a note."""
    parsed = parse(" ".join(piece for piece in pieces if piece not in '"“”„«'))
    printed = "" if parsed.tree is None else write(parsed.tree)
    words = printed.replace("(", " ").replace(")", " ").split()
    for operator in ("AND", "OR", "NOT"):
        as_word = any(word.strip("[]-'") == operator.lower() for word in words)
        assert not as_word or f"{operator} is read as a word" in parsed.notes
