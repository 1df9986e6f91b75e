"""Whoosh over the columns: any of its queries as arrays, and a reader for its own searcher.

`rewriting` puts a query of Whoosh's into the nodes that are evaluated as arrays, with `fallback`
for what only Whoosh's matchers can run; `reader` and the rest are what
`whoosh.searching.Searcher` reads.
"""
