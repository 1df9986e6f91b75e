"""The short way to analyse a plain chunk gives what the long way gives for any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW

from newsearch.analysis.chunks import analyse_any, analyse_chunk

SIGNS = "-\"'“”‘’([<$*.,;:!?)]>/&_–\u00ad\u0301"
CORES = (
    "ferry Ferry The US WHO NATO MPs A a I x DRug mI 7 1985 1,000 12,345.60 3.5 1,00 1,0000 .5 "
    "5bn F16 O’Brien U.S é ß İ 軍 rare-earth F-16 3.5-day 5/8 W/HO-1,000"
).split()


@FEW
@given(
    st.text(SIGNS, max_size=3),
    st.sampled_from(CORES)
    | st.from_regex(r"[A-Za-z]{1,5}|[0-9,.]{1,7}", fullmatch=True)
    | st.from_regex(
        r"[A-Z]{0,2}[a-z]{0,2}([-/&.'][A-Zs]{0,2}[a-z]{0,2}[0-9]?){1,3}", fullmatch=True
    ),
    st.sampled_from(["", "", "'s", "’s", "'S", "s", "'"]),
    st.text(SIGNS, max_size=3),
)
def test_plain(before: str, core: str, ending: str, after: str) -> None:
    """Words, numbers and capitals among signs are what `analyse_any` says."""
    chunk = before + core + ending + after
    assert analyse_any(chunk) == analyse_chunk(chunk)


@FEW
@given(st.text(min_size=1).filter(lambda text: not any(map(str.isspace, text))))
def test_any(chunk: str) -> None:
    """So it is for any chunk at all."""
    assert analyse_any(chunk) == analyse_chunk(chunk)


@pytest.mark.parametrize("core", CORES)
def test_cores(core: str) -> None:
    """The cores that matter, alone and with each ending, in any case of chance."""
    for ending in ("", "'s", "’s", ".", ",", "”", "-", "'s."):
        for before in ("", "“", "$", "(", "-"):
            chunk = before + core + ending
            assert analyse_any(chunk) == analyse_chunk(chunk)
