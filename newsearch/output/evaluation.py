"""Measures of answers, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsearch.evaluating import Evaluation
from newsearch.output.safety import one_line


def evaluation_lines(
    found: Evaluation, earlier: Evaluation | None, per_query: bool
) -> Iterator[str]:
    """Yield a table: a row a measure, or, question by question, a row a question.

    Args:
        found: The measures.
        earlier: Those of another run, to be compared.
        per_query: Whether each question has a row; the means come last.
    """
    names = list(found.mean)
    if not per_query:
        for name in names:
            yield f"{name:<12} {found.mean[name]:.4f}{_change(found.mean, earlier, name)}"
        return
    rows = [*found.by_query.items(), ("mean", found.mean)]
    width = max(len("question"), *(len(one_line(name)) for name, _ in rows))
    yield " ".join([f"{'question':<{width}}", *(f"{name:>9}" for name in names)])
    for query, values in rows:
        yield " ".join(
            [f"{one_line(query):<{width}}", *(f"{values[name]:>9.4f}" for name in names)]
        )
    if earlier is not None:
        for name in names:
            yield f"{name:<12}{_change(found.mean, earlier, name)}"


def _change(values: Mapping[str, float], earlier: Evaluation | None, name: str) -> str:
    if earlier is None:
        return ""
    return f"  {values[name] - earlier.mean[name]:+.4f} (it was {earlier.mean[name]:.4f})"
