"""Compressed bytes to what they hold, within bounds: a few bytes may claim to be a great many."""

from __future__ import annotations

import bz2
import codecs
import io
import lzma
import os
from collections.abc import Callable
from typing import IO, Any

from newsearch.articles.encodings import mark_of
from newsearch.articles.files import BUFFER
from newsearch.errors import InputError

# A compressed file becomes at most so much. News becomes four to ten times as long, the same
# article over and over perhaps a hundred times; what is made to fill memories, thousands.
_TIMES = 200
_ANYHOW = 100_000_000  # bytes that a short file may become
_LAYERS = 3  # packed in one another: a compressed file in a compressed archive, and one more
_WINDOW = 1 << 27  # bytes of zstd's window, as its own program has it
_ZSTD_PIECE = 1 << 10  # bytes that are unpacked at a time; they become 32 MB at most

MAGIC = {
    b"\x1f\x8b": ".gz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"BZh": ".bz2",
    b"\xfd7zXZ\0": ".xz",
}
# What is left of a name without what it says of packing.
INSIDE = {".gz": "", ".tgz": ".tar", ".zst": "", ".zstd": "", ".bz2": "", ".xz": ""}


class Budget:
    """How much the rest of one file may still become."""

    def __init__(self, path: str, size: int) -> None:
        self._path = path
        self._left = _ANYHOW + _TIMES * size

    def spend(self, many: int) -> None:
        """Take note of bytes that were unpacked.

        Raises:
            InputError: They are too many.
        """
        self._left -= many
        if self._left < 0:
            raise InputError(
                self._path,
                f"becomes more than {_TIMES} times as long when it is unpacked, which news does "
                "not; the rest of this file is left out",
            )


class Unpacked(io.RawIOBase):
    """What comes out of a packed stream; a budget pays for it, and it never gives too little."""

    def __init__(self, stream: Any, path: str, budget: Budget) -> None:
        self._stream = stream  # read by `read1`: what comes before damage is not lost
        self._path = path
        self._budget = budget
        self._failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        many = 0
        while many < len(buffer) and not self._failure:
            try:
                piece = self._stream.read1(len(buffer) - many)
            except Exception as error:  # each way of packing has errors of its own
                self._failure = error
                break
            if not piece:
                break
            buffer[many : many + len(piece)] = piece
            many += len(piece)
        self._budget.spend(many)
        if self._failure and not many:  # what is sound before it is read first
            raise self._said(self._failure) from self._failure
        return many

    def _said(self, error: Exception) -> Exception:
        told = isinstance(error, InputError) or (isinstance(error, OSError) and error.strerror)
        return error if told else InputError(self._path, DAMAGED)


DAMAGED = "the compressed file is damaged or cut short; the rest of this file is left out"


class _Recoded(io.RawIOBase):
    """A stream of text in UTF-16 or UTF-32, as UTF-8."""

    def __init__(self, stream: IO[bytes], path: str, encoding: str) -> None:
        self._stream = stream
        self._path = path
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            piece = self._stream.read(BUFFER)
            try:
                text = self._decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                reason = f"not {error.encoding.upper()} to its end; left out from there"
                raise InputError(self._path, reason) from error
            self._ready = text.encode(errors="replace")
            if not piece:
                break
        many = min(len(buffer), len(self._ready))
        buffer[:many], self._ready = self._ready[:many], self._ready[many:]
        return many


def as_utf8(stream: io.BufferedReader, path: str) -> io.BufferedReader:
    """Return a stream whose byte order mark says that it is UTF-16 or UTF-32, as UTF-8."""
    encoding = mark_of(stream.peek())
    if encoding in ("", "utf-8"):
        return stream
    return io.BufferedReader(_Recoded(stream, path, encoding), BUFFER)


def unpacked(
    stream: io.BufferedReader, name: str, path: str, budget: Budget
) -> tuple[io.BufferedReader, str]:
    """Return a stream without any layer of compression, and the suffix of what it holds.

    Args:
        stream: As it was opened.
        name: The file's name; what is in it counts for more.
        path: Its place, for errors.
        budget: What may come out of it.

    Raises:
        InputError: It is packed too often.
    """
    stem, suffix = os.path.splitext(name)
    for _ in range(_LAYERS + 1):
        if suffix.lower() in INSIDE:  # it may say so and be unpacked already
            inside = INSIDE[suffix.lower()]
            stem, suffix = (stem, inside) if inside else os.path.splitext(stem)
        packing = next((MAGIC[mark] for mark in MAGIC if stream.peek().startswith(mark)), None)
        if packing is None:
            return stream, suffix.lower()
        stream = buffered(_OPENERS[packing](stream, path), path, budget)
    raise InputError(path, f"compressed more than {_LAYERS} times over; left out")


def buffered(stream: IO[bytes], path: str, budget: Budget) -> io.BufferedReader:
    """Return a stream of what was packed that can be looked into."""
    return io.BufferedReader(Unpacked(stream, path, budget), BUFFER)


def _gzip(stream: IO[bytes], path: str) -> Any:
    import gzip  # it brings four more modules, which most runs don't need

    return gzip.GzipFile(fileobj=stream)


class _Zstd:
    """What comes out of zstd's frames; unlike a reader of the library, it tells that one is cut."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        from zstandard import ZstdDecompressor  # most runs read no such file

        self._new_frame = ZstdDecompressor(max_window_size=_WINDOW).decompressobj
        self._frame: Any = None
        self._stream = stream
        self._packed = b""
        self._ready = io.BytesIO()

    def read1(self, size: int) -> bytes:
        while not (piece := self._ready.read(size)):
            self._packed = self._packed or self._stream.read(_ZSTD_PIECE)
            if not self._packed:
                if self._frame:
                    raise EOFError
                break
            self._frame = self._frame or self._new_frame()
            self._ready = io.BytesIO(self._frame.decompress(self._packed))
            self._packed = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        return piece


_OPENERS: dict[str, Callable[[IO[bytes], str], Any]] = {
    ".gz": _gzip,
    ".zst": _Zstd,
    ".bz2": lambda stream, path: bz2.BZ2File(stream),
    ".xz": lambda stream, path: lzma.LZMAFile(stream),
}
