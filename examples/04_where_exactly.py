"""Go from a hit back to the article, and see what cleaning took out of it.

Offsets count in the cleaned text of the article. Nothing that was taken out is lost.
"""

import tempfile
from pathlib import Path

import newsearch

articles = Path(__file__).parent / "articles"

with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
    index.add(newsearch.read_articles(articles))

    (hit,) = index.search('"best efforts" "telephone number"', limit=1)
    article = index.article(hit.article_id)
    assert article is not None
    assert article.text[hit.start : hit.end] == hit.text

    print(article.title)
    print(f"passage {hit.passage}, characters {hit.start} to {hit.end}")
    for start, end in hit.spans:
        print(f"  {start}: {article.text[start:end]}")

    print("taken out:")
    for removal in index.removed(hit.article_id):
        print(f"  {removal.rule}: {removal.text[:60]}")
