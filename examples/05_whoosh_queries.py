"""Ask with Whoosh: any of its queries, its query parser, its sorting and its grouping.

Whoosh takes words to the letter, but for case and accents: for their grammatical forms and for
all spellings of a name, ask `NewsIndex.search`.
"""

import tempfile
from pathlib import Path

from whoosh.qparser import QueryParser
from whoosh.query import And, FuzzyTerm, NumericRange, Phrase, Prefix
from whoosh.scoring import TF_IDF
from whoosh.searching import Searcher

import newsearch

articles = Path(__file__).parent / "articles"

with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
    index.add(newsearch.read_articles(articles))

    with index.searcher() as searcher:
        # A word with a slip, words a few apart, the beginning of a word, and a filter by date.
        near = Phrase("text", ["crews", "protocol"], slop=4)
        query = And([FuzzyTerm("text", "guarrantee", maxdist=2), Prefix("text", "seafar")]) | near
        march = NumericRange("date", 20250301, 20250331)
        for hit in searcher.search(query, filter=march, limit=3):
            print(hit["date"], hit["title"][:60], f"(passage {hit['passage']})")
        print()

        # Text to a query; the newest first, and how many passages of each source.
        parsed = QueryParser("text", searcher.schema).parse('"insurance pool" OR title:accord')
        results = searcher.search(parsed, sortedby="date", reverse=True, groupedby="source")
        for source, passages in sorted(results.groups().items()):
            print(f"{len(passages):3} passages from {source or 'nobody that is named'}")
        print()

        # Another weighting over the same index.
        other = Searcher(searcher.reader(), weighting=TF_IDF, closereader=False)
        best = other.search(Phrase("text", ["best", "efforts"]), limit=1)
        print(best[0].highlights("text", top=1))
