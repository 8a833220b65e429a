"""What an entry becomes in HSDS, and what of it never leaves."""

import json
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest

from resources.choices import EntryStatus
from resources.hsds.schedules import schedules
from resources.listing.models import DirectoryPage
from resources.models import CmpPage, ResourcePage
from resources.models.inlines import Service
from resources.opening_hours.closures import DatedClosure
from resources.opening_hours.opening_times import OpeningTimes
from tests.factories.hsds import BASE, World, contents, get, names, world
from tests.factories.open_data import SECRETS
from tests.factories.resources import ResourcePageFactory

#: What has closed for good is told as such: a partner must learn that it is no more.
TOLD = {"Fermée pour toujours"}
EVERYTHING = (
    "/", "/services", "/services?full=1", "/services?minimal=1", "/services?format=ndjson&full=1",
    "/organizations", "/organizations?full_service=1", "/service_at_locations?full=1",
    "/taxonomies", "/taxonomy_terms", "/openapi.json",
)  # fmt: skip


@pytest.fixture
def known(directory: DirectoryPage) -> World:
    return world(directory)


def named(reader: Client, name: str) -> dict[str, Any]:
    (found,) = [one for one in contents(reader, full="true") if one["name"] == name]
    return found


@pytest.mark.parametrize("path", EVERYTHING)
def test_nothing_that_is_hidden_leaves(known: World, reader: Client, path: str) -> None:
    text = reader.get(f"{BASE}{path}").getvalue().decode()
    assert [word for word in SECRETS if word in text and word not in TOLD] == []


def test_each_object_of_a_masked_place_keeps_it(known: World, reader: Client) -> None:
    identifier = known.hidden["masked"].uuid
    for kind in ("services", "organizations"):
        answer = get(reader, f"/{kind}/{identifier}")
        assert answer["name"] == "Refuge"
        assert [word for word in SECRETS if word in json.dumps(answer, ensure_ascii=False)] == []
        assert not answer.get("locations")
        assert "service_at_locations" not in answer
    assert reader.get(f"{BASE}/service_at_locations/{identifier}").status_code == 404


@pytest.mark.parametrize("reason", ["restricted", "draft", "example"])
def test_what_is_not_published_has_no_address(known: World, reader: Client, reason: str) -> None:
    for kind in ("services", "organizations", "service_at_locations"):
        address = f"{BASE}/{kind}/{known.hidden[reason].uuid}"
        assert reader.get(address).status_code == 404, address


def test_a_translation_is_not_a_second_service(known: World, reader: Client) -> None:
    from wagtail.models import Locale

    english = Locale.objects.get_or_create(language_code="en")[0]
    before = names(reader)
    translated = known.hospital.copy_for_translation(english, copy_parents=True)
    translated.save_revision().publish()
    assert names(reader) == before


def test_an_entry_without_services_is_one(known: World, reader: Client) -> None:
    service = get(reader, f"/services/{known.hospital.uuid}")
    assert service["name"] == "Hôpital du Midi"
    assert service["alternate_name"] == "HM"
    assert service["organization"]["id"] == str(known.hospital.uuid)


def test_an_entry_with_services_is_told_by_them(known: World, reader: Client) -> None:
    assert "CMP Belle-de-Mai" not in names(reader)
    assert reader.get(f"{BASE}/services/{known.cmp.uuid}").status_code == 404
    assert named(reader, "Accueil")["alternate_name"] == "CMP Belle-de-Mai"


def test_a_service_says_its_own_facts_before_those_of_its_place(
    known: World, reader: Client
) -> None:
    usual, own = named(reader, "Accueil"), named(reader, "Groupe de proches")
    assert (usual["minimum_age"], usual.get("maximum_age")) == (18, None)
    assert (own["minimum_age"], own["maximum_age"]) == (16, 25)
    assert [phone["number"] for phone in usual["phones"]] == ["3114"]
    assert [phone["number"] for phone in own["phones"]] == ["+33 4 91 00 00 04"]
    assert usual["cost_options"][0]["amount"] == 0
    assert own["fees_description"] == "Payant."
    assert usual["eligibility_description"].startswith("Adultes. À partir de 18 ans.")
    assert "proches peuvent demander conseil" in usual["eligibility_description"]
    assert "Possible par téléphone" in usual["application_process"]
    assert "moins d’un mois" in usual["application_process"]


def test_a_place_is_told_with_its_address_point_and_accesses(known: World, reader: Client) -> None:
    (place,) = get(reader, f"/services/{known.hospital.uuid}")["service_at_locations"]
    location = place["location"]
    (address,) = location["addresses"]
    assert (location["latitude"], location["longitude"]) == (43.31, 5.38)
    assert (address["address_1"], address["address_2"]) == ("1 place du Midi", "Porte B")
    assert (address["city"], address["postal_code"]) == ("Marseille", "13003")
    assert address["state_province"] == "Bouches-du-Rhône"
    assert location["external_identifier_type"] == "SIRET"
    (cmp_place,) = named(reader, "Accueil")["service_at_locations"]
    access = {one["description"] for one in cmp_place["location"]["accessibility"]}
    assert "Accès en fauteuil roulant" in access
    assert "latitude" not in cmp_place["location"]


def test_who_verified_is_said_by_the_address_of_the_portal_alone(
    known: World, reader: Client
) -> None:
    service = named(reader, "Accueil")
    assert service["assured_date"] == "2026-03-01"
    assert service["assurer_email"] == "ptsm@departement.example"
    assert "assurer_email" not in named(reader, "Hôpital du Midi")
    assert "l’animatrice" not in json.dumps(named(reader, "Atelier jardin."), ensure_ascii=False)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (EntryStatus.OPEN, "active"),
        (EntryStatus.TEMPORARILY_CLOSED, "temporarily closed"),
        (EntryStatus.CLOSED, "defunct"),
    ],
)
def test_the_status_is_said_in_the_words_of_the_standard(
    known: World, reader: Client, status: EntryStatus, said: str
) -> None:
    ResourcePage.objects.filter(pk=known.hospital.pk).update(status=status)
    assert get(reader, f"/services/{known.hospital.uuid}")["status"] == said


def test_closures_and_words_of_the_day_are_alerts(known: World, reader: Client) -> None:
    alert = named(reader, "Accueil")["alert"]
    assert alert.startswith("Ce lieu est fermé pour le moment.")
    assert "Fermé du" in alert
    assert alert.endswith("Standard en panne ce matin.")
    assert "alert" not in named(reader, "Hôpital du Midi")


def test_a_closure_of_later_is_no_alert_yet(known: World, reader: Client) -> None:
    far = timezone.localdate() + timedelta(days=200)
    known.cmp.closures.all().update(since=far, until=far)
    assert "Fermé le" not in named(reader, "Accueil")["alert"]


def test_languages_are_told_and_an_interpreter_is_none(known: World, reader: Client) -> None:
    service = named(reader, "Accueil")
    assert {one["code"] for one in service["languages"]} == {"fr", "fsl"}
    assert service["interpretation_services"] == "interprète sur demande"


def test_areas_are_those_that_the_entry_or_its_sectors_name(known: World, reader: Client) -> None:
    (sector,) = named(reader, "Accueil")["service_areas"]
    assert sector["name"] == "Marseille 3e"
    assert sector["uri"].endswith("/arrondissementMunicipal/13203")
    assert sector["description"] == "une partie de la commune, Nord"
    assert [one["name"] for one in named(reader, "CLSM du Midi")["service_areas"]] == ["Le Midi"]


def test_types_and_publics_classify_a_service(known: World, reader: Client) -> None:
    words = named(reader, "Groupe de proches")["attributes"]
    assert {one["taxonomy_term"]["code"] for one in words} == {"CMP", "proches"}


def test_organizations_are_the_entry_above_then_the_body_then_the_place(
    known: World, reader: Client
) -> None:
    assert named(reader, "Accueil")["organization"]["name"] == "Hôpital du Midi"
    assert named(reader, "Atelier jardin.")["organization"]["name"] == "Association du Phare"
    assert named(reader, "Refuge")["organization"]["name"] == "Refuge"
    assert named(reader, "CMP")["organization"]["name"] == "CMP"


def test_one_body_written_in_two_ways_is_one_organization(known: World, reader: Client) -> None:
    town = named(reader, "CLSM du Midi")["organization"]
    assert town["name"] == "Ville du Midi"
    assert named(reader, "Maison d’accueil")["organization"]["id"] == town["id"]
    answer = get(reader, f"/organizations/{town['id']}")
    assert {one["name"] for one in answer["services"]} == {"CLSM du Midi", "Maison d’accueil"}
    assert names(reader, "/organizations").count("Ville du Midi") == 1


def test_an_organization_tells_what_it_offers_and_who_runs_it(known: World, reader: Client) -> None:
    answer = get(reader, f"/organizations/{known.hospital.uuid}")
    offered = {one["name"] for one in answer["services"]}
    assert offered == {"Hôpital du Midi", "Accueil", "Groupe de proches"}
    assert {one["name"] for one in answer["locations"]} == {"Hôpital du Midi", "CMP Belle-de-Mai"}
    assert [one["number"] for one in answer["phones"]] == ["+33 4 91 00 00 03"]
    assert answer["organization_identifiers"][0]["identifier"] == "73282932000074"
    assert {one.get("value") for one in answer["attributes"]} == {None, "AP-HM"}


def test_what_belongs_to_another_entry_is_no_organization(known: World, reader: Client) -> None:
    assert reader.get(f"{BASE}/organizations/{known.cmp.uuid}").status_code == 404


def test_a_copied_service_has_an_identifier_of_its_own(known: World, reader: Client) -> None:
    before = {service.uuid for service in known.cmp.services.all()}
    copied = CmpPage.objects.get(pk=known.cmp.pk).copy(update_attrs={"slug": "copie"})
    copied.save_revision().publish()
    assert {service.uuid for service in known.cmp.services.all()} == before
    found = [one["id"] for one in contents(reader)]
    assert len(found) == len(set(found))
    assert Service.objects.filter(resource=copied).count() == len(before)


def rows(hours: str, *closures: DatedClosure, note: str = "") -> list[dict[str, Any]]:
    return schedules("a", OpeningTimes(hours, closures), note)


@pytest.mark.usefixtures("noon_on_tuesday")
def test_a_week_is_told_by_rules_one_for_each_range() -> None:
    morning, evening = rows("Mo-Fr 09:00-12:00; We,Sa 18:00-22:30; PH off", note="Sonnez.")
    assert (morning["freq"], morning["byday"]) == ("WEEKLY", "MO,TU,TH,FR")
    assert (morning["opens_at"], morning["closes_at"]) == ("09:00+01:00", "12:00+01:00")
    assert (evening["byday"], evening["closes_at"]) == ("WE,SA", "22:30+01:00")
    assert morning["notes"] == "Sonnez. Fermé les jours fériés."
    assert "valid_from" not in morning


@pytest.mark.usefixtures("noon_on_tuesday")
def test_day_and_night_is_from_midnight_to_the_last_minute() -> None:
    (row,) = rows("24/7")
    assert row["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    assert (row["opens_at"], row["closes_at"]) == ("00:00+01:00", "23:59+01:00")
    assert row["description"].endswith("24 h/24")


@pytest.mark.usefixtures("noon_on_tuesday")
def test_a_closure_cuts_the_usual_week_in_two() -> None:
    before, after, closed = rows(
        "Mo 09:00-12:00", DatedClosure(date(2026, 12, 24), date(2027, 1, 2))
    )
    assert "valid_from" not in before
    assert before["valid_to"] == "2026-12-23"
    assert after["valid_from"] == "2027-01-03"
    assert "valid_to" not in after
    assert (closed["valid_from"], closed["valid_to"]) == ("2026-12-24", "2027-01-02")
    assert closed["description"].startswith("Fermé du 24 décembre")
    assert "opens_at" not in closed


@pytest.mark.usefixtures("noon_on_tuesday")
@pytest.mark.parametrize(
    ("closures", "expected"),
    [
        # It lasts now.
        ([DatedClosure(date(2026, 11, 1), date(2026, 11, 20))], [("2026-11-21", None)]),
        # It lasts until further notice.
        ([DatedClosure(date(2026, 11, 1), None)], []),
        # It is over.
        ([DatedClosure(date(2026, 10, 1), date(2026, 10, 2))], [(None, None)]),
        # Two touch each other.
        (
            [
                DatedClosure(date(2026, 12, 1), date(2026, 12, 9)),
                DatedClosure(date(2026, 12, 5), date(2026, 12, 6)),
            ],
            [(None, "2026-11-30"), ("2026-12-10", None)],
        ),
    ],
)
def test_the_usual_week_holds_between_closures(
    closures: list[DatedClosure], expected: list[tuple[str | None, str | None]]
) -> None:
    usual = [row for row in rows("Mo 09:00-12:00", *closures) if "opens_at" in row]
    assert [(row.get("valid_from"), row.get("valid_to")) for row in usual] == expected


def test_hours_that_no_week_says_are_given_in_words(known: World, reader: Client) -> None:
    (row,) = named(reader, "Maison d’accueil")["schedules"]
    assert row["description"].replace("\u00a0", " ") == (
        "De janvier à mars, le lundi : 10 h – 12 h."
    )
    assert "freq" not in row
    (row,) = named(reader, "CLSM du Midi")["schedules"]
    assert row["description"] == "Sur rendez-vous"


def test_hours_keep_their_identifiers_in_summer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for month in (1, 7):
        moment = timezone.datetime(2026, month, 7, 12, tzinfo=timezone.timezone.utc)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        (row,) = rows("Mo 09:00-12:00")
        found.append((row["id"], row["opens_at"]))
    assert [opens for _id, opens in found] == ["09:00+01:00", "09:00+02:00"]
    assert len({identifier for identifier, _opens in found}) == 1


def test_a_description_holds_the_text_of_the_page(directory: DirectoryPage, reader: Client) -> None:
    entry = ResourcePageFactory(
        parent=directory,
        summary="En bref.",
        description=[("paragraph", "<p>Une <b>longue</b> histoire.</p>")],
    )
    text = get(reader, f"/services/{entry.uuid}")["description"]
    assert text == "En bref.\n\nUne longue histoire."
