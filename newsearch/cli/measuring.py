"""The command that measures answers against judgements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsearch.cli.shared import (
    DEFAULT_INDEX,
    ERROR,
    IndexOption,
    JsonOption,
    print_json,
    reporting,
    say_line,
)

measuring_app = typer.Typer()


@measuring_app.command("eval")
def eval_command(
    queries: Annotated[str, typer.Argument(help="Questions: JSON lines with id and text.")],
    qrels: Annotated[str, typer.Argument(help="Judgements, in TREC's format, by article id.")],
    index: IndexOption = DEFAULT_INDEX,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", "-m", help="As ir-measures names it.")
    ] = None,
    per_query: Annotated[bool, typer.Option("--per-query", help="A row a question.")] = False,
    against: Annotated[str | None, typer.Option(help="Compare with this run.")] = None,
    save: Annotated[Path | None, typer.Option(help="Keep the run in this file.")] = None,
    json: JsonOption = False,
) -> None:
    """Measure how well the index answers judged questions.

    Documents are articles, by their ids; passages, if all are named ARTICLE#NUMBER.

    \b
      newsearch eval questions.jsonl qrels.txt --save today.run
      newsearch eval questions.jsonl qrels.txt --against today.run --per-query
      newsearch eval questions.jsonl qrels.txt -m nDCG@20 -m R@1000
    """
    with reporting():
        import newsearch
        from newsearch.errors import InputError
        from newsearch.evaluating import MEASURES, Judgements, read_run, run_lines, run_of
        from newsearch.output.evaluation import evaluation_lines
        from newsearch.queries import read_queries

        judged = Judgements(qrels)
        problems: list[InputError] = []
        asked = list(read_queries(queries, problems.append))
        for problem in problems:
            say_line(str(problem))
        if not asked:
            say_line(f"{queries}: no question is in it")
            raise typer.Exit(ERROR)
        measures = measure or list(MEASURES)
        before = None if against is None else judged.evaluate(read_run(against), measures)
        with newsearch.open(index) as news:
            run = list(run_of(news, asked, judged.of_passages))
        found = judged.evaluate(run, measures)
        if save is not None:
            try:
                save.write_text("".join(f"{line}\n" for line in run_lines(run)), encoding="utf-8")
            except OSError as error:
                raise InputError(str(save), f"can't be written ({error.strerror})") from error
        if json:
            earlier = None if before is None else dict(before.mean)
            means = {"mean": dict(found.mean), "earlier": earlier}
            by_query = {name: dict(values) for name, values in found.by_query.items()}
            print_json(means | ({"by_query": by_query} if per_query else {}))
        else:
            print("\n".join(evaluation_lines(found, before, per_query)))
        if problems:
            raise typer.Exit(ERROR)
