"""The command `newsearch`: what was typed, to calls of the library, to output and an exit code.

Exit codes: 0 found, 1 nothing found, 2 error. Results go to stdout, everything else to stderr.
`commands` has the commands, `names` those about names, `shared` what they have in common.
"""

from __future__ import annotations

import os
import sys

from newsearch.cli.commands import app
from newsearch.cli.names import names_app

app.add_typer(names_app)


def main() -> None:
    """Run the command; the entry point of the console script."""
    # numpy's linear algebra, which nothing here uses, would start a thread for every core: 40 ms.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows "?"
    app()
