"""The names of one index, as its users see and change them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, InputError, NewsIndex
from newsearch.naming import SpellingFacts

TEXTS = (
    ("Orlund Post", "2024-05-02", "Mr Zelenskyy met the mayor of Selvinar on the night ferry."),
    ("Orlund Post", "2024-05-09", "Then Zelenskyy left Selvinar, and Mr Zelinsky stayed."),
    ("Bay Herald", "2024-05-06", "In Selwinar Mr Zelensky spoke of the ferry to Selwinar."),
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[NewsIndex]:
    with newsearch.create(tmp_path / "index") as made:
        made.add(
            Article(id=str(at), source=source, date=date, text=text)
            for at, (source, date, text) in enumerate(TEXTS)
        )
        yield made


def forms(index: NewsIndex, word: str) -> list[str]:
    return [each.form for each in index.names.spellings(word)]


def found(index: NewsIndex, query: str, **how: bool) -> set[str]:
    return {hit.article_id for hit in index.search(query, **how)}


def test_spellings(index: NewsIndex) -> None:
    """Where each spelling stands, how often, since when, and what says that it is one."""
    assert index.names.spellings("Zelensky") == (
        SpellingFacts("zelenskyy", 2, 2, 1, "2024-05-02", "folded", "file", 0.0, None),
        SpellingFacts("zelensky", 1, 1, 1, "2024-05-06", "folded", "itself", 0.0, None),
    )
    assert forms(index, "nobody") == []


def test_same(index: NewsIndex) -> None:
    """What a person calls one name is one in the next answer, and is written down."""
    assert found(index, "selvinar") == {"0", "1"}
    path = index.names.same("Selvinar", "Selwinar", why="two alphabets")
    assert found(index, "selvinar") == {"0", "1", "2"}
    assert path == index.path / "names.toml"
    assert "two alphabets" in path.read_text(encoding="utf-8")
    assert index.names.explain("Selvinar", "Selwinar").evidence == "file"
    assert [[each.form for each in group] for group in index.names.groups()] == [
        ["selvinar", "selwinar"],
        ["zelenskyy", "zelensky"],
    ]


def test_apart(index: NewsIndex) -> None:
    """What a person keeps apart is apart, whatever the shipped file says."""
    assert found(index, "zelensky") == {"0", "1", "2"}
    index.names.apart("Zelensky", "Zelenskyy")
    assert found(index, "zelensky") == {"2"}


def test_everywhere(index: NewsIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said for all indexes is in the user's own file."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = index.names.same("Selvinar", "Selwinar", everywhere=True)
    assert path == tmp_path / "config" / "newsearch" / "names.toml"
    with newsearch.create(tmp_path / "other") as other:
        other.add([Article(id="1", text="Off to Selwinar.")])
        assert found(other, "selvinar") == {"1"}


def test_export(index: NewsIndex, tmp_path: Path) -> None:
    """What is exported can be read back as a names file."""
    (index.path / "names.toml").write_text(index.names.export(), encoding="utf-8")
    assert index.names.problem is None
    assert forms(index, "zelensky") == ["zelenskyy", "zelensky"]


def test_bad_file(index: NewsIndex) -> None:
    """A file that makes no sense is said, with its line, and the last good one stays in force."""
    path = index.names.same("Selvinar", "Selwinar")
    assert found(index, "selvinar") == {"0", "1", "2"}
    path.write_text(path.read_text(encoding="utf-8") + "[[name\n", encoding="utf-8")
    results = index.search("selvinar")
    assert len(results) == 3
    assert results.notes == (index.names.problem,)
    assert f"{path}:3: " in str(index.names.problem)
    path.unlink()
    assert found(index, "selvinar") == {"0", "1"}
    assert index.names.problem is None


@pytest.mark.parametrize("words", [(), ("Selvinar",), ("Selvinar", "Selvinar")])
def test_too_few(index: NewsIndex, words: tuple[str, ...]) -> None:
    """One word alone is neither the same nor apart."""
    with pytest.raises(InputError, match="two different words"):
        index.names.same(*words)


def test_exact_names(index: NewsIndex) -> None:
    """Names can be looked for as they are spelled, all or one by one; other words as ever."""
    assert found(index, "zelensky", exact_names=True) == {"2"}
    assert found(index, "=zelensky") == {"2"}
    assert found(index, "=zelensky OR =zelenskyy") == {"0", "1", "2"}
    assert found(index, "ferries", exact_names=True) == {"0", "2"}


def test_suggestions(index: NewsIndex) -> None:
    """Spellings that may be the same name are offered when asked for, and not applied."""
    index.add([Article(id="9", text="The singer Zelenskyaa is no relative.")])
    results = index.search("zelensky", suggest=True)
    assert "9" not in {hit.article_id for hit in results}
    offered = {form for group in results.suggestions for form in group.spellings}
    assert offered.isdisjoint(form for group in results.names for form in group.spellings)
    assert index.search("zelensky").suggestions == ()


def test_a_slip_in_a_small_index(index: NewsIndex) -> None:
    """In a few articles company tells nothing; a swap in a long, frequent name is a slip still."""
    more = (f"Zelensky said so, {at}." for at in range(40))
    index.add(Article(id=f"more-{at}", text=text) for at, text in enumerate(more))
    index.add([Article(id="slip", text="Nobody had seen Zelesnky that day.")])
    assert "zelesnky" in forms(index, "Zelensky")
    assert "zelensky" in forms(index, "Zelesnky")
