"""The page of a territory: whom to call, what there is, who acts, what is missing."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

import pytest

from actions.choices import ActionStatus
from home.models import HomePage, TerritoryIndexPage, TerritoryPage
from portal.geo.models import Commune, Territory
from portal.geo.services import load_communes
from resources.choices import MaskedPlace
from resources.models import ResourceType
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.home import make_home
from tests.factories.newsletter import EventIndexPageFactory, EventPageFactory
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
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
def index(home: HomePage) -> TerritoryIndexPage:
    page: TerritoryIndexPage = home.add_child(
        instance=TerritoryIndexPage(title="Près de chez vous", slug="pres-de-chez-vous")
    )
    return page


def territory_page(index: TerritoryIndexPage, name: str, *communes: str) -> TerritoryPage:
    territory = Territory.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    territory.communes.set(Commune.objects.filter(name__in=communes))
    page: TerritoryPage = index.add_child(
        instance=TerritoryPage(title=name, slug=territory.slug, territory=territory)
    )
    return page


@pytest.fixture
def salonais(index: TerritoryIndexPage) -> TerritoryPage:
    return territory_page(index, "Pays salonais", "Salon-de-Provence", "Pélissanne")


def shown(page: TerritoryPage, query: str = "") -> str:
    return Client().get(f"{page.url}{query}").content.decode()


def kind(code: str) -> ResourceType:
    return ResourceTypeFactory(code=code, name=code)


def test_an_empty_territory_says_what_it_does_not_know(salonais: TerritoryPage) -> None:
    kind("GEM")
    html = shown(salonais)
    assert "2 communes" in html
    assert "Pélissanne, Salon-de-Provence." in html
    assert "Ce portail ne connaît ici aucun lieu de ces genres" in html
    assert "Pour 2 communes, il ne sait pas encore quel CMP" in html
    assert "pas encore de conseil local" in html
    assert "Écrivez votre commune plus bas" in html
    assert "tel:3114" in html


def test_places_of_the_territory_are_counted_and_others_are_not(
    home: HomePage, salonais: TerritoryPage
) -> None:
    directory = DirectoryPageFactory(parent=home)
    hospital = kind("HOPITAL_PSY")
    salon = Commune.objects.get(name="Salon-de-Provence")
    arles = Commune.objects.get(name="Arles")
    facts = {"parent": directory, "type": hospital, "phone": "04 90 00 00 01"}
    ResourcePageFactory(title="Hôpital de Salon", commune=salon, **facts)
    ResourcePageFactory(title="Hôpital d’Arles", commune=arles, **facts)
    ResourcePageFactory(title="Hôpital d’exemple", commune=salon, is_example=True, **facts)
    html = shown(salonais)
    assert "Hôpital de Salon" in html
    assert "tel:+33490000001" in html
    assert "d’Arles" not in html
    assert "d’exemple" not in html
    assert "?type=hopital_psy&amp;ou=Pays+salonais" in html


def test_a_place_that_keeps_its_address_secret_is_counted_nowhere(
    home: HomePage, salonais: TerritoryPage
) -> None:
    directory = DirectoryPageFactory(parent=home)
    salon = Commune.objects.get(name="Salon-de-Provence")
    ResourcePageFactory(
        parent=directory,
        title="Lieu secret",
        type=kind("MDA"),
        commune=salon,
        phone="04 90 00 00 01",
        address_is_masked=True,
        masked_place=MaskedPlace.TERRITORY,
    )
    assert "Lieu secret" not in shown(salonais)


def test_the_commune_given_finds_its_doors_and_stays_in_no_cache(
    home: HomePage, salonais: TerritoryPage
) -> None:
    directory = DirectoryPageFactory(parent=home)
    CmpPageFactory(
        parent=directory,
        title="CMP de Salon",
        type=kind("CMP"),
        commune=Commune.objects.get(name="Salon-de-Provence"),
        phone="04 90 00 00 02",
    )
    response = Client().get(salonais.url, {"ou": "salon de provence"})
    assert "CMP de Salon" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "Nous ne connaissons pas cette commune" in shown(salonais, "?ou=xyzw")


def test_council_actions_and_dates_of_the_territory(
    home: HomePage, salonais: TerritoryPage
) -> None:
    directory, roadmap = DirectoryPageFactory(parent=home), ActionIndexPageFactory(parent=home)
    ClsmPageFactory(
        parent=directory,
        title="CLSM d’ici",
        territory=salonais.territory,
        presidency="la maire",
        working_groups="Logement\nJeunes",
    )
    here = ActionPageFactory(parent=roadmap, title="Ici", status=ActionStatus.RUNNING)
    here.territories.set([salonais.territory])
    here.save()
    ActionPageFactory(parent=roadmap, title="Partout", whole_department=True)
    ActionPageFactory(parent=roadmap, title="Ailleurs")
    agenda = EventIndexPageFactory(parent=home)
    soon = timezone.now() + timedelta(days=3)
    EventPageFactory(
        parent=agenda,
        title="Réunion publique",
        start=soon,
        commune=Commune.objects.get(name="Pélissanne"),
    )
    EventPageFactory(parent=agenda, title="Loin", start=soon)
    html = shown(salonais)
    assert html.index("CLSM d’ici") < html.index("la maire") < html.index("Logement ; Jeunes")
    assert html.index("– Ici") < html.index("– Partout")
    assert "– Ailleurs" not in html
    assert "Réunion publique" in html
    assert ">Loin<" not in html


def test_a_commune_leads_from_the_index_to_its_territory(
    index: TerritoryIndexPage, salonais: TerritoryPage
) -> None:
    response = Client().get(index.url, {"ou": "13300"})
    assert response["Location"] == f"{salonais.url}?ou=13300"
    listed = Client().get(index.url).content.decode()
    assert "Pays salonais" in listed
    assert "Pélissanne, Salon-de-Provence" in listed
    elsewhere = Client().get(index.url, {"ou": "Arles"}).content.decode()
    assert "Arles n’est dans aucun des territoires" in elsewhere


def test_an_arrondissement_is_in_the_territory_of_its_town(index: TerritoryIndexPage) -> None:
    page = territory_page(index, "Marseille", "Marseille")
    response = Client().get(index.url, {"ou": "13011"})
    assert response["Location"].startswith(page.url)


@pytest.mark.parametrize("typed", ["", "\x00", "a" * 5000, "‮nolas", "Lyon", "13", "<script>"])
def test_whatever_is_typed_is_answered(
    index: TerritoryIndexPage, salonais: TerritoryPage, typed: str
) -> None:
    for address in (index.url, salonais.url):
        response = Client().get(address, {"ou": typed})
        assert response.status_code == 200
        assert b"<script>al" not in response.content


def test_a_territory_has_one_page(index: TerritoryIndexPage, salonais: TerritoryPage) -> None:
    second = TerritoryPage(title="Encore", slug="encore", territory=salonais.territory)
    second.locale = salonais.locale
    with pytest.raises(ValidationError, match="est déjà celle de ce territoire"):
        second.clean()


def test_it_is_found_by_the_names_of_its_communes(salonais: TerritoryPage) -> None:
    assert "Pélissanne" in salonais.to_search_document().body


def test_its_queries_do_not_grow_with_what_it_shows(
    home: HomePage, salonais: TerritoryPage, queries_of: Callable[[str], int]
) -> None:
    directory, roadmap = DirectoryPageFactory(parent=home), ActionIndexPageFactory(parent=home)
    salon = Commune.objects.get(name="Salon-de-Provence")
    few = queries_of(f"{salonais.url}?ou=Salon")
    for code in ("HOPITAL_PSY", "CSAPA", "MDA"):
        ResourcePageFactory(
            parent=directory, type=kind(code), commune=salon, phone="04 90 00 00 01"
        )
    for _number in range(3):
        ClsmPageFactory(parent=directory, territory=salonais.territory)
        ActionPageFactory(parent=roadmap, whole_department=True)
    assert queries_of(f"{salonais.url}?ou=Salon") <= min(few + 3, 15)
