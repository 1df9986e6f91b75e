"""Hits and articles as JSON lines, for other programs: one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from newsearch.output.answers import Answer

if TYPE_CHECKING:
    from newsearch.views import MarkedArticle

# JSON lets these stand as they are, but a terminal would obey them.
_DANGEROUS = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def json_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield one line of JSON for each hit, with the fields of `Hit`, best first; no line ends."""
    for answer in answers:
        name = {} if answer.name is None else {"query": answer.name}
        for hit in answer.results:
            yield json_line({**name, **hit.facts()})


def json_article(marked: MarkedArticle, removed: bool) -> Iterator[str]:
    """Yield an article: the fields of `Article`, `spans`, `removed` (in any case), `copies`."""
    facts = asdict(marked)
    yield json_line({**facts["article"], **{name: facts[name] for name in _BESIDE_ARTICLE}})


_BESIDE_ARTICLE = ("spans", "removed", "copies")


def json_line(facts: Mapping[str, object]) -> str:
    """Return one object as one line, in which nothing can drive a terminal.

    >>> json_line({"text": "Zürich\\x9b"})
    '{"text": "Zürich\\\\u009b"}'
    """
    line = json.dumps(facts, ensure_ascii=False)
    return _DANGEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
