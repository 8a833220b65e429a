"""« Enfants et jeunes »: the doors and actions of each age, of a territory or of all."""

from collections.abc import Callable

from django.test import Client

import pytest
from bs4 import BeautifulSoup, Tag

from home.models import HomePage, YouthPage
from portal.base.choices import Public
from portal.geo.models import Commune, Territory
from portal.geo.services import load_communes
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.home import make_home
from tests.factories.resources import (
    DirectoryPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    load_communes("13")
    return make_home()


@pytest.fixture
def youth(home: HomePage) -> YouthPage:
    page: YouthPage = home.add_child(instance=YouthPage(title="Enfants et jeunes", slug="jeunes"))
    directory = DirectoryPageFactory(parent=home)
    salon, arles = (Commune.objects.get(name=name) for name in ("Salon-de-Provence", "Arles"))
    facts = {"parent": directory, "phone": "04 90 00 00 01"}
    for code, extra in {
        "CMPP": {"age_max": 17, "commune": salon},
        "BAPU": {"age_min": 17, "age_max": 27, "commune": arles},
        "SAVS": {"age_min": 18, "commune": arles},
        "DAC": {"commune": salon},
        "FOYER": {"publics": [Public.ENFANCE_PROTEGEE], "commune": arles},
        "PERINATALITE": {"commune": arles},
    }.items():
        kind = ResourceTypeFactory(code=code, name=code)
        ResourcePageFactory(title=f"Lieu {code}", type=kind, **facts, **extra)
    kind = ResourceTypeFactory(code="PAEJ", name="PAEJ")
    ResourcePageFactory(title="Inventé", type=kind, is_example=True, age_max=17, **facts)
    return page


def part(page: YouthPage, anchor: str, query: str = "") -> Tag:
    html = BeautifulSoup(Client().get(f"{page.url}{query}").content, "html.parser")
    found = html.find("section", id=anchor)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    ("anchor", "kinds"),
    [
        ("0-2", {"PERINATALITE", "CMPP"}),
        ("3-11", {"CMPP"}),
        ("12-17", {"CMPP", "BAPU"}),
        ("18-25", {"BAPU", "SAVS"}),
        ("enfance-protegee", {"FOYER"}),
    ],
)
def test_each_age_has_the_doors_that_say_they_receive_it(
    youth: YouthPage, anchor: str, kinds: set[str]
) -> None:
    tags = part(youth, anchor).find_all(class_="tag")
    assert {tag.text.split(" ")[0] for tag in tags} == kinds
    assert all(tag["href"].startswith("/annuaire/?type=") for tag in tags)


def test_a_territory_shows_only_its_doors_as_cards(youth: YouthPage) -> None:
    territory = Territory.objects.create(name="Pays salonais", slug="pays-salonais")
    territory.communes.set(Commune.objects.filter(name="Salon-de-Provence"))
    asked = "?territoire=pays-salonais"
    assert [link.text for link in part(youth, "3-11", asked).select(".doors h4 a")] == ["Lieu CMPP"]
    assert "ne connaît pas encore de lieu" in part(youth, "18-25", asked).text


def test_an_action_is_below_the_age_that_it_names(home: HomePage, youth: YouthPage) -> None:
    roadmap = ActionIndexPageFactory(parent=home)
    named = {"parent": roadmap, "publics": [Public.ENFANTS]}
    ActionPageFactory(title="Action des enfants", **named)
    ActionPageFactory(title="Action inventée", is_example=True, **named)
    assert "Action des enfants" in part(youth, "3-11").text
    assert "Action inventée" not in part(youth, "3-11").text
    assert "Aucune action ne les nomme encore" in part(youth, "18-25").text


def test_a_territory_that_does_not_exist_is_said(youth: YouthPage) -> None:
    page = Client().get(f"{youth.url}?territoire=<b>nulle-part").content.decode()
    assert "Ce territoire n’existe pas ici" in page


def test_it_costs_few_queries(youth: YouthPage, queries_of: Callable[[str], int]) -> None:
    assert queries_of(youth.url) <= 15
