"""Ask for a million things that make no sense: nothing raises, and what is printed reads the same.

    python tests/quality/fuzz_queries.py [--count 1000000] [--seed 1] [--index DIR]

Strings are queries by the grammar, real queries with pieces cut out, doubled, swapped and glued,
random Unicode, and operators in any order. Each is parsed, printed and parsed again; the second
tree and the second print must be those of the first. With an index, every thousandth is also
answered.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import newsearch
from newsearch.query.parsing import parse
from newsearch.query.writing import write

REAL = (
    "security guarantees",
    '"security guarantees" -ferry',
    "“rare earth” OR zelens*",
    'kyiv OR (brannheim AND guarant*) source:"Orlund Post"',
    "=Zelenskyy NEAR/5 (tram OR ferry) after:2025-02-26",
    '="night ferry" w/s "president zelens*" before:2025-03',
    "atleast3(ferry OR tram) title:strike -title:(bus coach)",
    "wom?n *burg guarante~2 ferr* date:2025-02..2025-03",
    "a pre/5 b w/5 c NOT d AND e OR f date:..2025",
    "U.S. F-16 AT&T rare-earth $500bn 47-year-old Зеленський 東京",
    "source:(bbc.com OR ft*) -source:x title:“night ferry”",
    "TELL US MORE ABOUT THE FERRY",
    'author:"Ida Moor" -author:(gall OR o\'b*) tide',
    "NOT NOT a -(b -c) (((d)))",
)
PIECES = (
    *'ab * ? ~ ~2 - = ( ) " “ ” „ « » : / . .. …'.split(),
    *"AND OR NOT NEAR NEAR/3 w/5 W/S w/s pre/2 pre/s within/9 atleast2( atleast3".split(),
    *"title: source: author: date: after: before: TITLE:".split(),
    *"2025 2025-02 2025-13 2025-02-30 1..2".split(),
    *"ferry Ferry FERRY NIGHT w?m *x a* =b -c é İ ß 東京 😀".split(),
    *"\u0301\u200b\x00\x1f\x85\u2028\ud800",
    " ",
    "  ",
    "\n",
    "\t",
)


def mutated(chance: random.Random) -> str:
    """Return a real query after a few accidents."""
    text = chance.choice(REAL)
    for _ in range(chance.randint(1, 6)):
        a, b = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        text = chance.choice(
            (
                text[:a] + text[b:],
                text[:a] + text[a:b] * 2 + text[b:],
                text[:a] + chance.choice(PIECES) + text[a:],
                text[:a] + text[a:b][::-1] + text[b:],
                text[:a] + text[a:b].swapcase() + text[b:],
                text + chance.choice((" ", "")) + chance.choice(REAL)[a:b],
            )
        )
    return text


def pieces(chance: random.Random) -> str:
    """Return operators and words in any order."""
    glue = chance.choice((" ", "", " "))
    return glue.join(chance.choices(PIECES, k=chance.randint(0, 14)))


def grammatical(chance: random.Random, depth: int = 0) -> str:
    """Return a query in which every operator has something to work on."""
    if depth > 4 or chance.random() < 0.35:
        return chance.choice(ATOMS)
    one, other = (grammatical(chance, depth + 1) for _ in range(2))
    return chance.choice(SHAPES).format(one, other)


ATOMS = (
    *"ferry|FERRY|=Zelenskyy|ferr*|w?m?n|*burg|guarante~|al-Assad|rare-earth|F-16".split("|"),
    *'"night ferry"|="night ferry"|“rare *earth”|«night =ferry~»|title:ferry|U.S.|東京'.split("|"),
    *"source:bbc.com|source:b?c*|source:(Orlund Post)|author:moor|author:“Ida Moor”".split("|"),
    *"date:2025 date:2025-02..2025-03 after:2025-02-26 before:2025".split(),
)
SHAPES = (
    *"{0} {1}|{0} {1}|{0} OR {1}|{0} AND {1}|{0} -{1}|{0} NOT {1}|-{0} {1}|({0}) ({1})".split("|"),
    *"({0} OR {1})|({0} {1})|-({0} {1})|NOT ({0} OR -{1})|title:({0} {1})|{0}, {1}".split("|"),
    *"({0}) w/5 ({1})|{0} NEAR {1}|{0} pre/3 ({1})|({0}) w/s {1}|({0}) PRE/S ({1})".split("|"),
    *"atleast2({0}) {1}|atleast3({0} OR {1})|source:({0} OR {1})|author:({0} {1})".split("|"),
)


def unicode(chance: random.Random) -> str:
    """Return any characters at all."""
    top = chance.choice((0x7F, 0x2FF, 0x30FF, 0x10FFFF))
    return "".join(chr(chance.randint(0, top)) for _ in range(chance.randint(0, 20)))


def nested(chance: random.Random) -> str:
    """Return much of the same."""
    piece = chance.choice(PIECES) + chance.choice((" ", ""))
    end = chance.choice((")", "", " x", '"'))
    return piece * chance.randint(1, 400) + chance.choice(REAL) + end * chance.randint(0, 300)


def check(text: str) -> None:
    """Raise where a text is not parsed, or not printed as what it is."""
    tree = parse(text).tree
    if tree is None:
        return
    printed = write(tree)
    again = parse(printed)
    if repr(tree) != repr(again.tree) or write(again.tree) != printed:
        raise ValueError(f"{tree!r}\nis printed as {printed!r}\nand that is read as {again.tree!r}")


def main() -> int:
    """Run until the count is reached or something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    makers: list[Callable[[random.Random], str]] = [grammatical, mutated, pieces] * 5 + [
        unicode
    ] * 3
    index = newsearch.open(options.index) if options.index else None
    started = time.perf_counter()
    for number in range(options.count):
        text = (nested if number % 500 == 0 else chance.choice(makers))(chance)
        try:
            check(text)
            if index and number % 1000 == 7:
                for hit in index.search(text, suggest=True):
                    hit.facts()
        except Exception as error:
            print(f"number {number} of seed {options.seed}: {text!r}", file=sys.stderr)
            print(f"{type(error).__name__}: {str(error)[:3000]}", file=sys.stderr)
            return 1
    seconds = time.perf_counter() - started
    print(f"{options.count:,} strings, seed {options.seed}: nothing raised, all read the same")
    print(f"{seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
