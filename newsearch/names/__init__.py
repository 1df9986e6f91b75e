"""Names: one person, many spellings.

    from newsearch.names import NameMatcher

A word of a query stands for all spellings of that name which the index holds. What counts as
the same name is data: `names.toml` (and a file of the user's) for names, `romanisation.toml` for
the habits of writing one script's names in another's letters.
"""

from newsearch.names.distance import distance
from newsearch.names.matcher import NameMatcher, Spelling
from newsearch.names.names_file import NamesFile, load_names

__all__ = ["NameMatcher", "NamesFile", "Spelling", "distance", "load_names"]
