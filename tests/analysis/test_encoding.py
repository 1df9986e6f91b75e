"""Encoding many texts gives what tokenizing each of them gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, TEXTS

from newsearch.analysis import tokenize
from newsearch.analysis.encoding import Encoder

SHOUTS = st.lists(
    st.sampled_from(
        [
            "BANKS",
            "TELL",
            "US",
            "IT",
            "will",
            "help",
            "WHO",
            "Orr",
            "said.",
            "“Yes”",
            "\n",
            "¶",
            "2",
        ]
    ),
    max_size=20,
).map(" ".join)
# Words with signs around them, the same word with several.
SIGNED = st.lists(
    st.tuples(
        st.text("“(-$", max_size=2),
        st.sampled_from(
            "ferry Ferry US MPs U.S U J.P 3.5 AT&T Orr's win-win e\u0301 軍 - –".split()
        ),
        st.text(",.;:!?)]>\"'”’-", max_size=3),
    ).map("".join),
    max_size=12,
).map(" ".join)


@FEW
@given(st.lists(st.one_of(TEXTS, SHOUTS, SIGNED), max_size=5))
def test_encoding_is_tokenizing(many: list[str]) -> None:
    """The forms and cases of each text are those that `tokenize` gives."""
    encoder = Encoder()
    encoder.encode(many[::-1])  # what was met before changes nothing
    encoded = encoder.encode(many)
    found, begin = [], 0
    for end in encoded.ends.tolist():
        forms = [encoder.forms[number] for number in encoded.forms[begin:end].tolist()]
        found.append(list(zip(forms, encoded.cases[begin:end].tolist(), strict=True)))
        begin = end
    assert [[(token.form, token.case) for token in tokenize(text)] for text in many] == found
