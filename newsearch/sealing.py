"""A small table as JSON that ends with its own checksum: no change of a byte goes unseen."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

_LAST = b', "checksum": '


def sealed(table: Mapping[str, object]) -> bytes:
    """Return a table as JSON, with the CRC-32 of all before it as a last entry, `checksum`.

    The table must not be empty.

    >>> sealed({"format": 3})
    b'{"format": 3, "checksum": 1839434942}'
    """
    return _closed(json.dumps(table).encode()[:-1])


def is_sealed(text: bytes) -> bool:
    """Tell whether a text is one that `sealed` has returned, to the byte.

    >>> is_sealed(sealed({"format": 3})), is_sealed(sealed({"format": 3}).replace(b" 3", b" 2"))
    (True, False)
    """
    return text == _closed(text.rpartition(_LAST)[0])


def read_table(text: bytes) -> Any:
    """Return the table of a JSON text that says nothing twice.

    Raises:
        ValueError: It does, or is no JSON.

    >>> read_table(b'{"format": 3}')
    {'format': 3}
    """
    return json.loads(text.decode(), object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("it says a thing twice")
    return table


def _closed(said: bytes) -> bytes:
    return b"%s%s%d}" % (said, _LAST, zlib.crc32(said))
