"""Every format holds the same hits, and nothing in them does more than be text."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from output.hostile import DRIVES, hostile_results

from newsearch import NewsIndex
from newsearch.output.answers import Answer
from newsearch.output.formats import FORMATS, Format, lines
from newsearch.output.html import STYLE
from newsearch.output.tables import COLUMNS

BOTH = [Format.csv, Format.tsv]


def written(form: Format, *answers: Answer) -> str:
    return "\n".join(lines(form, answers)) + "\n"


def table(form: Format, *answers: Answer) -> list[dict[str, str]]:
    """Read a table back as a spreadsheet would."""
    delimiter = "," if form is Format.csv else "\t"
    return list(csv.DictReader(io.StringIO(written(form, *answers)), delimiter=delimiter))


@pytest.fixture(scope="module")
def answer(newsroom: NewsIndex) -> Answer:
    return Answer(newsroom.search("security guarantees", limit=7, offset=2))


def test_all_but_text_are_in_the_table() -> None:
    """Whatever `--format` takes can be written."""
    assert set(FORMATS) == set(Format) - {Format.text}


@pytest.mark.parametrize("form", BOTH)
def test_tables(form: Format, answer: Answer) -> None:
    """A row for each hit, with its rank from the beginning of the answer."""
    rows = table(form, answer)
    assert tuple(rows[0]) == COLUMNS
    assert [row["rank"] for row in rows] == ["3", "4", "5", "6", "7", "8", "9"]
    for row, hit in zip(rows, answer.results, strict=True):
        assert (row["article_id"], float(row["score"])) == (hit.article_id, hit.score)
        assert row["text"].lstrip("'") == " ".join(hit.text.split())


@pytest.mark.parametrize("form", BOTH)
def test_tables_of_several_queries(form: Format, answer: Answer) -> None:
    """The name of its query stands before each hit."""
    several = [Answer(answer.results, "a"), Answer(answer.results, "=b")]
    rows = table(form, *several)
    assert list(rows[0])[0] == "query"
    assert [row["query"] for row in rows] == ["a"] * 7 + ["'=b"] * 7


@pytest.mark.parametrize("form", BOTH)
def test_nothing_is_a_heading(form: Format) -> None:
    """A table without hits has its columns, so that programs can read it."""
    assert written(form).split() == [("," if form is Format.csv else "\t").join(COLUMNS)] or (
        form is Format.tsv and tuple(written(form).split()) == COLUMNS
    )


def test_trec(answer: Answer) -> None:
    """Six columns; ids without blanks; scores fall with the rank."""
    rows = [line.split(" ") for line in written(Format.trec, answer).splitlines()]
    assert [len(row) for row in rows] == [6] * 7
    assert [row[3] for row in rows] == [str(rank) for rank in range(3, 10)]
    scores = [float(row[4]) for row in rows]
    assert sorted(scores, reverse=True) == scores
    assert len({row[2] for row in rows}) == 7
    [row] = written(Format.trec, Answer(answer.results, "a b", articles=True)).splitlines()[:1]
    hit = answer.results[0]
    assert row.split(" ")[:3] == ["a%20b", "Q0", hit.article_id]


def test_markdown(answer: Answer) -> None:
    """A numbered list with the words in bold."""
    page = MarkdownIt().render(written(Format.md, answer))
    assert "<h1>security guarantees</h1>" in page
    assert '<ol start="3">' in page and page.count("<li>") == 7
    assert "<strong>security</strong> <strong>guarantees</strong>" in page


def test_html(answer: Answer) -> None:
    """A list item for each hit, the words marked, the whole passage within reach."""
    page = written(Format.html, answer)
    assert page.startswith("<!DOCTYPE html>") and page.count("<li>") == 7
    assert "<mark>security</mark> <mark>guarantees</mark>" in page
    assert page.count("<mark>") >= sum(len(hit.snippet.spans) for hit in answer.results)


def test_html_needs_nothing(answer: Answer) -> None:
    """No script, no address to load from; the page forbids all but its own style."""
    several = [Answer(answer.results, "a"), Answer(answer.results, "b")]
    page = written(Format.html, *several)
    assert re.findall(r"""\b(?:src|href)=["'](?!#)""", page) == []
    assert "url(" not in STYLE and "@import" not in STYLE
    assert "<script" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert page.count('<section id="q') == page.count('<li><a href="#q') == 2


@pytest.mark.parametrize("form", [Format.html, Format.md])
def test_copies(form: Format) -> None:
    """Where else a passage stands is said below it."""
    assert "also in: " in written(form, Answer(hostile_results()))


class Tags(HTMLParser):
    """What a browser sees of a page: its tags with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name == "href"]


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", [None, "\x1b[31m=evil\n"])
def test_nothing_drives_a_terminal(form: Format, name: str | None) -> None:
    """No control character, escape sequence or bidi override gets into any format."""
    page = written(form, Answer(hostile_results(), name))
    assert not DRIVES & set(page)
    assert "\\u001b" in page if form is Format.json else "owned" in page


def test_html_of_a_hostile_hit() -> None:
    """Markup in articles and queries is text, and no odd address becomes a link."""
    seen = tags(written(Format.html, Answer(hostile_results())))
    assert not {"script", "img"} & {tag for tag, _ in seen.tags}
    allowed = {"lang", "charset", "http-equiv", "content", "name", "id", "class", "dir"}
    assert {name for _, names in seen.tags for name in names} <= allowed
    assert seen.links == []
    url = 'https://a/"onload=x <b>'
    seen = tags(written(Format.html, Answer(hostile_results(url=url))))
    assert seen.links == ["https://a/%22onload=x%20%3Cb%3E"]


def test_markdown_of_a_hostile_hit() -> None:
    """Markup of either kind is text in Markdown, too."""
    seen = tags(MarkdownIt().render(written(Format.md, Answer(hostile_results()))))
    assert {tag for tag, _ in seen.tags} == {"h1", "ol", "li", "p", "strong", "br"}
    url = "https://a/)>[x](y)&lt;"
    page = MarkdownIt().render(written(Format.md, Answer(hostile_results(url=url))))
    assert tags(page).links == ["https://a/%29%3E%5Bx%5D%28y%29&lt%3B"]


@pytest.mark.parametrize(
    "beginning", ["- ", "12. ", "3) ", "+ ", "# ", "> ", "=== ", "| ", "***", "    "]
)
def test_markdown_lines_begin_nothing(beginning: str) -> None:
    """However a text begins, it is a paragraph of its list item."""
    page = (
        MarkdownIt().enable("table").render(written(Format.md, Answer(hostile_results(beginning))))
    )
    assert {tag for tag, _ in tags(page).tags} == {"h1", "ol", "li", "p", "strong", "br"}
    assert page.count("<li>") == page.count("<h1>") == 1


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_tables_run_nothing(form: Format, beginning: str) -> None:
    """No cell is a formula for a spreadsheet, and none has a tab or a line end."""
    [row] = table(form, Answer(hostile_results(beginning), beginning + "1"))
    for name, value in row.items():
        assert not value.startswith(("=", "+", "-", "@", "＝", "\t", "\r", " ")), name
        assert not set("\t\n\r") & set(value)


def test_json_holds_everything(answer: Answer) -> None:
    """JSON has all of a hit, to the letter; the query's name is before it, if it has one."""
    results = hostile_results()
    [line] = lines(Format.json, [Answer(results, "q")])
    facts = json.loads(line)
    assert list(facts)[0] == "query"
    assert (facts["title"], facts["text"]) == (results[0].title, results[0].text)
