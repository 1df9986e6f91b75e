"""README and the examples do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
PAGES = sorted(ROOT.glob("*.md"))


def blocks(language: str) -> list[str]:
    """Return README's code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def settled(output: str, root: Path) -> str:
    """Return an output without what differs from run to run: places, times, line breaks."""
    output = output.replace(f"{root}{os.sep}", "…/")
    output = re.sub(r"\b[\d,]+ ms\b", "N ms", output)
    output = re.sub(r"\b\d+\.\d s\b", "N s", output)
    return " ".join(output.split())


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the examples in it, as a clone of the repository has them."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder and return what a person sees of it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("block", blocks("console"))
def test_readme_sessions_are_real(block: str, workplace: Path) -> None:
    """Each command in README prints what README shows."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        shown = run(["bash", "-c", command], workplace)
        assert settled(expected, workplace) == settled(shown, workplace)


def test_readme_python_is_real(workplace: Path) -> None:
    """README's ten lines of Python print what README shows."""
    (code,), (expected,) = blocks("python"), blocks("text")
    (workplace / "ten_lines.py").write_text(code, encoding="utf-8")
    assert run([sys.executable, "ten_lines.py"], workplace) == expected


def test_readme_has_two_commands() -> None:
    """The first sets everything up and asks; the second tests. CI runs these two."""
    set_up, test = blocks("sh")
    assert 'newsearch query "security guarantees"' in set_up.splitlines()[-1]
    assert test == ".venv/bin/python -m pytest\n"


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda path: path.stem)
def test_examples_print_what_they_should(script: Path, tmp_path: Path) -> None:
    """Each example runs and prints what is kept beside the tests."""
    expected = ROOT / "tests" / "data" / "examples" / f"{script.stem}.txt"
    assert run([sys.executable, str(script)], tmp_path) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link in the pages at the top leads to a file."""
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_every_command_is_in_the_readme() -> None:
    """A command that README does not mention is not there for anyone."""
    shown = run([sys.executable, "-m", "newsearch", "--help"], ROOT)
    commands = re.findall(r"^  (\w+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    assert [name for name in commands if f"newsearch {name}" not in README] == []
