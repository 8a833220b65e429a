"""Who says a danger, and where they live, is told where to go near home, under the numbers."""

from django.test import Client

import pytest

from resources.choices import SectorAudience
from resources.listing.models import DirectoryPage
from tests.factories.geo import CommuneFactory
from tests.factories.resources import CmpPageFactory, ResourcePageFactory, ResourceTypeFactory

TYPES = ("URGENCES_PSY", "MDA", "CSAPA", "MDPH")


@pytest.fixture
def doors(directory: DirectoryPage) -> None:
    aubagne = CommuneFactory(
        code="13005", name="Aubagne", slug="aubagne", postcodes="|13400|", lat=43.29, lon=5.56
    )
    known = {"parent": directory, "commune": aubagne, "phone": "0465710000"}
    ResourceTypeFactory(code="CMPEA", name="CMPEA")
    CmpPageFactory(title="CMP", audience=SectorAudience.ADULTE, **known)
    CmpPageFactory(title="CMPEA", audience=SectorAudience.INFANTO_JUVENILE, **known)
    for code in TYPES:
        ResourcePageFactory(title=code, type=ResourceTypeFactory(code=code, name=code), **known)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("je veux mourir", {"CMP", "URGENCES_PSY"}),
        ("idées noires", {"CMP", "URGENCES_PSY"}),
        ("il casse tout chez nous", {"URGENCES_PSY"}),
        ("je craque", {"CMP"}),
        ("ma fille de 15 ans se scarifie", {"CMPEA", "MDA", "URGENCES_PSY"}),
        ("mon fils de 8 ans dit qu’il veut mourir", {"CMPEA", "URGENCES_PSY"}),
        # The lines and the page of the need answer, not a place of care.
        ("mon mari me frappe", set()),
        # What is named is sought, danger or not.
        ("je veux mourir csapa", {"CSAPA"}),
    ],
)
def test_the_doors_near_home_follow_the_numbers(
    doors: None, directory: DirectoryPage, reader: Client, question: str, first: set[str]
) -> None:
    answer = reader.get(directory.url, {"q": question, "ou": "Aubagne"})
    assert {card.title for card in answer.context["listing"].cards} == first
    text = answer.content.decode()
    assert text.index("3114") < text.find('class="door-card') or not first
    said = reader.get("/api/recherche", {"q": question, "lieu": "Aubagne"}).json()
    assert first <= {hit["title"] for hit in said["hits"]}


def test_without_a_commune_no_door_is_chosen(
    doors: None, directory: DirectoryPage, reader: Client
) -> None:
    answer = reader.get(directory.url, {"q": "je veux mourir"})
    assert not answer.context["listing"].cards
