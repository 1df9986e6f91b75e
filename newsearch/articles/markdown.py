"""Markdown: one article a file, with or without front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from newsearch.articles.encodings import text_of
from newsearch.articles.fields import article_from
from newsearch.articles.source import Problem, Source, read_whole
from newsearch.records import Article

# Front matter is read line by line and not as YAML: headlines hold colons, which YAML refuses.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# What stands for an inline token that has no words of its own.
_SHOWN = {"hardbreak": "\n", "softbreak": " ", "html_inline": ""}
_HTML_TAG = re.compile(r"<[^<>]*>")
_FIELD = re.compile(r"(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$")


def read_markdown(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the one article of a Markdown file.

    Its fields come from front matter (`title: …` and so on between two lines of `---`), its
    title else from its first heading; its text is what Markdown shows, without the marks.
    """
    text = text_of(read_whole(source), source.path, report)
    fields: dict[str, object] = {}
    match = _FRONT_MATTER.match(text)
    if match:
        fields = _front_matter(match[1])
        text = text[match.end() :]
    heading, plain = _plain(text)
    names = source.naming.of(tuple(fields))
    for part, value in (("id", source.path), ("title", heading)):
        if not any(fields.get(name) for name in names.get(part, ())):
            fields[source.naming.given.get(part, part)] = value
    yield article_from(source, fields, report, made_id=source.path, text=plain.strip())


def _front_matter(block: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for line in block.splitlines():
        match = _FIELD.match(line)
        if match:
            value = match[2]
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            found[match[1].lower()] = value[1:-1] if quoted else value
    return found


def _plain(text: str) -> tuple[str, str]:
    """Return the first heading of highest level, and the whole text without Markdown's marks."""
    from markdown_it import MarkdownIt  # 30 ms that only a reader of Markdown need pay

    heading = ""
    blocks = []
    opened = ""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type.endswith("_open"):
            opened = token.tag
        elif token.type == "inline":
            shown = "".join(_SHOWN.get(child.type, child.content) for child in token.children or ())
            if opened == "h1" and not heading:
                heading = shown
            blocks.append(shown)
        elif token.type in ("code_block", "fence"):
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(html.unescape(_HTML_TAG.sub("", token.content)))
    return heading, "\n\n".join(blocks)
