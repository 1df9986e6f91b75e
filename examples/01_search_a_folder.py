"""Index a folder of articles and ask it something.

Run it from anywhere: the articles lie next to this file.
"""

import tempfile
from pathlib import Path

import newsearch

articles = Path(__file__).parent / "articles"

# An index is a folder. Here it is a temporary one; a real one stays where you put it.
with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
    report = index.add(newsearch.read_articles(articles))
    print(f"{report.added} articles, {report.passages} passages")

    # An answer is a list of passages, best first, at most three from one article.
    for hit in index.search("security guarantees", limit=3):
        print()
        print(hit.title)
        # Text and marks stay apart until they are shown, here with asterisks.
        shown = hit.snippet.text
        for start, end in reversed(hit.snippet.spans):
            shown = f"{shown[:start]}*{shown[start:end]}*{shown[end:]}"
        print(shown)
