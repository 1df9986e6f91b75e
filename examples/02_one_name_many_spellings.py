"""See how the same person is spelled by different outlets.

Any spelling asks for all of them, in any script, and so does a slip of the keyboard.
"""

import tempfile
from collections import Counter
from pathlib import Path

import newsearch

articles = Path(__file__).parent / "articles"

with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
    index.add(newsearch.read_articles(articles))

    for word in ("zelensky", "Zelenskyy", "Зеленський"):
        results = index.search(word, limit=1000, per_article=None)
        print(f"{word}: {results.complete} passages")

    # Each hit says how it spells what was asked for.
    spelled = Counter(spelling for hit in results for spelling in hit.spellings)
    for spelling, passages in sorted(spelled.items()):
        print(f"  {spelling} in {passages}")

    # Other names stay other names.
    for other in ("Zelenska", "Zelinsky"):
        print(f"{other}: {index.search(other).complete} passage")
