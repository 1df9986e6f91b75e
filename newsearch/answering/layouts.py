"""Passages as they are laid out, remembered: what is shown once is shown again and again."""

from __future__ import annotations

from newsearch.analysis import Layout, laid_out
from newsearch.engines.base import StoredPassage
from newsearch.memory import Memory

_BYTES = 16 << 20  # some 5,000 passages


class Layouts:
    """The layouts of the passages of one snapshot, those that were shown last.

    Args:
        most: How many bytes they may take.
    """

    def __init__(self, most: int = _BYTES) -> None:
        self._memory = Memory(most)

    def of(self, order: int, passage: StoredPassage) -> Layout:
        """Return the layout of a passage.

        Args:
            order: Its number in the snapshot.
            passage: Where its text is read if that is not remembered.
        """
        layout: Layout | None = self._memory.kept.get(order)
        if layout is None:
            layout = laid_out(passage.text())
            self._memory.keep(order, layout, layout.size)
        return layout
