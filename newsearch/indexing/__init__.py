"""Files to an index, again and again: `run` is what is called, `reading` and `register` tell what
has changed since the last time, `trial` does as if."""

from newsearch.indexing.run import index_files, try_files

__all__ = ["index_files", "try_files"]
