"""Which spellings of a name meet in a vocabulary, and which do not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsearch.names.judging import Spelling, nearness
from newsearch.names.matcher import NameMatcher
from newsearch.names.names_file import load_names

ZELENSKY = [
    "zelensky",
    "Zelenskyy",
    "Zelenskiy",
    "Zelenskyi",
    "Zelesnky",
    "Zelenksy",
    "ZELENSKY’S",
    "Зеленський",
]
OTHERS = [
    ("zelensky", 900, 1.0),
    ("zelenskyy", 300, 1.0),
    ("zelenskiy", 80, 0.99),
    ("zelenskyi", 12, None),
    ("zelesnky", 2, 1.0),
    ("zelenksy", 3, 1.0),
    ("zelinsky", 5, 1.0),
    ("zelenska", 30, 1.0),
    ("zelensk", 2, 1.0),
]
ONE_NAME = {"zelensky", "zelenskyy", "zelenskiy", "zelenskyi", "zelesnky", "zelenksy"}

MEET = [
    ("Kyiv", "Kiev"),
    ("Київ", "Kiew"),
    ("Odesa", "Odessa"),
    ("Kharkiv", "Kharkov"),
    ("Gaddafi", "Qadhafi"),
    ("Qaeda", "Qaida"),
    ("Hussein", "Hossein"),
    ("Mohammed", "Muhamad"),
    ("Hezbollah", "Hizbullah"),
    ("Tehran", "Teheran"),
    ("Yanukovych", "Janukowitsch"),
    ("Peskov", "Peskow"),
    ("Горбачев", "Gorbatschow"),
    ("Милошевић", "Milošević"),
    ("Κίεβο", "Kyiv"),
    ("נתניהו", "Netanyahu"),
    ("北京", "Peking"),
]

APART = [
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Niger", "Nigeria"),
    ("Slovakia", "Slovenia"),
    ("Gambia", "Zambia"),
    ("Khomeini", "Khamenei"),
    ("Khomeiny", "Khameneï"),
    ("Zelensky", "Zelinsky"),
    ("Zelensky", "Zelenska"),
    ("Zelensky", "Zelensk"),
    ("Obama", "Osama"),
    ("Scholz", "Schulz"),
    ("Conte", "Conti"),
    ("Harris", "Harrison"),
    ("Macron", "Marcon"),
    ("Orban", "urban"),
    ("Sunak", "snack"),
    ("Bush", "push"),
    ("Truss", "trust"),
    ("Rice", "Rise"),
    ("Kim", "Kin"),
    ("Hassan", "Hussein"),
    ("Mahmoud", "Mohammed"),
    ("Petrov", "Petrova"),
    ("Popov", "Popovich"),
    ("Putin", "Putina"),
    ("Iran", "Iranians"),
    ("Perković", "Perović"),
    ("Vladimir", "Volodymyr"),
]


def forms(matcher: NameMatcher, word: str) -> set[str]:
    return {spelling.form for spelling in matcher.match(word)}


@pytest.mark.parametrize("query", ZELENSKY)
def test_zelensky_meets_in_every_spelling(query: str) -> None:
    """Whichever spelling is asked for, all of them answer, slips too, and no other name."""
    assert forms(NameMatcher(OTHERS), query) == ONE_NAME


@pytest.mark.parametrize("query", ["Zelinsky", "Zelenska", "Zelensk"])
def test_look_alikes_of_zelensky_stand_alone(query: str) -> None:
    """A surname, a wife and a place have their own answers."""
    assert forms(NameMatcher(OTHERS), query) == {query.lower()}


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Two spellings of one name find each other, from either side."""
    matcher = NameMatcher([(one, 50, 1.0), (other, 40, 1.0)])
    assert forms(matcher, one) == forms(matcher, other)
    assert len(forms(matcher, one)) == 2


@pytest.mark.parametrize(("one", "other"), APART)
@pytest.mark.parametrize("frequency", [1, 5000])
def test_look_alikes_stay_apart(one: str, other: str, frequency: int) -> None:
    """Different names do not meet, even where one is so rare that it could be a slip."""
    matcher = NameMatcher([(one, 5000, 1.0), (other, frequency, 1.0)])
    assert len(forms(matcher, one)) == 1
    assert len(forms(matcher, other)) == 1


def test_ordinary_words_match_only_themselves() -> None:
    """What is mostly written in lower case is no name, near as a name may be."""
    matcher = NameMatcher([("biden", 900, 1.0), ("bidden", 5, 0.1), ("medina", 9, 1.0)])
    assert forms(matcher, "bidden") == {"bidden"}
    assert forms(matcher, "Biden") == {"biden"}


def test_listed_names_are_names_in_lower_case() -> None:
    """The names file beats what the corpus says of capitals."""
    matcher = NameMatcher([("Kyiv", 9, 0.1), ("Kiev", 5, 0.2)])
    assert forms(matcher, "kyiv") == {"kyiv", "kiev"}


FIELD = {"harvest": 1.0, "tractor": 1.0, "wheat": 0.5}
STAGE = {"opera": 1.0, "soprano": 1.0, "aria": 0.5}


def test_company_tells_two_people_from_two_spellings() -> None:
    """Near spellings are one name if they keep the same company, and suggested if they do not."""
    one = NameMatcher([("timoshkin", 400, 1.0, FIELD), ("timoshkine", 300, 1.0, FIELD)])
    two = NameMatcher([("timoshkin", 400, 1.0, FIELD), ("timoshkine", 300, 1.0, STAGE)])
    assert forms(one, "timoshkin") == {"timoshkin", "timoshkine"}
    assert forms(two, "timoshkin") == {"timoshkin"}
    assert {each.level for each in two.match("timoshkin", "suggested")} == {"folded", "suggested"}


def test_what_the_names_file_says_needs_no_company() -> None:
    """Kyiv is Kiev, whoever writes about it."""
    matcher = NameMatcher([("kyiv", 9, 1.0, FIELD), ("kiev", 5, 1.0, STAGE)])
    assert forms(matcher, "kyiv") == {"kyiv", "kiev"}


def test_names_with_one_spelling_have_no_other() -> None:
    """Rules add nothing to them, but a slip in a long one does, or the same company."""
    words = [("thatcher", 90, 1.0), ("hatcher", 5, 1.0), ("thacher", 2, 1.0), ("thathcer", 1, 1.0)]
    assert forms(NameMatcher(words), "Thatcher") == {"thatcher", "thathcer"}


def test_two_listed_names_do_not_meet() -> None:
    """What the names file lists as two names is two, near as they may be."""
    matcher = NameMatcher([("kennedy", 9, 1.0), ("gennady", 9, 1.0)])
    assert forms(matcher, "Kennedy") == {"kennedy"}


def test_suggested_adds_the_looser_ones() -> None:
    """A suggestion is marked as such and comes on top of the folded spellings."""
    matcher = NameMatcher([("marvan", 90, 1.0), ("mirvan", 80, 1.0)])
    folded = matcher.match("marvan")
    suggested = matcher.match("marvan", level="suggested")
    assert set(folded) < set(suggested)
    assert {one.level for one in set(suggested) - set(folded)} == {"suggested"}


def test_spellings_come_most_frequent_first() -> None:
    """Order is by frequency, then by form, and the word itself has no special place."""
    matcher = NameMatcher([("kiev", 5, 1.0), ("kyiv", 9, 1.0), ("kiew", 5, 1.0)])
    assert [one.form for one in matcher.match("kiew")] == ["kyiv", "kiev", "kiew"]


def test_a_spelling_says_why() -> None:
    """Each has its level, evidence and distance."""
    matcher = NameMatcher([("sobolev", 9, 1.0), ("sobolew", 4, 1.0)])
    itself, other = matcher.match("sobolev")
    assert itself == Spelling("sobolev", 9, "folded", "itself", 0.0)
    assert (other.form, other.level, other.evidence) == ("sobolew", "folded", "rule")
    assert 0 < other.distance < 0.2


def test_every_judgement_can_be_explained() -> None:
    """Why two words are one name, or are not, in words and numbers."""
    matcher = NameMatcher([("kyiv", 9, 1.0), ("kiev", 5, 1.0), ("gable", 9, 0.1)])
    told = {
        pair: matcher.explain(*pair)
        for pair in [("Kyiv", "Kiev"), ("Iran", "Iraq"), ("Kabul", "gable"), ("Kyiv", "KYIV")]
    }
    assert [judged.level for judged in told.values()] == ["folded", None, None, "folded"]
    assert [judged.reason for judged in told.values()] == [
        "the names file calls them one name",
        "the names file keeps them apart",
        "'gable' is an ordinary word here",
        "the same letters",
    ]


def test_explanations_agree_with_answers() -> None:
    """What is folded is explained as folded, through a third spelling, too."""
    matcher = NameMatcher(OTHERS)
    for one, *_ in OTHERS:
        for other, *_ in OTHERS:
            same = other in forms(matcher, one)
            assert (matcher.explain(one, other).level == "folded") == same


def test_groups_hold_each_name_once() -> None:
    """All names of a vocabulary that have several spellings, the most frequent first."""
    words = [("kiev", 5, 1.0), ("kyiv", 9, 1.0), ("boston", 50, 1.0), ("tehran", 90, 1.0)]
    matcher = NameMatcher([*words, ("teheran", 1, 1.0)])
    groups = [[each.form for each in group] for group in matcher.groups()]
    assert groups == [["tehran", "teheran"], ["kyiv", "kiev"]]


def test_other_names_files_count_at_once(tmp_path: Path) -> None:
    """Answers that were remembered are forgotten with the files they went by."""
    matcher = NameMatcher([("kyiv", 9, 1.0), ("kiev", 5, 1.0)])
    assert len(matcher.match("Kyiv")) == 2
    path = tmp_path / "names.toml"
    path.write_text('[[apart]]\nnames = ["Kyiv", "Kiev"]\n', encoding="utf-8")
    matcher.use_names(load_names(path))
    assert len(matcher.match("Kyiv")) == 1


def test_surface_forms_are_folded_and_counted_together() -> None:
    """A vocabulary of printed words is as good as one of indexed forms."""
    matcher = NameMatcher([("Erdoğan", 3, 1.0), ("erdogan", 4, None, "more", 5)])
    assert [(one.form, one.frequency) for one in matcher.match("Erdogan")] == [("erdogan", 7)]


def test_acronyms_stay_as_they_are() -> None:
    """ "US" is neither "us" nor a spelling of anything."""
    matcher = NameMatcher([("US", 900, None), ("us", 800, 0.0)])
    assert forms(matcher, "US") == {"US"}
    assert forms(matcher, "us") == {"us"}


def test_nothing_gives_nothing() -> None:
    """An empty vocabulary, an empty word and an unknown word have no spellings."""
    assert NameMatcher([]).match("Kyiv") == ()
    assert NameMatcher([("kyiv", 1, 1.0)]).match("") == ()
    assert NameMatcher([("kyiv", 1, 1.0)]).match("Lagos") == ()


def test_threads_share_a_matcher() -> None:
    """Many threads that ask at once, before anything is built, get the same answer."""
    matcher = NameMatcher(iter(OTHERS))
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(matcher.match, ["Zelensky"] * 64))
    assert answers == {matcher.match("zelensky")}
    assert len(matcher.match("zelensky")) == len(ONE_NAME)


def test_an_unlisted_spelling_of_a_look_alike() -> None:
    """What is nearest to a name that is kept apart from another is not the other, too."""
    words = [("zelenskyy", 90, 1.0), ("zelenskiy", 9, 1.0), ("zelesnky", 1, 1.0)]
    matcher = NameMatcher([*words, ("zelinsky", 9, 1.0)])
    assert [each.form for each in matcher.match("Zelinski")] == ["zelinsky"]
    assert [each.form for each in matcher.match("Zelensky")] == [form for form, *_ in words]


def test_plurals_of_names() -> None:
    """The Zelenskys are of that name; a surname that ends in s is another than a first name."""
    words = [("zelensky", 900, 1.0), ("zelenskys", 5, 1.0), ("michael", 900, 1.0)]
    matcher = NameMatcher([*words, ("michaels", 5, 1.0), ("robert", 900, 1.0)])
    assert forms(matcher, "Zelensky") == forms(matcher, "Zelenskys") == {"zelensky", "zelenskys"}
    assert matcher.explain("Zelenskys", "Zelensky").evidence == "plural"
    assert forms(matcher, "Michael") == {"michael"}
    assert forms(matcher, "Michaels") == {"michaels"}
    assert forms(matcher, "Roberts") == set()


def test_plurals_that_only_their_article_tells() -> None:
    """Where no file lists the name, a form with an s is its plural if it has the article."""
    one, other = {"harvest": 1.0, "~the": 1.0}, {"harvest": 1.0, "~paul": 1.0}
    words = [("halwick", 900, 1.0, {"harvest": 1.0}), ("halwicks", 5, 1.0, one)]
    assert forms(NameMatcher(words), "Halwick") == {"halwick", "halwicks"}
    assert forms(NameMatcher([words[0], ("halwicks", 5, 1.0, other)]), "Halwick") == {"halwick"}


def test_where_all_is_in_capitals_rules_only_offer() -> None:
    """Where even everyday words never stand in lower case, only a names file makes one name."""
    shouted = [("suppress", 30, None), ("suppres", 1, None), ("kyiv", 9, None), ("kiev", 4, None)]
    everyday = [(word, 900, None) for word in ("the", "of", "and", "in")]
    found = NameMatcher([*shouted, *everyday])
    assert [each.form for each in found.match("suppress")] == ["suppress"]
    offered = found.match("suppress", level="suggested")
    assert [each.form for each in offered] == ["suppress", "suppres"]
    assert [each.form for each in found.match("kyiv")] == ["kyiv", "kiev"]
    told = NameMatcher([*shouted, *[(word, count, 0.0) for word, count, _ in everyday]])
    assert [each.form for each in told.match("suppress")] == ["suppress", "suppres"]


@pytest.mark.parametrize(
    ("slip", "often", "meet"),
    [
        ("zelensly", 300, True),
        ("zwlensky", 300, True),
        ("xelensky", 300, False),  # the first letter
        ("zelenskt", 300, False),  # the last one
        ("zelenqky", 300, False),  # no neighbour
        ("zelensly", 10, False),  # no name that fills the news
    ],
)
def test_a_wrong_key_beside_the_right_one(slip: str, often: int, meet: bool) -> None:
    """A long name that is far more frequent is found through one wrong key, there or not."""
    for words in ([("zelensky", often, 1.0)], [("zelensky", often, 1.0), (slip, 1, 1.0)]):
        forms = {each.form for each in NameMatcher(words).match(slip)}
        assert ("zelensky" in forms) == meet
    forms = {each.form for each in NameMatcher(words).match("zelensky")}
    assert (slip in forms) == meet


def test_the_shortest_names() -> None:
    """What is too short for any difference is the same or another name, however loosely asked."""
    assert nearness("auj", "aug", loose=True) is None


@pytest.mark.parametrize(
    ("name", "slip", "meet"),
    [("bakhmut", "bahkmut", True), ("nielsen", "neilsen", False), ("barclays", "barcalys", True)],
)
def test_a_swap_in_a_short_name_is_one_of_consonants(name: str, slip: str, meet: bool) -> None:
    """Where company tells nothing for it, a swap with a vowel needs eight letters."""
    words = [(name, 300, 1.0, {"harbour": 1.0}), (slip, 1, 1.0, {"opera": 1.0})]
    assert (len(NameMatcher(words).match(name)) == 2) == meet
