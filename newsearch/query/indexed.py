"""The words of an index as the matcher of names asks for them (see `newsearch.names.Vocabulary`).

Nothing is arranged or held but what was asked for: the index finds a form, and what may be another
spelling of it, by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from newsearch.names.vocabulary import Use
from newsearch.query.patterns import FormCount, Words

_REMEMBERED = 50_000  # forms


class IndexedVocabulary:
    """The vocabulary of an index.

    Args:
        words: The index's.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._uses: dict[str, Use | None] = {}

    def use(self, form: str) -> Use | None:
        """Return how a form is used, None for one that is not there."""
        uses = self._uses
        try:
            return uses[form]
        except KeyError:
            count = self._words.form(form)
            if len(uses) >= _REMEMBERED:
                uses.clear()
            found = None if count is None else _use(count)
            uses[form] = found
            return found

    def sharing(self, keys: Collection[int]) -> Iterable[str]:
        """Return the forms under one of these keys, each once."""
        return self._words.sharing(keys)

    def uses(self) -> Iterator[tuple[str, Use]]:
        """Yield all forms, and how each is used."""
        for count in self._words.forms(""):
            yield count.form, _use(count)


def _use(count: FormCount) -> Use:
    return Use(count.occurrences, count.capital_share)
