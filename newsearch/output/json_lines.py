"""Hits as JSON lines, for other programs: one object a line, the fields of `Hit`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from newsearch.records import Results

# JSON lets these stand as they are, but a terminal would obey them.
_DANGEROUS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def json_lines(results: Results) -> Iterator[str]:
    """Yield one line of JSON for each hit, best first, without line ends."""
    for hit in results:
        yield json_line(hit.facts())


def json_line(facts: Mapping[str, object]) -> str:
    """Return one object as one line, in which nothing can drive a terminal.

    >>> json_line({"text": "Zürich\\x9b"})
    '{"text": "Zürich\\\\u009b"}'
    """
    line = json.dumps(facts, ensure_ascii=False)
    return _DANGEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
