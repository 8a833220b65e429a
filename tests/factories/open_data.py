"""A directory that holds what must never leave it, each with a word that betrays it."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Group

from wagtail.models import PageViewRestriction

from portal.geo.models import Commune, Territory
from resources.choices import EntryStatus, MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePage
from resources.models.inlines import Closure, ResourcePhone, Service
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import CmpPageFactory, GemPageFactory, ResourcePageFactory

#: None of these words may be met in anything that is public data.
SECRETS = (
    "Cachée", "13099", "43.2111", "5.4111", "12345678200010", "130099999", "secret-acces",
    "Brouillon", "Exemple fictif", "Restreinte", "Référente", "referente@", "Fermée pour toujours",
)  # fmt: skip


def aubagne() -> Commune:
    return CommuneFactory(code="13005", name="Aubagne", slug="aubagne", lat=43.29, lon=5.57)


def full_entry(directory: DirectoryPage, **changes: Any) -> ResourcePage:
    """An entry of which everything is said."""
    said = {
        "title": "GEM Le Phare.", "summary": "Un lieu tenu par ses membres.", "acronym": "GEM",
        "operator": "Association du Phare", "address_street": "12 rue de la Paix",
        "postcode": "13400", "commune": aubagne(), "lat": 43.2931, "lon": 5.5706,
        "phone": "+33 4 91 00 00 00", "email": "gem@phare.example",
        "website": "https://phare.example/", "opening_hours": "Mo-Fr 09:00-12:00; PH off",
        "publics": ["adultes", "proches"], "age_min": 18, "cost": "membership",
        "cost_details": "10 € par an", "access_modes": ["sans_rdv", "adhesion"],
        "first_contact": "Venez boire un café.", "spoken_languages": ["fr", "ar"],
        "accessibility": ["pmr"], "acceslibre_url": "https://acceslibre.beta.gouv.fr/app/phare/",
        "finess": "130012345", "siret": "73282932000074", "source": "L’association",
        "source_date": date(2026, 5, 7), "verified_on": date(2026, 9, 1),
        "verified_by_role": "l’animatrice",
    }  # fmt: skip
    entry = GemPageFactory(parent=directory, **(said | changes))
    entry.phones = [ResourcePhone(label="Secrétariat", number="04 91 38 54 60")]
    entry.closures = [Closure(since=date(2026, 12, 24), until=date(2027, 1, 1), message="Noël")]
    entry.services = [Service(name="Atelier jardin.", summary="On jardine ensemble.", cost="free")]
    entry.coverage_territories = [territory_of(entry.commune)]
    entry.save()
    return entry


def territory_of(commune: Commune) -> Any:
    slug = f"pays-{commune.slug}"
    known = Territory.objects.filter(slug=slug).first()
    territory = known or TerritoryFactory(name=f"Pays de {commune.name}", slug=slug)
    territory.communes.set([commune])
    return territory


def hidden_entries(directory: DirectoryPage) -> dict[str, ResourcePage]:
    """One entry for each reason not to leave, wholly or partly."""
    kept_secret = CommuneFactory(code="13099", name="Cachée", slug="cachee")
    masked = ResourcePageFactory(
        parent=directory, title="Refuge", commune=kept_secret, address_street="1 rue Cachée",
        address_extra="Porte Cachée", postcode="13099", lat=43.2111, lon=5.4111,
        address_is_masked=True, masked_place=MaskedPlace.NOTHING, getting_there="Arrêt Cachée",
        siret="12345678200010", finess="130099999",
        acceslibre_url="https://acceslibre.beta.gouv.fr/secret-acces/", phone="3919",
    )  # fmt: skip
    restricted = ResourcePageFactory(parent=directory, title="Restreinte", live=False)
    restriction = PageViewRestriction.objects.create(
        page=restricted, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([Group.objects.get_or_create(name="Référents")[0]])
    restricted.live = True  # only now: it has never been public
    restricted.save()
    draft = ResourcePageFactory(parent=directory, title="Brouillon", live=False)
    referent = Referent.objects.create(name="Camille Référente", email="referente@lieu.example")
    referent.entries.set([masked])
    return {
        "masked": masked,
        "restricted": restricted,
        "draft": draft,
        "example": ResourcePageFactory(parent=directory, title="Exemple fictif", is_example=True),
        "closed": ResourcePageFactory(
            parent=directory, title="Fermée pour toujours", status=EntryStatus.CLOSED
        ),
        "below_a_draft": CmpPageFactory(parent=directory, title="CMP", parent_structure=draft),
    }
