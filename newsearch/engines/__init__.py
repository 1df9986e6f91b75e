"""Where articles and terms are stored and passages are found; `base` says what is promised."""

from newsearch.engines.base import Candidate, Counts, Engine, Entry, Matches, Snapshot, Writer

__all__ = ["Candidate", "Counts", "Engine", "Entry", "Matches", "Snapshot", "Writer"]
