"""Names: one person, many spellings.

    from newsearch.names.matcher import NameMatcher

A word of a query stands for all spellings of that name which the index holds. What counts as
the same name is data: `names.toml` (and files of the user's) for names, `romanisation.toml` for
the habits of writing one script's names in another's letters.
"""
