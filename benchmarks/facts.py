"""What a run depends on: versions and the machine, without names or paths."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import newsearch

_PACKAGES = ("newsearch", "whoosh", "tantivy", "bm25s", "numpy", "PyStemmer")


def versions() -> dict[str, str]:
    """Return the version of everything that was measured.

    newsearch's comes with a digest of its source files: a version may stand for many states.
    """
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    found["newsearch"] += f" ({digest()})"
    return found


def digest() -> str:
    """Return what tells one state of newsearch's source files from another."""
    folder = Path(newsearch.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def machine() -> dict[str, str | float]:
    """Return cores, memory in MB, the model of the CPU, the kind of system, and how busy it was."""
    return {
        "cores": os.cpu_count() or 0,
        "memory_mb": _memory() >> 20,
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 1),  # processes at work when the run ended
    }


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), "")
