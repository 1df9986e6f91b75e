"""An index answers for names as a list of its words does."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.engines.base import Snapshot
from newsearch.engines.entry import Entry
from newsearch.engines.local.engine import LocalEngine
from newsearch.names.matcher import NameMatcher
from newsearch.query.indexed import IndexedVocabulary
from newsearch.records import Article, Passage
from newsearch.settings import Settings

SAID = """
Zelensky Zelenskyy Zelenskiy Zelesnky Zelinsky Zelenska zelensky Kyiv Kiev kyiv Odesa Odessa
Gaddafi Qadhafi Kadafi gaddafi Hussein Hossein Mohammed Muhamad Tehran Teheran Peskov Peskow
Selvinar Selwinar selvinar Selvinnar Marvan Mirvan Timoshkin Timoshkine Orban urban Thatcher
Thacher ferry tram Ferry said the US IT it Orlund Ohrlund Schewtschenko Shevchenko Ševčenko
""".split()
WORDS = st.lists(st.sampled_from(SAID), max_size=20)
# Runs; of each article, its number, and its words; without words it is deleted.
RUNS = st.lists(st.lists(st.tuples(st.integers(0, 5), WORDS), max_size=6), min_size=1, max_size=4)


def entry(name: str, words: list[str]) -> Entry:
    text = "It " + " ".join(words)
    return Entry(Article(id=name, text=text), text, (), (Passage(0, 0, len(text), text),))


def run(engine: LocalEngine, articles: list[tuple[int, list[str]]]) -> None:
    writer = engine.writer()
    for number, words in articles:
        if words:
            writer.put(entry(str(number), words))
        else:
            writer.delete(str(number))
    writer.commit()


def agree(snapshot: Snapshot) -> None:
    """Ask both vocabularies for every form, and for spellings that are not there."""
    counts = list(snapshot.forms(""))
    words = [(count.form, count.occurrences, count.capital_share) for count in counts]
    listed, indexed = NameMatcher(words), NameMatcher(IndexedVocabulary(snapshot))
    for word in {*SAID, *(count.form for count in counts), "Зеленський", "Kyyiv", "Shevchenco"}:
        for level in ("folded", "suggested"):
            assert (word, listed.match(word, level)) == (word, indexed.match(word, level))
    assert list(listed.groups()) == list(indexed.groups())


@settings(max_examples=8, deadline=None)
@given(RUNS)
def test_an_index_is_as_good_as_a_list(runs: list[list[tuple[int, list[str]]]]) -> None:
    """In several segments with deletions, and merged: the same spellings, for every form."""
    with TemporaryDirectory() as folder:
        engine = LocalEngine.create(Path(folder), Settings())
        for articles in runs:
            run(engine, articles)
        agree(engine.snapshot())
        engine.optimize()
        agree(engine.snapshot())
