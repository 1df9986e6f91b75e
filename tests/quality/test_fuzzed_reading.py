"""Broken files of every kind give articles and problems, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_reading import one_round


@pytest.mark.parametrize("seed", range(150))
def test_broken_files(seed: int, tmp_path: Path) -> None:
    """A few of the rounds that `fuzz_reading.py` runs for longer."""
    one_round(seed, tmp_path)
