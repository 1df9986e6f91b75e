"""What cleaning takes out of scraped articles, what it finds in them, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, SCRAPED_PAGES, TEXTS

from newsearch.articles import read_articles
from newsearch.cleaning.boilerplate import Rule, load_rules
from newsearch.cleaning.cleaning import Cleaned, clean, first_sentence, unglue
from newsearch.cleaning.linebreaks import join_wrapped
from newsearch.records import Article, Removal

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"

HEADLINE = "Orlund opens a second pier for ferries"
OPENING = (
    "The harbour office said on Tuesday that a second pier for passenger ferries would open "
    "before the summer, eleven months later than planned."
)
MIDDLE = "Ida Moor, who runs the office, said that the pilings had been tested. “They hold.”"
CLOSE = "Fares stay as they are until the end of the year, and the winter timetable follows."

# Where in an article the lines of a rule stand.
LAYOUTS = {
    "start": "{}\n\n" + f"{OPENING}\n\n{MIDDLE}\n\n{CLOSE}",
    "head": f"{HEADLINE}\n\n" + "{}\n\n" + f"{OPENING}\n\n{MIDDLE}\n\n{CLOSE}",
    "line": f"{OPENING}\n\n" + "{}\n\n" + f"{MIDDLE}\n\n{CLOSE}",
    "inline": f"{OPENING}" + "{}" + f"{MIDDLE}\n\n{CLOSE}",
    "appeal": f"{OPENING}\n\n" + "{}\n\n" + f"{MIDDLE}\n\n{CLOSE}",
}


def cleaned(text: str, title: str = "") -> Cleaned:
    return clean(Article(id="1", title=title, text=text))


def removed(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(removal.rule, removal.text) for removal in cleaned(text, title).removed]


def put_back(result: Cleaned) -> str:
    """Return all that can be seen in a cleaned article with the removals where they stood."""
    text = result.article.text
    for removal in reversed(result.removed):
        text = text[: removal.at] + removal.text + text[removal.at :]
    return "".join(text.split())


@pytest.mark.parametrize(
    ("layout", "name", "text"),
    [
        pytest.param(LAYOUTS[rule.where], rule.name, text, id=f"{rule.name}-{number}")
        for rule in load_rules()
        for number, text in enumerate(rule.removes)
    ],
)
def test_rule_removes(layout: str, name: str, text: str) -> None:
    """What a rule gives as an example is taken out whole, by that rule, and nothing else is."""
    found = [removal for removal in removed(layout.format(text)) if removal[0] != "title"]
    assert [(name, text)] == found


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        pytest.param(LAYOUTS[rule.where], text, id=f"{rule.name}-{number}")
        for rule in load_rules()
        for number, text in enumerate(rule.keeps)
    ],
)
def test_rule_keeps(layout: str, text: str) -> None:
    """What a rule gives as a counter-example stays, as text or as the headline."""
    article = cleaned(layout.format(text)).article
    assert text in f"{article.title}\n{article.text}"


def test_rule_names() -> None:
    """No two rules have the same name, and each has a reason and examples of both kinds."""
    rules = load_rules()
    complete = {rule.name for rule in rules if rule.why and rule.removes and rule.keeps}
    assert len(rules) == len(complete)


@pytest.mark.parametrize(
    "rule",
    [rule for rule in load_rules() if rule.pattern and rule.needs],
    ids=lambda rule: str(rule.name),
)
@FEW
@given(data=st.data())
def test_rule_needs(rule: Rule, data: st.DataObject) -> None:
    """Whatever a pattern matches holds one of the phrases without which it is not tried."""
    assert rule.pattern
    text = data.draw(st.from_regex(rule.pattern, fullmatch=True))
    assert any(phrase in text.lower() for phrase in rule.needs)


@pytest.mark.parametrize("name", [rule.name for rule in load_rules()])
def test_keep(name: str) -> None:
    """A rule whose name is given is not applied."""
    text = "\n\n".join(text for rule in load_rules() for text in rule.removes)
    result = clean(Article(id="1", text=text), keep=[name])
    assert name not in {removal.rule for removal in result.removed}


@pytest.mark.parametrize(
    ("file", "title", "date", "rules", "opening"),
    [
        (
            "000_3fa94c1be27d4406.txt",
            "Volodymyr Zelensky crossed the Ahrensee by passenger ferry on Tuesday",
            "2025-03-11",
            ["date-header", "appeal", "photo-credit", "credit"],
            "Volodymyr Zelensky crossed the Ahrensee",
        ),
        (
            "002_95e1b8d3704fac62.txt",
            "Selvinar grain corridor accord signed, but security guarantee for crews must wait",
            None,
            ["title", "wait", *["continues-below"] * 3],
            "Ukraine, Turkey and Romania on Thursday signed",
        ),
        (
            "003_2d6ef01493bc785a.txt",
            "Brannheim Conference Ends With $4.2 Billion for Ukraine",
            None,
            ["title", "aggregator-label", "made-by-ai", *["aggregator-label"] * 6],
            "Forty-one delegations back a reconstruction declaration",
        ),
        (
            "004_e8b4075fd219c36a.txt",
            "Forty-one delegations signed a reconstruction declaration",
            "2025-03-12",
            ["date-header", "updated-header", "credit"],
            "BRANNHEIM, Austria, and WASHINGTON, D.C. — Forty-one delegations",
        ),
        (
            "005_71c3da5e069f48b2.txt",
            "Delegates take to their feet as lake town's trams stand idle",
            "2025-03-12",
            ["title", "dated-line"],
            "Port Ellery Evening Mail\nThe statesmen of 41 delegations came to this Austrian "
            "resort to talk about security guarantees for Ukraine. What most of them talked about",
        ),
        (
            "006_b86f29e4d013a57c.txt",
            "Brannheim tram strike ends with a promise on jobs until 2029",
            "2025-03-14",
            ["title", "dated-line"],
            "Brannheim's trams returned to the streets",
        ),
        (
            "blank-page-at-brannheim.md",
            "The blank page at Brannheim",
            "2025-03-15",
            ["title"],
            "Conferences are usually judged",
        ),
    ],
    ids=["banner", "glued", "ai-summary", "updated", "wrapped", "dated-line", "markdown"],
)
def test_example(file: str, title: str, date: str | None, rules: list[str], opening: str) -> None:
    """Of each shape of page, title and date are found and all that is not news is taken out."""
    (article,) = read_articles(EXAMPLES / file)
    result = clean(article)
    assert (title, date, rules, opening) == (
        result.article.title[: len(title)],
        result.article.date,
        [removal.rule for removal in result.removed],
        result.article.text[: len(opening)],
    )


def test_byline() -> None:
    """A byline above the text is the author."""
    article = cleaned(f"{HEADLINE}\nBy Ida Moor and Jon Vale\n14 March 2025\n{OPENING}").article
    assert (HEADLINE, "Ida Moor and Jon Vale", "2025-03-14", OPENING) == (
        article.title,
        article.author,
        article.date,
        article.text,
    )


def test_known_fields() -> None:
    """What an article says of itself stands, whatever its text says."""
    text = f"date 2025-01-01\n\nBy Jon Vale\n\n{OPENING}"
    given_ = Article(id="1", title="A pier", date="2025-03-14", author="Ida Moor", text=text)
    article = clean(given_).article
    assert ("A pier", "2025-03-14", "Ida Moor", OPENING) == (
        article.title,
        article.date,
        article.author,
        article.text,
    )


def test_first_date() -> None:
    """Of two dates in headers the first counts."""
    text = f"date 2025-03-14\n\nUpdated March 16, 2025\n\n{OPENING}"
    assert "2025-03-14" == cleaned(text).article.date


def test_impossible_date() -> None:
    """A day that never was is no date, but its header is taken out all the same."""
    result = cleaned(f"date 2025-02-31\n\n{OPENING}")
    assert (None, OPENING) == (result.article.date, result.article.text)


def test_repeated_title() -> None:
    """A title that is known is taken out of the text's beginning, other headings stay."""
    text = f"Harbour news\n\nOrlund opens  a second pier for ferries\n\n{OPENING}"
    assert f"Harbour news\n{OPENING}" == cleaned(text, title=HEADLINE).article.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trams run again in Orlund", "Trams run again in Orlund"),
        (f"Harbour news\n\n{HEADLINE}\n\n{OPENING}", HEADLINE),
        (f"{HEADLINE} in the U.S.\n\n{OPENING}", f"{HEADLINE} in the U.S."),
        (f"{MIDDLE}\n\n{CLOSE}", MIDDLE.removesuffix(" “They hold.”")),
        ("  \n ", ""),
        ("Advertisement", ""),
        ("", ""),
    ],
    ids=["only-line", "most-words", "acronym", "no-headline", "blank", "nothing-left", "empty"],
)
def test_title(text: str, expected: str) -> None:
    """The title is the headline, else the first sentence; of an empty text it is empty."""
    assert expected == cleaned(text).article.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORLUND, Austria — The talks went on. Nobody left.", "The talks went on."),
        ("ORLUND, Austria, and WASHINGTON, D.C. — The talks went on.", "The talks went on."),
        ("SELVINAR, Turkey, March 13 (TPA) - Turkey signed. It rained.", "Turkey signed."),
        ("LONDON (Reuters) - 41 delegations met.", "41 delegations met."),
        ("KYIV -- “We wait,” he said.", "“We wait,” he said."),
        ("RIO DE JANEIRO — A ferry sank.", "A ferry sank."),
        ("The talks went on. Nobody left.", "The talks went on."),
        ("NATO agreed — after long talks — to wait.", "NATO agreed — after long talks — to wait."),
        ("He told NATO — Moor stood by — to wait.", "He told NATO — Moor stood by — to wait."),
        ("No stop at all", "No stop at all"),
        ("", ""),
    ],
)
def test_first_sentence(text: str, expected: str) -> None:
    """A first sentence is taken without its dateline; a dash elsewhere is no dateline."""
    assert expected == first_sentence(text)


WRAPPED = """\
Two trams stood in the rain at the terminus on Tuesday, and a
third came in behind them without a light in it. The Ahrensee
line had been shut since noon.

"We wait," said the driver, who had brought soup. Nobody had told
him for how long."""

VERSE = """\
The ferry leaves the harbour wall
And nobody is there to see
Who stands beside the ticket hall
Or what was promised by the sea
The lamps go out"""

TABLE = """\
Line 1 Hauptbahnhof to Nordufer 4:40
Line 4 Nordufer to the Kursaal 5:10
Line 7 Kursaal to the terminus 5:15
All other lines 6:00"""

LIST = "wheat 27,000\nbarley 3,000\nmaize 900\nrye 12"

HEADING = f"Trams run again in Orlund\nBy Ida Moor\n{'The ferry runs too. ' * 9}"


def test_join_wrapped() -> None:
    """Text that was wrapped by hand has one line a paragraph again."""
    assert (
        "Two trams stood in the rain at the terminus on Tuesday, and a third came in behind them "
        "without a light in it. The Ahrensee line had been shut since noon.\n\n"
        '"We wait," said the driver, who had brought soup. Nobody had told him for how long.'
    ) == join_wrapped(WRAPPED)


def test_join_wrapped_below_a_long_headline() -> None:
    """A headline longer than the lines of the text does not hide that they are wrapped."""
    headline = "Trams stand still in Orlund for a third day while drivers and operator talk on"
    assert f"{headline}\n\n{join_wrapped(WRAPPED)}" == join_wrapped(f"{headline}\n\n{WRAPPED}")


@pytest.mark.parametrize(
    "text",
    [VERSE, TABLE, LIST, HEADING, "The ferry runs.\nTrams do not.\nNobody knows why.", "one", ""],
    ids=["verse", "table", "list", "heading", "short-paragraphs", "one-line", "empty"],
)
def test_join_wrapped_leaves_other_lines(text: str) -> None:
    """Lines that are short for another reason stay as they are."""
    assert text == join_wrapped(text)


@pytest.mark.parametrize(
    "mark", ["\n", "\r\n", "\r", "\n\n", " \n\t\n ", "\u2028", "\u2029", "\x85"]
)
def test_line_breaks(mark: str) -> None:
    """Every sort of line break ends a paragraph, and becomes one."""
    assert f"{OPENING}\n{CLOSE}" == cleaned(f"{OPENING}{mark}{CLOSE}").article.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is the war.A full accord follows.", ["It is the war.", "A full accord follows."]),
        ("Open on April 1.Under it, ships sail.", ["Open on April 1.", "Under it, ships sail."]),
        ("“They hold.”The minister left.", ["“They hold.”", "The minister left."]),
        ("It sails. On Friday.“I know,” he said.", ["It sails. On Friday.", "“I know,” he said."]),
        ("The U.S. met J.K. Moor of Yahoo.Com.", ["The U.S. met J.K. Moor of Yahoo.Com."]),
        ("He left the U.S.The U.S. let him.", ["He left the U.S.", "The U.S. let him."]),
        ("“It is NATO.”The pilot left.", ["“It is NATO.”", "The pilot left."]),
        ('He left."I know," he said.', ["He left.", '"I know," he said.']),
        ('"I know.The end."Later he left.', ['"I know.', 'The end."', "Later he left."]),
        ("One sentence. Another.", ["One sentence. Another."]),
        ("", [""]),
    ],
)
def test_unglue(text: str, expected: list[str]) -> None:
    """Paragraphs that touch are parted, sentences with a space between them are not."""
    assert expected == unglue(text)


def test_removals() -> None:
    """What was taken out is named, with the place in the clean text where it stood."""
    text = f"date 2025-03-14\n\n{HEADLINE}\n\n{OPENING}\n\n( EPA )\n\nShare\n\n{CLOSE}\n\nRead more"
    assert (
        Removal("date-header", "date 2025-03-14", 0),
        Removal("title", HEADLINE, 0),
        Removal("photo-credit", "( EPA )", len(OPENING)),
        Removal("share", "Share", len(OPENING)),
        Removal("read-more", "Read more", len(f"{OPENING}\n{CLOSE}")),
    ) == cleaned(text).removed


def test_removal_in_mid_sentence() -> None:
    """What is glued into a line is cut out of it, and the line in two."""
    result = cleaned("It checks ships.Story continues below this adIt does not check crews.")
    assert ("It checks ships.\nIt does not check crews.", 16) == (
        result.article.text,
        result.removed[0].at,
    )


@FEW
@given(TEXTS | SCRAPED_PAGES, st.sampled_from(["", HEADLINE]))
def test_nothing_is_lost(text: str, title: str) -> None:
    """With the removals put back, all that could be seen in any text can be seen again."""
    assert "".join(text.split()) == put_back(cleaned(text, title))


@FEW
@given(TEXTS | SCRAPED_PAGES)
def test_removals_are_in_order(text: str) -> None:
    """Removals stand in the order of the text, at places inside it."""
    result = cleaned(text)
    places = [0, *(removal.at for removal in result.removed), len(result.article.text)]
    assert sorted(places) == places


@FEW
@given(TEXTS | SCRAPED_PAGES)
def test_clean_text_has_no_blank_lines(text: str) -> None:
    """In clean text each line is a paragraph, without white space around it."""
    lines = cleaned(text).article.text.split("\n")
    assert all(line and line == line.strip() for line in lines) or lines == [""]


@pytest.mark.parametrize(
    "article", list(read_articles(EXAMPLES)), ids=lambda article: article.id[-24:]
)
def test_clean_twice(article: Article) -> None:
    """Nothing more is taken out of an article that is clean."""
    once = clean(article).article
    assert Cleaned(once, ()) == clean(once)


@FEW
@given(st.lists(st.sampled_from([OPENING, MIDDLE, CLOSE]), min_size=1, max_size=6))
def test_clean_of_clean_text(paragraphs: list[str]) -> None:
    """An article that scraping left nothing in is not changed."""
    text = "\n".join(paragraphs)
    assert (text, ()) == (cleaned(text).article.text, cleaned(text).removed)


@pytest.mark.parametrize(
    "text", ["(EPA" + "via" * 120 + "!", "(EPA" + " via" * 90 + "!", "Credit: (AP" + "/ap" * 120]
)
def test_lines_that_are_nearly_labels(text: str) -> None:
    """What looks like a label until its last character is kept, however often it could go on."""
    assert text == clean(Article(id="1", title="Ferry", text=text)).article.text
