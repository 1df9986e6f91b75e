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

    [[stable]]                              # names with one spelling: no rule adds another,
    names = ["Thatcher", "Boston"]          # but slips of the keyboard still find them

    [[article]]                             # names with the Arabic article or without it, so that
    names = ["Assad", "Sisi"]               # "Bashar Assad" finds Bashar al-Assad
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from newsearch.analysis import fold
from newsearch.errors import InputError
from newsearch.names.compiled import compiled
from newsearch.names.layers import NO_FORMS, Layer, NamesFile

_LISTS = {"name": "same"} | dict.fromkeys(("apart", "exact", "stable", "article"), "names")
_SHIPPED = "names.toml"
_MIN_BARE = 4  # letters of a form without vowels: the Arabic for Omar is indexed as "mr"
_VOWEL = re.compile(r"[aeiou]|[^a-z]")


def load_names(*paths: str | Path | None) -> NamesFile:
    """Read the shipped names file and, on top of it, the user's.

    Args:
        paths: The user's files, later ones beating earlier ones; None stands for no file.

    Returns:
        All as one.

    Raises:
        InputError: A file can't be read, or says something that makes no sense; with the line
            where that is known.
    """
    own = [parse_names(read_names(path), str(path)) for path in paths if path is not None]
    return NamesFile((_shipped(), *own))


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
    data = _toml(text, path)
    unknown = sorted(set(data) - set(_LISTS))
    if unknown:
        kinds = ", ".join(f"[[{kind}]]" for kind in _LISTS)
        reason = f"unknown entry '{unknown[0]}': write one of {kinds}"
        raise InputError(path, reason, _key_line(text, unknown[0]))
    lists = {kind: _entries(data, kind, text, path) for kind in _LISTS}
    layer = _layer(*([forms for forms, _ in lists[kind]] for kind in _LISTS))
    _check_agreement(layer, lists["apart"], path)
    return layer


def _toml(text: str, path: str) -> dict[str, Any]:
    import tomllib  # 4 ms that nobody without a file of his own need pay

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(path, f"not valid TOML: {error}", _error_line(error, text)) from error


def compile_names(text: str) -> dict[str, Any]:
    """Return what a names file says in the form that is read at query time: lists of forms.

    Entries that share a form are one list already.
    """
    data = _toml(text, _SHIPPED)
    found = {kind: [forms for forms, _ in _entries(data, kind, text, _SHIPPED)] for kind in _LISTS}
    whole = dict.fromkeys(_joined(found["name"]).values())
    return found | {"name": sorted(map(sorted, whole))}


@cache
def _shipped() -> Layer:
    """Return the shipped names, which were checked and joined when they were compiled."""
    data = compiled("names")
    same: dict[str, frozenset[str]] = {}
    for forms in data["name"]:
        same.update(dict.fromkeys(forms, frozenset(forms)))
    return Layer(
        same,
        _separated(data["apart"]),
        frozenset(chain.from_iterable(data["exact"])),
        frozenset(chain.from_iterable(data["stable"])),
        frozenset(chain.from_iterable(data["article"])),
    )


def listed_forms() -> Set[str]:
    """Return the forms that the shipped file lists as spellings of names."""
    return _shipped().same.keys()


def read_names(path: str | Path) -> str:
    """Return the text of a names file."""
    try:
        if Path(path).exists() and not Path(path).is_file():  # a pipe would be waited for
            raise InputError(str(path), "not a file")
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
    if len(forms) < (2 if kind in ("name", "apart") else 1):
        raise InputError(path, f"[[{kind}]] needs more than one spelling of other letters", line)
    return forms


def _layer(
    same: list[list[str]],
    apart: list[list[str]],
    *others: list[list[str]],
) -> Layer:
    forms = (frozenset(chain.from_iterable(each)) for each in others)
    return Layer(_joined(same), _separated(apart), *forms)


def _joined(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return each form with its whole name; entries that share a form are one name."""
    same: dict[str, frozenset[str]] = {}
    for group in groups:
        whole = frozenset(group).union(*(same.get(form, NO_FORMS) for form in group))
        same.update(dict.fromkeys(whole, whole))
    return same


def _separated(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return each form with those that it must not meet."""
    apart: dict[str, frozenset[str]] = {}
    for group in groups:
        for form in group:
            apart[form] = apart.get(form, NO_FORMS) | (frozenset(group) - {form})
    return apart


def _check_agreement(layer: Layer, apart: list[tuple[list[str], int | None]], path: str) -> None:
    """Raise if one file calls two forms both one name and two names."""
    for forms, line in apart:
        for form in forms:
            for other in layer.same.get(form, NO_FORMS) & set(forms) - {form}:
                raise InputError(path, f"'{form}' and '{other}' are both same and apart", line)


def _error_line(error: ValueError, text: str) -> int | None:
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
