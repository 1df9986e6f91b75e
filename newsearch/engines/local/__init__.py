"""The local engine: memory-mapped columns in one folder.

`columns` is a file of arrays, `manifest` says which files are the index, `segment` gives their
columns names, `building` makes a segment from articles and `merging` one of several,
`evaluating` runs queries over them, `whoosh` makes of any query of Whoosh's one that it can
run and is what Whoosh itself reads, `snapshot` and `writer` keep the promises of
`newsearch.engines.base`.
"""
