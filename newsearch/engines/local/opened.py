"""The segments of an index as the last commit left them, for reading it and for writing on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsearch.engines.local.files.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    from newsearch.engines.local.segment import Segment


def open_segments(folder: Path) -> tuple[Manifest, list[Segment]]:
    """Return the newest manifest and its segments.

    A writer may replace the manifest and remove a segment between the two looks; then the newer
    manifest is read.
    """
    while True:
        manifest = read_manifest(folder)
        if not manifest.segments:
            return manifest, []
        from newsearch.engines.local.segment import Segment  # a new index needs no arrays

        try:
            return manifest, [Segment(folder, entry) for entry in manifest.segments]
        except FileNotFoundError:
            if read_manifest(folder) == manifest:
                raise


def find(segments: Sequence[Segment], article_id: str) -> tuple[int, int] | None:
    """Return the segment and the number in it of a live article, or None."""
    for at, segment in enumerate(segments):
        number = segment.article(article_id)
        if number is not None:
            return at, number
    return None
