"""What an entry accepts, computes and says of itself."""

from datetime import date

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

import pytest

from resources.choices import (
    AppointmentDelay,
    CommuneShare,
    EntryFreshness,
    EntryStatus,
    SchemaType,
    SectorAudience,
    TypeFamily,
)
from resources.listing.models import DirectoryPage
from resources.models import ResourceType
from resources.models.inlines import Closure
from resources.validators import readable_phone, validate_siret
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorCommuneFactory,
    SectorFactory,
    french,
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0491385460", "04 91 38 54 60"),
        ("+33 4 91 38 54 60", "04 91 38 54 60"),
        ("04.65.71.00.12", "04 65 71 00 12"),
        ("3114", "3114"),
        ("15", "15"),
        ("116 117", "116117"),
        ("0800 360 360", "0 800 360 360"),
    ],
)
def test_a_phone_number_is_written_the_way_people_read_it(typed: str, said: str) -> None:
    assert readable_phone(typed) == said


@pytest.mark.parametrize("typed", ["04 91", "abc", "12345", "00", "04 91 38 54 60 71 82 93 04"])
def test_what_is_no_phone_number_is_refused_in_french(typed: str) -> None:
    with pytest.raises(ValidationError, match="n’est pas un numéro français"):
        readable_phone(typed)


def test_a_siret_with_a_wrong_key_is_refused() -> None:
    validate_siret("73282932000074")
    validate_siret("35600000000048")  # La Poste
    for wrong in ("73282932000075", "123", "7328293200007a"):
        with pytest.raises(ValidationError):
            validate_siret(wrong)


@pytest.mark.parametrize("code", ["GEM", "CLSM"])
def test_mutual_aid_and_local_councils_are_never_filed_as_care(db: None, code: str) -> None:
    kind = ResourceType(
        locale=french(), code=code, name=code, family=TypeFamily.ENTRAIDE, is_care=True
    )
    with pytest.raises(ValidationError, match="pas un lieu de soins"):
        kind.clean()


def test_a_type_that_is_not_care_has_no_medical_name_for_machines(db: None) -> None:
    kind = ResourceType(
        locale=french(), code="ASSO", name="Asso", schema_type=SchemaType.MEDICAL_CLINIC
    )
    with pytest.raises(ValidationError, match="réservé aux lieux de soins"):
        kind.clean()


def test_a_gem_page_takes_its_own_type(directory: DirectoryPage) -> None:
    ResourceTypeFactory(code="GEM", family=TypeFamily.ENTRAIDE)
    hospital = ResourceTypeFactory(code="HOPITAL_PSY", care=True)
    gem = GemPageFactory(parent=directory, type=hospital)
    assert gem.type.code == "GEM"
    assert not gem.is_care


def test_a_cmp_for_children_takes_the_type_of_its_audience(directory: DirectoryPage) -> None:
    ResourceTypeFactory(code="CMPEA", care=True)
    page = CmpPageFactory(parent=directory, audience=SectorAudience.INFANTO_JUVENILE)
    assert page.type.code == "CMPEA"


@pytest.mark.parametrize("code", ["GEM", "CMP", "CMPEA", "CLSM"])
def test_an_ordinary_entry_leaves_gem_cmp_and_clsm_to_their_pages(
    directory: DirectoryPage, code: str
) -> None:
    with pytest.raises(ValidationError, match="créez plutôt une page"):
        ResourcePageFactory(parent=directory, type=ResourceTypeFactory(code=code))


def test_a_page_says_which_type_is_missing(directory: DirectoryPage) -> None:
    with pytest.raises(ValidationError, match="GEM"):
        GemPageFactory(parent=directory, type=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verified_on", "freshness"),
    [
        (None, EntryFreshness.UNKNOWN),
        (date(2026, 11, 1), EntryFreshness.FRESH),
        (date(2026, 5, 11), EntryFreshness.FRESH),
        (date(2026, 5, 10), EntryFreshness.AGEING),
        (date(2025, 11, 11), EntryFreshness.AGEING),
        (date(2025, 11, 10), EntryFreshness.STALE),
    ],
)
def test_freshness_follows_the_months_since_the_last_verification(
    noon_on_tuesday: None, verified_on: date | None, freshness: EntryFreshness
) -> None:
    assert ResourcePageFactory.build(type=None, verified_on=verified_on).freshness == freshness


@pytest.mark.django_db
def test_a_declared_delay_is_forgotten_after_three_months(noon_on_tuesday: None) -> None:
    entry = ResourcePageFactory.build(
        type=None, first_delay=AppointmentDelay.MONTH, first_delay_declared_on=date(2026, 8, 10)
    )
    assert entry.current_delay == "moins d’un mois"
    entry.first_delay_declared_on = date(2026, 8, 9)
    assert entry.current_delay == ""


def test_a_latitude_alone_and_ages_upside_down_are_refused(directory: DirectoryPage) -> None:
    with pytest.raises(ValidationError, match="latitude"):
        ResourcePageFactory(parent=directory, lat=43.3)
    with pytest.raises(ValidationError, match="plus petit"):
        ResourcePageFactory(parent=directory, age_min=18, age_max=12)


def test_an_entry_never_verified_says_where_it_comes_from(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(
        parent=directory, source="Annuaire Exemple", source_date=date(2026, 5, 7)
    )
    html = reader.get(entry.url).content.decode()
    assert "Jamais vérifiée par la structure." in html
    assert "Source\u00a0: Annuaire Exemple, 7 mai 2026." in html


def test_a_closure_closes_the_page_that_shows_it(
    directory: DirectoryPage, reader: Client, noon_on_tuesday: None
) -> None:
    entry = ResourcePageFactory.build(
        title="Lieu", slug="lieu", type=ResourceTypeFactory(), opening_hours="Mo-Fr 09:00-12:00"
    )
    entry.closures = [Closure(since=date(2026, 11, 9), until=date(2026, 11, 13))]
    directory.add_child(instance=entry)
    assert "Fermé, ouvre lundi à 9" in reader.get(entry.url).content.decode()


def test_an_example_says_so_and_is_kept_from_structured_data(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, is_example=True, phone="04 65 71 00 12")
    html = reader.get(entry.url).content.decode()
    assert "Fiche d’exemple — données fictives" in html
    assert '"telephone"' not in html
    # It is reached by its own address alone: no list sends a reader there.
    assert entry.title not in reader.get(directory.url, {"dans": "annuaire"}).content.decode()
    assert not type(entry).objects.exportable().exists()


def test_a_place_tells_machines_what_it_tells_people(directory: DirectoryPage) -> None:
    kind = ResourceTypeFactory(code="CATTP", care=True)
    entry = ResourcePageFactory(
        parent=directory,
        type=kind,
        phone="04 91 38 54 60",
        cost="free",
        opening_hours="Mo 09:00-12:00; Tu 00:00-24:00",
        commune=CommuneFactory(name="Aubagne", slug="aubagne"),
        address_street="1 rue Exemple",
        postcode="13400",
        lat=43.29,
        lon=5.57,
    )
    (data,) = entry.structured_data()
    assert data["@type"] == "MedicalClinic"
    assert data["medicalSpecialty"].endswith("Psychiatric")
    assert data["address"]["addressLocality"] == "Aubagne"
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 43.29, "longitude": 5.57}
    assert data["isAccessibleForFree"] is True
    assert [h["closes"] for h in data["openingHoursSpecification"]] == ["12:00", "23:59"]


def test_a_gem_is_told_to_machines_as_an_association(directory: DirectoryPage) -> None:
    (data,) = GemPageFactory(parent=directory).structured_data()
    assert data["@type"] == "NGO"
    assert "medicalSpecialty" not in data


def test_a_cmp_says_which_communes_it_serves_whole_or_in_part(
    directory: DirectoryPage, reader: Client
) -> None:
    fifth = CommuneFactory(code="13205", name="Marseille 5e Arrondissement", slug="marseille-5")
    sixth = CommuneFactory(code="13206", name="Marseille 6e Arrondissement", slug="marseille-6")
    sector = SectorFactory(code="13G02")
    SectorCommuneFactory(sector=sector, commune=fifth)
    SectorCommuneFactory(sector=sector, commune=sixth, part=CommuneShare.PARTIAL)
    page = CmpPageFactory(parent=directory)
    page.sectors = [sector]
    page.save()
    html = reader.get(page.url).content.decode()
    assert "<b>Marseille 5e, Marseille 6e (une partie)</b>" in html
    assert "Si votre commune est partagée" in html


def test_a_place_of_care_that_does_not_say_whom_it_receives_says_to_ask(
    directory: DirectoryPage, reader: Client
) -> None:
    asked = "Appelez pour savoir qui y est reçu."
    unsaid = CmpPageFactory(parent=directory, audience="", publics=[], phone="04 91 38 54 60")
    assert unsaid.type.code == "CMP"
    assert asked in reader.get(unsaid.url).content.decode()
    said = CmpPageFactory(parent=directory, publics=["adultes"], phone="04 91 38 54 61")
    assert asked not in reader.get(said.url).content.decode()
    mute = CmpPageFactory(parent=directory, audience="", publics=[], phone="")
    html = reader.get(mute.url).content.decode()
    assert "On ne sait pas qui y est reçu." in html
    assert asked not in html


def test_a_commune_served_by_two_sectors_of_a_cmp_is_told_once(directory: DirectoryPage) -> None:
    commune = CommuneFactory(code="13206", name="Marseille 6e Arrondissement", slug="marseille-6")
    sectors = [SectorFactory(), SectorFactory()]
    SectorCommuneFactory(
        sector=sectors[0], commune=commune, part=CommuneShare.PARTIAL, note="Le nord"
    )
    SectorCommuneFactory(sector=sectors[1], commune=commune, part=CommuneShare.ENTIRE)
    page = CmpPageFactory(parent=directory)
    page.sectors = sectors
    page.save()
    (served,) = page.served_communes
    assert served.is_entire
    assert served.name == "Marseille 6e"


@pytest.mark.parametrize("code", ["13G1", "G01", "13X01", "13g01"])
def test_a_sector_code_that_is_none_is_refused(db: None, code: str) -> None:
    with pytest.raises(ValidationError, match="ressemble"):
        SectorFactory.build(code=code).full_clean()


def test_a_clsm_tells_its_council_and_no_person(directory: DirectoryPage, reader: Client) -> None:
    page = ClsmPageFactory(
        parent=directory,
        territory=TerritoryFactory(name="Pays d’Exemple"),
        presidency="le maire",
        coordinator_email="clsm@exemple.example",
        working_groups="Logement\n\nJeunes\n",
    )
    html = reader.get(page.url).content.decode()
    assert "Le conseil" in html
    assert "mailto:clsm@exemple.example" in html
    assert page.working_group_list == ["Logement", "Jeunes"]


def test_a_place_that_closed_leaves_the_list_but_keeps_its_page(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, title="Ancien lieu", status=EntryStatus.CLOSED)
    assert "Ancien lieu" not in reader.get(directory.url, {"dans": "annuaire"}).content.decode()
    assert "a fermé définitivement" in reader.get(entry.url).content.decode()


def test_a_draft_answers_404(directory: DirectoryPage, reader: Client) -> None:
    entry = ResourcePageFactory(parent=directory, live=False)
    assert reader.get(entry.url).status_code == 404
    assert reader.get(f"{directory.url}inconnu/").status_code == 404


def test_the_search_document_holds_the_words_and_facets_of_the_page(
    directory: DirectoryPage,
) -> None:
    document = GemPageFactory(
        parent=directory, activities="Jardin", publics=["adultes"]
    ).to_search_document()
    assert document.kind == "GEM"
    assert "Jardin" in document.body
    assert document.facets["public"] == ("adultes",)


def test_a_mistake_is_told_on_a_form_of_the_entry_without_any_mail_program(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, slug="ecluse")
    html = reader.get(entry.url).content.decode()
    assert f'href="/fiche/{entry.uuid}/signaler/"' in html


def test_today_is_said_to_screen_readers(
    directory: DirectoryPage, reader: Client, noon_on_tuesday: None
) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    assert timezone.localdate() == date(2026, 11, 10)
    html = reader.get(entry.url).content.decode()
    assert '<tr class="today"><th scope="row">Mardi' in html
    assert "Ouvert maintenant, ferme à 12" in html


def test_hours_that_cannot_be_read_are_shown_as_they_are(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory)
    type(entry).objects.filter(pk=entry.pk).update(opening_hours="un mardi sur deux")
    html = reader.get(entry.url).content.decode()
    assert "un mardi sur deux" in html
    assert "Ouvert maintenant" not in html


def test_no_fact_of_an_entry_hides_what_every_page_has() -> None:
    from portal.base.models import BasePage
    from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage

    for model in (ResourcePage, GemPage, CmpPage, ClsmPage):
        own = {field.name for field in model._meta.get_fields()}
        own -= {field.name for field in BasePage._meta.get_fields()} | {"index_entries"}
        hidden = {name for name in own if hasattr(BasePage, name)}
        assert hidden == set()


def test_spoken_languages_are_told_in_words(directory: DirectoryPage, reader: Client) -> None:
    entry = ResourcePageFactory(parent=directory, spoken_languages=["fr", "interprete"])
    assert "Français, interprète sur demande." in reader.get(entry.url).content.decode()
