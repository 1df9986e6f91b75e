"""How well the text of web pages is read, beside trafilatura alone.

    python tests/quality/measure_pages.py FOLDER

FOLDER holds `index.jsonl`, with a line for each page: `html` and `text`, the names of two files in
FOLDER, the page and what a person took for its article. Printed is the mean F1 of tokens, as bags:
of trafilatura with its defaults, of what newsearch reads, and of what is left of that when it is
cleaned; for all pages, and for those whose article has at least 50 words.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import fmean

from trafilatura import extract

from newsearch.articles import read_articles
from newsearch.cleaning.cleaning import clean

ENOUGH = 50  # words of an article; below that, a word more or less is too much


def f1(found: str, expected: str) -> float:
    """Return the F1 of the tokens of a text, each counted as often as it occurs."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, expected))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def main() -> None:
    folder = Path(sys.argv[1])
    scores: dict[str, list[float]] = {"trafilatura": [], "read": [], "cleaned": []}
    enough = []
    seconds = Counter[str]()
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        expected = (folder / entry["text"]).read_text(encoding="utf-8")
        enough.append(len(expected.split()) >= ENOUGH)
        begun = time.perf_counter()
        own = extract((folder / entry["html"]).read_bytes()) or ""
        seconds["trafilatura"] += time.perf_counter() - begun
        begun = time.perf_counter()
        found = list(read_articles(folder / entry["html"], on_problem=lambda _: None))
        seconds["read"] += time.perf_counter() - begun
        begun = time.perf_counter()
        kept = [clean(article).article for article in found]
        seconds["cleaned"] += time.perf_counter() - begun
        scores["trafilatura"].append(f1(own, expected))
        scores["read"].append(f1(" ".join(article.text for article in found), expected))
        scores["cleaned"].append(f1(" ".join(article.text for article in kept), expected))
    print(f"{len(enough)} pages, {sum(enough)} with {ENOUGH} words or more")
    for name, values in scores.items():
        long = [value for value, is_long in zip(values, enough, strict=True) if is_long]
        print(f"{name:<12} {fmean(values):.4f}  {fmean(long):.4f}  {seconds[name]:.1f} s")


if __name__ == "__main__":
    main()
