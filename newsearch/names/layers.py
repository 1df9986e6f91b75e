"""What names files say, in folded forms: which are one name, which are apart.

In: lists of forms (see `names_file`). Out: answers for one form or for two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["same", "apart"]
NO_FORMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says, in folded forms.

    Attributes:
        same: Form to all forms of its name, itself among them.
        apart: Form to the forms it must not meet.
        exact: Forms that stand only for themselves.
        stable: Forms that have no other spelling.
        article: Forms that are written with the Arabic article or without.
    """

    same: dict[str, frozenset[str]] = field(default_factory=dict)
    apart: dict[str, frozenset[str]] = field(default_factory=dict)
    exact: frozenset[str] = NO_FORMS
    stable: frozenset[str] = NO_FORMS
    article: frozenset[str] = NO_FORMS

    def verdict(self, left: str, right: str) -> Verdict | None:
        """Return what this file says of two forms, None where it says nothing."""
        if right in self.apart.get(left, NO_FORMS):
            return "apart"
        if left in self.exact or right in self.exact:
            return "apart"
        return "same" if right in self.same.get(left, NO_FORMS) else None


@dataclass(frozen=True, slots=True, eq=False)
class NamesFile:
    """Several names files as one; a later layer beats an earlier one.

    >>> from newsearch.names.names_file import load_names
    >>> names = load_names()
    >>> names.verdict("kyiv", "kiev"), names.verdict("iran", "iraq"), names.verdict("a", "b")
    ('same', 'apart', None)
    """

    layers: tuple[Layer, ...]
    _families: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)

    def verdict(self, left: str, right: str) -> Verdict | None:
        """Return whether two different folded forms are one name, None where no file says."""
        for layer in reversed(self.layers):
            verdict = layer.verdict(left, right)
            if verdict is not None:
                return verdict
        return None

    def family(self, form: str) -> frozenset[str]:
        """Return all forms of the same name, the form itself among them."""
        if not self.knows(form):
            return frozenset((form,))
        found = self._families.get(form)
        if found is None:
            found = self._families[form] = self._joined_family(form)
        return found

    def _joined_family(self, form: str) -> frozenset[str]:
        family, waiting = {form}, [form]
        while waiting:
            known = waiting.pop()
            for layer in self.layers:
                new = layer.same.get(known, NO_FORMS) - family
                kept = {other for other in new if self.verdict(form, other) != "apart"}
                family |= kept
                waiting += sorted(kept)
        return frozenset(family)

    def apart(self, one: str, other: str) -> bool:
        """Return whether two names are kept apart, in whatever spelling they are listed."""
        if self.verdict(one, other) == "apart":
            return True
        others = self.family(other)
        return any(not self.look_alikes(left).isdisjoint(others) for left in self.family(one))

    def look_alikes(self, form: str) -> set[str]:
        """Return the forms that a form must not meet by the name of an `apart` line."""
        found = {other for layer in self.layers for other in layer.apart.get(form, NO_FORMS)}
        return {other for other in found if self.verdict(form, other) == "apart"}

    def exact(self, form: str) -> bool:
        """Return whether a form stands only for itself."""
        for layer in reversed(self.layers):
            if form in layer.exact:
                return True
            if form in layer.same:
                return False
        return False

    def stable(self, form: str) -> bool:
        """Return whether a form is a name that has no other spelling."""
        return any(form in layer.stable for layer in self.layers) and not self.knows(form)

    def has_article(self, form: str) -> bool:
        """Return whether a name, in any spelling that is listed, may have the Arabic article."""
        family = self.family(form)
        return any(not layer.article.isdisjoint(family) for layer in self.layers)

    def knows(self, form: str) -> bool:
        """Return whether a form is listed as a spelling of a name that has several."""
        return any(form in layer.same for layer in self.layers)

    def lists(self, form: str) -> bool:
        """Return whether a form is listed as a name with several spellings or with one."""
        return self.knows(form) or self.stable(form)
