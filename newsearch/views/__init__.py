"""Answers as a whole rather than hit by hit: by time, by outlet, by word; and whole articles.

In: what was asked, and the index as it is. Out: plain records. What is counted is counted over all
passages with all of the query's words, as arrays; only distinctive words need texts, and some
hundred of them are read.
"""

from newsearch.views.records import (
    Bar,
    MarkedArticle,
    Outlet,
    Scope,
    Sources,
    TermFacts,
    Terms,
    Timeline,
)
from newsearch.views.views import Views

__all__ = [
    "Bar",
    "MarkedArticle",
    "Outlet",
    "Scope",
    "Sources",
    "TermFacts",
    "Terms",
    "Timeline",
    "Views",
]
