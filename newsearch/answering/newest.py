"""The newest view of an index, which any number of threads may be asking.

Nothing that only asking needs is loaded before something is asked: a program that adds articles
need not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsearch.engines.changing import Engine
from newsearch.errors import EngineError
from newsearch.settings import Settings

if TYPE_CHECKING:
    from newsearch.answering.view import View


class Newest:
    """Gives the newest view of an index."""

    def __init__(self, folder: Path, settings: Settings, engine: Engine) -> None:
        self._folder = folder
        self._settings = settings
        self._engine = engine
        self._swapping = Lock()
        self._closed = False
        self._view: View | None = None

    def look(self) -> None:
        """Show the index as it is now; who asks the view before may go on doing so."""
        new = self._new()
        with self._swapping:
            old, self._view = self._view, new
        if old:
            old.let_go()

    def look_again(self) -> None:
        """Show the index as it is now, unless nobody has asked yet: who will, sees it anyhow."""
        with self._swapping:  # somebody may just be opening it, as it was before
            asked = self._view is not None and not self._closed
        if asked:
            self.look()

    def close(self) -> None:
        """Let go of the files; closing again does nothing."""
        with self._swapping:
            if self._view and not self._closed:
                self._view.let_go()
            self._closed = True

    @contextmanager
    def held(self) -> Iterator[View]:
        """Give the newest view, held until it is done with.

        Raises:
            EngineError: It was closed, or the index can't be read.
        """
        with self._swapping:
            if self._closed:
                raise EngineError(f"the index in {self._folder} was closed; open it again")
            self._view = self._view or self._new()
            view = self._view.hold()
        try:
            yield view
        finally:
            view.let_go()

    def _new(self) -> View:
        from newsearch.answering.view import View

        return View(self._engine.snapshot(), self._settings, self._folder).hold()
