"""Words: how a text is cut into tokens, what each is indexed as, and which share a stem."""

from newsearch.analysis.chunks import Case
from newsearch.analysis.folding import fold
from newsearch.analysis.function_words import FUNCTION_WORDS
from newsearch.analysis.layout import Layout, laid_out
from newsearch.analysis.sentences import sentences
from newsearch.analysis.stemming import stem
from newsearch.analysis.tokenizing import Token, token_forms, tokenize

__all__ = [
    "FUNCTION_WORDS",
    "Case",
    "Layout",
    "Token",
    "fold",
    "laid_out",
    "sentences",
    "stem",
    "token_forms",
    "tokenize",
]
