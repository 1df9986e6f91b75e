"""The command `newsearch`, also as `python -m newsearch`.

Nothing is loaded here: whoever presses Ctrl-C while the rest is loading is not shown where.
"""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command; the entry point of the console script."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored, for a shell
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from newsearch.cli import main

    main()


if __name__ == "__main__":
    main()
