"""Days and hours in a question: asked of a place, or told of what somebody lives."""

from collections.abc import Iterator

import pytest

from search.opening_slots import CODES, mask_of, slots_of
from search.understanding.opening import openings_in
from search.understanding.tokenize import QueryText
from tests.search.shipped_lexicon import shipped_lexicon
from tests.search.test_understanding import asked, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _lexicon(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with shipped_lexicon(django_db_blocker):
        yield


#: The question, the parts that are shown back, and the text that is left to look for.
ASKED = """
    cmp ouvert le samedi matin | sa-matin |
    cmp aubagne samedi | sa |
    psy après 18h | apres-18h | psy
    psychologue après le travail | apres-18h | psychologue
    csapa ouvert le soir | soir |
    ouvert dimanche | di |
    ouvert samedi ou dimanche | sa di |
    ouvert le week-end à marseille | weekend |
    sans rdv le samedi | sa |
    cmp enfant mercredi après midi | me-apres-midi |
    le samedi c'est ouvert ? | sa |
    csapa en dehors des heures de bureau | hors-bureau |
    gem open on saturday | sa |
"""
#: « Saturday » said of a life, of the past, or of an appointment that one has.
TOLD = """
    mon fils crie la nuit cmp
    je ne dors plus la nuit
    je suis mal depuis samedi cmp
    samedi dernier au cmp
    j'ai rdv samedi au cmp
    ouvert du lundi au vendredi
    elle pleure tous les soirs
    je vais me tuer samedi cmp ouvert
    hôpital de jour
"""


@pytest.mark.parametrize(("text", "codes", "left"), rows(ASKED))
def test_hours_that_are_asked_narrow_and_are_shown_back(text: str, codes: str, left: str) -> None:
    understood = asked(text)
    shown = {part.code: part for part in understood.parts if part.kind == "horaires"}
    assert list(shown) == codes.split()
    assert understood.filters.openings
    assert set(understood.filters.openings) <= set(CODES)
    assert understood.text == left
    assert all(len(openings_in(QueryText(one.rest))) < len(shown) for one in shown.values())


@pytest.mark.parametrize("text", [line.strip() for line in TOLD.strip().splitlines()])
def test_hours_that_are_lived_do_not_narrow(text: str) -> None:
    assert asked(text).filters.openings == ()


def test_each_part_of_the_week_is_a_bit_that_any_database_holds() -> None:
    masks = [mask_of([code]) for code in CODES]
    assert len({*masks}) == len(CODES)
    assert max(masks) < 2**63
    assert mask_of(slots_of(["sa"])) & mask_of(["sa-nuit"])
    assert not mask_of(["hier-soir"])
