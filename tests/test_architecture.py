"""The shape of the package: imports only go down, foreign packages stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsearch"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each level may import the levels below it, and its own.
LEVELS = [
    {
        "durable",
        "errors",
        "insights",
        "memory",
        "origins",
        "records",
        "related",
        "sealing",
        "settings",
        "workers",
    },
    {"analysis", "dates"},
    {"names"},
    {"query"},
    {"articles", "cleaning", "passages", "engines"},
    {"adding", "counting", "index_file", "queries"},
    {"answering", "relearning"},
    {"index", "naming", "views"},
    {"opening"},
    {"evaluating", "indexing"},
    {"output"},
    {"cli", "__init__"},
    {"__main__"},
]
RANK = {room: rank for rank, level in enumerate(LEVELS) for room in level}


def room_of(module: Path) -> str:
    """Return the top-level room that a module belongs to."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Yield the full names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(module: Path) -> None:
    """No module imports a room above its own."""
    ours = [name.split(".") for name in imports(module) if name.split(".")[0] == "newsearch"]
    rooms = {parts[1] if len(parts) > 1 else "__init__" for parts in ours}
    assert {room for room in rooms if RANK[room] > RANK[room_of(module)]} == set()


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("typer", {"cli"}),
        ("rich", {"output/article.py", "output/progress.py", "output/terminal.py"}),
        ("unidecode", {"analysis/folding.py"}),
        ("Stemmer", {"analysis/stemming.py"}),
        ("dateutil", {"dates.py"}),
        ("markdown_it", {"articles/markdown.py"}),
        ("filelock", {"engines/guard.py"}),
        ("charset_normalizer", {"articles/encodings.py"}),
        ("trafilatura", {"articles/extraction.py"}),
        ("feedparser", {"articles/feeds.py"}),
        ("warcio", {"articles/warc.py"}),
        ("ir_measures", {"evaluating.py"}),
        ("zstandard", {"articles/unpacking.py", "engines"}),
        (
            "numpy",
            {
                "analysis/edits.py",
                "analysis/encoding.py",
                "analysis/plain.py",
                "analysis/splitting.py",
                "answering",
                "indexing",
                "engines",
                "names/key_arrays.py",
                "views",
            },
        ),
    ],
)
def test_foreign_packages_stay_in_their_rooms(package: str, rooms: set[str]) -> None:
    """A package that is used in one place can be replaced in one place."""
    users = set()
    for module in MODULES:
        if package in {name.split(".")[0] for name in imports(module)}:
            room = module.relative_to(PACKAGE).parts[0]
            users.add(room if room in rooms else module.relative_to(PACKAGE).as_posix())
    assert users == rooms


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short(module: Path) -> None:
    """A module of more than 300 lines is more than one subject."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300


def test_importing_the_library_loads_no_terminal() -> None:
    """`import newsearch` loads neither typer nor rich nor anything for indexing only."""
    heavy = ("typer", "rich", "dateutil", "markdown_it", "filelock", *FORMATS)
    code = f"import sys, newsearch; print([name for name in {heavy!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout == "[]\n"


@pytest.mark.parametrize(
    "code",
    [
        "import newsearch.adding, newsearch.engines.local.writing.part",
        "import newsearch, tempfile\n"
        "with newsearch.create(tempfile.mkdtemp()) as index:\n"
        "    index.add([newsearch.Article(id='1', text='The ferry runs.')])",
    ],
    ids=["another-process", "this-process"],
)
def test_adding_loads_no_query(code: str) -> None:
    """What cleans, cuts and writes loads nothing that a search needs."""
    code += (
        "\nimport sys\n"
        "print([name for name in ('whoosh', 'newsearch.query') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout == "[]\n"


def test_who_only_begins_to_write_loads_no_arrays(tmp_path: Path) -> None:
    """A process that has others clean, cut and write begins at once: numpy takes its time."""
    code = (
        "import sys, newsearch\n"
        f"with newsearch.create({str(tmp_path / 'index')!r}) as index: index.add([], jobs=2)\n"
        "print('numpy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout == "False\n"


WRITING = ("adding", "cleaning", "engines.local.writing.writer", "names", "passages", "views")


def test_a_query_loads_nothing_that_writes(tmp_path: Path) -> None:
    """Words that can't be names are found without what makes an index, or knows of names."""
    (tmp_path / "a.jsonl").write_text('{"text": "The ferry runs."}\n')
    index = ["--index", str(tmp_path / "index")]
    program = [sys.executable, "-m", "newsearch", "index", str(tmp_path / "a.jsonl"), *index]
    subprocess.run(program, capture_output=True, check=True)
    names = [f"newsearch.{name}" for name in WRITING]
    code = (
        "import sys; from newsearch.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {names!r} if name in sys.modules])"
    )
    words = ["query", "ferry", *index]
    shown = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert "ferry runs" in shown.stdout
    assert shown.stdout.splitlines()[-1] == "[]"


FORMATS = ("charset_normalizer", "trafilatura", "lxml", "feedparser", "warcio")


@pytest.mark.parametrize("command", ["index {folder}/a.jsonl", "query ferry"])
def test_commands_load_no_format(command: str, tmp_path: Path) -> None:
    """Neither a query nor indexing JSON lines loads what other formats need."""
    (tmp_path / "a.jsonl").write_text('{"text": "The ferry runs."}\n')
    code = (
        "import sys; from newsearch.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {FORMATS!r} if name in sys.modules])"
    )
    words = [*command.format(folder=tmp_path).split(), "--index", str(tmp_path / "index")]
    shown = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert shown.stdout.splitlines()[-1] == "[]"
