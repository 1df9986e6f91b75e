"""What holds for every command: its exit code, and that no text drives who reads it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Commands
from markdown_it import MarkdownIt
from output.hostile import DRIVES, MARKUP, TERMINAL
from test_cli import ARTICLES, plain_text

ARTICLE = "tpa-20250313-0552"
FOUND = """
query ferry|query ferry --count|query --queries QUERIES|query ferry --open 1
timeline ferry|sources ferry|terms ferry|like ARTICLE|like ferry tram|show ARTICLE|info
names zelensky|names list|names export|names explain kiev kyiv|check|optimize|boilerplate
index --dry-run ARTICLES|eval QUERIES QRELS|--version|query --help
"""
NOTHING = """
query unicorn|query unicorn --count|query unicorn --json|query source:unicorn|query ferry --open 99
timeline unicorn|sources unicorn|terms unicorn|like unicorn|show unicorn|names unicornx
names explain Zelensky Zelinsky|delete unicorn|index EMPTY|like ARTICLE --passage 99
"""
ERRORS = """
query|query ""|query ferry --queries QUERIES|query --queries NOTHING|query --queries UNASKED
query ferry --limit x|query ferry --format pdf|query ferry --json --format csv|query --open 0 ferry
timeline ""|timeline ferry --by hour|timeline ferry --json --format csv|sources ""|terms ""
show|like|show ARTICLE --format csv|names same|names explain kiev|delete|index|index NOTHING
eval QUERIES NOTHING|eval NOTHING QRELS|eval UNASKED QRELS|nosuch|boilerplate --limit x
query ferry --index NOTHING|timeline ferry --index NOTHING|sources ferry --index NOTHING
terms ferry --index NOTHING|like ferry --index NOTHING|show ARTICLE --index NOTHING
info --index NOTHING|names kiev --index NOTHING|check --index NOTHING|optimize --index NOTHING
boilerplate --index NOTHING|delete x --index NOTHING|eval QUERIES QRELS --index NOTHING
"""
CASES = [
    (command, code)
    for code, commands in enumerate((FOUND, NOTHING, ERRORS))
    for line in commands.split("\n")
    for command in filter(None, line.split("|"))
]


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with Commands() as started:
        yield started


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, commands: Commands) -> dict[str, str]:
    """What stands in commands in capitals: files and folders."""
    folder = tmp_path_factory.mktemp("everywhere")
    (folder / "queries.jsonl").write_text('{"id": "q1", "text": "ferry"}\n')
    (folder / "qrels").write_text(f"q1 0 {ARTICLE} 1\n")
    (folder / "unasked").write_text("\n")
    (folder / "empty").mkdir()
    assert commands.run("index", str(ARTICLES), "--index", str(folder / "index")).returncode == 0
    return {
        "INDEX": str(folder / "index"),
        "ARTICLES": str(ARTICLES),
        "ARTICLE": ARTICLE,
        "QUERIES": str(folder / "queries.jsonl"),
        "QRELS": str(folder / "qrels"),
        "UNASKED": str(folder / "unasked"),
        "EMPTY": str(folder / "empty"),
        "NOTHING": str(folder / "nothing"),
    }


@pytest.mark.parametrize(("command", "code"), CASES, ids=[command for command, _ in CASES])
def test_exit_codes(command: str, code: int, places: dict[str, str], commands: Commands) -> None:
    """0 for found, 1 for nothing found, 2 for an error, which is said and prints nothing else."""
    words = [places.get(word, word.strip('"')) for word in command.split(" ")]
    done = commands.run(*words, NEWSEARCH_INDEX=places["INDEX"])
    assert code == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert code == 0 or done.stderr or done.stdout
    assert not (code == 2 and done.stdout)


EVIL = TERMINAL.replace("\x00", "") + MARKUP.replace('"', "'") + "\u200b"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, commands: Commands) -> tuple[str, str]:
    """An index of two copies of an article all of which is hostile, and the id of one."""
    folder = tmp_path_factory.mktemp("hostile")
    text = "The night ferry Orlundia waits at the quay for its crew of nine. " * 6
    lines = [
        json.dumps(
            {
                "id": f"={number}{EVIL}",
                "title": f"=1+1 {EVIL}\n# ferry",
                "text": f"=2+2 {EVIL} {text}\n\n- <b>{EVIL}</b> ferry",
                "source": f"@Post{number}{EVIL}",
                "author": f"+Ida{EVIL}",
                "url": f"javascript:{EVIL}",
            }
        )
        for number in range(2)
    ]
    place = str(folder / "index")
    commands.run("index", "-", "--index", place, stdin="\n".join(lines).encode())
    (folder / "index" / "names.toml").write_text(f'[[name]]\nforms = ["ferry", "{MARKUP[:3]}x"]\n')
    [first, *_] = commands.run(
        "query", "ferry", "--json", "--copies", "--index", place
    ).stdout.split("\n")
    return place, json.loads(first)["article_id"]


ASKING = ["query ferry", "query ferry --copies", "query ferry --articles", "like night ferry"]
VIEWS = ["timeline ferry", "sources ferry", "terms ferry"]
OTHERS = ["info", "info --removed", "names ferry", "names list", "boilerplate"]


@pytest.mark.parametrize("command", [*ASKING, *VIEWS, *OTHERS, "show ID -q ferry", "query EVIL"])
def test_hostile_texts_on_a_terminal(
    command: str, hostile: tuple[str, str], commands: Commands
) -> None:
    """Of articles, their facts and queries, nothing drives a terminal or what reads a pipe."""
    place, name = hostile
    given = {"ID": name, "EVIL": f"{EVIL} ferry"}
    words = [*(given.get(word, word) for word in command.split()), "--index", place]
    shown = plain_text(commands.on_terminal(*words))
    assert not DRIVES & set(shown)


@pytest.mark.parametrize("command", ["index ARTICLES --index NEW", "query x --index NOTHING"])
def test_lines_fit_a_terminal(
    command: str, places: dict[str, str], commands: Commands, tmp_path: Path
) -> None:
    """What was done, and what went wrong, is broken between words; paths are left whole."""
    given = places | {"NEW": str(tmp_path / "new")}
    words = [given.get(word, word) for word in command.split()]
    shown = plain_text(commands.on_terminal(*words, columns=40))
    rows = shown.split("\x1b[2K")[-1].strip().split("\n")  # below what shows the progress
    assert len(rows) > 2
    assert not [row for row in rows if len(row) > 40 and len(row.split()) > 1]
    assert words[-1] in " ".join(rows)


FILES = [
    *[(command, form) for command in ASKING[1:3] for form in "json csv tsv md html trec".split()],
    *[(command, form) for command in VIEWS for form in ("json", "csv")],
    *[("show ID -q ferry --removed", form) for form in ("json", "md", "html")],
]


@pytest.mark.parametrize(("command", "form"), FILES)
def test_hostile_texts_in_files(
    command: str, form: str, hostile: tuple[str, str], commands: Commands
) -> None:
    """Tables hold no formulas, pages and Markdown no markup, JSON is JSON."""
    place, name = hostile
    words = [name if word == "ID" else word for word in command.split()]
    done = commands.run(*words, "--format", form, "--index", place)
    assert done.returncode == 0
    assert not DRIVES & set(done.stdout)
    if form == "json":
        assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    elif form in ("csv", "tsv"):
        delimiter = "," if form == "csv" else "\t"
        rows = list(csv.reader(io.StringIO(done.stdout), delimiter=delimiter))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    elif form in ("md", "html"):
        page = done.stdout if form == "html" else MarkdownIt("commonmark").render(done.stdout)
        assert not [tag for tag in ("<script", "<img", "<b>", 'href="javascript') if tag in page]
        assert "&lt;script&gt;" in page
