"""The rules of `boilerplate.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that scraping leaves in articles; `boilerplate.toml` explains the fields."""

    name: str
    where: str
    why: str
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    asks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


Rules = tuple[Rule, ...]


@cache
def load_rules() -> Rules:
    """Return the shipped rules in the order of their file.

    >>> sorted({rule.where for rule in load_rules()})
    ['appeal', 'head', 'inline', 'line', 'start']
    """
    data = resources.files("newsearch").joinpath("boilerplate.toml").read_text(encoding="utf-8")
    return tuple(
        Rule(
            name=entry["name"],
            where=entry["where"],
            why=entry["why"],
            removes=tuple(entry["removes"]),
            keeps=tuple(entry["keeps"]),
            pattern=_compile(entry["pattern"], entry["where"]) if "pattern" in entry else None,
            asks=tuple(entry.get("asks", ())),
            about=tuple(entry.get("about", ())),
        )
        for entry in tomllib.loads(data)["rule"]
    )


def _compile(pattern: str, where: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if where == "line" else 0)
