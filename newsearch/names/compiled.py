"""The data files of this package in the form that is read at query time.

In: `names.json` and `romanisation.json`, which stand beside the TOML files that people edit and
load in a tenth of the time; `compiling` makes them. Out: what they hold.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Literal

Which = Literal["names", "romanisation"]


def compiled(which: Which) -> dict[str, Any]:
    """Return one data file in its compiled form.

    >>> sorted(compiled("names"))
    ['apart', 'article', 'exact', 'name', 'stable']
    """
    text = resources.files("newsearch.names").joinpath(f"{which}.json").read_bytes()
    found: dict[str, Any] = json.loads(text)
    return found
