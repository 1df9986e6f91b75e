"""Ending a run early: what was read until then is committed, and the next run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from threading import get_ident
from typing import TypeVar

_Item = TypeVar("_Item")


class Stop:
    """What a run is asked through to end, by a signal handler or by another thread.

    Attributes:
        asked: Whether it was asked to.
    """

    def __init__(self) -> None:
        self.asked = False
        self._reader = 0  # the thread that waits for an article; 0 while none does

    def ask(self) -> None:
        """Ask the run to end; called by a signal handler, it ends waiting for an article, too."""
        self.asked = True
        if self._reader == get_ident():
            raise _Asked

    def until(self, items: Iterator[_Item]) -> Iterator[_Item]:
        """Yield what an iterator yields, until the run is asked to end.

        >>> stop = Stop()
        >>> for number in stop.until(iter(range(1000))):
        ...     if number == 2:
        ...         stop.ask()
        >>> number
        2
        """
        while not self.asked:
            try:
                self._reader = get_ident()
                try:
                    item = next(items)
                finally:
                    self._reader = 0
            except (StopIteration, _Asked):
                return
            yield item


class _Asked(BaseException):  # no `Exception`: no reader may take it for its own
    """Ends the reading of an article, which the next run reads again."""
