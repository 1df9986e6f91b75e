"""Hits as JSON lines, for other programs: one object a line, the fields of `Hit`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from newsearch.output.answers import Answer

# JSON lets these stand as they are, but a terminal would obey them.
_DANGEROUS = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def json_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield one line of JSON for each hit, best first, without line ends."""
    for answer in answers:
        name = {} if answer.name is None else {"query": answer.name}
        for hit in answer.results:
            yield json_line({**name, **hit.facts()})


def json_line(facts: Mapping[str, object]) -> str:
    """Return one object as one line, in which nothing can drive a terminal.

    >>> json_line({"text": "Zürich\\x9b"})
    '{"text": "Zürich\\\\u009b"}'
    """
    line = json.dumps(facts, ensure_ascii=False)
    return _DANGEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
