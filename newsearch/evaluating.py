"""How well an index answers judged questions: runs, and the usual measures of them.

In: an index, questions, and judgements in TREC's format. Out: a run, and what it is worth by the
measures of `ir_measures`, question by question and over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsearch.errors import InputError
from newsearch.index import NewsIndex
from newsearch.queries import Query

MEASURES = ("nDCG@10", "P@10", "RR", "AP", "R@100")
_DEPTH = 100  # hits of a question
_PASSAGE = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class RunHit:
    """One hit of a run.

    Attributes:
        query: The question's id.
        document: The article's id, or `ARTICLE#NUMBER` for a passage.
        score: Larger is better.
    """

    query: str
    document: str
    score: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a run is worth.

    Attributes:
        mean: For each measure its mean over all judged questions; one without hits counts 0.
        by_query: For each judged question its measures.
    """

    mean: Mapping[str, float]
    by_query: Mapping[str, Mapping[str, float]]


class Judgements:
    """Which documents answer which questions, and how well.

    Args:
        path: A file in TREC's format: question, anything, document, relevance.

    Raises:
        InputError: It can't be read, is no such file, or `ir_measures` is not installed.
    """

    def __init__(self, path: str) -> None:
        self._tool = _ir_measures(path)
        self._rows = _read(path, self._tool.read_trec_qrels)
        if not self._rows:
            raise InputError(path, "no judgement is in it; a line is: QUESTION 0 ID RELEVANCE")

    @property
    def of_passages(self) -> bool:
        """Whether passages are judged, not articles."""
        return all(_PASSAGE.search(row.doc_id) for row in self._rows)

    def evaluate(self, run: Iterable[RunHit], measures: Sequence[str] = MEASURES) -> Evaluation:
        """Return what a run is worth.

        Args:
            run: What was found.
            measures: Names of measures, as `ir_measures` has them.

        Raises:
            InputError: There is no such measure.
        """
        tool = self._tool
        wanted = [_measure(name, tool) for name in measures]
        found = [tool.ScoredDoc(each.query, each.document, each.score) for each in run]
        by_query: dict[str, dict[str, float]] = {
            name: dict.fromkeys(measures, 0.0) for name in sorted({r.query_id for r in self._rows})
        }
        for value in tool.iter_calc(wanted, self._rows, found):
            by_query[value.query_id][str(value.measure)] = float(value.value)
        mean = {
            name: sum(values[name] for values in by_query.values()) / len(by_query)
            for name in measures
        }
        return Evaluation(mean, by_query)


def run_of(news: NewsIndex, queries: Iterable[Query], of_passages: bool) -> Iterator[RunHit]:
    """Yield what an index finds for some questions, the best first.

    Args:
        news: The index.
        queries: The questions.
        of_passages: Whether to name passages, not articles. Copies count each for itself: a
            judge has judged each.
    """
    for query in queries:
        hits = news.search(
            query.text, limit=_DEPTH, per_article=None, articles=not of_passages, copies=True
        )
        for hit in hits:
            passage = f"#{hit.passage}" if of_passages else ""
            yield RunHit(one_word(query.id), one_word(hit.article_id) + passage, hit.score)


def read_run(path: str) -> list[RunHit]:
    """Return a run that was kept in TREC's format.

    Raises:
        InputError: It can't be read, or is no run.
    """
    rows = _read(path, _ir_measures(path).read_trec_run)
    return [RunHit(row.query_id, row.doc_id, float(row.score)) for row in rows]


def run_lines(run: Iterable[RunHit]) -> Iterator[str]:
    """Yield a run in TREC's format."""
    place: dict[str, int] = {}
    for each in run:
        rank = place[each.query] = place.get(each.query, 0) + 1
        yield run_line(each.query, each.document, rank, each.score)


def run_line(query: str, document: str, rank: int, score: float) -> str:
    """Return one line of a run.

    >>> run_line("1", "harbour 7", 1, 2.5)
    '1 Q0 harbour%207 1 2.500000 newsearch'
    """
    return f"{one_word(query)} Q0 {one_word(document)} {rank} {score:.6f} newsearch"


def one_word(text: str) -> str:
    """Return an id without blanks, which separate the columns of runs and judgements.

    >>> one_word("a b")
    'a%20b'
    """
    return "".join(each if each.isprintable() and each != " " else _code(each) for each in text)


def _code(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _ir_measures(path: str) -> Any:
    try:
        import ir_measures
    except ImportError as error:
        why = "to measure with it, install what measures: pip install 'newsearch[eval]'"
        raise InputError(path, why) from error
    return ir_measures


def _read(path: str, read: Any) -> list[Any]:
    try:
        return list(read(path))
    except OSError as error:
        raise InputError(path, f"this file can't be read ({error.strerror})") from error
    except (ValueError, TypeError) as error:
        raise InputError(path, f"not in TREC's format ({error})") from error


def _measure(name: str, tool: Any) -> Any:
    try:
        return tool.parse_measure(name)
    except (NameError, ValueError, SyntaxError) as error:
        known = " ".join(MEASURES)
        raise InputError(name, f"there is no such measure; some are: {known}") from error
