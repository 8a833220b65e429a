"""Names of places are read before a process answers, and by nobody else's question."""

import pytest

from portal.geo import gazetteer
from portal.geo.loading import load_places
from portal.geo.resolve import place_in, place_named


def test_no_question_reads_the_names_of_places_once_they_are_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_places()
    monkeypatch.setattr(gazetteer, "read_rows", _fail)
    for question in ("cmp à aubagne", "psychologue vitroles", "hôpital 69003", "dépression"):
        place_in(question, lambda word: False)
    assert place_named("aubagne").place


def _fail(_name: str) -> None:
    raise AssertionError("a list of places was read")
