"""Plain words are told among many chunks, and are what `analyse_chunk` says of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.analysis.chunks import analyse_chunk
from newsearch.analysis.plain import LOOKS, plain_words_of

CHUNKS = st.lists(
    st.from_regex(
        r"([A-Z]{0,5}[a-z]{0,5}|[0-9]{1,5})[-,.;:!?)\]>\"'’s\1é]{0,3}", fullmatch=True
    ).filter(bool),
    max_size=12,
)


@FEW
@given(CHUNKS)
def test_plain_words(chunks: list[str]) -> None:
    """A chunk that is told to be plain has one part, which looks as it is told."""
    found = plain_words_of("".join(chunk + "\n" for chunk in chunks).encode())
    plain = [chunk for chunk, is_one in zip(chunks, found.which.tolist(), strict=True) if is_one]
    told = zip(found.forms, [LOOKS[look] for look in found.looks], found.closes, strict=True)
    for chunk, (form, (case, shape), closes) in zip(plain, told, strict=True):
        (part,), closing = analyse_chunk(chunk)
        assert (part.form, part.case, part.shape, part.fresh) == (form, case, shape, False)
        assert closing == closes


def test_which() -> None:
    """Letters of one kind or digits, with signs after them and nowhere else."""
    chunks = (
        "The ferry, WHO A 7 1985.”) said.\" ferry's U.S. rare-earth (The 1,000 café McD - F16 x)."
    )
    found = plain_words_of((chunks.replace(" ", "\n") + "\n").encode())
    assert found.forms == ["the", "ferry", "WHO", "a", "7", "said", "x"]
