"""A small directory of which the HSDS API has everything to say."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.test import Client
from django.utils import timezone

from portal.base.models import PortalSettings
from portal.geo.models import Commune
from resources.choices import EntryStatus
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from resources.models.inlines import Closure, Notice, Service
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.open_data import full_entry, hidden_entries
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
    ResourcePageFactory,
    SectorCommuneFactory,
)

BASE = "/api/hsds"


class World(NamedTuple):
    """The entries that tests name."""

    gem: ResourcePage
    hospital: ResourcePage
    cmp: ResourcePage
    clsm: ResourcePage
    shelter: ResourcePage
    hidden: dict[str, ResourcePage]


def world(directory: DirectoryPage) -> World:
    settings = PortalSettings.load()
    settings.contact_email = "ptsm@departement.example"
    settings.department_name = "Bouches-du-Rhône"
    settings.save()
    marseille = arrondissement()
    gem = full_entry(directory)
    hidden = hidden_entries(directory)
    hospital = ResourcePageFactory(
        parent=directory, title="Hôpital du Midi", operator="AP-HM", acronym="HM",
        address_street="1 place du Midi", address_extra="Porte B", postcode="13003",
        commune=marseille, lat=43.31, lon=5.38, siret="73282932000074", phone="04 91 00 00 03",
    )  # fmt: skip
    cmp_page = CmpPageFactory(
        parent=directory, title="CMP Belle-de-Mai", hospital=hospital, commune=marseille,
        phone="3114", publics=["adultes"], age_min=18, cost="free", opening_hours="24/7",
        spoken_languages=["fr", "interprete"], accessibility=["pmr", "lsf"], is_remote=True,
        relatives_welcome=True, first_delay="mois", first_delay_declared_on=timezone.localdate(),
        status=EntryStatus.TEMPORARILY_CLOSED, verified_on=date(2026, 3, 1),
    )  # fmt: skip
    sector = SectorCommuneFactory(commune=marseille, part="partielle", note="Nord").sector
    cmp_page.sectors = [sector]
    cmp_page.services = [
        Service(name="Accueil"),
        Service(
            name="Groupe de proches",
            publics=["proches"],
            age_min=16,
            age_max=25,
            cost="paid",
            opening_hours="We 18:00-20:00",
            phone="04 91 00 00 04",
            access_modes=["avec_rdv"],
        ),
    ]
    today = timezone.localdate()
    cmp_page.closures = [Closure(since=today + timedelta(days=3), until=today + timedelta(days=9))]
    cmp_page.notices = [Notice(since=today, until=today, text="Standard en panne ce matin.")]
    cmp_page.save()
    territory = TerritoryFactory(name="Le Midi", slug="midi")
    clsm = ClsmPageFactory(
        parent=directory, title="CLSM du Midi", operator="Ville du Midi", territory=territory,
        hours_note="Sur rendez-vous", email="clsm@midi.example",
    )  # fmt: skip
    shelter = ResourcePageFactory(
        parent=directory, title="Maison d’accueil", operator="ville  du midi", commune=aubagne(),
        address_is_masked=True, masked_place="commune", opening_hours="Jan-Mar Mo 10:00-12:00",
    )  # fmt: skip
    return World(gem, hospital, cmp_page, clsm, shelter, hidden)


def arrondissement() -> Commune:
    return CommuneFactory(
        code="13203", name="Marseille 3e Arrondissement", slug="marseille-3",
        kind=Commune.Kind.ARRONDISSEMENT, postcodes="|13003|", lat=43.3113, lon=5.3797,
    )  # fmt: skip


def aubagne() -> Commune:
    commune = Commune.objects.get(code="13005")
    commune.postcodes = "|13400|"
    commune.save()
    return commune


def get(reader: Client, path: str, **query: Any) -> Any:
    """What the API answers, which must be well."""
    response = reader.get(f"{BASE}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def names(reader: Client, path: str = "/services", **query: Any) -> list[str]:
    return [one.get("name") or one["service"]["name"] for one in contents(reader, path, **query)]


def contents(reader: Client, path: str = "/services", **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(reader, path, **query)["contents"]
    return found
