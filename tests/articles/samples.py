"""The same article as every kind of file that can be read."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

TITLE = "Ferry runs again"
TEXT = "The ferry between Orlund and Selvinar runs again, the harbour office said on Monday."
MORE = "Two trams will wait for it at the quay until midnight, and three on Saturdays and Sundays."
URL = "https://www.post.example/2025/02/26/ferry"
DAY = "2025-02-26"

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
<title>{TITLE} | Orlund Post</title>
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="Orlund Post">
<meta property="article:published_time" content="{DAY}T10:00:00Z">
<meta name="author" content="Ida Moor">
<link rel="canonical" href="{URL}">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{TITLE}</h1><p>{TEXT}</p><p>{MORE}</p></article>
<section id="comments"><p>I do not believe a word of it, and never took the ferry.</p></section>
<footer><p>All rights reserved.</p></footer>
</body></html>
"""
FIELDS = {
    "headline": TITLE,
    "body": f"{TEXT}\n{MORE}",
    "pubDate": f"{DAY}T10:00:00Z",
    "outlet": "Orlund Post",
    "link": URL,
    "byline": "Ida Moor",
}
ROW = [value.replace("\n", " ") for value in FIELDS.values()]
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Orlund Post</title><id>tag:post.example,2025</id>
<entry><title>{TITLE}</title><link href="{URL}"/><id>tag:post.example,2025:7</id>
<published>{DAY}T10:00:00Z</published><author><name>Ida Moor</name></author>
<summary>Short.</summary>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</content></entry></feed>
"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Orlund Post</title>
<link>https://www.post.example</link>
<item><title>{TITLE}</title><link>{URL}</link><guid isPermaLink="false">7</guid>
<pubDate>Wed, 26 Feb 2025 10:00:00 +0000</pubDate><dc:creator>Ida Moor</dc:creator>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</description></item></channel></rss>
"""


def record(kind: str, url: str, content_type: str, content: bytes) -> bytes:
    """Return a record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2025-03-09T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0-7>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(
    content: bytes, status: str = "200 OK", kind: str = "text/html", more: str = ""
) -> bytes:
    """Return what a server sends."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + content


def response(content: bytes, url: str = URL, **said: str) -> bytes:
    """Return a record with what a server sent."""
    return record("response", url, "application/http; msgtype=response", answer(content, **said))


def zipped(**members: bytes) -> bytes:
    """Return a zip archive of members by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(**members: bytes) -> bytes:
    """Return a tar archive of members by their names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


_LINE = json.dumps(FIELDS).encode() + b"\n"
# For each suffix the content of a file; each has one article, with the same two sentences.
SAMPLES: dict[str, bytes] = {
    ".txt": f"{TEXT}\n{MORE}\n".encode(),
    ".md": f"# {TITLE}\n\n{TEXT}\n\n{MORE}\n".encode(),
    ".html": PAGE.encode(),
    ".htm": PAGE.encode(),
    ".xhtml": b'<?xml version="1.0"?>\n' + PAGE.encode(),
    ".json": json.dumps({"status": "ok", "articles": [FIELDS]}, indent=1).encode(),
    ".jsonl": _LINE,
    ".ndjson": _LINE,
    ".csv": (",".join(FIELDS) + "\n" + ",".join(f'"{cell}"' for cell in ROW) + "\n").encode(),
    ".tsv": ("\t".join(FIELDS) + "\n" + "\t".join(ROW) + "\n").encode(),
    ".rss": RSS.encode(),
    ".atom": ATOM.encode(),
    ".warc": response(PAGE.encode()),
    ".wet": record("conversion", URL, "text/plain", f"{TEXT}\n{MORE}".encode()),
    ".zip": zipped(**{"ferry.txt": f"{TEXT}\n{MORE}\n".encode()}),
    ".tar": tarred(**{"./ferry.txt": f"{TEXT}\n{MORE}\n".encode()}),
}
PACKED = gzip.compress(SAMPLES[".txt"])
