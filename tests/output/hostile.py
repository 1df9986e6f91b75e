"""What nobody should let reach a terminal, a page or a table, and results full of it."""

from __future__ import annotations

from newsearch.insights import NameGroup
from newsearch.records import Article, Hit, Removal, Results, Shown, Snippet
from newsearch.related import Copy, LinkedArticle
from newsearch.views import MarkedArticle

TERMINAL = "\x1b[31m\x1b]0;owned\x07\x9b2J\r\x00\u202e\u2066\u2028\u061c\ufeff\x7f"
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;[bold]x[/]"
DRIVES = set("\x1b\x07\x9b\r\x00\u202e\u2066\u2028\u061c\ufeff\x7f")


def hostile_hit(beginning: str = "", url: str = "") -> Hit:
    """Return a hit all of whose texts are hostile; the word `ferry` is marked."""
    evil = beginning + TERMINAL + MARKUP + "\n# heading\t| ferry"
    at = len(evil) - 5
    shown = Shown(evil, ((at, at + 5),), Snippet(evil, ((at, at + 5),)), (evil,))
    texts = {"article_id": evil, "title": evil, "source": evil, "author": evil, "date_from": evil}
    return Hit(
        score=1.0,
        **texts,
        date=None,
        url=url or f"javascript:{evil}",
        passage=0,
        start=0,
        end=len(evil),
        _show=lambda: shown,
        _find_copies=lambda: (Copy("other", evil, evil, None, evil, 0, 1.0),),
    )


def hostile_results(beginning: str = "", url: str = "") -> Results:
    """Return an answer all of whose texts are hostile, the query and its notes, too."""
    evil = beginning + TERMINAL + MARKUP
    hits = (hostile_hit(beginning, url),)
    group = NameGroup(evil, (evil, "b"), (2, 1))
    said = {"names": (group,), "suggestions": (group,), "notes": (evil,)}
    return Results(evil, hits, complete=1, total=1, words=1, **said)


def hostile_article() -> MarkedArticle:
    """Return a whole article all of whose texts are hostile; the word `ferry` is marked."""
    evil = "=" + TERMINAL + MARKUP
    article = Article(
        id=evil,
        title=evil,
        text=f"ferry{evil}\n\n\n{evil}",
        source=evil,
        url=f"javascript:{evil}",
        author=evil,
        path=evil,
    )
    copy = LinkedArticle(evil, evil, evil, None, f"javascript:{evil}", "copy", 1.0, 1.0)
    removed = (Removal(evil, evil, 0), Removal("b", evil, 9999))
    return MarkedArticle(article, removed, (copy,), ((0, 5),))
