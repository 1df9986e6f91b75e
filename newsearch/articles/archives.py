"""Archives: each of their members is read as a file of its own would be.

Nothing is written to the place that a member's name says, so it does not matter what it says.
"""

from __future__ import annotations

import shutil
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

from newsearch.articles.files import is_hidden
from newsearch.articles.source import Problem, Source
from newsearch.errors import InputError
from newsearch.records import Article

_DAMAGED = "the archive is damaged or cut short; the rest of this file is left out"


def read_tar(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the articles of all files in a tar archive, in its order."""
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            while member := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # it keeps them all
                stream = archive.extractfile(member) if member.isreg() else None
                if stream and not _is_hidden(member.name):
                    yield from source.inner(member.name, stream)
    except tarfile.TarError as error:
        raise InputError(source.path, _DAMAGED) from error


def read_zip(source: Source, report: Problem) -> Iterator[Article]:
    """Yield the articles of all files in a zip archive, in its order."""
    with ExitStack() as stack:
        stream = source.stream
        if not stream.seekable():  # it is in another archive; its list of members is at its end
            stream = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(source.stream, stream)
        _refuse_long_list(source, stream)
        try:
            archive = stack.enter_context(zipfile.ZipFile(stream))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError(source.path, _DAMAGED) from error
        for member in archive.infolist():
            if member.is_dir() or _is_hidden(member.filename):
                continue
            try:
                opened = archive.open(member)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
                how = "needs a password" if member.flag_bits & 1 else "packed in an unknown way"
                reason = f"{how}; left out"
                report(InputError(f"{source.path}!{member.filename}", reason))
                continue
            with opened:
                yield from source.inner(member.filename, opened)


def _is_hidden(name: str) -> bool:
    return any(is_hidden(part) for part in name.split("/") if part not in (".", ".."))


# The list of a million members with long names. It is read whole, and takes ten times as much.
_LIST_AT_MOST = 128 << 20  # bytes
_TAIL = (1 << 16) + 200  # bytes at the end of a zip file, in which its list's length is told


def _refuse_long_list(source: Source, stream: IO[bytes]) -> None:
    """Refuse a zip archive whose list of members would fill the memory."""
    stream.seek(0, 2)
    stream.seek(-min(stream.tell(), _TAIL), 2)
    tail = stream.read()
    stream.seek(0)
    for mark, place, form in ((b"PK\5\6", 12, "<L"), (b"PK\6\6", 40, "<Q")):
        at = tail.rfind(mark)
        if at >= 0 and len(tail) >= at + place + 8:
            (size,) = struct.unpack_from(form, tail, at + place)
            if _LIST_AT_MOST < size != 0xFFFFFFFF:
                raise InputError(source.path, "too many members to list; unpack it first")
