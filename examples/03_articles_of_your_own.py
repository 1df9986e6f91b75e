"""Add articles from your own program, and keep the index up to date.

An article is known by its id. Adding it again does nothing if it is the same to the letter and
replaces it if it has changed, so a scraper can simply add everything it sees.
"""

import tempfile

import newsearch
from newsearch import Article

first = Article(
    id="https://harbour-post.example/ferry",
    title="Ferry to the far shore resumes",
    text="The ferry runs again from Monday. Tickets stay valid, the harbour office said.",
    source="The Harbour Post",
    date="2025-03-14",
)
updated = Article(
    id=first.id,
    title=first.title,
    text="The ferry runs again from Tuesday. Tickets stay valid, the harbour office said.",
    source=first.source,
    date=first.date,
)

with tempfile.TemporaryDirectory() as folder, newsearch.create(folder) as index:
    for batch in ([first], [first], [updated]):
        report = index.add(batch)
        print(f"added {report.added}, unchanged {report.unchanged}, changed {report.changed}")

    (hit,) = index.search("ferry")
    print(hit.source, hit.date, hit.snippet.text)

    print("deleted", index.delete([first.id]))
    print("left", len(index.search("ferry")))
