"""One spelling for the many ways of writing the same word: case, accents, scripts, ligatures.

In: one word. Out: its folded form. Folding knows nothing of grammar (see `stemming`) and nothing
of names (see `newsearch.names`), and it changes no offsets because it never sees a text.

This is the only module that uses Unidecode.
"""

from __future__ import annotations

import re
import unicodedata

from unidecode import unidecode

# Chinese and Japanese characters stay as they are: romanised one by one, without their
# language, hundreds of different ones would become the same syllable.
IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Half of a surrogate pair, which damaged text may hold, has no Latin form either.
_KEPT = re.compile(f"[{IDEOGRAPHS}\ud800-\udfff]")
_NOT_IN_FORMS = re.compile(r"[^a-z0-9&.,]+")


def fold(word: str) -> str:
    """Return the form under which a word is indexed: lower case, plain Latin letters.

    Args:
        word: One word, in any script.

    Returns:
        Letters a–z, digits, and what holds a number or an `&` name together. A word that has no
        Latin form (Chinese, Japanese, a lone symbol) comes back in its own script, case-folded.
        Empty for an empty word.

    >>> [fold(word) for word in ("Erdoğan", "Straße", "O’Brien", "ﬁnance", "Зеленський", "AT&T")]
    ['erdogan', 'strasse', 'obrien', 'finance', 'zelenskii', 'at&t']
    """
    if word.isascii():  # nine of ten words, and nothing of what follows changes them
        same = word.lower()
        return same if same.isalnum() else _NOT_IN_FORMS.sub("", same) or same
    # NFKC first: it opens ligatures and full-width forms, which Unidecode would miss or guess.
    # Case next: of some scripts (Georgian) Unidecode knows the small letters only.
    same = unicodedata.normalize("NFKC", word).casefold()
    if _KEPT.search(same):
        return same
    return _NOT_IN_FORMS.sub("", unidecode(same).lower()) or same
