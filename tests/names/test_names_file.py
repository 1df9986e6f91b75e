"""Names files: what they say, and which of them is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsearch.errors import InputError
from newsearch.names.matcher import NameMatcher
from newsearch.names.names_file import load_names


def user_file(folder: Path, text: str) -> Path:
    path = folder / "names.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_file_gives_a_reason_for_every_entry() -> None:
    """An entry without a reason can't be judged by the next person."""
    import tomllib
    from importlib import resources

    text = resources.files("newsearch.names").joinpath("names.toml").read_text("utf-8")
    entries = [entry for kind in tomllib.loads(text).values() for entry in kind]
    assert [entry for entry in entries if not entry.get("why")] == []


def test_same_is_added_to_the_shipped_family(tmp_path: Path) -> None:
    """A user's spelling joins the whole name."""
    names = load_names(user_file(tmp_path, '[[name]]\nsame = ["Kyiv", "Kuijiv"]\n'))
    assert {"kiev", "kiew", "kuijiv"} <= names.family("kuijiv")
    assert "kuijiv" in names.family("kiev")


def test_apart_beats_the_shipped_file_and_the_rules(tmp_path: Path) -> None:
    """What the user keeps apart stays apart."""
    text = '[[apart]]\nnames = ["Kyiv", "Kiev"]\n[[apart]]\nnames = ["Andrei", "Andrey"]\n'
    words = [("kyiv", 9, 1.0), ("kiev", 9, 1.0), ("andrei", 9, 1.0), ("andrey", 9, 1.0)]
    matcher = NameMatcher(words, user_file(tmp_path, text))
    assert [len(matcher.match(word)) for word, *_ in words] == [1, 1, 1, 1]


def test_same_beats_the_shipped_apart(tmp_path: Path) -> None:
    """What the user calls one name is one."""
    path = user_file(tmp_path, '[[name]]\nsame = ["Scholz", "Schulz"]\n')
    matcher = NameMatcher([("scholz", 9, 1.0), ("schulz", 9, 1.0)], path)
    assert len(matcher.match("Scholz")) == 2


def test_exact_stands_only_for_itself(tmp_path: Path) -> None:
    """An exact name is neither spread nor reached."""
    path = user_file(tmp_path, '[[exact]]\nnames = ["Kiev"]\n')
    matcher = NameMatcher([("kyiv", 9, 1.0), ("kiev", 9, 1.0), ("kiew", 2, 1.0)], path)
    assert [one.form for one in matcher.match("Kiev")] == ["kiev"]
    assert [one.form for one in matcher.match("Kyiv")] == ["kyiv", "kiew"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[name]]\nsame = ["Kyiv"', 2, "not valid TOML"),
        ('[[name]]\nsame = ["Kyiv"]\n', 1, "more than one spelling"),
        ('\n[[name]]\nsame = ["Kyiv", "KYÏV"]\n', 2, "more than one spelling"),
        ('[[name]]\nsame = ["a1", "b1"]\n\n[[name]]\nwhy = "x"\n', 4, "needs same"),
        ('[[name]]\nsame = "Kyiv"\n', 1, "needs same"),
        ('[[name]]\nsame = ["Kyiv", 3]\n', 1, "needs same"),
        ('[[name]]\nsame = ["Bin Laden", "Ben Laden"]\n', 1, "not one word"),
        ('[[name]]\nsame = ["Kyiv", ""]\n', 1, "not one word"),
        ('[[name]]\nsame = ["Omar", "عمر"]\n', 1, "too short"),
        ('[[apart]]\nsame = ["Iran", "Iraq"]\n', 1, "use 'names'"),
        ('[[names]]\nsame = ["Kyiv", "Kiev"]\n', 1, "unknown entry 'names'"),
        ('[name]\nsame = ["Kyiv", "Kiev"]\n', 1, "must be written [[name]]"),
        (
            '[[name]]\nsame = ["Ann", "Anne"]\n[[apart]]\nnames = ["Anne", "Ann"]\n',
            3,
            "both same and apart",
        ),
    ],
)
def test_mistakes_are_told_with_their_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    """A bad file says what is wrong and where."""
    path = user_file(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_names(path)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert caught.value.path == str(path)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """A wrong path is the user's mistake, told as one."""
    with pytest.raises(InputError, match="can't be read"):
        load_names(tmp_path / "nowhere.toml")


def test_a_file_in_another_encoding_is_an_input_error(tmp_path: Path) -> None:
    """Names files are UTF-8."""
    path = tmp_path / "latin1.toml"
    path.write_bytes('[[name]]\nsame = ["Müller", "Mueller"]\n'.encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        load_names(path)
