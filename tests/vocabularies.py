"""Vocabularies that are made up, as an engine gives them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from newsearch.names.keys import can_be_name, stored_keys
from newsearch.query import Among, FormCount


class MadeUp:
    """The words of an index that was never made.

    Args:
        counts: By form, how often it occurs, is capitalised, is in lower case.
    """

    def __init__(self, counts: Mapping[str, tuple[int, int, int]]) -> None:
        self.counts = counts

    def forms(self, prefix: str, among: Among | None = None) -> Iterator[FormCount]:
        forms = sorted(form for form in self.counts if form.startswith(prefix))
        kept = set(forms if among is None else among(forms))
        return (FormCount(form, *self.counts[form]) for form in forms if form in kept)

    def form(self, form: str) -> FormCount | None:
        return FormCount(form, *self.counts[form]) if form in self.counts else None

    def sharing(self, keys: Collection[int]) -> set[str]:
        names = filter(can_be_name, self.counts)
        return {form for form in names if not stored_keys(form).isdisjoint(keys)}
