"""Words: how a text is cut into tokens, what each is indexed as, and which share a stem."""

from newsearch.analysis.chunks import Case
from newsearch.analysis.folding import fold
from newsearch.analysis.function_words import FUNCTION_WORDS
from newsearch.analysis.sentences import sentences
from newsearch.analysis.stemming import stem
from newsearch.analysis.tokenizing import Token, token_forms, token_spans, tokenize, tokens_before

__all__ = [
    "FUNCTION_WORDS",
    "Case",
    "Token",
    "fold",
    "sentences",
    "stem",
    "token_forms",
    "token_spans",
    "tokenize",
    "tokens_before",
]
