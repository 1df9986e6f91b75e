"""What kind of file is this? Asked of its first bytes, which know better than its name."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8

_BEFORE = rb"\s*(?:<\?xml[^<>]*>\s*|<!--[^<>]*-->\s*|<\?xml-stylesheet[^<>]*>\s*)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(
    _BEFORE + rb"(?:<!doctype rss[^<>]*>\s*)?<(?:rss|(?:atom:)?feed|rdf:rdf)\b", re.I
)
_TAG = re.compile(rb"<[a-zA-Z!/?]")
_OBJECT = re.compile(rb"\s*\{\s*\"[^\"\n]{1,60}\"\s*:")
_LIST = re.compile(rb"\s*(?:\[\s*(?:\{|$)|\{\s*$)")
_NUMBER = re.compile(r"\.\d+")  # what a copying program puts behind a name that is taken
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MAYBE_JSON = frozenset((".json", ".jsonl", ".ndjson", ".txt", ""))


def kind(suffix: str, head: bytes) -> str:
    """Return the suffix of the files that a file is like.

    Args:
        suffix: Its own, in lower case, perhaps "".
        head: How it begins, decompressed.

    Returns:
        A suffix; its own, where its content says nothing else.

    >>> kind("", b"<!doctype html><title>Ferry"), kind(".json", b'{"id": 1}\\n{"id": 2}')
    ('.html', '.jsonl')
    """
    if _NUMBER.fullmatch(suffix):
        suffix = ""
    if head.startswith(b"WARC/"):
        return ".warc"
    if head[257:262] == b"ustar":
        return ".tar"
    # A text document is a zip file, too.
    if suffix in ("", ".zip") and head.startswith((b"PK\3\4", b"PK\5\6")):
        return ".zip"
    head = head.removeprefix(BOM_UTF8)
    if _PAGE.match(head):
        return ".html"
    if _FEED.match(head):
        return ".rss"
    if suffix in _MAYBE_JSON and (json_kind := _json(suffix, head)):
        return json_kind
    if suffix in (".html", ".htm") and not _TAG.search(head):
        return ".txt"
    if not suffix and head and not _CONTROLS.search(head):
        return ".txt"
    return suffix


def _json(suffix: str, head: bytes) -> str:
    """Return the suffix of the kind of JSON that a text is, or "" if it is none."""
    line, ended, _ = head.lstrip().partition(b"\n")
    if _LIST.match(line):
        return ".json"
    if not _OBJECT.match(line):
        return ""
    try:
        whole = bool(ended) and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        whole = False
    # A first line that is cut short does not make lines anything else.
    return ".jsonl" if whole or suffix in (".jsonl", ".ndjson") else ".json"
