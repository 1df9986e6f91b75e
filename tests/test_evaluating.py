"""Runs, and the measures of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, InputError, NewsIndex
from newsearch.evaluating import Judgements, RunHit, read_run, run_lines, run_of
from newsearch.queries import Query

TEXTS = {
    "ferry": "The night ferry to Orlund runs again.",
    "tram": "The tram drivers of Mirvan are on strike.",
    "both": "Ferry and tram tickets are dearer from May.",
}


@pytest.fixture
def news(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as index:
        index.add(Article(id=name, text=text) for name, text in TEXTS.items())
        yield index


def judgements(folder: Path, rows: str) -> Judgements:
    path = folder / "qrels.txt"
    path.write_text(rows)
    return Judgements(str(path))


def test_measures(tmp_path: Path, news: NewsIndex) -> None:
    """A question whose only right article comes first is worth 1; one without hits is worth 0."""
    judged = judgements(tmp_path, "1 0 ferry 1\n2 0 tram 1\n")
    run = list(run_of(news, [Query("1", "night ferry"), Query("2", "zeppelin")], False))
    found = judged.evaluate(run, ["nDCG@10", "RR"])
    assert {"nDCG@10": 0.5, "RR": 0.5} == found.mean
    assert {"nDCG@10": 1.0, "RR": 1.0} == found.by_query["1"]
    assert {"nDCG@10": 0.0, "RR": 0.0} == found.by_query["2"]


def test_passages(tmp_path: Path, news: NewsIndex) -> None:
    """Where passages are judged, passages are found."""
    assert judgements(tmp_path, "1 0 ferry#0 1\n").of_passages
    assert not judgements(tmp_path, "1 0 ferry#0 1\n1 0 tram 1\n").of_passages
    assert ["ferry#0"] == [
        each.document for each in run_of(news, [Query("1", "night ferry")], True)
    ][:1]


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    """A kept run can be compared with."""
    run = [RunHit("1", "ferry", 2.5), RunHit("1", "tram", 1.0), RunHit("2", "both#3", 0.5)]
    (tmp_path / "run").write_text("\n".join(run_lines(run)) + "\n")
    assert run == read_run(str(tmp_path / "run"))


def test_what_can_not_be_read(tmp_path: Path) -> None:
    """One line says what is wrong with a file or a measure."""
    with pytest.raises(InputError, match="can't be read"):
        Judgements(str(tmp_path / "nothing"))
    with pytest.raises(InputError, match="TREC"):
        judgements(tmp_path, "only two\n")
    with pytest.raises(InputError, match="no judgement"):
        judgements(tmp_path, "")
    with pytest.raises(InputError, match="no such measure"):
        judgements(tmp_path, "1 0 ferry 1\n").evaluate([], ["wisdom"])


def evaluate(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsearch", "eval", "queries.jsonl", "qrels.txt", *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_command(tmp_path: Path, news: NewsIndex) -> None:
    """The command prints the means, compares with a kept run, and names what it can't read."""
    news.close()
    rows = [{"id": "1", "text": "night ferry"}, {"id": "2", "text": "tram strike"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "qrels.txt").write_text("1 0 ferry 1\n2 0 tram 1\n")
    done = evaluate(tmp_path, "-m", "RR", "--save", "run")
    assert (0, "RR           1.0000\n") == (done.returncode, done.stdout)
    (tmp_path / "qrels.txt").write_text("1 0 ferry 1\n2 0 both 1\n")
    done = evaluate(tmp_path, "-m", "RR", "--against", "run", "--per-query")
    assert 0 == done.returncode
    assert ["question", "1", "2", "mean"] == [row.split()[0] for row in done.stdout.splitlines()][
        :4
    ]
    assert "+0.0000" in done.stdout
    done = evaluate(tmp_path, "--json", "-m", "RR")
    assert {"mean", "earlier"} == json.loads(done.stdout).keys()
    done = evaluate(tmp_path, "--against", "nothing")
    assert (2, "") == (done.returncode, done.stdout)
    assert "nothing: this file can't be read" in done.stderr
