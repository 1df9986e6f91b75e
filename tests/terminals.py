"""What a terminal gets of a process."""

from __future__ import annotations

import os


def read_terminal(parent: int) -> str:
    """Return all that is written to the other end until everybody has closed that."""
    pieces = []
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:  # as Linux says that the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(parent)
    return b"".join(pieces).decode()
