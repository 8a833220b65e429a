"""One answer, in every output: what an entry's page says of whom it receives, a hit says."""

from itertools import product

from django.test import Client

from wagtail.models import Page

import pytest

from portal.geo.resolve import place_named
from portal.geo.service_area import ServiceArea
from resources.choices import AgeGroup, SectorAudience
from resources.entry.presenter import EntryPresenter
from resources.entry.search_document import build_search_document
from resources.service_areas.answers import reception_of, serves
from resources.service_areas.hits import reception_of_hit
from search.contracts import SearchDocument, SearchHit
from tests.factories.resources import CmpPageFactory, ResourcePageFactory, ResourceTypeFactory

AREAS = {
    "known": ServiceArea(frozenset(["13005"])),
    "shared": ServiceArea(partial={"13005": "Au nord du boulevard."}),
    "everywhere": ServiceArea(everywhere=True),
    "unknown": ServiceArea(),
}
PUBLICS: tuple[list[str], ...] = (
    [],
    ["adultes"],
    ["enfants", "personnes_agees"],
    ["proches"],
    ["professionnels"],
)
AGES = ((None, None), (12, 25), (None, 15))
ASKED = [
    *product((None, 8, 13, 17, 40, AgeGroup.TEENAGER.value, AgeGroup.ADULT.value), ("",)),
    *product((None,), ("proches", "enfants", "etudiants", "adultes", "professionnels")),
]


def hit_of(document: SearchDocument) -> SearchHit:
    """What every engine gives back of a document."""
    return SearchHit(
        key=document.key,
        kind=document.kind,
        title=document.title,
        url=document.url,
        is_entry=True,
        area=document.area,
        received=document.received,
        facets=document.facets,
    )


def is_kept(hit: SearchHit, age: str | None, public: str) -> bool:
    """Whether the filters of a list keep it: it has the code, or none of that facet."""
    asked = {"public": public, "age": age}
    return all(
        not code or code in hit.facets.get(facet, ()) or not hit.facets.get(facet)
        for facet, code in asked.items()
    )


@pytest.fixture
def entries(directory):
    """A CMP and another place, saved once: their facts are then only said."""
    kind = ResourceTypeFactory(code="ASSOCIATION")
    cmp_page = CmpPageFactory(parent=directory, audience="")
    return {
        "": ResourcePageFactory(parent=directory, type=kind),
        **dict.fromkeys((*SectorAudience.values, "unsaid"), cmp_page),
    }


def said_of(page: Page, audience: str, **facts) -> Page:
    entry = page.__class__.objects.get(pk=page.pk)
    area = facts.pop("area")
    for name, fact in facts.items():
        setattr(entry, name, fact)
    if audience:
        entry.audience = "" if audience == "unsaid" else audience
    entry.service_area = area
    return entry


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("audience", ["", "unsaid", *SectorAudience.values])
def test_a_hit_says_what_its_page_says(entries, area, audience):
    place = place_named("Aubagne").place
    for publics, ages, relatives, phone in product(
        PUBLICS, AGES, (True, False), ("", "04 91 38 54 60")
    ):
        entry = said_of(
            entries[audience],
            audience,
            area=AREAS[area],
            publics=publics,
            age_min=ages[0],
            age_max=ages[1],
            relatives_welcome=relatives,
            phone=phone,
        )
        hit = hit_of(build_search_document(entry))
        page_says, hit_says = reception_of(entry), reception_of_hit(hit)
        assert hit_says == page_says
        for age, public in ASKED:
            answer = serves(entry, place, age, public)
            assert serves(hit_says, place, age, public) == answer
            if answer.served == "non" and not isinstance(age, int):
                assert not is_kept(hit, age, public), (publics, ages, age, public)
            if not phone:
                assert "ppel" not in answer.sentence
        said = " ".join(map(str, EntryPresenter(entry).for_whom))
        assert ("Les proches peuvent demander conseil." in said) is relatives
        assert ("ppelez" in said or "appelant" in said) <= bool(phone)
        named = entry._meta.get_field("publics").labels(page_says.publics)
        assert all(label.lower() in said.lower() for label in named)


def test_the_json_says_of_relatives_and_of_the_phone_what_the_page_says(directory):
    kind = ResourceTypeFactory(code="ASSOCIATION")
    facts = {"type": kind, "publics": ["adultes"], "relatives_welcome": True}
    ResourcePageFactory(parent=directory, title="Le Chêne", **facts)
    ResourcePageFactory(parent=directory, title="Le Chêne vert", **facts, phone="04 91 38 54 60")
    data = Client().get("/api/recherche", {"q": "chêne", "public": "proches"}).json()
    said = {hit["title"]: hit["serves"]["sentence"] for hit in data["hits"]}
    assert said == {
        "Le Chêne": "Zone reçue non précisée.",
        "Le Chêne vert": "Zone reçue non précisée : demandez en appelant.",
    }
