"""Names: one person, many spellings.

    from newsearch.names import NameMatcher

A word of a query stands for all spellings of that name which the index holds. What counts as
the same name is data: `names.toml` (and files of the user's) for names, `romanisation.toml` for
the habits of writing one script's names in another's letters.
"""

from newsearch.names.contexts import Contexts, PassageContexts, Together
from newsearch.names.distance import distance
from newsearch.names.judging import Judgement, Spelling
from newsearch.names.keys import asked_keys, key_columns
from newsearch.names.layers import NamesFile
from newsearch.names.matcher import NameMatcher
from newsearch.names.names_file import load_names
from newsearch.names.vocabulary import Use, Vocabulary

__all__ = [
    "Contexts",
    "Judgement",
    "NameMatcher",
    "NamesFile",
    "PassageContexts",
    "Spelling",
    "Together",
    "Use",
    "Vocabulary",
    "asked_keys",
    "distance",
    "key_columns",
    "load_names",
]
