"""Texts for property tests: anything at all, hard pieces of news, and whole scraped pages."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from newsearch.cleaning.boilerplate import load_rules

# For every property test: no deadline, because the first example pays for imports and memos.
FEW = settings(deadline=None, max_examples=300)

# What words, sentences and lines are made of where they are hard to tell apart.
PIECES = (
    "a A The ferry Erdog\u0306an Straße U.S. p.m. Ph.D. No. Mr. 3.5 1,000 7 x. B.C AT&T 47-year "
    "軍 \u0130 \u2163 . ! ? \u2026 ... , \u201c \u201d ' \" ( ) & - \u2013 \u00ad \u200b"
).split() + [" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\x85", "\u2028", "\xa0"]

# Lines of news in no particular order, such as stand between what scraping leaves.
NEWS_LINES = (
    "Harbour office opens a second pier",
    "The harbour office said on Tuesday that a second pier would open before the summer.",
    "“They hold,” she said of the pilings. Nobody asked twice.",
    "By Ida Moor",
    "and went on in lower case, as wrapped lines do",
    "It was the last ferry of the war.A full timetable follows in the U.S. soon.",
)

TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
"""Any text, and texts in which the hard pieces of news stand close together."""

WORDS = st.text(max_size=8)

SCRAPED_PAGES = st.lists(
    st.tuples(
        st.sampled_from(
            [*NEWS_LINES, *(text for rule in load_rules() for text in rule.removes + rule.keeps)]
        ),
        st.sampled_from(["\n", "\n\n", "\r\n", " ", ""]),
    ).map("".join),
    max_size=10,
).map("".join)
"""Lines of news and of boilerplate, each on its own or glued to the next."""
