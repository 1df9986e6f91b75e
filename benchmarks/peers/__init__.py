"""The peers by name. Each is loaded only when asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from benchmarks.peers.base import Peer

# name → module here, the package that must be installed, the name of the peer whose index it reads
PEERS: dict[str, tuple[str, str, str]] = {
    "newsearch": ("newsearch_peer:Newsearch", "newsearch", "newsearch"),
    "engine": ("newsearch_peer:EngineAlone", "newsearch", "newsearch"),
    "whoosh": ("whoosh_peer:Whoosh", "whoosh", "whoosh"),
    "tantivy": ("tantivy_peer:Tantivy", "tantivy", "tantivy"),
    "fts5": ("fts5_peer:Fts5", "sqlite3", "fts5"),
    "bm25s": ("bm25s_peer:Bm25s", "bm25s", "bm25s"),
}
OURS = ("newsearch", "engine")


def installed() -> tuple[str, ...]:
    """Return the names of the peers that can be run here."""
    return tuple(name for name, (_, package, _) in PEERS.items() if find_spec(package))


def load(name: str) -> Peer:
    """Return a peer.

    Raises:
        KeyError: There is none of that name.
        ImportError: Its library is not installed.
    """
    module, attribute = PEERS[name][0].split(":")
    peer: Peer = getattr(import_module(f"{__name__}.{module}"), attribute)()
    return peer


def index_of(name: str) -> str:
    """Return the name of the peer whose index a peer reads; its own, for most."""
    return PEERS[name][2]
