"""Learned blocks are set aside without loss, and put back when they are wanted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsearch.cleaning.cleaning import Cleaned, clean
from newsearch.cleaning.furniture import (
    LEARNED,
    NOTHING,
    Blocks,
    Furniture,
    key,
    learned_back,
    set_aside,
)
from newsearch.records import Article, Removal

APP = "Get our app."
LEARNED_OF_POST = Furniture({"Post": Blocks([APP, "© 2024 Harbour Media."])})


def article(text: str, source: str = "Post", title: str = "Ferry") -> Cleaned:
    return Cleaned(Article("1", title, text, source), ())


def test_blocks_are_set_aside() -> None:
    """A block is taken out wherever it stands, and its place is kept."""
    shorter = set_aside(
        article("GET our  App! The ferry runs. Get our app. Trams wait."), LEARNED_OF_POST
    )
    assert "The ferry runs.\nTrams wait." == shorter.article.text
    assert (
        Removal(LEARNED, "GET our  App!", 0),
        Removal(LEARNED, "Get our app.", 15),
    ) == shorter.removed


def test_other_names() -> None:
    """A block with other names is the same if it speaks to readers, too; else it is news."""
    blocks = Blocks(["Follow The Bay Post on Facebook.", "More from Ida Moor"])
    text = "Follow Orlund Post on X and Facebook.\nFollow Jon on foot.\nMore from Jon Vale"
    shorter = set_aside(article(f"The ferry runs.\n{text}"), Furniture({"Post": blocks}))
    assert "The ferry runs.\nFollow Jon on foot." == shorter.article.text


def test_digits_and_quotes_do_not_matter() -> None:
    """A block is told by its words; any number stands for any other."""
    assert (
        "The ferry."
        == set_aside(article("The ferry.\n© 2031 “Harbour”  Media."), LEARNED_OF_POST).article.text
    )


def test_only_whole_sentences_of_the_same_source() -> None:
    """Words within a sentence stay, and so do other outlets' sentences."""
    for each in (article("Get our app and go."), article(APP + " The ferry.", "Herald")):
        assert each == set_aside(each, LEARNED_OF_POST)


def test_an_article_keeps_some_words() -> None:
    """What holds nothing but blocks stays as it is."""
    only = article(f"{APP} © 2024 Harbour Media.")
    assert only == set_aside(only, LEARNED_OF_POST)


def test_a_title_that_was_the_first_sentence() -> None:
    """A title that was made of a block is made again; one that was given stays."""
    text = f"{APP} The ferry runs."
    assert "The ferry runs." == set_aside(article(text, title=APP), LEARNED_OF_POST).article.title
    assert "Ferry" == set_aside(article(text), LEARNED_OF_POST).article.title


def test_what_rules_have_taken_out_stays_out() -> None:
    """Removals of rules keep their order and get their new places."""
    raw = Article("1", "", f"{APP}\n\nWait 5 sec.\n\nThe ferry runs again.\n\nRead more", "Post")
    shorter = set_aside(clean(raw), LEARNED_OF_POST)
    assert [(LEARNED, 0), ("wait", 0), ("read-more", 21)] == [
        (each.rule, each.at) for each in shorter.removed
    ]


def test_what_is_wanted_stays() -> None:
    """A pattern is a part of a text, whatever its case, with `*` for anything, or a rule's name."""
    raw = Article("1", "", f"The ferry runs.\n\n{APP}\n\nWait 5 sec.\n\nRead more", "Post")
    for pattern, text in {
        "OUR app": "The ferry runs.\nGet our app.",
        "get*app": "The ferry runs.\nGet our app.",
        "learned": "The ferry runs.\nGet our app.",
        "wait": "The ferry runs.\nWait 5 sec.",
        "5 sec": "The ferry runs.\nWait 5 sec.",
        "get.*app": "The ferry runs.",
    }.items():
        keeping = Furniture(LEARNED_OF_POST.blocks, (pattern,))
        assert text == set_aside(clean(raw), keeping).article.text
        assert text == set_aside(set_aside(clean(raw), LEARNED_OF_POST), keeping).article.text


sentences = st.sampled_from([APP, "© 1999 Harbour Media.", "The ferry runs.", "Read more", "Snow?"])
lines = st.lists(st.lists(sentences, min_size=1, max_size=4).map(" ".join), max_size=5)


@given(lines=lines, keep=st.sampled_from([(), ("app",), ("harbour",)]))
def test_nothing_is_lost(lines: list[str], keep: tuple[str, ...]) -> None:
    """What was set aside comes back whole and in order; doing it twice does nothing more."""
    cleaned = clean(Article("1", "Ferry", "\n\n".join(lines), "Post"))
    furniture = Furniture(LEARNED_OF_POST.blocks, keep)
    shorter = set_aside(cleaned, furniture)
    assert shorter == set_aside(shorter, furniture)
    back = set_aside(shorter, NOTHING)
    assert cleaned.article.text.split() == back.article.text.split()
    assert [each.rule for each in cleaned.removed] == [each.rule for each in back.removed]
    assert cleaned.article.text.split() == " ".join(learned_back(shorter)).split()
    for each in shorter.removed:
        assert 0 <= each.at <= len(shorter.article.text)


@given(lines=lines)
def test_early_or_late(lines: list[str]) -> None:
    """It does not matter whether a block was learned before an article came or after."""
    cleaned = clean(Article("1", "", "\n\n".join(lines), "Post"))
    some = Furniture({"Post": Blocks(["Snow?"])})
    at_once = set_aside(cleaned, LEARNED_OF_POST)
    by_way = set_aside(set_aside(cleaned, some), LEARNED_OF_POST)
    assert at_once.article.text.split() == by_way.article.text.split()


def test_key() -> None:
    """Case, digits, quotes, marks and white space make no other block."""
    assert key("Ferry\u00a012: “on  time”") == key("FERRY 7 on time!") == "ferry 0 on time"
    assert "" == key("…")
