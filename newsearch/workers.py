"""Work that other processes on this machine do.

In: one task for each process, and batches of work for each. Out: what the tasks return when all
is done. A task knows what to do; nothing here knows of articles.

Each process is a new Python that is talked to through pipes. `multiprocessing` is not used: of
its ways to start a process, `fork` copies the locks that threads of the caller hold, and the
others run the caller's main module again, which a script without a guard does not survive.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Protocol

from newsearch.errors import EngineError, NewsearchError

_START = "import sys; sys.path[:] = sys.argv[1:]; from newsearch.workers import main; main()"
# Values that are made before Python looks for circles among them: of the very many that a batch
# makes and leaves, none is in one, and looking as often as usual takes a fiftieth of the time.
_LOOKED_THROUGH = 50_000
_AHEAD = 2  # batches that a process has waiting, so that it need not wait for the next


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Task(Protocol):
    """What one process does. It travels there pickled, as batches do, and results back."""

    def do(self, batch: Any) -> None:
        """Do a batch of work."""

    def finish(self) -> Any:
        """Return what has come of it all."""


class Workers:
    """Processes at work; they have ended, one way or the other, when the block has.

    Args:
        tasks: One for each process.

    Raises:
        EngineError: A process can't be started.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            for number, task in enumerate(tasks):
                self._processes.append(_start())
                self.send(number, task)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, number: int, batch: Any) -> None:
        """Give a process a batch of work; waits while it has enough to do.

        Raises:
            EngineError: What it did has failed, or it has died.
        """
        process = self._processes[number]
        assert process.stdin
        try:
            pickle.dump(batch, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
        except OSError:  # it does not listen any more, and has said why or is dead
            _result(process)
            raise

    def results(self) -> list[Any]:
        """Wait until all is done, and return what the tasks return, in their order.

        Raises:
            EngineError: What a process did has failed, or it has died.
        """
        for number in range(len(self._processes)):
            self.send(number, _END)
        return [_result(process) for process in self._processes]

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what could not be sent is not wanted any more
                    if pipe:
                        pipe.close()


_END = None
# Of the libraries that numpy may do its linear algebra with. Nobody does any; the threads that
# they start on all cores wait for it busily, and take the time of those who work.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")


def _start() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
            process_group=0,  # Ctrl-C is for the caller, who ends the others
        )
    except OSError as error:
        raise EngineError(f"no other process can be started ({error}); use one job") from error


def _result(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout
    try:
        result, failure = pickle.load(process.stdout)
    except (EOFError, pickle.UnpicklingError) as error:
        code = process.wait()
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        raise EngineError(
            f"a process that was adding articles has died ({how}), for want of memory perhaps; "
            "nothing was changed. Run this again with fewer jobs"
        ) from error
    if failure:
        raise EngineError(failure)
    return result


def main() -> None:
    """Do what the caller sends through standard input; the whole life of such a process."""
    leave_signals()
    gc.set_threshold(_LOOKED_THROUGH)
    waiting: Queue[Any] = Queue(_AHEAD)
    Thread(target=_receive, args=(sys.stdin.buffer, waiting), daemon=True).start()
    result, failure = None, ""
    try:
        task: Task = waiting.get()
        while (batch := waiting.get()) is not _END:
            task.do(batch)
        result = task.finish()
    except NewsearchError as error:
        failure = str(error)
    except Exception as error:
        failure = f"adding articles failed in another process ({type(error).__name__}: {error})"
    with suppress(BrokenPipeError), open(1, "wb", closefd=False) as out:
        pickle.dump((result, failure), out, pickle.HIGHEST_PROTOCOL)


def leave_signals() -> None:
    """Leave it to the caller to end this process: it goes on when all of them are told to end."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)


def _receive(stream: IO[bytes], waiting: Queue[Any]) -> None:
    while True:
        try:
            received = pickle.load(stream)
        except Exception:  # the caller is gone, in the middle of a word perhaps
            os._exit(1)
        waiting.put(received)
