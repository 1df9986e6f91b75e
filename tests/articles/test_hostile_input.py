"""Input that is made to do harm, or that accidents made so: a line each, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from reading import read
from samples import PAGE, RSS, TEXT, TITLE, URL, answer, record, response, tarred, zipped

from newsearch.articles import apart as apart_module
from newsearch.articles.apart import Apart
from newsearch.articles.unpacking import DAMAGED
from newsearch.errors import InputError, ReaderMissing


@pytest.fixture
def another() -> Iterator[Apart]:
    """A process of its own for foreign parsers."""
    made = Apart()
    yield made
    made.close()


@pytest.fixture
def few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let compressed files become no longer than is sensible for tests."""
    monkeypatch.setattr("newsearch.articles.unpacking._ANYHOW", 1_000_000)


LINES = b'{"text": "one"}\n' + b"\n" * 50_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", gzip.compress(LINES)),
        ("a.jsonl.zst", zstandard.compress(LINES)),
        ("a.zip", zipped(**{"a.jsonl": LINES})),
        ("a.tgz", gzip.compress(tarred(**{"a.jsonl": LINES}))),
    ],
)
def test_what_becomes_too_much(name: str, content: bytes, tmp_path: Path, few_bytes: None) -> None:
    """What came before is read."""
    (tmp_path / name).write_bytes(content)
    found, problems = read(tmp_path / name)
    assert (["one"], True) == ([each.text for each in found], "becomes more than" in problems[0])


@pytest.mark.parametrize("cut", [10, 600])
@pytest.mark.parametrize("kind", ["zip", "tar", "tgz"])
def test_archives_cut_short(kind: str, cut: int, tmp_path: Path) -> None:
    """There is at least one problem, and nothing but whole articles."""
    members = {"a.txt": os.urandom(200).hex().encode(), "b.txt": os.urandom(200).hex().encode()}
    whole = zipped(**members) if kind == "zip" else tarred(**members)
    content = gzip.compress(whole[:1600]) if kind == "tgz" else whole[:1600]
    (tmp_path / f"a.{kind}").write_bytes(content[:-cut])
    found, problems = read(tmp_path / f"a.{kind}")
    assert len(problems) > 0
    assert {each.text.encode() for each in found} <= set(members.values())


def test_archives_in_archives(tmp_path: Path) -> None:
    """There is an end to what is opened."""
    content = b"The end."
    for depth in range(9):
        content = zipped(**{"a.txt" if depth == 0 else "in.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    found, [problem] = read(tmp_path / "a.zip")
    assert ([], True) == (found, problem.endswith("in more than 3 archives; left out"))


def test_compressed_many_times(tmp_path: Path) -> None:
    """There is an end to that, too."""
    content = b"The end."
    for _ in range(9):
        content = gzip.compress(content)
    (tmp_path / "a.gz").write_bytes(content)
    assert ([], ["a.gz: compressed more than 3 times over; left out"]) == read(tmp_path / "a.gz")


def test_locked_members(tmp_path: Path) -> None:
    """A member that needs a password is left out, and those beside it are read."""
    content = bytearray(zipped(**{"a.txt": b"one", "b.txt": b"two"}))
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"PK\1\2"))
    content[at + 8] |= 1
    content[6] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    found, [problem] = read(tmp_path / "a.zip")
    assert ["two"] == [each.text for each in found]
    assert "a.zip!a.txt: needs a password; left out" == problem


def test_long_list_of_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive whose list of members would fill the memory is not listed."""
    monkeypatch.setattr("newsearch.articles.archives._LIST_AT_MOST", 50)
    (tmp_path / "a.zip").write_bytes(zipped(**{"a.txt": b"one", "b.txt": b"two"}))
    expected = "a.zip: too many members to list; unpack it first"
    assert ([], [expected]) == read(tmp_path / "a.zip")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + TEXT,
        "<b" * 100_000,
        "<!--" * 100_000,
        "<table>" * 5_000 + TEXT,
        f"<p>{TEXT}</p>" * 3 + "\0" * 99,
        "<html>",
        "",
    ],
)
def test_pages(page: str, tmp_path: Path) -> None:
    """Of a page, there is an article or a problem."""
    (tmp_path / "a.html").write_text(f"<html><body>{page}")
    found, problems = read(tmp_path / "a.html")
    assert 1 == len(found) + len(problems)


def test_what_takes_too_long(another: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that does not come to an end is ended, and the next one begins anew."""
    monkeypatch.setattr(apart_module, "SECONDS", 0.5)
    with pytest.raises(InputError, match=r"a\.html: nothing comes of it within 0\.5 s; left out"):
        another.call("a.html", time.sleep, 60)
    assert 3 == another.call("b.html", len, "abc")


def test_what_crashes(another: Apart) -> None:
    """A parser that takes its process with it takes nothing else."""
    with pytest.raises(InputError, match="nothing comes of it"):
        another.call("a.html", os.abort)
    assert 3 == another.call("b.html", len, "abc")


def test_what_is_stopped(another: Apart) -> None:
    """An answer that nobody waited for is not taken for the next one."""
    with pytest.raises(KeyboardInterrupt):
        another.call("a.html", _interrupting, os.getpid())
    assert 3 == another.call("b.html", len, "abc")


def _interrupting(caller: int) -> str:
    """Press Ctrl-C for another process, and answer late."""
    os.kill(caller, signal.SIGINT)
    time.sleep(1)
    return "late"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where a process can be copied")
def test_in_a_copy_of_the_process(another: Apart) -> None:
    """A copy of the caller starts a process of its own, and leaves the caller's alone."""
    assert 3 == another.call("a.html", len, "abc")
    copy = os.fork()
    if not copy:
        right = another.call("a.html", len, "abcd") == 4
        another.close()
        os._exit(0 if right else 1)
    assert 0 == os.waitpid(copy, 0)[1]
    assert 5 == another.call("a.html", len, "abcde")


def test_what_fails(another: Apart) -> None:
    """What a parser raises is said."""
    expected = r"a\.html: can't be taken apart \(TypeError: .*\); left out"
    with pytest.raises(InputError, match=expected):
        another.call("a.html", len, 7)


def test_what_prints(another: Apart, capfd: pytest.CaptureFixture[str]) -> None:
    """What a parser prints is neither taken for an answer nor shown."""
    assert another.call("a.html", print, "loud") is None
    assert ("", "") == tuple(capfd.readouterr())


def test_without_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    for name in ("trafilatura", "feedparser"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    apart_module.apart.close()  # the next one has the new path
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.rss").write_text(RSS)
    problems: list[InputError] = []
    from newsearch.articles import read_articles

    for name in ("a.html", "b.rss"):
        assert [] == list(read_articles(tmp_path / name, on_problem=problems.append))
    apart_module.apart.close()
    assert [
        (ReaderMissing, "to read HTML: pip install 'newsearch[html]'"),
        (ReaderMissing, "to read feeds: pip install 'newsearch[feeds]'"),
    ] == [(type(each), each.reason) for each in problems]


def warc(tmp_path: Path, content: bytes) -> tuple[list[str], list[str]]:
    """Return the ids of the articles of a web archive, and its problems."""
    (tmp_path / "a.warc").write_bytes(content)
    found, problems = read(tmp_path / "a.warc")
    return [each.id for each in found], problems


def test_what_is_no_page_in_a_web_archive(tmp_path: Path) -> None:
    """Requests, errors, pictures and headers alone are passed over in silence."""
    page = PAGE.encode()
    content = (
        record("warcinfo", "", "application/warc-fields", b"software: none\r\n")
        + record("request", URL, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n")
        + response(page, status="404 Not Found")
        + response(b"\x89PNG", kind="image/png")
        + response(page)
    )
    assert ([URL], []) == warc(tmp_path, content)


def test_how_servers_send_pages(tmp_path: Path) -> None:
    """In pieces, and compressed."""
    page = PAGE.encode()
    packed = gzip.compress(page)
    pieces = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    said = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    assert ([URL], []) == warc(tmp_path, response(pieces, more=said))
    deflated = zlib.compress(page)
    assert ([URL], []) == warc(tmp_path, response(deflated, more="Content-Encoding: deflate\r\n"))


def test_web_archive_cut_short(tmp_path: Path) -> None:
    """The page that was cut is left out."""
    found, [problem] = warc(
        tmp_path, response(PAGE.encode(), "https://a.example") + response(PAGE.encode())[:700]
    )
    assert (["https://a.example"], True) == (found, "cut short in the middle of a page" in problem)


def test_headers_without_end(tmp_path: Path) -> None:
    """They are not read to their end."""
    found, [problem] = warc(
        tmp_path, response(PAGE.encode()) + b"WARC/1.0\r\nA: " + b"x" * 2_000_000
    )
    assert ([URL], True) == (found, "a header without end" in problem)


def test_odd_url_in_a_web_archive(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of it is printed: it may drive a terminal."""
    warc(tmp_path, response(PAGE.encode(), "https://post.example/\x1b[2J a b"))
    assert ("", "") == tuple(capfd.readouterr())


def test_page_that_says_its_encoding(tmp_path: Path) -> None:
    """What a page, or the server, says of the encoding is believed where it can be so."""
    page = PAGE.replace("Orlund and", "Ørlund and").replace("<head>", '<head><meta charset="X">')
    for name, codec in (("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8")):
        (tmp_path / "a.html").write_bytes(page.replace("X", name).encode(codec))
        [article], problems = read(tmp_path / "a.html")
        assert ("Ørlund" in article.text, []) == (True, problems)
    content = response(page.replace("X", "").encode("cp1252"), kind="text/html; charset=latin1")
    (tmp_path / "a.warc").write_bytes(content)
    [article], problems = read(tmp_path / "a.warc")
    assert ("Ørlund" in article.text, []) == (True, problems)


@pytest.mark.parametrize(
    "feed",
    [
        RSS.replace("</item>", ""),
        RSS.replace("<description>", "<description>&nosuch;"),
        RSS.replace("&lt;", "<").replace("&gt;", ">"),
    ],
)
def test_broken_feeds(feed: str, tmp_path: Path) -> None:
    """Feeds are mostly broken, and are read."""
    (tmp_path / "a.rss").write_text(feed)
    [article], _ = read(tmp_path / "a.rss")
    assert (TITLE, URL) == (article.title, article.id)


def test_entities_that_grow(tmp_path: Path) -> None:
    """Entities that stand for entities, ten times each, do not fill the memory."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ferry">{entities}]>'
    item = "<item><title>&e11;</title><link>u:1</link></item>"
    (tmp_path / "a.xml").write_text(f'{head}<rss version="2.0"><channel>{item}</channel></rss>')
    found, problems = read(tmp_path / "a.xml")
    assert sum(len(each.title) for each in found) < 1_000_000
    assert len(found) + len(problems) < 3


def test_feed_without_entries(tmp_path: Path) -> None:
    """It is said that there is nothing."""
    (tmp_path / "a.rss").write_text('<rss version="2.0"><channel></channel></rss>')
    assert ([], ["a.rss: a feed without entries; left out"]) == read(tmp_path / "a.rss")


def test_deep_objects_with_text(tmp_path: Path) -> None:
    """Objects are not looked into for ever."""
    value: object = {"text": "one"}
    for _ in range(50):
        value = {"data": [value]}
    (tmp_path / "a.json").write_text(json.dumps([value, {"text": "two"}]))
    found, problems = read(tmp_path / "a.json")
    assert (["two"], 1) == ([each.text for each in found], len(problems))


def test_damage_is_said_of_the_member(tmp_path: Path) -> None:
    """Of a compressed member that is damaged, the archive's other members are read."""
    content = tarred(**{"a.txt.gz": gzip.compress(b"one" * 99)[:-9], "b.txt": b"two"})
    (tmp_path / "a.tar").write_bytes(content)
    found, problems = read(tmp_path / "a.tar")
    assert ["two"] == [each.text for each in found]
    assert [f"a.tar!a.txt.gz: {DAMAGED}"] == problems


def test_answers_without_a_page(tmp_path: Path) -> None:
    """A page in which nothing is an article is said to be so."""
    empty = b"<html><body></body></html>"
    found, [problem] = warc(tmp_path, record("response", URL, "application/http", answer(empty)))
    assert ([], True) == (found, "no article was found" in problem)
