"""Every kind of file, as it is, without a name, compressed, and in archives."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from reading import read
from samples import DAY, MORE, PAGE, SAMPLES, TEXT, TITLE, URL, tarred, zipped

from newsearch.articles import READERS
from newsearch.records import Article

KINDS = sorted(SAMPLES)
# What can be told without a name, by looking inside.
TOLD = set(KINDS) - {".md", ".csv", ".tsv"}
AROUND: dict[str, Callable[[bytes, str], bytes]] = {
    ".gz": lambda content, _: gzip.compress(content),
    ".zst": lambda content, _: zstandard.compress(content),
    ".bz2": lambda content, _: bz2.compress(content),
    ".xz": lambda content, _: lzma.compress(content),
    ".zip": lambda content, name: zipped(**{name: content}),
    ".tar": lambda content, name: tarred(**{name: content}),
    ".tgz": lambda content, name: gzip.compress(tarred(**{name: content})),
    ".tar.zst": lambda content, name: zstandard.compress(tarred(**{name: content})),
}


def said(article: Article) -> str:
    """Return the words of an article's text, one space between two."""
    return " ".join(article.text.replace(TITLE, "").split())


def test_all_kinds_are_here() -> None:
    """The table of readers has nothing that the tests have not."""
    assert sorted(READERS) == KINDS


@pytest.mark.parametrize("suffix", KINDS)
def test_as_it_is(suffix: str, tmp_path: Path) -> None:
    """Each kind gives the two sentences, and nothing of the page around them."""
    (tmp_path / f"ferry{suffix}").write_bytes(SAMPLES[suffix])
    [article], problems = read(tmp_path)
    assert (f"{TEXT} {MORE}", []) == (said(article), problems)


@pytest.mark.parametrize("suffix", sorted(set(KINDS) - {".txt", ".md", ".wet", ".zip", ".tar"}))
def test_facts(suffix: str, tmp_path: Path) -> None:
    """What has fields, or says it of itself, gives title, date, URL and author."""
    (tmp_path / f"ferry{suffix}").write_bytes(SAMPLES[suffix])
    [[article], _] = read(tmp_path)
    assert (TITLE, DAY, URL, "Ida Moor") == (
        article.title,
        article.date,
        article.url,
        article.author,
    )


@pytest.mark.parametrize("suffix", sorted(TOLD))
@pytest.mark.parametrize("name", ["ferry", "ferry.7"])
def test_without_a_suffix(suffix: str, name: str, tmp_path: Path) -> None:
    """A file whose name tells nothing is looked into."""
    (tmp_path / name).write_bytes(SAMPLES[suffix])
    [[article], _] = read(tmp_path)
    assert f"{TEXT} {MORE}" == said(article)


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("around", AROUND)
def test_in_another(suffix: str, around: str, tmp_path: Path) -> None:
    """Each kind is read compressed, and as a member of an archive."""
    name = f"ferry{suffix}"
    file = tmp_path / (name + around)
    file.write_bytes(AROUND[around](SAMPLES[suffix], name))
    [article], problems = read(file)
    assert (f"{TEXT} {MORE}", []) == (said(article), problems)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", gzip.compress(PAGE.encode())),
        ("a.txt", PAGE.encode()),
        ("a.php", PAGE.encode()),
        ("a.json", SAMPLES[".jsonl"] * 2),
        ("a.jsonl", SAMPLES[".json"]),
        ("a.jsonl", json.dumps([{"text": TEXT}]).encode()),
        ("a.xml", SAMPLES[".rss"]),
        ("a.html", TEXT.encode()),
        ("a.txt.gz", TEXT.encode()),
        ("a.txt", lzma.compress(gzip.compress(TEXT.encode()))),
        ("a.txt", SAMPLES[".jsonl"]),
        ("a.csv", SAMPLES[".tsv"]),
        ("a.jsonl", SAMPLES[".jsonl"].decode().encode("utf-16")),
        ("a.csv", SAMPLES[".csv"].decode().encode("utf-16")),
    ],
)
def test_other_than_it_is_called(name: str, content: bytes, tmp_path: Path) -> None:
    """What a file is, its content knows better than its name."""
    (tmp_path / name).write_bytes(content)
    found, problems = read(tmp_path)
    assert [True] == list({TEXT in article.text for article in found})
    assert [] == problems


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zipped(**{"word/document.xml": b"<w:p>"})),
        ("a.pdf", b"%PDF-1.7"),
        ("a.py", b"import this\n"),
        ("a.xml", b"<?xml version='1.0'?><sitemap/>"),
        ("a", b"\x7fELF\x02\x01"),
        ("a", b""),
        ("Makefile.am", b"all:\n"),
    ],
)
def test_what_is_no_article(name: str, content: bytes, tmp_path: Path) -> None:
    """A file of another kind is passed over, and not taken for text."""
    (tmp_path / name).write_bytes(content)
    found, [problem] = read(tmp_path)
    assert ([], True) == (found, problem.endswith("passed over"))


def test_members_are_known_by_archive_and_name(tmp_path: Path) -> None:
    """Whatever a member is called, it is an article of the archive, and nothing is written."""
    inner = zipped(**{"bay-herald/a.txt": b"Trams wait.", "../../b.jsonl": b'{"text": "Two."}\n'})
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.tgz").write_bytes(gzip.compress(tarred(**{"../in.zip": inner})))
    found, _ = read(folder)
    base = f"{folder}/a.tgz!../in.zip"
    assert [
        (f"{base}!bay-herald/a.txt", "bay-herald"),
        (f"{base}!../../b.jsonl#1", ""),
    ] == [(article.id, article.source) for article in found]
    assert ["a.tgz"] == [file.name for file in folder.iterdir()]


def test_hidden_members(tmp_path: Path) -> None:
    """What an archive has for its maker's eyes is left out, as hidden files of folders are."""
    content = zipped(**{"__MACOSX/._a.txt": b"no", ".git/a.txt": b"no", "a.txt": b"yes"})
    (tmp_path / "a.zip").write_bytes(content)
    assert ["yes"] == [article.text for article in read(tmp_path)[0]]


def test_whole_process(tmp_path: Path) -> None:
    """All kinds in all wrappings are indexed by one command, and found by another."""
    folder = tmp_path / "news"
    folder.mkdir()
    for suffix, content in SAMPLES.items():
        (folder / f"plain{suffix}").write_bytes(content)
        for around, wrap in AROUND.items():
            (folder / f"ferry{suffix}{around}").write_bytes(wrap(content, f"ferry{suffix}"))

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "newsearch", *words, "--index", str(tmp_path / "index")]
        return subprocess.run(command, capture_output=True, text=True)

    done = run("index", str(folder), "--json")
    assert ("", 0) == (done.stderr, done.returncode)
    counts = json.loads(done.stdout)
    # Web archives, feeds, JSON and tables know their articles by URL or id: the last one stays.
    many = len(SAMPLES) * (len(AROUND) + 1)
    assert many == counts["added"] + counts["changed"] + counts["unchanged"]
    info = json.loads(run("info", "--json").stdout)
    assert counts["added"] == info["articles"]
    assert {"field", "page", "url"} == {origin for origin, _ in info["dates_from"]}
    found = run("query", "trams quay midnight", "--json")
    assert f"{TEXT} {MORE}" == " ".join(json.loads(found.stdout)["text"].split())
