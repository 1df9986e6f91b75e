"""A query to an answer: `answer` is the way on one screen, the others are its stages.

`choosing` (`ranking`, `copies`) → `showing` (`matching`, `snippets`); `explaining` says why,
`helping` what else could be asked.
"""
