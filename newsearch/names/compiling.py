"""The data files that people edit to the form that is read at query time (see `compiled`).

After a change of a TOML file, run

    python -m newsearch.names.compiling

A test compares the two forms.
"""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import Any

from newsearch.names.compiled import Which
from newsearch.names.names_file import compile_names
from newsearch.names.romanisation import compile_romanisation


def compile_all() -> dict[Which, str]:
    """Return what the compiled files must hold, from the TOML files."""
    folder = resources.files("newsearch.names")
    rules = tomllib.loads(folder.joinpath("romanisation.toml").read_text("utf-8"))
    names = folder.joinpath("names.toml").read_text("utf-8")
    contents: dict[Which, dict[str, Any]] = {
        "names": compile_names(names),
        "romanisation": compile_romanisation(rules),
    }
    return {which: _lines(content) for which, content in contents.items()}


def _lines(content: dict[str, Any]) -> str:
    """Return JSON with one entry of a list a line, so that a change can be read in a diff."""
    parts = []
    for key, value in content.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, list) and value and isinstance(value[0], list):
            rows = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value)
            text = "[\n" + ",\n".join(rows) + "]"
        parts.append(f"{json.dumps(key)}:{text}")
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    from pathlib import Path

    for which, text in compile_all().items():
        Path(__file__).with_name(f"{which}.json").write_text(text, encoding="utf-8")
