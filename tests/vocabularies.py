"""Vocabularies that are made up, as an engine gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsearch.query import Among, FormCount, Vocabulary


def made_up(counts: Mapping[str, tuple[int, int, int]]) -> Vocabulary:
    """Return what yields the counts of forms: occurrences, capitals, lower case."""

    def vocabulary(prefix: str, among: Among | None = None) -> Iterator[FormCount]:
        forms = sorted(form for form in counts if form.startswith(prefix))
        kept = set(forms if among is None else among(forms))
        return (FormCount(form, *counts[form]) for form in forms if form in kept)

    return vocabulary
