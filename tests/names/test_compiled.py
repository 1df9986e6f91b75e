"""The compiled data files say what the TOML files say."""

from __future__ import annotations

from importlib import resources

import pytest

from newsearch.names.compiled import Which
from newsearch.names.compiling import compile_all


@pytest.mark.parametrize("which", ["names", "romanisation"])
def test_compiled_files_are_those_of_the_toml_files(which: Which) -> None:
    """After a change of a TOML file: python -m newsearch.names.compiling."""
    held = resources.files("newsearch.names").joinpath(f"{which}.json").read_text("utf-8")
    assert held == compile_all()[which]
