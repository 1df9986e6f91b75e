"""Other processes at work, and what happens when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsearch import workers
from newsearch.errors import EngineError
from newsearch.workers import Workers, cores


class Sum:
    """Adds numbers up."""

    def __init__(self) -> None:
        self.total = 0

    def do(self, batch: list[int]) -> None:
        self.total += sum(batch)

    def finish(self) -> int:
        return self.total


class Failing(Sum):
    """Fails in its own way."""

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure = failure

    def do(self, batch: list[int]) -> None:
        raise self.failure


class Dying(Sum):
    """Takes its process with it."""

    def do(self, batch: list[int]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that a test starts."""
    processes: list[subprocess.Popen[bytes]] = []
    start: Callable[[], Any] = workers._start

    def recorded() -> subprocess.Popen[bytes]:
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(workers, "_start", recorded)
    return processes


def ended(processes: list[subprocess.Popen[bytes]]) -> list[bool]:
    return [process.returncode is not None for process in processes]


def test_results() -> None:
    """Each process does the batches that it is sent; results come in the order of the tasks."""
    with Workers([Sum(), Sum(), Sum()]) as team:
        for number in range(3):
            team.send(number, [number, 10])
            team.send(number, [100])
        assert [110, 111, 112] == team.results()


def test_large_batches() -> None:
    """Batches and results may be larger than what a pipe holds."""
    with Workers([Sum()]) as team:
        for _ in range(8):
            team.send(0, list(range(200_000)))
        assert [8 * sum(range(200_000))] == team.results()


def test_all_end(started: list[subprocess.Popen[bytes]]) -> None:
    """When the block is left, no process is."""
    with Workers([Sum(), Sum()]) as team:
        team.send(0, [1])
        team.results()
    assert [True, True] == ended(started)


def test_all_end_after_an_error(started: list[subprocess.Popen[bytes]]) -> None:
    """When the block is left by an error, what the processes were doing is given up."""
    with pytest.raises(KeyboardInterrupt), Workers([Sum(), Sum()]) as team:
        team.send(0, [1])
        raise KeyboardInterrupt
    assert [True, True] == ended(started)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (EngineError("the disk is full"), "the disk is full"),
        (ValueError("no number"), r"failed in another process \(ValueError: no number\)"),
    ],
    ids=["ours", "another"],
)
def test_failure(failure: Exception, said: str, started: list[subprocess.Popen[bytes]]) -> None:
    """What fails in a process is an EngineError here, with the sentence said there."""
    with pytest.raises(EngineError, match=said), Workers([Sum(), Failing(failure)]) as team:
        team.send(1, [1])
        team.results()
    assert [True, True] == ended(started)


def test_death() -> None:
    """A process that dies is an EngineError that says how, and what to do."""
    with pytest.raises(EngineError, match=r"has died \(signal 9\).*fewer jobs"):
        with Workers([Dying(), Sum()]) as team:
            team.send(0, [1])
            team.results()


def test_death_before_it_is_sent_something() -> None:
    """Work for a process that has died is refused with the same sentence."""
    with pytest.raises(EngineError, match=r"has died \(signal 9\)"):
        with Workers([Dying()]) as team:
            for _ in range(1000):
                team.send(0, [1] * 10_000)


def test_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started, the message says what to do."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EngineError, match="use one job"):
        Workers([Sum()])


def test_from_a_thread() -> None:
    """A thread may start processes while others run."""
    results: list[Any] = []

    def work() -> None:
        with Workers([Sum()]) as team:
            team.send(0, [1, 2])
            results.extend(team.results())

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [3, 3] == results


def test_scripts_need_no_guard(tmp_path: Path) -> None:
    """A script that starts processes at its top is not run again in them."""
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\n"
        "from collections import Counter\n"
        "import newsearch\n"
        "text = 'The ferry runs again. ' * 50\n"
        "articles = (newsearch.Article(id=str(n), text=text) for n in range(1200))\n"
        "with newsearch.create('index') as index:\n"
        "    print(index.add(articles, jobs=2).added)\n"
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert ("once\n1200\n", "") == (done.stdout, done.stderr)


def test_cores() -> None:
    """There is one core at least."""
    assert cores() >= 1
