"""The user's own names files: where they are, what is added to them, when they are read again.

In: an index's folder and the words that a person types. Out: files of the form that
`names_file` reads. There are two, each on top of the shipped one: the user's own, for all
indexes, and the index's. Neither is needed, and nothing has to be indexed again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsearch.durable import make_folder, replace_file
from newsearch.errors import InputError
from newsearch.names.judging import Spelling
from newsearch.names.layers import NamesFile
from newsearch.names.names_file import load_names, parse_names, read_names

FILE = "names.toml"
Kind = Literal["name", "apart"]
_LIST = {"name": "same", "apart": "names"}
_Stamp = tuple[int, int] | None  # a file's time of change in nanoseconds, and its size


def names_paths(index: Path | None = None) -> tuple[Path, ...]:
    """Return where the user's names files are looked for; the last one beats the first.

    Args:
        index: The folder of an index, None for no index.

    Returns:
        The user's own file, `$XDG_CONFIG_HOME/newsearch/names.toml` or that under `~/.config`,
        and the index's. Neither need exist.
    """
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    own = Path(home) / "newsearch" / FILE
    return (own,) if index is None else (own, index / FILE)


def add_entry(path: Path, kind: Kind, words: Sequence[str], why: str = "") -> None:
    """Add one entry to a names file, which is made if it is not there.

    Args:
        path: The file.
        kind: "name" for spellings of one name, "apart" for names that are to be kept apart.
        words: At least two, in any script.
        why: A reason, for the next reader.

    Raises:
        InputError: The file would make no sense with it, or can't be written; it stays as it was.
    """
    text = read_names(path) if path.exists() else ""
    entry = f"[[{kind}]]\n{_LIST[kind]} = {json.dumps(list(words), ensure_ascii=False)}\n"
    if why:
        entry += f"why = {json.dumps(why, ensure_ascii=False)}\n"
    whole = text + ("" if not text or text.endswith("\n") else "\n") + "\n" * bool(text) + entry
    parse_names(whole, str(path))
    try:
        make_folder(path.parent)
        replace_file(path, whole.encode())
    except OSError as error:
        raise InputError(str(path), f"can't be written: {error.strerror}") from error


def as_names_file(groups: Iterable[Sequence[Spelling]]) -> str:
    """Return groups of spellings as the text of a names file.

    >>> print(as_names_file([(Spelling("kyiv", 9, "folded", "itself", 0.0),
    ...                       Spelling("kiev", 5, "folded", "file", 0.0))]), end="")
    [[name]]
    same = ["kyiv", "kiev"]
    why = "9, 5 occurrences"
    """
    entries = []
    for group in groups:
        forms = json.dumps([each.form for each in group], ensure_ascii=False)
        counts = ", ".join(str(each.frequency) for each in group)
        entries.append(f'[[name]]\nsame = {forms}\nwhy = "{counts} occurrences"\n')
    return "\n".join(entries)


@dataclass
class UserNames:
    """The names files of a user and an index, read again when they change.

    A file that makes no sense changes nothing: what was last understood stays in force.

    Attributes:
        paths: The files, later ones beating earlier ones.
        names: What they say, together with the shipped file.
        problem: What is wrong with the files as they are now, None if nothing is.
    """

    paths: Sequence[Path]
    names: NamesFile = field(init=False)
    problem: InputError | None = field(init=False, default=None)
    _stamps: list[_Stamp] | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        self.names = load_names()
        self.refresh()

    def refresh(self) -> bool:
        """Read the files again if one of them has changed; return whether `names` has."""
        stamps = [_stamp(path) for path in self.paths]
        if stamps == self._stamps:
            return False
        self._stamps = stamps
        there = [path for path, stamp in zip(self.paths, stamps, strict=True) if stamp]
        try:
            self.names, self.problem = load_names(*there), None
        except InputError as error:
            self.problem = error
            return False
        return True


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
