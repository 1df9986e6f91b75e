"""What is made once and remembered, up to a size."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Any


class Memory:
    """Values by their keys; when they are too large together, the oldest are forgotten.

    Args:
        most: How large they may be, in the unit in which their sizes are given.
    """

    def __init__(self, most: int) -> None:
        self.kept: dict[Hashable, Any] = {}
        self._sizes: dict[Hashable, int] = {}
        self._left = most
        self._lock = Lock()

    def keep(self, key: Hashable, value: Any, size: int) -> Any:
        """Keep a value of some size, and return it."""
        with self._lock:
            self._left += self._sizes.pop(key, 0) - size
            self.kept[key], self._sizes[key] = value, size
            while self._left < 0 and len(self._sizes) > 1:
                oldest = next(iter(self._sizes))
                self._left += self._sizes.pop(oldest)
                del self.kept[oldest]
        return value
