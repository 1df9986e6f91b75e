"""The command line, as whole processes: what is printed where, and the exit code."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from terminals import read_terminal
from typer.testing import CliRunner

import newsearch
from newsearch.cli import app

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"

# More than one process would be given alone.
DUMP = b"".join(
    b'{"id": "%d", "text": "%s"}\n' % (number, b"Ferry %d waits for the tram. " % number * 30)
    for number in range(1500)
)

STOPPED = "articles, all kept; the same command goes on from there"
AS_BEFORE = "stopped; the index is as it was before"


def run(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run newsearch as its users do, outside of a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "newsearch", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of the example articles."""
    folder = str(tmp_path_factory.mktemp("cli") / "index")
    assert run("index", str(ARTICLES), "--index", folder).returncode == 0
    return folder


def on_terminal(*arguments: str, columns: int = 80, **environment: str) -> str:
    """Run newsearch with a terminal for stdout and stderr, and return what the terminal got."""
    parent, child = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "newsearch", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=child,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), **environment},
    )
    os.close(child)
    got = read_terminal(parent)
    done.wait(60)
    return got


def plain_text(shown: str) -> str:
    """Return what a terminal shows, without colours and links."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown).replace("\r", "")


def test_ctrl_c_while_loading(tmp_path: Path) -> None:
    """Whoever stops a command before it has begun sees no traceback."""
    (tmp_path / "typer.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    done = run("query", "ferry", PYTHONPATH=f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    assert (-signal.SIGINT, "", "") == (done.returncode, done.stdout, done.stderr)


def test_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody has foreseen is one line that says what it may be, and no traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("no such thing")

    newsearch.create(tmp_path / "index").close()
    monkeypatch.setattr(newsearch.NewsIndex, "search", fail)
    done = CliRunner().invoke(app, ["query", "ferry", "--index", str(tmp_path / "index")])
    assert done.exit_code == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("newsearch: ValueError in test_cli.py:")
    assert line.endswith("please report it")


def test_ctrl_c_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a command that may be done already, nobody is told that it has changed nothing."""
    real = newsearch.NewsIndex.delete

    def delete(*given: Any) -> int:
        real(*given)
        raise KeyboardInterrupt

    with newsearch.create(tmp_path / "index") as index:
        index.add([newsearch.Article(id="a", text="The ferry runs.")])
    monkeypatch.setattr(newsearch.NewsIndex, "delete", delete)
    done = CliRunner().invoke(app, ["delete", "a", "--index", str(tmp_path / "index")])
    assert (130, "newsearch: stopped; all of this was done, or nothing\n") == (
        done.exit_code,
        done.stderr,
    )


class TestIndex:
    def test_says_what_it_did(self, tmp_path: Path) -> None:
        """One line on stdout: articles, passages, words, time, place."""
        done = run("index", str(ARTICLES), "--index", str(tmp_path / "index"))
        assert done.stdout.startswith("12 articles (12 new) · ")
        assert done.stdout.rstrip().endswith(f"→ {tmp_path / 'index'}")
        assert (done.returncode, done.stderr) == (0, "")

    def test_again_changes_nothing(self, index: str) -> None:
        """Articles that are there already are left alone."""
        done = run("index", str(ARTICLES), "--index", index)
        assert "12 articles (12 unchanged)" in done.stdout
        assert done.returncode == 0

    def test_json(self, tmp_path: Path) -> None:
        """`--json` gives the counts to programs."""
        done = run("index", str(ARTICLES), "--index", str(tmp_path / "index"), "--json")
        facts = json.loads(done.stdout)
        assert (facts["added"], facts["unreadable"], facts["passages"] > 40) == (12, 0, True)

    def test_standard_input(self, tmp_path: Path) -> None:
        """`-` reads JSON lines."""
        line = json.dumps({"id": "1", "text": "The ferry runs again."}).encode()
        done = run("index", "-", "--index", str(tmp_path / "index"), stdin=line)
        assert done.stdout.startswith("1 article (1 new) · 1 passage and 4 words")

    def test_missing_path(self, tmp_path: Path) -> None:
        """A path with nothing there is an error, and no index is made for it."""
        folder = tmp_path / "index"
        done = run("index", str(tmp_path / "nothing"), "--index", str(folder))
        assert done.stderr == f"newsearch: {tmp_path / 'nothing'}: no such file or folder\n"
        assert (done.returncode, done.stdout, folder.exists()) == (2, "", False)

    def test_missing_path_beside_a_good_one(self, tmp_path: Path) -> None:
        """The good one is indexed all the same; the exit code tells of the other."""
        done = run("index", "nothing", str(ARTICLES), "--index", str(tmp_path / "index"))
        assert "12 articles (12 new)" in done.stdout
        assert (done.returncode, done.stderr) == (2, "newsearch: nothing: no such file or folder\n")

    def test_empty_folder(self, tmp_path: Path) -> None:
        """A folder without articles is nothing found, not an error."""
        (tmp_path / "empty").mkdir()
        done = run("index", str(tmp_path / "empty"), "--index", str(tmp_path / "index"))
        assert done.stderr == "newsearch: there was no article to index\n"
        assert (done.returncode, done.stdout) == (1, "")

    def test_bad_files_among_good_ones(self, tmp_path: Path) -> None:
        """Each bad file or line gets one line with its place; the rest is indexed."""
        folder = tmp_path / "news"
        folder.mkdir()
        (folder / "binary.txt").write_bytes(b"\x00\x01\x02")
        (folder / "latin.txt").write_bytes("Zürich".encode("latin-1"))
        (folder / "good.txt").write_text("The ferry runs again.", encoding="utf-8")
        (folder / "word.txt").write_text("Ferry", encoding="utf-8")
        (folder / "photo.jpg").write_bytes(b"\xff\xd8")
        lines = ['{"id": "a", "text": "One."}', '{"id": "b", "text": "Two."}', '{"id": broken']
        (folder / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (folder / "cut.txt.gz").write_bytes(gzip.compress(b"The tram stands still. " * 99)[:-20])
        done = run("index", str(folder), "--index", str(tmp_path / "index"))
        said = done.stderr.splitlines()
        assert len(said) == 5
        assert f"{folder / 'binary.txt'}: a binary file" in said[0]
        assert f"{folder / 'cut.txt.gz'}: " in said[1]
        assert f"{folder / 'dump.jsonl'}:3: not JSON at column 8" in said[2]
        assert f"{folder / 'latin.txt'}: not UTF-8; read as cp1252" in said[3]
        assert "passed over 1 file of other kinds" in said[4] and ".jpg 1" in said[4]
        assert "5 articles (5 new)" in done.stdout
        assert done.returncode == 0

    def test_nothing_but_bad_files(self, tmp_path: Path) -> None:
        """If all that there is can't be read, that is an error."""
        (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02")
        done = run("index", str(tmp_path / "binary.txt"), "--index", str(tmp_path / "index"))
        assert "binary.txt: a binary file" in done.stderr
        assert done.returncode == 2

    def test_never_into_a_folder_with_other_things(self, tmp_path: Path) -> None:
        """A folder that holds somebody's files is not made an index."""
        (tmp_path / "thesis.doc").write_text("precious", encoding="utf-8")
        done = run("index", str(ARTICLES), "--index", str(tmp_path))
        assert "holds other files (thesis.doc)" in done.stderr
        assert (done.returncode, os.listdir(tmp_path)) == (2, ["thesis.doc"])

    def test_jobs(self, tmp_path: Path) -> None:
        """However many processes index, what is said and what is found is the same."""
        (tmp_path / "news.jsonl").write_bytes(DUMP)
        facts, hits = [], []
        for jobs in "12":
            folder = str(tmp_path / jobs)
            done = run(
                "index", str(tmp_path / "news.jsonl"), "--index", folder, "--jobs", jobs, "--json"
            )
            facts.append((done.stdout, done.stderr, done.returncode))
            found = run("query", "3 OR 88 OR 1207", "--index", folder, "--copies", "--json")
            hits.append(sorted(found.stdout.splitlines()))
        assert facts[0] == facts[1]
        assert hits[0] == hits[1]
        assert '"added": 1500' in facts[0][0] and len(hits[0]) == 6

    @pytest.mark.parametrize(
        ("signals", "code", "last"),
        [
            ([signal.SIGINT], 130, [STOPPED]),
            ([signal.SIGTERM], 130, [STOPPED]),
            # The second comes before what was read is kept, or after it.
            ([signal.SIGINT, signal.SIGINT], 130, [AS_BEFORE, STOPPED]),
            ([signal.SIGKILL], -9, [""]),
        ],
        ids=["ctrl-c", "term", "ctrl-c twice", "kill"],
    )
    def test_stopped(
        self, signals: list[signal.Signals], code: int, last: list[str], tmp_path: Path
    ) -> None:
        """What was read is kept if there is time for it, and no process is left."""
        folder = str(tmp_path / "index")
        run("index", str(ARTICLES), "--index", folder)
        with subprocess.Popen(
            [sys.executable, "-m", "newsearch", "index", "-", "--index", folder, "--jobs", "2"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin and process.stderr
            process.stdin.write(DUMP * 3)
            process.stdin.flush()
            process.send_signal(signals[0])
            for again in signals[1:]:
                assert b"stopping" in process.stderr.readline()
                process.send_signal(again)
            # Each process that it has started holds stderr, too, and keeps it from ending.
            said = process.stderr.read().decode().splitlines()
            assert code == process.wait(60)
        end = "".join(said[-1:])
        assert any(each in end for each in last)
        assert "12 articles (12 unchanged)" in run("index", str(ARTICLES), "--index", folder).stdout
        held = json.loads(run("info", "--index", folder, "--json").stdout)["articles"]
        assert 12 + (1500 if STOPPED in end else 0) == held


SEARCHED = "searched 12 articles from 2 sources, dated 2025-03-11 to 2025-03-15"


class TestQuery:
    def test_shows_title_source_date_and_snippet(self, index: str) -> None:
        """What a person sees first is the title, source, date and sentence."""
        done = run("query", "grain corridor accord", "--index", index, "--limit", "1")
        title, facts, snippet = done.stdout.splitlines()
        assert title == (
            "1  Black Sea grain corridor accord signed in Selvinar; crew protocol due in May"
        )
        assert facts == "   Transalpine Press Agency · 2025-03-13"
        assert "grain corridor accord" in snippet
        assert done.returncode == 0

    def test_length_of_snippets(self, index: str) -> None:
        """`--snippet` says how much of a passage is shown at most, and `--full` shows all of it."""
        words = ("query", "grain corridor accord", "--index", index, "--limit", "1", "--json")
        short = json.loads(run(*words, "--snippet", "40").stdout)
        full = json.loads(run(*words, "--full").stdout)
        assert len(short["snippet"]["text"]) <= 44
        assert full["snippet"]["text"] == " ".join(full["text"].split())
        assert run(*words, "--snippet", "3").returncode == 2

    def test_last_line(self, index: str) -> None:
        """Counts, time and the spellings taken as one come last, on stderr."""
        done = run("query", "zelensky", "--index", index)
        last, searched = done.stderr.splitlines()[-2:]
        assert searched == SEARCHED
        assert re.fullmatch(
            r"10 of 28 passages from \d+ articles · \d+ ms · one name: "
            r"Zelenskyy 10, Zelensky 9, Zelenskiy 5, Zelenskii 1, Zelesnky 1",
            last,
        )

    def test_words_need_no_quotes(self, index: str) -> None:
        """Words as separate arguments are the same query."""
        separate = run("query", "security", "guarantees", "--index", index)
        together = run("query", "security guarantees", "--index", index)
        assert separate.stdout == together.stdout

    def test_left_out_without_quotes(self, index: str) -> None:
        """-word is of the query, although options begin like this, too."""
        quoted = run("query", "--index", index, "--count", "tram -zelensky")
        bare = run("query", "--index", index, "tram", "-zelensky", "--count")
        assert (0, quoted.stdout) == (bare.returncode, bare.stdout)

    def test_json_lines(self, index: str) -> None:
        """`--json` prints one object a line with the fields of a hit."""
        done = run("query", "security guarantees", "--index", index, "--json", "--limit", "5")
        hits = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(hits) == 5
        wanted = {"score", "article_id", "title", "source", "author", "date", "date_from", "url"}
        wanted |= {
            "others",
            "passage",
            "start",
            "end",
            "text",
            "spans",
            "snippet",
            "spellings",
            "copies",
        }
        assert wanted == set(hits[0])
        for hit in hits:
            words = [hit["text"][a - hit["start"] : b - hit["start"]] for a, b in hit["spans"]]
            shown = hit["snippet"]
            assert {shown["text"][a:b] for a, b in shown["spans"]} <= set(words)
            assert len(hit["text"]) == hit["end"] - hit["start"]
        assert done.stderr == ""

    def test_author(self, index: str) -> None:
        """A filter by author finds bylines that hold the name."""
        done = run("query", "security author:marchbanks", "--index", index, "--json")
        authors = {json.loads(line)["author"] for line in done.stdout.splitlines()}
        assert (done.returncode, authors) == (0, {"Thaddeus Marchbanks"})
        done = run("query", "author:nobody", "--index", index)
        assert (done.returncode, done.stdout) == (1, "")
        assert "no author is called nobody" in done.stderr

    def test_nothing_found(self, index: str) -> None:
        """No hit: one line on stderr, exit code 1."""
        done = run("query", "unicorn", "--index", index)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines() == [
            "newsearch: nothing found",
            "unicorn is in no passage; did you mean union (3)?",
            SEARCHED,
        ]

    def test_stuck(self, index: str) -> None:
        """Where no passage has all of it, stderr says what each part finds, in a few lines."""
        done = run("query", "zelensky garantees source:press", "--index", index, "--limit", "1")
        assert (done.returncode, done.stdout != "") == (0, True)
        assert done.stderr.splitlines()[-4:] == [
            "passages with each part alone: zelensky 21, garantees 0, source:press 9",
            "garantees is in no passage; did you mean guarantees (32) or guarantee (13)?",
            "without garantees: 3 passages with all the rest",
            SEARCHED,
        ]

    def test_explain(self, index: str) -> None:
        """`--explain` prints how the query is read, the words, and each score in parts."""
        done = run("query", "kiev w/s best -tram", "--index", index, "--explain", "-n", "1")
        lines = done.stdout.splitlines()
        assert lines[0] == "read as: kiev w/s best -tram"
        assert lines[1].startswith("that is: passages with kiev (also kyiv) in the same sentence")
        assert "  kyiv  8 passages, the same name, by a names file" in lines
        numbers = re.findall(r"\d+\.\d\d", lines[-2])
        assert float(numbers[0]) == pytest.approx(sum(map(float, numbers[1:])), abs=0.03)
        assert run("query", "kiev", "--index", index, "--explain", "--json").returncode == 2

    @pytest.mark.parametrize("text", ["", '""', "()", '"" () -', "“”", "…"])
    def test_nothing_asked(self, index: str, text: str) -> None:
        """A query without a word: what to type instead, exit code 2."""
        done = run("query", text, "--index", index)
        assert "there is no word to look for" in done.stderr.splitlines()[-1]
        assert (done.returncode, done.stdout) == (2, "")

    @pytest.mark.parametrize("text", ["AND", "OR NOT", '"open', ")(", "NOT NOT", "- -"])
    def test_operators_only(self, index: str, text: str) -> None:
        """Operators with nothing to work on raise nothing."""
        done = run("query", text, "--index", index)
        assert done.returncode in (0, 1, 2)
        assert "Traceback" not in done.stderr

    def test_no_index(self, tmp_path: Path) -> None:
        """Where there is no index, the message says how to make one."""
        done = run("query", "ferry", "--index", str(tmp_path))
        assert done.stderr == (
            f"newsearch: there is no index in {tmp_path}; make one with: newsearch index PATH\n"
        )
        assert done.returncode == 2

    def test_not_an_index(self, tmp_path: Path) -> None:
        """A folder whose newsearch.json is something else is refused with one line."""
        (tmp_path / "newsearch.json").write_text("{}", encoding="utf-8")
        done = run("query", "ferry", "--index", str(tmp_path))
        assert len(done.stderr.splitlines()) == 1
        assert done.returncode == 2

    def test_index_from_the_environment(self, index: str) -> None:
        """NEWSEARCH_INDEX names the index where --index does not."""
        done = run("query", "ferry", NEWSEARCH_INDEX=index)
        assert done.returncode == 0

    def test_per_article(self, index: str) -> None:
        """`--per-article` says how many passages of one article are shown at most."""
        one = run("query", "zelenskyy", "--index", index, "--json", "--per-article", "1")
        ids = [json.loads(line)["article_id"] for line in one.stdout.splitlines()]
        assert len(ids) == len(set(ids)) > 3
        every = run("query", "zelenskyy", "--index", index, "--json", "--per-article=0", "-n", "99")
        assert len(every.stdout.splitlines()) > 3 * len(set(ids)) / 2

    def test_formats(self, index: str) -> None:
        """Each format goes to stdout, and nothing else does."""
        firsts = {
            "csv": "rank,title,source,author,date,url,snippet,spellings,score,article_id,passage,",
            "tsv": "rank\ttitle\tsource",
            "md": "# security guarantees",
            "trec": "1 Q0 ",
            "html": "<!DOCTYPE html>",
            "json": '{"score": ',
        }
        for form, first in firsts.items():
            done = run("query", "security guarantees", "--index", index, "--format", form)
            assert done.stdout.startswith(first)
            assert (done.returncode, done.stderr) == (0, "")

    def test_formats_that_find_nothing(self, index: str) -> None:
        """A table has its columns, so that programs can go on; the exit code says it."""
        done = run("query", "unicorn", "--index", index, "--format", "csv")
        assert (done.returncode, done.stderr) == (1, "newsearch: nothing found\n")
        assert done.stdout.startswith("rank,title") and done.stdout.count("\n") == 1

    @pytest.mark.parametrize(
        "options",
        [["--json", "--format", "csv"], ["--format", "trec", "--sort", "date"], ["--queries", "x"]],
        ids=" ".join,
    )
    def test_options_that_do_not_go_together(self, options: list[str], index: str) -> None:
        """They are a usage error, before anything is looked for."""
        done = run("query", "ferry", "--index", index, *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines()[-1].startswith("Error: ")
        assert run("query", "--index", index).returncode == 2

    def test_count(self, index: str) -> None:
        """`--count` prints a number and nothing else; 0 is nothing found."""
        every = run("query", "ferry", "--index", index, "--json", "-n", "99", "--per-article", "0")
        done = run("query", "ferry", "--index", index, "--count")
        assert done.stdout == f"{len(every.stdout.splitlines())}\n"
        assert (done.returncode, done.stderr) == (0, "")
        none = run("query", "unicorn", "--index", index, "--count")
        assert (none.returncode, none.stdout) == (1, "0\n")

    def test_pages(self, index: str) -> None:
        """`--offset` goes on where `--limit` has ended, and the numbers go on, too."""
        query = ("query", "security guarantees", "--index", index, "--json")
        first, rest = (run(*query, *each.split()).stdout for each in ("-n 3", "--offset 3 -n 4"))
        assert first + rest == run(*query, "-n", "7").stdout
        assert run(*query[:-1], "--offset", "3").stdout.startswith(" 4  ")

    def test_beyond_the_last_page(self, index: str) -> None:
        """That there are no more is not that there are none."""
        done = run("query", "--index", index, "tram", "--offset", "1000")
        assert (1, "") == (done.returncode, done.stdout)
        assert "there are at most 1,000 hits" in done.stderr

    def test_sorted_by_date(self, index: str) -> None:
        """`--sort date` shows the newest first, the undated last."""
        done = run("query", "zelensky", "--index", index, "--sort", "date", "-n", "99", "--json")
        dates = [json.loads(line)["date"] for line in done.stdout.splitlines()]
        assert dates == sorted(dates, key=lambda day: day or "", reverse=True)
        assert len(set(dates)) > 2 and dates[-1] is None

    def test_articles(self, index: str) -> None:
        """`--articles` shows each article once, with its best passages."""
        done = run("query", "zelensky", "--index", index, "--articles", "--json", "-n", "99")
        hits = [json.loads(line) for line in done.stdout.splitlines()]
        assert len({hit["article_id"] for hit in hits}) == len(hits)
        assert max(len(hit["others"]) for hit in hits) == 2
        shown = run("query", "zelensky", "--index", index, "--articles", "-n", "1").stdout
        assert len(shown.splitlines()) == 2 + 3
        run_lines = run("query", "ferry", "--index", index, "--articles", "--format", "trec").stdout
        assert "#" not in run_lines

    def test_queries(self, index: str, tmp_path: Path) -> None:
        """A file of queries is asked line by line, in every format."""
        file = tmp_path / "queries.txt"
        file.write_text('ferry\n\n{"id": "k", "text": "kiev"}\nunicorn\n')
        batch = ("query", "--queries", str(file), "--index", index, "-n", "2")
        done = run(*batch, "--format", "trec")
        assert [line.split()[0] for line in done.stdout.splitlines()] == ["1", "1", "k", "k"]
        assert (done.returncode, done.stderr) == (0, "")
        assert run(*batch, "--count").stdout.splitlines()[1:] == ["k\t9", "4\t0"]
        assert run(*batch, "--json").stdout.startswith('{"query": "1", "score"')
        assert run(*batch, "--format", "csv").stdout.startswith("query,rank,title")
        assert run(*batch).stdout.startswith("\n== 1  ferry\n\n1  ")

    def test_bad_queries(self, index: str) -> None:
        """A bad line is said, the others are asked, and the exit code tells of it."""
        batch = ("query", "--queries", "-", "--index", index, "--format", "trec")
        done = run(*batch, stdin=b'{"id": 1}\nferry\n""\n')
        assert done.returncode == 2 and done.stdout.startswith("2 Q0 ")
        first, second = done.stderr.splitlines()
        assert first.startswith("newsearch: -:1: ")
        assert second == "newsearch: query 3: there is no word to look for"
        assert run(*batch, stdin=b"unicorn\n").returncode == 1

    def test_reader_that_goes_away(self, index: str) -> None:
        """A closed pipe is no error."""
        command = f"{sys.executable} -m newsearch query the --index {index} -n 500 --per-article 0"
        done = subprocess.run(
            f"{command} --json | head -c 10; exit ${{PIPESTATUS[0]}}",
            shell=True,
            executable="/bin/bash",
            capture_output=True,
        )
        assert (done.returncode, done.stderr) == (0, b"")

    def test_no_colours_in_a_pipe(self, index: str) -> None:
        """Outside of a terminal nothing but text is printed."""
        assert "\x1b" not in run("query", "ferry", "--index", index).stdout

    def test_colours_when_asked(self, index: str) -> None:
        """`--color always` marks words in a pipe, too."""
        done = run("query", "ferry", "--index", index, "--color", "always")
        assert "\x1b[1;31mferry\x1b[0m" in done.stdout

    def test_articles_never_drive_the_terminal(self, tmp_path: Path) -> None:
        """Escape sequences, control characters and bidi overrides in articles are taken out."""
        evil = "\x1b[31m ferry\x1b]0;owned\x07 \u202eruns\x9b2J again"
        line = json.dumps({"id": "1", "title": evil, "source": evil, "text": evil}).encode()
        folder = str(tmp_path / "index")
        run("index", "-", "--index", folder, stdin=line)
        for form in ("text", "json", "csv", "tsv", "md", "trec", "html"):
            shown = run("query", "ferry", "--index", folder, "--format", form).stdout
            assert shown and not set("\x1b\x07\x9b\u202e") & set(shown)


class TestTerminal:
    def test_how_far_it_is(self, tmp_path: Path) -> None:
        """While files are indexed, a terminal shows how many bytes of how many are read."""
        shown = on_terminal("index", str(ARTICLES), "--index", str(tmp_path / "index"))
        size = sum(file.stat().st_size for file in ARTICLES.iterdir())
        assert f"{size / 1000:.1f}/{size / 1000:.1f} kB" in shown
        assert "12 articles (12 new)" in shown

    def test_wraps_and_marks(self, index: str) -> None:
        """On a terminal lines fit and the words are marked."""
        shown = on_terminal("query", "grain corridor", "--index", index, "-n", "2", columns=60)
        assert "\x1b[1;31mgrain\x1b[0m" in shown
        plain = plain_text(shown)
        assert max(map(len, plain.splitlines())) <= 60

    @pytest.mark.parametrize("columns", [40, 80, 200])
    def test_lines_fit(self, index: str, columns: int) -> None:
        """No line is longer than the terminal, the last one neither; a wide one is not filled."""
        for arguments in (["zelensky", "kiev"], ["zelensky", "--articles"]):
            shown = on_terminal("query", *arguments, "--index", index, columns=columns)
            hits, _, last = plain_text(shown).rpartition("\n\n")
            assert max(map(len, hits.splitlines())) <= min(columns, 100)
            assert max(map(len, last.splitlines())) <= columns

    def test_titles_are_links(self, index: str) -> None:
        """A title leads to the article's page, or else to its file, where the terminal can."""
        file = (ARTICLES / "001_c07d52e98ab1f63e.txt").as_uri()
        shown = on_terminal("query", "insurance pool", "--index", index)
        assert re.search(rf"\x1b\]8;id=\d+;{file}\x1b", shown)
        assert re.search(r"\x1b\]8;id=\d+;https://transalpine", shown)
        assert "\x1b]8" not in on_terminal("query", "ferry", "--index", index, TERM="dumb")
        assert "\x1b]8" not in run("query", "insurance pool", "--index", index).stdout

    def test_no_color(self, index: str) -> None:
        """NO_COLOR is obeyed."""
        shown = on_terminal("query", "grain", "--index", index, "-n", "1", NO_COLOR="1")
        assert "\x1b[1;31m" not in shown and "grain" in shown


class TestInfo:
    def test_counts(self, index: str) -> None:
        """What the index holds, in lines of a name and a value."""
        done = run("info", "--index", index)
        facts = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
        assert facts["articles"] == "12"
        assert facts["dates"] == "2025-03-11 to 2025-03-15, 4 undated (from field 3, text 5)"

    def test_json(self, index: str) -> None:
        """The same for programs."""
        facts = json.loads(run("info", "--index", index, "--json").stdout)
        assert (facts["articles"], facts["last_date"]) == (12, "2025-03-15")

    def test_removed(self, index: str) -> None:
        """What cleaning took out can be shown."""
        done = run("info", "--removed", "--index", index)
        assert "002_95e1b8d3704fac62.txt  continues-below  Story continues below" in done.stdout


def test_version() -> None:
    """`--version` names the program and its version."""
    assert run("--version").stdout.startswith("newsearch 0.")


@pytest.mark.parametrize(
    "command",
    [
        (),
        *(
            (name,)
            for name in "index query info delete check timeline sources terms like show".split()
        ),
    ],
)
def test_help_begins_with_an_example(command: tuple[str, ...]) -> None:
    """Each command's help shows how it is used before its options."""
    shown = run(*command, "--help").stdout
    before, _, _ = shown.partition("Options:")
    assert not command or f"    newsearch {command[0]}" in before


def test_wrong_option_is_a_usage_error(index: str) -> None:
    """An unknown option is told and ends with 2."""
    assert run("query", "ferry", "--index", index, "--limt", "3").returncode == 2


class TestKeeping:
    @pytest.fixture
    def own(self, tmp_path: Path) -> str:
        """An index of the example articles that may be changed."""
        folder = str(tmp_path / "index")
        run("index", str(ARTICLES), "--index", folder)
        return folder

    def test_delete(self, own: str) -> None:
        """An article is deleted by the id that `--json` shows; an unknown id is told."""
        done = run("delete", "tpa-20250311-0388", "nobody", "--index", own)
        assert (done.returncode, done.stdout) == (0, "1 article deleted\n")
        assert done.stderr == "newsearch: there is no article with the id nobody\n"
        assert json.loads(run("info", "--index", own, "--json").stdout)["articles"] == 11

    def test_delete_nothing(self, own: str) -> None:
        """If nothing was there to delete, nothing was found."""
        assert run("delete", "nobody", "--index", own).returncode == 1

    def test_optimize(self, own: str) -> None:
        """Optimizing changes no answer."""
        run("delete", "tpa-20250311-0388", "--index", own)
        before = run("query", "tram strike", "--index", own, "--json").stdout
        done = run("optimize", "--index", own)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(r"[\d.]+ MB, [\d.]+ MB before\n", done.stdout)
        assert run("query", "tram strike", "--index", own, "--json").stdout == before
        assert run("optimize", "--index", own).stdout.endswith(" MB, as before\n")

    def test_check(self, own: str) -> None:
        """A sound index has nothing wrong with it."""
        done = run("check", "--index", own)
        assert (done.returncode, done.stdout) == (0, f"nothing is wrong with {own}\n")

    def test_check_damage(self, own: str) -> None:
        """A flipped byte is found, and named with its file; the exit code is that of an error."""
        file = next((Path(own) / "segments").glob("*.columns"))
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        done = run("check", "--index", own)
        assert (done.returncode, file.name in done.stdout) == (2, True)
        assert run("check", "--fast", "--index", own).returncode == 0

    def test_check_nothing(self, tmp_path: Path) -> None:
        """Where there is no index there is nothing to check."""
        done = run("check", "--index", str(tmp_path))
        assert (done.returncode, "there is no index" in done.stderr) == (2, True)


class TestNames:
    @pytest.fixture
    def own_index(self, tmp_path: Path) -> str:
        """An index that may be changed."""
        folder = str(tmp_path / "index")
        assert run("index", str(ARTICLES), "--index", folder).returncode == 0
        return folder

    def test_a_word_is_looked_up(self, index: str) -> None:
        """What is no command is a name; every spelling has a line."""
        shown = run("names", "Zelenskiy", "--index", index)
        assert (shown.returncode, shown.stderr) == (0, "")
        first, *rest = shown.stdout.splitlines()
        assert first == "Zelenskiy: 5 spellings of one name"
        assert {line.split()[0] for line in rest} == {
            "Zelenskyy", "Zelensky", "Zelenskiy", "Zelenskii", "Zelesnky",
        }  # fmt: skip
        facts = json.loads(run("names", "kiev", "--index", index, "--json").stdout.splitlines()[0])
        assert (facts["word"], facts["form"], facts["evidence"]) == ("kiev", "kyiv", "file")

    def test_nothing(self, index: str) -> None:
        """A name that the index has not is said, and gives 1."""
        shown = run("names", "Nemandova", "--index", index)
        assert (shown.returncode, shown.stdout) == (1, "")
        assert shown.stderr == "newsearch: the index has no spelling of Nemandova\n"

    def test_list_and_export(self, index: str) -> None:
        """The names of the index, one a line, or as a file."""
        listed = run("names", "list", "--index", index).stdout.splitlines()
        assert listed[-1] == "Kyiv 8, Kiev 1"
        assert run("names", "list", "-n", "1", "--index", index).stdout.splitlines() == listed[:1]
        assert (
            '[[name]]\nsame = ["kyiv", "kiev"]' in run("names", "export", "--index", index).stdout
        )

    def test_explain(self, index: str) -> None:
        """Why two words are one name, or are not; 1 if they are not."""
        same = run("names", "explain", "Kiev", "Kyiv", "--index", index)
        assert (same.returncode, same.stdout[:23]) == (0, "Kiev and Kyiv are one n")
        other = run("names", "explain", "Zelensky", "Zelinsky", "--index", index)
        assert other.returncode == 1
        assert "are two names: " in other.stdout

    def test_what_a_person_says(self, own_index: str) -> None:
        """The next query goes by it; a file that was spoilt is said with its line."""
        assert run("names", "apart", "Kyiv", "Kiev", "--index", own_index).returncode == 0
        assert "one name" not in run("query", "kiev", "--index", own_index).stderr
        assert run("names", "same", "Brannheim", "Selvinar", "--index", own_index).returncode == 0
        shown = run("query", "brannheim", "--index", own_index)
        assert "one name: Brannheim" in shown.stderr
        with (Path(own_index) / "names.toml").open("a") as file:
            file.write("[[name\n")
        shown = run("query", "kiev", "--index", own_index)
        assert shown.returncode == 0
        assert re.match(r"newsearch: .*names\.toml:\d+: not valid TOML", shown.stderr)
        assert run("names", "same", "A", "B", "--index", own_index).returncode == 2

    def test_one_spelling_only(self, index: str) -> None:
        """`--exact-names` and `=word` leave the other spellings out, and say nothing of them."""
        every = run("query", "kiev", "--index", index, "--json").stdout.splitlines()
        for query in (["--exact-names", "kiev"], ["=Kiev"]):
            shown = run("query", *query, "--index", index, "--json")
            assert len(shown.stdout.splitlines()) == 1 < len(every)
        assert "one name" not in run("query", "=Kiev", "--index", index).stderr


class TestIndexAgain:
    @pytest.fixture
    def pile(self, tmp_path: Path) -> Path:
        """A folder of articles that were written long ago."""
        folder = tmp_path / "news"
        folder.mkdir()
        for number in range(40):
            path = folder / f"{number:02}.txt"
            path.write_text(f"Ferry {number} waits for the tram. " * 20, encoding="utf-8")
            os.utime(path, (0, 1_700_000_000))
        return folder

    def test_verbose(self, pile: Path, tmp_path: Path) -> None:
        """`--verbose` says of every file what came of it, and why it was left out."""
        (pile / "x\x1b.pdf").write_bytes(b"")
        (pile / "39.txt").write_bytes(b"\0")
        arguments = ("index", str(pile), "--index", str(tmp_path / "index"), "-v")
        run(*arguments)
        done = run(*arguments)
        assert f"{pile / '00.txt'}: not read, as it has not changed: 1 unchanged" in done.stderr
        assert f"{pile / '39.txt'}: a binary file, not text; left out" in done.stderr
        assert f"{pile / 'x .pdf'}: not one of .txt" in done.stderr
        assert "39 articles (39 unchanged) · " in done.stdout

    def test_dry_run_and_prune(self, pile: Path, tmp_path: Path) -> None:
        """`--dry-run` says what `--prune` would delete; `--prune` does it."""
        place = str(tmp_path / "index")
        run("index", str(pile), "--index", place)
        (pile / "07.txt").unlink()
        arguments = ("index", str(pile), "--index", place, "--prune")
        tried, done = run(*arguments, "--dry-run"), run(*arguments)
        assert tried.stdout.startswith("39 articles (39 unchanged, 1 gone and deleted) · ")
        assert tried.stdout.endswith(f" · dry run: {place} is as it was\n")
        assert done.stdout.startswith("39 articles (39 unchanged, 1 gone and deleted) · ")
        assert 39 == json.loads(run("info", "--index", place, "--json").stdout)["articles"]

    def test_killed_and_started_again(self, pile: Path, tmp_path: Path) -> None:
        """Killed again and again, it comes to the same end, and reads no file twice for it."""
        place = tmp_path / "index"
        command = ["index", str(pile), "--index", str(place), "--commit-every", "0"]
        held = 0
        for wait in (3, 9, 4, 14):
            wanted = held + wait
            process = subprocess.Popen(
                [sys.executable, "-m", "newsearch", *command, "-v"], stderr=subprocess.PIPE
            )
            assert process.stderr
            for line in process.stderr:
                if line.endswith(b": 1 new\n") and (wait := wait - 1) == 0:
                    break
            process.kill()
            process.communicate()
            facts = json.loads(run("info", "--index", str(place), "--json").stdout)
            assert wanted <= facts["articles"] <= 40
            held = facts["articles"]
        last = json.loads(run(*command, "--json").stdout)
        assert (40 - held, 0) == (last["added"], last["changed"])
        # One may have been committed and not registered yet, and one not read to its end.
        assert last["files_unchanged"] >= held - 2
        run("index", str(pile), "--index", str(tmp_path / "other"))
        shown = [
            run("query", "ferry tram", "--index", str(each), "--limit", "50", "--json").stdout
            for each in (place, tmp_path / "other")
        ]
        assert sorted(shown[0].splitlines()) == sorted(shown[1].splitlines())
        assert "nothing is wrong" in run("check", "--index", str(place)).stdout

    def test_stopped_on_the_way(self, pile: Path, tmp_path: Path) -> None:
        """Ctrl-C says what is kept, though nothing comes to be read."""
        arguments = ["index", str(pile), "-", "--index", str(tmp_path / "index")]
        process = subprocess.Popen(
            [sys.executable, "-m", "newsearch", *arguments, "--commit-every", "0", "-v"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stderr
        while b"38.txt: 1 new" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.decode()) == (
            130,
            "newsearch: stopping, and keeping what was read; once more to stop at once\n"
            "newsearch: stopped after 40 articles, all kept; the same command goes on from there\n",
        )


class TestViews:
    @pytest.mark.parametrize("view", ["timeline", "sources", "terms"])
    def test_lines_and_rows(self, view: str, index: str) -> None:
        """A view goes to stdout, what it is about to stderr; tables and JSON have the same rows."""
        done = run(view, "zelensky", "--index", index)
        assert done.returncode == 0 and done.stdout
        assert re.fullmatch(
            r"\n\d+ passages in \d+ articles · \d+ ms · one name: Zelenskyy 10, .*\n"
            + SEARCHED
            + "\n",
            done.stderr,
        )
        objects = run(view, "zelensky", "--index", index, "--json")
        rows = [json.loads(line) for line in objects.stdout.splitlines()]
        assert (objects.returncode, objects.stderr) == (0, "")
        for form, delimiter in (("csv", ","), ("tsv", "\t")):
            table = run(view, "zelensky", "--index", index, "--format", form)
            heading, *lines = table.stdout.splitlines()
            assert heading == delimiter.join(rows[0])
            assert (len(lines), table.returncode, table.stderr) == (len(rows), 0, "")

    @pytest.mark.parametrize("view", ["timeline", "sources", "terms"])
    def test_nothing(self, view: str, index: str) -> None:
        """1 if nothing is found, 2 if there is no word; partial matches are told of."""
        none = run(view, "unicorn", "--index", index)
        assert (none.returncode, none.stdout) == (1, "")
        assert none.stderr == f"newsearch: nothing found\n{SEARCHED}\n"
        some = run(view, "unicorn", "ferry", "--index", index)
        assert (some.returncode, some.stdout) == (1, "")
        assert "do in part: put OR between the words" in some.stderr
        assert run(view, '""', "--index", index).returncode == 2
        assert run(view, "ferry", "--index", index + "x").returncode == 2

    def test_timeline_by(self, index: str) -> None:
        """`--by` says how long a bar is."""
        done = run("timeline", "zelensky", "--index", index, "--by", "month")
        assert done.stdout.splitlines()[1].startswith("2025-03  ")
        assert run("timeline", "zelensky", "--index", index, "--by", "hour").returncode == 2

    def test_like(self, index: str) -> None:
        """An id, a file's name or a text; the last line says which words were looked for."""
        done = run("like", "tpa-20250313-0552", "--index", index, "-n", "2")
        assert done.returncode == 0 and done.stdout.startswith("1  ")
        assert "2 passages from 2 articles" in done.stderr and "looked for: " in done.stderr
        hits = run("like", "003_2d6ef01493bc785a.txt", "--index", index, "--json").stdout
        assert hits and '"article_id": "003' not in hits and "003_2d6ef01493bc785a" not in hits
        text = run("like", "tram drivers walk out", "--index", index, "--articles", "--json")
        assert "others" in json.loads(text.stdout.splitlines()[0])
        none = run("like", "unicorn", "--index", index)
        assert (none.returncode, none.stderr) == (1, "newsearch: nothing like it was found\n")
        assert run("like", "tpa-20250313-0552", "--passage", "99", "--index", index).returncode == 1

    def test_show(self, index: str) -> None:
        """A whole article, by id or file name, as text or JSON."""
        done = run("show", "tpa-20250313-0552", "--index", index)
        first, facts, url, *_ = done.stdout.splitlines()
        assert first.startswith("Black Sea grain corridor accord")
        assert facts.startswith("Transalpine Press Agency · 2025-03-13")
        assert url == "https://transalpine-press.example/wire/tpa-20250313-0552"
        assert (done.returncode, done.stderr) == (0, "")
        shown = run("show", "tpa-20250313-0552", "-q", "grain", "--index", index, "--json")
        facts_of = json.loads(shown.stdout)
        assert {facts_of["text"][a:b].lower() for a, b in facts_of["spans"]} == {"grain"}
        colored = run(
            "show", "tpa-20250313-0552", "-q", "grain", "--index", index, "--color=always"
        )
        assert "\x1b[1;31mgrain\x1b[0m" in colored.stdout
        none = run("show", "nobody", "--index", index)
        assert (none.returncode, none.stdout) == (1, "")
        assert none.stderr.startswith("newsearch: there is no article with the id nobody")

    def test_open(self, index: str) -> None:
        """`--open N` is the whole article of the N-th hit, marked."""
        query = ("query", "grain corridor", "--index", index)
        second = json.loads(run(*query, "--json").stdout.splitlines()[1])
        opened = json.loads(run(*query, "--open", "2", "--json").stdout)
        assert opened["id"] == second["article_id"]
        assert {tuple(span) for span in second["spans"]} <= {
            tuple(each) for each in opened["spans"]
        }
        assert run(*query, "--open", "2").stdout.startswith(second["title"] or "")
        none = run(*query, "--open", "99")
        assert (none.returncode, none.stderr) == (1, "newsearch: there is no hit 99\n")
        assert run(*query, "--open", "1", "--count").returncode == 2
        assert run(*query, "--open", "1", "--format", "csv").returncode == 2

    def test_two_articles_of_one_name(self, tmp_path: Path) -> None:
        """If a name may mean several articles, all are listed."""
        for folder in "ab":
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "x.txt").write_text(f"The ferry {folder} runs.")
        news = str(tmp_path / "index")
        run("index", str(tmp_path / "a"), str(tmp_path / "b"), "--index", news)
        done = run("show", "x.txt", "--index", news)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 3)
        assert run("show", str(tmp_path / "a" / "x.txt"), "--index", news).returncode == 0


class TestBoilerplate:
    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        """An index of a source that asks its readers for something."""
        lines = [
            {
                "id": str(number),
                "source": "Post\x1b",
                "date": f"2024-05-{number % 28 + 1:02}",
                "text": f"Ferry {number} waits. Sign up here. {chr(65 + number)}nd so on.",
            }
            for number in range(20)
        ]
        dump = "\n".join(map(json.dumps, lines)).encode()
        done = run("index", "-", "--index", str(tmp_path / "index"), stdin=dump)
        assert "20 pieces of page furniture set aside" in done.stdout
        return str(tmp_path / "index")

    def test_shows(self, place: str) -> None:
        """What was set aside, how often, where, and an example."""
        done = run("boilerplate", "--index", place)
        assert (done.returncode, done.stdout) == (0, "20  Post   learned  Sign up here.  (0)\n")
        facts = json.loads(run("boilerplate", "--index", place, "--json").stdout)
        assert (20, "learned", "Sign up here.") == tuple(
            facts[name] for name in ("articles", "rule", "text")
        )

    def test_keeps(self, place: str) -> None:
        """`--keep` brings it back at once and for good."""
        assert 1 == run("query", '"sign up"', "--index", place).returncode
        done = run("boilerplate", "--index", place, "--keep", "sign up")
        assert "20 brought back, in 20 articles\n" == done.stdout
        assert 0 == run("query", '"sign up"', "--index", place).returncode
        done = run("boilerplate", "--index", place)
        said = "newsearch: kept, until --drop: 'sign up'\nnewsearch: nothing was set aside\n"
        assert (1, "", said) == (done.returncode, done.stdout, done.stderr)

    def test_drops(self, place: str) -> None:
        """`--drop` takes a `--keep` back; one that was never given is an error."""
        run("boilerplate", "--index", place, "--keep", "sign up")
        done = run("boilerplate", "--index", place, "--drop", "sign up")
        assert "20 more set aside, in 20 articles\n" == done.stdout
        assert 1 == run("query", '"sign up"', "--index", place).returncode
        done = run("boilerplate", "--index", place, "--drop", "sign up")
        assert (2, "") == (done.returncode, done.stdout)
        assert "'sign up' is no pattern of what is kept (there is none)" in done.stderr
