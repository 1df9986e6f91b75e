"""What is learned as page furniture, and what is not though it recurs."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newsearch.cleaning.boilerplate import speaks
from newsearch.cleaning.learning import Sample, learn

DATA = (
    resources.files("newsearch.cleaning").joinpath("boilerplate.toml").read_text(encoding="utf-8")
)
CUES = tomllib.loads(DATA)["cue"]
WORDS = "ferry tram harbour bridge council storm market school river strike".split()


def news(count: int) -> list[list[str]]:
    """Return articles of three lines, no two of which are the same."""
    return [
        [
            f"The {WORDS[n % 10]} of {WORDS[n // 10 % 10]} {WORDS[n // 100]} is number {place}."
            for place in ("one", "two", "three")
        ]
        for n in range(count)
    ]


def learned(articles: list[list[str]], days: int = 30) -> list[str]:
    samples = [
        Sample(tuple(lines), f"2024-05-{number % days + 1:02}")
        for number, lines in enumerate(articles)
    ]
    return [block.text for block in learn(samples)]


def with_block(block: str, every: int, *, place: int = 3, count: int = 200) -> list[list[str]]:
    """Return articles of which every so many has a block as its n-th line."""
    articles = news(count)
    for lines in articles[::every]:
        lines.insert(place, block)
    return articles


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["name"])
def test_cues(cue: dict[str, list[str]]) -> None:
    """What speaks to the readers of a page is learned anywhere in a text; the rest is news."""
    for sentence in cue["is"]:
        assert [sentence] == learned(with_block(sentence, 7, place=1)), sentence
    for sentence in cue["is_not"]:
        assert [] == learned(with_block(sentence, 7, place=1)), sentence
        assert not speaks(sentence)


def test_within_a_line() -> None:
    """Where paragraphs were glued together, a sentence is a block all the same."""
    articles = news(200)
    for lines in articles[::7]:
        lines[1] += " Sign up here for our newsletter. " + lines.pop()
    assert ["Sign up here for our newsletter."] == learned(articles)


def test_names_and_numbers_vary() -> None:
    """What speaks to readers is one kind, whatever names and numbers stand in it."""
    articles = news(200)
    for number, lines in enumerate(articles[::7]):
        name = WORDS[number % 10].title()
        lines.insert(1, f"Updated {number} hours ago by {name} Moor.")
        lines[2] += f" Follow The {name} Post on Facebook."
        lines.append(f"More from {name} Vale and Lea {name}")
    assert ["follow", "more", "updated"] == sorted(
        text.split()[0].lower() for text in learned(articles)
    )


def test_what_varies_and_is_news() -> None:
    """A sentence of one shape that does not speak to readers stays, wherever it stands."""
    articles = news(200)
    for number, lines in enumerate(articles):
        lines.append(f"The minister of {WORDS[number % 10].title()} did not answer questions.")
    assert [] == learned(articles)


def test_frames() -> None:
    """What most articles begin or end with is a frame, though it speaks to nobody."""
    articles = with_block("Harbour Post, the paper of the coast.", 1, place=0)
    for lines in articles:
        lines += ["Weather", "Tides and ferries"]
    assert ["Harbour Post, the paper of the coast.", "Tides and ferries", "Weather"] == (
        learned(articles)
    )


def test_background_is_news() -> None:
    """A sentence that many articles of one story repeat in their midst stays."""
    assert [] == learned(with_block("The storm sank four ferries in March.", 4, place=2))


def test_background_at_the_end_is_news_if_it_is_not_everywhere() -> None:
    """A sentence at the end of one article in thirty stays."""
    articles = with_block("The storm sank four ferries in March.", 30, count=600)
    assert [] == learned(articles)


def test_figures_are_news() -> None:
    """What recurs with other figures in it stays, though every article ends with it."""
    articles = news(200)
    for number, lines in enumerate(articles):
        lines.append(f"Shares of the ferry company rose {number} percent.")
    assert [] == learned(articles)


@pytest.mark.parametrize(
    ("count", "days", "found"), [(9, 30, 0), (10, 30, 1), (40, 4, 0), (40, 5, 1)]
)
def test_many_articles_and_days(count: int, days: int, found: int) -> None:
    """A block stands in ten articles at least, of five different days."""
    articles = news(200)
    for lines in articles[:count]:
        lines.append("Sign up here.")
    assert found == len(learned(articles, days))


def test_one_busy_day() -> None:
    """Updates of one day don't count; a scrape that gives its own day to most does no harm."""
    articles = news(200)
    for lines in articles[:44]:
        lines.append("Sign up here.")
    samples = [
        Sample(tuple(lines), "2024-05-01" if n < 40 else f"2024-06-{n % 28 + 1:02}")
        for n, lines in enumerate(articles)
    ]
    assert [] == learn(samples)
    articles[45].append("Sign up here.")
    samples[45] = samples[45]._replace(lines=tuple(articles[45]))
    assert 1 == len(learn(samples))


def test_nothing() -> None:
    """From nothing, nothing is learned."""
    assert ([], []) == (learn([]), learn([Sample((), "")] * 30))
