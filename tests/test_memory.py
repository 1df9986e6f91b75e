"""What is made once and remembered, up to a size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsearch.memory import Memory


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60))))
def test_what_is_kept(made: list[tuple[int, int]]) -> None:
    """The newest values stay, as far as they fit, and the newest of all in any case."""
    memory = Memory(100)
    newest: dict[int, int] = {}
    for key, size in made:
        assert memory.keep(key, (key, size), size) == (key, size)
        newest.pop(key, None)
        newest[key] = size
        while sum(newest.values()) > 100:
            del newest[next(iter(newest))]
    assert memory.kept == {key: (key, size) for key, size in newest.items()}


def test_a_value_that_is_too_large() -> None:
    """What is larger than all there is room for is kept until something else comes."""
    memory = Memory(10)
    memory.keep("small", 1, 5)
    memory.keep("large", 2, 50)
    assert memory.kept == {"large": 2}
    memory.keep("next", 3, 5)
    assert memory.kept == {"next": 3}
