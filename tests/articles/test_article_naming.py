"""Which fields of other people's files are an article's."""

from __future__ import annotations

import pytest

from newsearch.articles.naming import USUAL, Naming
from newsearch.errors import NewsearchError


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title text url", {"title": ("title",), "text": ("text",), "url": ("url",)}),
        ("Headline articleBody", {"title": ("Headline",), "text": ("articleBody",)}),
        ("dc:title pub_date", {"title": ("dc:title",), "date": ("pub_date",)}),
        ("date_modify date_publish", {"date": ("date_publish", "date_modify")}),
        ("content text", {"text": ("text", "content")}),
        ("description", {"summary": ("description",)}),
        ("size colour", {}),
        ("source_domain source", {"source": ("source", "source_domain")}),
    ],
)
def test_usual_names(fields: str, expected: dict[str, tuple[str, ...]]) -> None:
    """Usual names are known in any way of writing them, the surest first."""
    assert expected == Naming().of(tuple(fields.split()))


def test_no_name_stands_for_two_things() -> None:
    """A name means one field of an article."""
    names = [name for each in USUAL.values() for name in each]
    assert len(names) == len(set(names))


def test_given_names() -> None:
    """What is given is the only name of that field, and no summary stands in for a text."""
    naming = Naming({"text": "corpo", "source": "thread.site"})
    assert {"text": ("corpo",), "source": ("thread.site",), "date": ("date",)} == naming.of(
        ("text", "source", "date", "summary")
    )


def test_given_name_of_no_field() -> None:
    """The other way round is an error that says how it is meant."""
    with pytest.raises(NewsearchError, match="no field 'body'; it has id, title, text, source"):
        Naming({"body": "text"})
