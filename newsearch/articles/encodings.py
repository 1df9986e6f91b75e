"""Bytes to text: UTF-8, or what they say of themselves, or by a good guess."""

from __future__ import annotations

import codecs
import re

from newsearch.articles.source import Problem
from newsearch.errors import Doubt, InputError

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",  # it begins as UTF-16's does
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Names that mean more than they say: browsers read them so (https://encoding.spec.whatwg.org),
# and pages are written for browsers.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# What text outside of UTF-8 is written in, the most frequent on the web first.
_LIKELY = (
    "cp1252 cp1251 cp1250 cp932 gb18030 cp949 big5 euc_jp cp1254 cp1253 iso8859_2 koi8_r cp1256 "
    "cp1255 cp1257 cp1258 cp874 iso2022_jp koi8_u mac_roman cp866"
).split()
_SAMPLE = 100_000  # bytes: enough to tell languages apart, and a guess takes a moment only


def text_of(data: bytes, path: str, report: Problem, *, declared: str = "") -> str:
    """Return bytes as text, without a byte order mark.

    Args:
        data: All of a file.
        path: Its place, for reports.
        report: Told where the encoding was guessed.
        declared: The encoding that the bytes, or who sent them, say they have, or "".

    Raises:
        InputError: They are not text.
    """
    if b"\0" in data:
        raise InputError(path, "a binary file, not text; left out")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        if text := _declared(data, declared):
            return text
    encoding = guess(data)
    if encoding is None:
        return decode(data, path)
    report(Doubt(path, f"not UTF-8; read as {encoding}, which is a guess"))
    return data.decode(encoding, "replace")


def decode(data: bytes, path: str, line: int | None = None) -> str:
    """Return bytes as text, without a byte order mark.

    Raises:
        InputError: They are not UTF-8; the message says where the first wrong byte is.
    """
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is not UTF-8; left out"
        advice = "convert it first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        raise InputError(path, f"{place} ({advice})", line) from error


def mark_of(data: bytes) -> str:
    """Return the encoding that a byte order mark stands for, or ""."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")


def guess(data: bytes) -> str | None:
    """Return the likeliest encoding of a text that is not UTF-8, or None for what is no text.

    A text that is UTF-8 but for a few bytes, because something was cut in the middle of a
    character, is taken for UTF-8.
    """
    sample = data[:_SAMPLE]
    shown = sample.decode("utf-8", "replace")
    wrong = shown.count("\ufffd")
    if sum(char > "\x7f" for char in shown) - wrong > 5 * wrong:
        return "utf-8"
    from charset_normalizer import from_bytes  # 20 ms that UTF-8 need not pay

    matches = list(from_bytes(sample, cp_isolation=_LIKELY))
    if not matches:
        return None
    best = matches[0]
    names = {
        name
        for match in matches
        if match.chaos <= best.chaos and match.coherence >= best.coherence - _NO_DIFFERENCE
        for name in (match.encoding, *match.could_be_from_charset)
    }
    return next((name for name in _LIKELY if name in names), best.encoding)


_NO_DIFFERENCE = 0.02  # of charset-normalizer's coherence, a ratio; less tells no language

_CHARSET = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,99}?encoding=["']([\w.-]+)""",
    re.IGNORECASE,
)


def declared_in(page: bytes) -> str:
    """Return the encoding that a page says it has, or ""."""
    match = _CHARSET.search(page[:4096])
    return (match[1] or match[2]).decode() if match else ""


def _declared(data: bytes, name: str) -> str:
    """Return bytes as the text that they are said to be; "" where they are not."""
    try:
        known = codecs.lookup(name).name
        return data.decode(_MEANT.get(known, known))  # refuses what is no encoding of text: zip
    except (LookupError, ValueError):
        return ""
