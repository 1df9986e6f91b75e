"""The numbers that newsearch goes by, each with its unit, kept with every index.

Settings that shape what is stored can't change once an index exists; `NewsIndex` keeps them in
the index's own `newsearch.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """How an index is made and how its answers are ranked.

    Attributes:
        passage_words: A passage is cut as soon as it has this many words and a paragraph ends.
        passage_words_max: No passage is longer, in words, unless its last piece would be a stub.
        keep: Names of cleaning rules that are not applied (see `cleaning/boilerplate.toml`).
        k1, b: BM25's saturation and length normalisation, Robertson and Zaragoza 2009.
        title_weight: What a title's score counts beside the passage's own, 0 to 1.
        copies: How much of their shingles (runs of five words) two passages have in common, as a
            share of all that are in either, to be shown as one, 0 to 1; above 1, none are.
        snippet_characters: The longest snippet, in characters.
        memory: What a writer may hold before it writes a segment, in bytes.

    >>> Settings().passage_words < Settings().passage_words_max
    True
    """

    passage_words: int = 60
    passage_words_max: int = 150
    keep: frozenset[str] = field(default_factory=frozenset)
    k1: float = 1.2
    b: float = 0.75
    title_weight: float = 1.0
    copies: float = 0.8
    snippet_characters: int = 240
    memory: int = 256 << 20


def settings_from(given: Mapping[str, Any]) -> Settings:
    """Return settings that were kept with an index.

    Raises:
        ValueError: One has not the type it should have.
        KeyError: One is missing.

    >>> from dataclasses import asdict
    >>> settings_from({**asdict(Settings()), "keep": ["credit"]}).keep
    frozenset({'credit'})
    """
    values = {each.name: given[each.name] for each in fields(Settings)}
    keep = frozenset(map(str, values.pop("keep")))
    for name, value in values.items():
        kinds = (int,) if isinstance(getattr(_DEFAULTS, name), int) else (int, float)
        if type(value) not in kinds or not 0 <= value < 1 << 48:
            raise ValueError(f"its {name} is {value!r}")
    return Settings(**values, keep=keep)


_DEFAULTS = Settings()
