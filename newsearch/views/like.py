"""More like this: the words that say most of a text, asked as a query."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from newsearch.analysis import FUNCTION_WORDS, tokenize
from newsearch.answering.answer import answer
from newsearch.answering.asked import Asked
from newsearch.answering.view import View
from newsearch.engines.scoring import idf
from newsearch.records import Results

_WORDS = 16
_KNOWN = 2  # passages that must hold a word; the one it is taken from is among them
_COMMON = 0.1  # of all passages: a word in more of them tells nothing
_FEW = 100  # passages that are not too many in any index
_OPERATORS = frozenset({"near", "pre"})  # those that are no function words
_LEFT_OUT = FUNCTION_WORDS | _OPERATORS


def words_of(view: View, text: str) -> tuple[str, ...]:
    """Return the words that say most of a text, those first that say more.

    Each is worth its idf times its frequency, which counts less the higher it is, as in BM25.
    """
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for token in tokenize(text):
        word = text[token.start : token.end]
        if word.isalpha() and len(word) > 1 and token.form not in _LEFT_OUT:
            counts[token.form] += 1
            written.setdefault(token.form, word)
    passages = view.snapshot.count()
    most = max(_COMMON * passages, _FEW)
    forms = list(counts)
    worth = {
        form: idf(passages, holding) * counts[form] / (counts[form] + view.settings.k1)
        for form, holding in zip(forms, view.snapshot.holding(forms).tolist(), strict=True)
        if _KNOWN <= holding <= most
    }
    best = sorted(worth, key=lambda form: (-worth[form], form))
    return tuple(written[form] for form in best[:_WORDS])


def like(view: View, text: str, asked: Asked, leave_out: frozenset[str]) -> Results:
    """Return what is like a text.

    Args:
        view: Where to look.
        text: What it should be like.
        asked: How many, and of how many passages an article.
        leave_out: Articles that must not be among them.
    """
    words = words_of(view, text)
    more = len(leave_out) * (asked.per_article or _EVERY_PASSAGE)
    found = answer(view, " ".join(words), replace(asked, limit=asked.limit + more))
    hits = [hit for hit in found.hits if hit.article_id not in leave_out]
    return replace(found, hits=tuple(hits[: asked.limit]))


_EVERY_PASSAGE = 100  # of an article, where all of them may be hits
