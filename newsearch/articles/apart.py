"""Foreign parsers at work in a process of their own, because pages come from strangers.

A parser of HTML or feeds may take hours over a few odd bytes, or all memory, or crash with the
whole process. Here it can be ended, and the next page is read by a new one.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Timer
from typing import Any

from newsearch.errors import InputError, NewsearchError, ReaderMissing
from newsearch.workers import leave_signals

SECONDS = 20.0  # for one page, which takes some hundredths
_MEMORY = 4 << 30  # bytes; a page takes some hundred million, and Python its own
_START = "import sys; sys.path[:] = sys.argv[1:]; from newsearch.articles.apart import main; main()"


class Apart:
    """One process that runs functions, started when it is first needed, and again if it dies."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        atexit.register(self.close)

    def call(self, path: str, function: Callable[..., Any], *values: Any) -> Any:
        """Return what a function returns for some values.

        Args:
            path: What is being read, for errors.
            function: Of a module; it returns what JSON can hold.
            values: Its arguments.

        Raises:
            InputError: It took too long, or it failed on this input.
            ReaderMissing: It needs a package that is not installed.
        """
        with self._lock:
            answer = self._ask(path, (function, values))
        if "missing" in answer:
            raise ReaderMissing(path, answer["missing"])
        if "failure" in answer:
            raise InputError(path, f"can't be taken apart ({answer['failure']}); left out")
        return answer["result"]

    def _ask(self, path: str, question: object) -> dict[str, Any]:
        process = self._running()
        assert process.stdin and process.stdout
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        except BaseException:  # Ctrl-C: this answer must not be taken for the next one
            self.close()
            raise
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            return dict(json.loads(line))
        self.close()
        raise InputError(path, f"nothing comes of it within {SECONDS:g} s; left out")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a copy of the caller, whose process this is not
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what it has to say goes through stdout
                process_group=0,  # Ctrl-C is for the caller, who ends this one
            )
        return self._process

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()


def main() -> None:
    """Run what the caller sends through standard input; the whole life of the process."""
    leave_signals()
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not be taken for an answer
    while True:
        try:
            function, values = pickle.load(sys.stdin.buffer)
        except Exception:  # the caller is gone, in the middle of a word perhaps
            os._exit(0)
        out.write(json.dumps(_answer(function, values)).encode() + b"\n")
        out.flush()


def _answer(function: Callable[..., Any], values: tuple[Any, ...]) -> dict[str, Any]:
    try:
        return {"result": function(*values)}
    except NewsearchError as error:
        return {"missing": str(error)}
    except Exception as error:  # on a broken page, a dozen modules may raise anything
        return {"failure": f"{type(error).__name__}: {error}"[:200]}


apart = Apart()
