"""The data files of this package in the form that is read at query time.

In: `names.json` and `romanisation.json`, which stand beside the TOML files that people edit and
load in a tenth of the time; `compiling` makes them. Out: what they hold.
"""

from __future__ import annotations

import json
import pkgutil
from typing import Any, Literal

Which = Literal["names", "romanisation"]


def compiled(which: Which) -> dict[str, Any]:
    """Return one data file in its compiled form.

    >>> sorted(compiled("names"))
    ['apart', 'article', 'exact', 'name', 'stable']
    """
    text = pkgutil.get_data("newsearch.names", f"{which}.json")
    assert text  # it is a part of the package
    found: dict[str, Any] = json.loads(text)
    return found
