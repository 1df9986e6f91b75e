"""What an index has learned of page furniture, in a file of its own beside the index.

The blocks can be learned again from the articles; what people want to keep can't, so that a
damaged file is an error.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path

from newsearch.cleaning.furniture import Blocks, Furniture
from newsearch.cleaning.learning import Block
from newsearch.durable import read_file, replace_file
from newsearch.engines.guard import guarded
from newsearch.errors import EngineError
from newsearch.sealing import is_sealed, sealed

NAME = "boilerplate.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Source:
    """What was learned of one source, and how many articles it had then."""

    articles: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Learned:
    """What was learned of all sources of an index, and what people want to keep of it."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    keep: tuple[str, ...] = ()

    def furniture(self) -> Furniture:
        """Return it as `set_aside` wants it."""
        blocks = {
            name: Blocks(block.text for block in source.blocks)
            for name, source in self.sources.items()
            if source.blocks
        }
        return Furniture(blocks, self.keep)


def load_learned(folder: Path) -> Learned:
    """Return what was learned of an index in a folder; nothing, where there is no file.

    Raises:
        EngineError: The file is damaged.
    """
    path = folder / NAME
    try:
        text = read_file(path)
    except FileNotFoundError:
        return Learned()
    except OSError as error:
        raise EngineError(f"{path} can't be read: {error.strerror}") from error
    try:
        if not is_sealed(text):
            raise ValueError("not as it was written")
        table = json.loads(text)
        if table["format"] != _FORMAT:
            raise ValueError(f"format {table['format']!r}")
        sources = {
            name: Source(many, tuple(Block(*block) for block in blocks))
            for name, many, blocks in table["sources"]
        }
        return Learned(sources, tuple(table["keep"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EngineError(
            f"{path} is damaged ({error}); delete it, and run newsearch index again: only what "
            "--keep said is lost"
        ) from error


def save_learned(folder: Path, learned: Learned) -> None:
    """Write what was learned, as a whole or not at all."""
    rows = [
        (name, source.articles, [astuple(block) for block in source.blocks])
        for name, source in sorted(learned.sources.items())
    ]
    table = {"format": _FORMAT, "keep": learned.keep, "sources": rows}
    with guarded("writing to", folder):
        replace_file(folder / NAME, sealed(table))
