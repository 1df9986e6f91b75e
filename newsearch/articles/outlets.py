"""Folders to outlets: whose articles lie in `orlund-post/2025/03`?

A function of the whole path alone, so that it is the same outlet by whatever path a file was
reached: the nearest folder that is not named after a day, a kind of file or a section of a paper,
unless its name says that it holds articles of whomever.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

# Folders in those of outlets.
_INNER = frozenset(
    "arts business clean cleaned compressed csv culture economy en english environment export "
    "finance health htm html international json jsonl lifestyle local markdown md money national "
    "opinion original output page pages plain politics pub raw science sections society sport "
    "sports tech technology text texts travel txt uk us web world xml zip".split()
)
# Folders around those of outlets, or of articles of which the folder does not say whose they are.
_OUTER = frozenset(
    "archive archives article articles collection collections corpora corpus crawl crawled crawls "
    "data dataset datasets desktop documents docs downloads dump dumps example examples feeds "
    "files input media news newspaper newspapers outlets papers press project projects "
    "publishers sample samples scrape scraped scrapes shared sites sources stories temp test "
    "tests tmp work".split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=1024)
def outlet_of(folder: str) -> str:
    """Return the outlet that a folder is named after, or "".

    Args:
        folder: Its whole path, or its path in an archive.

    >>> outlet_of("/articles/orlund-post/2025/03"), outlet_of("orlund-post/politics")
    ('orlund-post', 'orlund-post')
    >>> outlet_of("/orlund/articles"), outlet_of("2025/03")
    ('', '')
    """
    for part in reversed(folder.removeprefix(os.path.expanduser("~")).split(os.sep)):
        words = set(_WORD.findall(part.lower()))
        if not words <= _INNER:
            return "" if words <= _INNER | _OUTER else part
    return ""
