"""One query in a process of its own: `python -m benchmarks.cold PEER FOLDER KIND WORD…`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers import load
from benchmarks.records import Query

if __name__ == "__main__":
    name, folder, kind, *words = sys.argv[1:]
    peer = load(name)
    searching = peer.open(Path(folder))
    for answer in searching.search(Query(kind, tuple(words)), 10, peer.snippets):
        print(f"{answer.score:.3f}", answer.id, answer.title, answer.snippet, sep="\t")
    searching.close()
