"""What a person typed, and how it is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And, Not, Or, Phrase, Prefix, Query

from newsearch.query import parse
from newsearch.query.nodes import Exactly, Together

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
        # Prefixes.
        ("ferr*", "ferr*"),
        ("ferr**", "ferr*"),
        ("rare-ear*", "rare-ear*"),
        ("f*y", "f*y"),
        ("ferr.*", "ferr.*"),
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
        ("AND", "AND", ["AND is read as a word"]),
        ("NOT", "NOT", ["NOT is read as a word"]),
        ("(OR)", "OR", ["OR is read as a word"]),
        ("a AND", "[a AND]", ["AND is read as a word"]),
        ("OR a", "[OR a]", ["OR is read as a word"]),
        ("a NOT", "[a NOT]", ["NOT is read as a word"]),
        ("a AND OR b", "([a AND] | b)", ["AND is read as a word"]),
        ("a AND ()", "[a AND]", ["AND is read as a word"]),
        ("a AND -", "[a AND]", ["AND is read as a word"]),
        ("-a", None, [NOTHING]),
        ("NOT a", None, [NOTHING]),
        ("-a -b", None, [NOTHING]),
        ("-(a OR b)", None, [NOTHING]),
        ("a OR -b", "a", [BESIDE_OR]),
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
        ('a NOT "…" b', "[a NOT b]"),
        ("a NOT () b", "[a NOT b]"),
        ("a NOT - b", "[a NOT b]"),
    ],
)
def test_leaving_out_nothing(text: str, expected: str) -> None:
    """What is left out is what stands behind the NOT, not the next word that has letters."""
    assert expected == shown(parse(text).tree)


def test_a_query_in_capitals() -> None:
    """Where everything is written in capitals, capitals make no acronym."""
    assert "[tell us more]" == shown(parse("TELL US MORE").tree)


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
    words = str(shown(parsed.tree)).replace("(", " ").replace(")", " ").split()
    for operator in ("AND", "OR", "NOT"):
        as_word = any(word.strip("[]-'") == operator for word in words)
        assert not as_word or f"{operator} is read as a word" in parsed.notes
