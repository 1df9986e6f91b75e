"""What a person typed, to what the index is asked.

`parsing` reads the text, `lexicon` knows what each word stands for in this index, `resolving`
puts the two together, `nodes` are the tree's own kinds of leaf.
"""

from newsearch.query.lexicon import FormCount, Lexicon, Meaning
from newsearch.query.nodes import InOrder, Near, OneOf
from newsearch.query.parsing import Parsed, parse
from newsearch.query.resolving import Leaf, Resolved, Resolver

__all__ = [
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
    "parse",
]
