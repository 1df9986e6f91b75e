"""Names files: what people know about spellings and no rule can find.

In: TOML files, the shipped one and the user's. Out: `NamesFile`, which answers for two folded
forms whether they are one name. The user's file beats the shipped one, and a file beats rules.

    [[name]]                                # spellings of one name, in any script
    same = ["Kyiv", "Kiev", "Київ"]
    why = "the Ukrainian and the Russian name"

    [[apart]]                               # names that look alike: no two of them are one
    names = ["Iran", "Iraq"]

    [[exact]]                               # names that stand only for themselves
    names = ["Chad"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from newsearch.analysis import fold
from newsearch.errors import InputError

Verdict = Literal["same", "apart"]
_LISTS = {"name": "same", "apart": "names", "exact": "names"}
_SHIPPED = "names.toml"
_MIN_BARE = 4  # letters of a form without vowels: the Arabic for Omar is indexed as "mr"
_VOWEL = re.compile(r"[aeiou]|[^a-z]")
_NO_FORMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says, in folded forms.

    Attributes:
        same: Form to all forms of its name, itself among them.
        apart: Form to the forms it must not meet.
        exact: Forms that stand only for themselves.
    """

    same: dict[str, frozenset[str]] = field(default_factory=dict)
    apart: dict[str, frozenset[str]] = field(default_factory=dict)
    exact: frozenset[str] = _NO_FORMS

    def verdict(self, left: str, right: str) -> Verdict | None:
        """Return what this file says of two forms, None where it says nothing."""
        if right in self.apart.get(left, _NO_FORMS):
            return "apart"
        if left in self.exact or right in self.exact:
            return "apart"
        return "same" if right in self.same.get(left, _NO_FORMS) else None


@dataclass(frozen=True, slots=True)
class NamesFile:
    """Several names files as one; a later layer beats an earlier one.

    >>> names = load_names()
    >>> names.verdict("kyiv", "kiev"), names.verdict("iran", "iraq"), names.verdict("a", "b")
    ('same', 'apart', None)
    """

    layers: tuple[Layer, ...]

    def verdict(self, left: str, right: str) -> Verdict | None:
        """Return whether two different folded forms are one name, None where no file says."""
        for layer in reversed(self.layers):
            verdict = layer.verdict(left, right)
            if verdict is not None:
                return verdict
        return None

    def family(self, form: str) -> frozenset[str]:
        """Return all forms of the same name, the form itself among them."""
        family, waiting = {form}, [form]
        while waiting:
            known = waiting.pop()
            for layer in self.layers:
                new = layer.same.get(known, _NO_FORMS) - family
                kept = {other for other in new if self.verdict(form, other) != "apart"}
                family |= kept
                waiting += sorted(kept)
        return frozenset(family)

    def exact(self, form: str) -> bool:
        """Return whether a form stands only for itself."""
        for layer in reversed(self.layers):
            if form in layer.exact:
                return True
            if form in layer.same:
                return False
        return False

    def knows(self, form: str) -> bool:
        """Return whether a form is listed as a spelling of a name."""
        return any(form in layer.same for layer in self.layers)


def load_names(path: str | Path | None = None) -> NamesFile:
    """Read the shipped names file and, on top of it, the user's.

    Args:
        path: The user's file; None for the shipped one alone.

    Returns:
        Both as one.

    Raises:
        InputError: The file can't be read, or says something that makes no sense; with the line
            where that is known.
    """
    shipped = resources.files("newsearch.names").joinpath(_SHIPPED).read_text("utf-8")
    layers = [parse_names(shipped, _SHIPPED)]
    if path is not None:
        layers.append(parse_names(_read(path), str(path)))
    return NamesFile(tuple(layers))


def parse_names(text: str, path: str = "-") -> Layer:
    """Return what a names file says.

    Args:
        text: The file's content, TOML.
        path: Its name, for messages.

    Raises:
        InputError: It is not TOML, or an entry is not as the module's docstring shows.

    >>> parse_names('[[apart]]\\nnames = ["Iran", "Iraq"]').verdict("iraq", "iran")
    'apart'
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(path, f"not valid TOML: {error}", _error_line(error, text)) from error
    unknown = sorted(set(data) - set(_LISTS))
    if unknown:
        reason = f"unknown entry '{unknown[0]}': write [[name]], [[apart]] or [[exact]]"
        raise InputError(path, reason, _key_line(text, unknown[0]))
    lists = {kind: _entries(data, kind, text, path) for kind in _LISTS}
    layer = Layer(
        same=_joined(forms for forms, _ in lists["name"]),
        apart=_separated(forms for forms, _ in lists["apart"]),
        exact=frozenset(form for forms, _ in lists["exact"] for form in forms),
    )
    _check_agreement(layer, lists["apart"], path)
    return layer


def _read(path: str | Path) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not UTF-8: save the file as UTF-8") from error
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror}") from error


def _entries(
    data: dict[str, Any], kind: str, text: str, path: str
) -> list[tuple[list[str], int | None]]:
    """Return the folded forms of each entry of one kind, with the entry's line."""
    tables = data.get(kind, [])
    lines = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)
    ]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(path, f"'{kind}' must be written [[{kind}]]", _key_line(text, kind))
    found = []
    for number, table in enumerate(tables):
        line = lines[number] if number < len(lines) else None
        found.append((_forms(table, kind, path, line), line))
    return found


def _forms(table: dict[str, Any], kind: str, path: str, line: int | None) -> list[str]:
    """Return the folded forms that one entry lists, each once, in order."""
    key = _LISTS[kind]
    unknown = sorted(set(table) - {key, "why"})
    if unknown:
        raise InputError(path, f"unknown key '{unknown[0]}' in [[{kind}]]: use '{key}'", line)
    words = table.get(key)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(path, f'[[{kind}]] needs {key} = ["…", "…"]', line)
    for word in words:
        if len(word.split()) != 1:
            raise InputError(path, f"'{word}' is not one word: list each word by itself", line)
        if not word.isascii() and len(fold(word)) < _MIN_BARE and not _VOWEL.search(fold(word)):
            reason = f"'{word}' is indexed as '{fold(word)}', too short to tell from other words"
            raise InputError(path, reason, line)
    forms = list(dict.fromkeys(map(fold, words)))
    if len(forms) < (1 if kind == "exact" else 2):
        raise InputError(path, f"[[{kind}]] needs more than one spelling of other letters", line)
    return forms


def _joined(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return each form with its whole name; entries that share a form are one name."""
    same: dict[str, frozenset[str]] = {}
    for group in groups:
        whole = frozenset(group).union(*(same.get(form, _NO_FORMS) for form in group))
        same.update(dict.fromkeys(whole, whole))
    return same


def _separated(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return each form with those that it must not meet."""
    apart: dict[str, frozenset[str]] = {}
    for group in groups:
        for form in group:
            apart[form] = apart.get(form, _NO_FORMS) | (frozenset(group) - {form})
    return apart


def _check_agreement(layer: Layer, apart: list[tuple[list[str], int | None]], path: str) -> None:
    """Raise if one file calls two forms both one name and two names."""
    for forms, line in apart:
        for form in forms:
            for other in layer.same.get(form, _NO_FORMS) & set(forms) - {form}:
                raise InputError(path, f"'{form}' and '{other}' are both same and apart", line)


def _error_line(error: tomllib.TOMLDecodeError, text: str) -> int | None:
    """Return the line that tomllib's message names; older versions have no attribute for it."""
    found = re.search(r"at line (\d+)", str(error))
    if found:
        return int(found[1])
    return len(text.splitlines()) if "end of document" in str(error) else None


def _key_line(text: str, key: str) -> int | None:
    """Return the first line that begins with a key or a table of that name."""
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[\]=.]")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if pattern.match(line)), None)
