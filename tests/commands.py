"""Commands as processes of their own that begin with everything loaded: five times as fast.

What a new process loads, and how it begins, is for `test_cli` to show.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread
from types import TracebackType

from terminals import read_terminal

_SERVER = """
import json, os, pkgutil, sys, traceback
from importlib import import_module
import newsearch
from newsearch.cli import main

for module in pkgutil.walk_packages(newsearch.__path__, "newsearch."):
    if not module.name.endswith("__main__"):
        import_module(module.name)


def run(words, environment, files):
    for number, name in enumerate(files):
        os.dup2(os.open(name, os.O_RDWR | os.O_NOCTTY), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = words
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


for line in sys.stdin:
    child = os.fork()
    if not child:
        run(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Commands:
    """Runs commands, one after the other."""

    def __enter__(self) -> Commands:
        self._server = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", _SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.kill()
        self._server.communicate()

    def run(
        self, *words: str, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command outside of a terminal."""
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
            for file, content in zip(files, (stdin, b"", b""), strict=True):
                file.write_bytes(content)
            code = self._ended(words, environment, [str(file) for file in files])
            _, shown, said = (file.read_bytes().decode() for file in files)
        return subprocess.CompletedProcess(words, code, shown, said)

    def on_terminal(self, *words: str, columns: int = 80) -> str:
        """Run a command in a terminal, and return what that got."""
        parent, child = pty.openpty()
        place = {"TERM": "xterm-256color", "COLUMNS": str(columns)}
        name = os.ttyname(child)

        def go() -> None:
            self._ended(words, place, ["/dev/null", name, name])
            os.close(child)  # nothing more will come

        going = Thread(target=go)
        going.start()
        got = read_terminal(parent)
        going.join()
        return got

    def _ended(self, words: tuple[str, ...], more: dict[str, str], files: list[str]) -> int:
        """Run a command with some files for its streams, and return its exit code."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(json.dumps((words, {**os.environ, **more}, files)) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())
