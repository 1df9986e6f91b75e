"""Search a pile of news: ranked passages, highlighted, however names are spelled.

>>> import newsearch, tempfile
>>> articles = [newsearch.Article(id="1", title="Ferry resumes", text="The ferry runs again.")]
>>> with newsearch.create(tempfile.mkdtemp()) as index:
...     _ = index.add(articles)
...     for hit in index.search("ferries"):
...         print(hit.title, hit.snippet.text, hit.snippet.spans)
Ferry resumes The ferry runs again. ((4, 9),)
"""

from newsearch.articles import read_articles
from newsearch.errors import EngineError, IndexMissing, InputError, NewsearchError
from newsearch.index import NewsIndex, create, open
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
