"""The rules of `boilerplate.toml`, read once."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that scraping leaves in articles; `boilerplate.toml` explains the fields."""

    name: str
    where: str
    why: str
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    def appeals(self, text: str) -> bool:
        """Tell whether a paragraph asks for something and speaks of journalism, often enough."""
        text = text.lower()
        asks = sum(phrase in text for phrase in self.asks)
        if not asks:
            return False
        about = sum(phrase in text for phrase in self.about)
        return about > 0 and asks + about >= _APPEAL


_APPEAL = 3  # different phrases
Rules = tuple[Rule, ...]


@cache
def load_rules() -> Rules:
    """Return the shipped rules in the order of their file.

    >>> sorted({rule.where for rule in load_rules()})
    ['appeal', 'head', 'inline', 'line', 'start']
    """
    return tuple(
        Rule(
            name=entry["name"],
            where=entry["where"],
            why=entry["why"],
            removes=tuple(entry["removes"]),
            keeps=tuple(entry["keeps"]),
            pattern=re.compile(entry["pattern"]) if "pattern" in entry else None,
            asks=tuple(entry.get("asks", ())),
            about=tuple(entry.get("about", ())),
            needs=tuple(entry.get("needs", entry.get("asks", ()))),
        )
        for entry in _data()["rule"]
    )


def speaks(sentence: str) -> bool:
    """Tell whether a sentence speaks to the readers of a page; see `learning`.

    >>> speaks("Sign up here."), speaks("Thousands have signed up.")
    (True, False)
    """
    return _cues().search(sentence) is not None


@cache
def _cues() -> re.Pattern[str]:
    cues = [f"(?:{entry['pattern']})" for entry in _data()["cue"]]
    return re.compile("|".join(cues), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules that are applied, by where they look.

    Attributes:
        start, head, line, inline, appeal: As `boilerplate.toml` explains them.
        any_line: Finds a line that one of the line rules takes out, in a text in lower case, with
            a line break before and after it.
    """

    start: Rules = ()
    head: Rules = ()
    line: Rules = ()
    inline: Rules = ()
    appeal: Rules = ()
    any_line: re.Pattern[str] = re.compile("(?!)")


def rules_for(text: str, keep: frozenset[str]) -> RuleSet:
    """Return the shipped rules that may find something in a text.

    Args:
        text: A whole article, no white space around its lines.
        keep: Names of rules that are left out.
    """
    lower = text.lower()
    absent = [rule.name for rule in _needing() if not any(map(lower.__contains__, rule.needs))]
    rules, whole = _rules_without(keep.union(absent))
    # What is cut out of a line may leave a label, which was no line before.
    cut = any([rule.pattern.match(text) for rule in rules.start if rule.pattern]) or any(
        [rule.pattern.search(text) for rule in rules.inline if rule.pattern]
    )
    return rules if cut or rules.any_line.search(f"\n{lower}\n") else whole


@cache
def _needing() -> Rules:
    return tuple(rule for rule in load_rules() if rule.needs)


@lru_cache(maxsize=64)
def _rules_without(names: frozenset[str]) -> tuple[RuleSet, RuleSet]:
    """Return all rules but some; and of them those that find something in any line."""
    rules = tuple(rule for rule in load_rules() if rule.name not in names)

    def at(where: str) -> Rules:
        return tuple(rule for rule in rules if rule.where == where)

    labels = [f"(?:{rule.pattern.pattern})" for rule in at("line") if rule.pattern]
    any_line = re.compile(rf"\n(?:{'|'.join(labels) or '(?!)'})(?=\n)")
    found = RuleSet(at("start"), at("head"), at("line"), at("inline"), at("appeal"), any_line)
    return found, RuleSet(head=found.head, appeal=found.appeal)


def _data() -> dict[str, Any]:
    # `importlib.resources` would take 10 ms to load, in each process that adds.
    rules = pkgutil.get_data("newsearch.cleaning", "boilerplate.toml")
    assert rules  # it is a part of the package
    return tomllib.loads(rules.decode())
