"""What a person typed, to what the index is asked.

`parsing` reads the text, `lexicon` knows what each word stands for in this index, `resolving`
puts the two together. `typed` has the kinds of node of a tree as it was typed, `nodes` and `spans`
those that an engine runs. `writing` prints a typed tree, `describing` says it in words.
"""

from newsearch.query.lexicon import Lexicon, Meaning
from newsearch.query.nodes import InOrder, Near, OneOf
from newsearch.query.parsing import Parsed, parse
from newsearch.query.patterns import Among, FormCount, Words
from newsearch.query.resolved import Leaf, Resolved
from newsearch.query.resolving import Resolver

__all__ = [
    "Among",
    "FormCount",
    "InOrder",
    "Leaf",
    "Lexicon",
    "Meaning",
    "Near",
    "OneOf",
    "Parsed",
    "Resolved",
    "Resolver",
    "Words",
    "parse",
]
