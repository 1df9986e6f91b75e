"""Words: how a text is cut into tokens, what each is indexed as, and which share a stem."""

from newsearch.analysis.folding import fold
from newsearch.analysis.sentences import sentences
from newsearch.analysis.stemming import stem
from newsearch.analysis.tokenizing import Case, Token, tokenize

__all__ = ["Case", "Token", "fold", "sentences", "stem", "tokenize"]
