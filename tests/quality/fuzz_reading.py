"""Read broken files of every kind for a while, and look for what a reader must not do.

    python tests/quality/fuzz_reading.py SECONDS [SEED]

Each round takes a sound file of some kind, perhaps packed or in an archive, breaks it, and reads
it. Whatever comes out must be articles and problems with one line each; no other error, and
nothing that takes long. A round that goes wrong is printed with its seed and kept as a file.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "articles"))

from samples import SAMPLES, tarred, zipped  # noqa: E402

from newsearch.articles import read_articles  # noqa: E402
from newsearch.errors import InputError  # noqa: E402
from newsearch.records import Article  # noqa: E402

LONG = 30.0  # seconds; nothing so short takes so long
PACKINGS: dict[str, Callable[[bytes, str], bytes]] = {
    "": lambda content, _: content,
    ".gz": lambda content, _: gzip.compress(content),
    ".bz2": lambda content, _: bz2.compress(content),
    ".xz": lambda content, _: lzma.compress(content),
    ".zip": lambda content, name: zipped(**{name: content, "b.txt": b"Trams."}),
    ".tar": lambda content, name: tarred(**{name: content, "b.txt": b"Trams."}),
}
TELLING = [
    b"\0", b"\xff", b"\xff\xfe", b"<", b"<!--", b"<![CDATA[", b"&#x110000;", b"&", b'"', b"'", b"[",
    b"{", b"]", b"}", b",", b":", b"\\u", b"\\ud800", b"1e999", b"NaN", b"\r", b"\n", b"\r\n\r\n",
    b"-1", b"99999999999", b"Content-Length: 99999999999", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"<!ENTITY a 'b'>", b"\x1f\x8b\x08", b"PK\3\4", b"PK\5\6",
    b"ustar", b"WARC/1.0\r\n", b"\x80" * 9, b"charset=utf-7", b"charset=idna", b"../",
]  # fmt: skip


def broken(content: bytes, random: Random) -> bytes:
    """Return content with some things wrong with it."""
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 4, 16))):
        at, end = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
        match random.randrange(8):
            case 0:
                del data[at:]
            case 1:
                del data[at : at + random.randrange(1, 40)]
            case 2:
                data[at:at] = random.choice(TELLING)
            case 3:
                data[at:at] = random.choice(TELLING) * random.choice((2, 99, 5_000))
            case 4:
                data[at:at] = data[at:end]
            case 5:
                data[at : at + 4] = random.randbytes(4)
            case 6 if data:
                data[at % len(data)] ^= 1 << random.randrange(8)
            case _:
                other = random.choice(list(SAMPLES.values()))
                data[at:at] = other[random.randrange(len(other)) :]
    return bytes(data)


def one_round(seed: int, folder: Path) -> str:
    """Break a file and read it; return what it was."""
    random = Random(seed)
    suffix = random.choice(sorted(SAMPLES))
    content = SAMPLES[suffix]
    if random.random() < 0.7:
        content = broken(content, random)
    packing = random.choice(["", "", *PACKINGS])
    content = PACKINGS[packing](content, f"ferry{suffix}")
    if packing and random.random() < 0.5:
        content = broken(content, random)
    name = random.choice((f"ferry{suffix}{packing}", "ferry", "ferry.txt", "ferry.json"))
    file = folder / name
    file.write_bytes(content)
    problems: list[InputError] = []
    begun = time.monotonic()
    for article in read_articles(file, on_problem=problems.append):
        sound(article)
    assert all("\n" not in problem.reason for problem in problems), problems
    assert time.monotonic() - begun < LONG, f"it took {time.monotonic() - begun:.0f} s"
    file.unlink()
    return suffix + packing


def sound(article: Article) -> None:
    """Refuse what is no article."""
    values = (article.title, article.text, article.source, article.url, article.author)
    assert all(type(value) is str for value in (article.id, *values)), article
    assert article.id and (article.date is None or len(article.date) == 10), article
    "".join(values).encode()


def main() -> None:
    seconds = float(sys.argv[1])
    first = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    end = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        seed = first
        while time.monotonic() < end:
            try:
                counts[one_round(seed, Path(folder))] += 1
            except Exception as error:
                wrong += 1
                kept = tempfile.mkdtemp(prefix=f"fuzzed-{seed}-")
                for file in Path(folder).iterdir():
                    file.rename(Path(kept) / file.name)
                print(f"seed {seed}: {error!r:.300} ({kept})", flush=True)
            seed += 1
    print(f"{counts.total():,} rounds from seed {first}, {len(counts)} kinds, {wrong} went wrong")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
