"""The user's names files: found, added to, and read again without harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsearch.errors import InputError
from newsearch.names.matcher import NameMatcher
from newsearch.names.names_file import load_names, parse_names
from newsearch.names.user_file import UserNames, add_entry, as_names_file, names_paths


def test_a_user_has_one_file_and_an_index_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index's comes last: it beats the user's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = tmp_path / "newsearch" / "names.toml"
    assert names_paths() == (own,)
    assert names_paths(tmp_path / "ix") == (own, tmp_path / "ix" / "names.toml")


def test_what_is_added_counts(tmp_path: Path) -> None:
    """A file is made when it is first needed, and every entry is kept."""
    path = tmp_path / "new" / "names.toml"
    add_entry(path, "name", ["Lorvin", "Лорвин", "Lorwyn"], why="seen in print")
    add_entry(path, "apart", ["Lorvin", "Lorvan"])
    names = load_names(path)
    assert names.verdict("lorvin", "lorwyn") == "same"
    assert names.verdict("lorvan", "lorvin") == "apart"
    assert 'why = "seen in print"' in path.read_text(encoding="utf-8")


def test_what_makes_no_sense_is_not_added(tmp_path: Path) -> None:
    """The file stays as it was, and the message has the line."""
    path = tmp_path / "names.toml"
    add_entry(path, "name", ["Lorvin", "Lorwyn"])
    before = path.read_bytes()
    with pytest.raises(InputError, match="both same and apart") as caught:
        add_entry(path, "apart", ["Lorvin", "Lorwyn"])
    assert caught.value.line == 4
    assert path.read_bytes() == before


def test_files_are_read_again_when_they_change(tmp_path: Path) -> None:
    """Nothing is read while nothing changes."""
    path = tmp_path / "names.toml"
    names = UserNames([path])
    assert not names.refresh()
    add_entry(path, "name", ["Lorvin", "Lorwyn"])
    assert names.refresh()
    assert names.names.verdict("lorvin", "lorwyn") == "same"
    path.unlink()
    assert names.refresh()
    assert names.names.verdict("lorvin", "lorwyn") is None


def test_a_bad_file_leaves_the_last_good_state(tmp_path: Path) -> None:
    """The problem is one line with its line number; what was understood stays in force."""
    path = tmp_path / "names.toml"
    add_entry(path, "name", ["Lorvin", "Lorwyn"])
    names = UserNames([path])
    path.write_text('[[name]]\nsame = ["Lorvin"\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert not names.refresh()
    assert names.problem is not None
    assert names.problem.line is not None
    assert "\n" not in str(names.problem)
    assert names.names.verdict("lorvin", "lorwyn") == "same"


def test_groups_can_be_kept_as_a_names_file() -> None:
    """What a matcher found is a file that says the same."""
    groups = list(NameMatcher([("kiev", 5, 1.0), ("kyiv", 9, 1.0)]).groups())
    assert parse_names(as_names_file(groups)).verdict("kiev", "kyiv") == "same"
