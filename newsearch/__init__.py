"""Search a pile of news: ranked passages, highlighted, however names are spelled.

>>> import newsearch, tempfile
>>> articles = [newsearch.Article(id="1", title="Ferry resumes", text="The ferry runs again.")]
>>> with newsearch.create(tempfile.mkdtemp()) as index:
...     _ = index.add(articles)
...     for hit in index.search("ferries"):
...         print(hit.title, hit.snippet.text, hit.snippet.spans)
Ferry resumes The ferry runs again. ((4, 9),)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsearch.articles import read_articles
    from newsearch.errors import EngineError, IndexMissing, InputError, NewsearchError
    from newsearch.index import NewsIndex
    from newsearch.opening import create, open
    from newsearch.records import AddReport, Article, Hit, IndexInfo, Results, Snippet
    from newsearch.settings import Settings

__all__ = [
    "AddReport",
    "Article",
    "EngineError",
    "Hit",
    "IndexInfo",
    "IndexMissing",
    "InputError",
    "NewsIndex",
    "NewsearchError",
    "Results",
    "Settings",
    "Snippet",
    "create",
    "open",
    "read_articles",
]
__version__ = "0.1.0"

# Where each public name lives. They are loaded when first asked for, so that a program pays for
# what it uses, and the command line can start before the arrays do.
_HOMES = {
    "newsearch.articles": ("read_articles",),
    "newsearch.errors": ("EngineError", "IndexMissing", "InputError", "NewsearchError"),
    "newsearch.index": ("NewsIndex",),
    "newsearch.opening": ("create", "open"),
    "newsearch.records": ("AddReport", "Article", "Hit", "IndexInfo", "Results", "Snippet"),
    "newsearch.settings": ("Settings",),
}


def __getattr__(name: str) -> Any:
    """Load a public name."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
