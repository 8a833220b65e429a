"""What can be asked of the HSDS API, and what it refuses."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from portal.geo.models import Commune
from resources.hsds.taxonomies import taxonomy_id, term_id
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from resources.models.inlines import Closure, Notice, ResourcePhone, Service
from tests.clock import Clock
from tests.factories.geo import CommuneFactory
from tests.factories.hsds import BASE, World, arrondissement, contents, get, names, world
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    SectorCommuneFactory,
)
from tests.rate_limits import SetLimit

# An identifier that nothing has, the same in each process of the tests.
NOBODY = "6f2b0c1e-9a55-4c0e-8f0c-3b1d5a7e9c42"


@pytest.fixture
def known(directory: DirectoryPage) -> World:
    return world(directory)


def test_a_list_is_told_page_by_page(known: World, reader: Client) -> None:
    everything = get(reader, "/services")
    first = get(reader, "/services", per_page="3")
    last = get(reader, "/services", per_page="3", page=str(first["total_pages"]))
    assert (first["first_page"], first["last_page"], first["empty"]) == (True, False, False)
    assert (last["first_page"], last["last_page"]) == (False, True)
    assert first["total_items"] == everything["total_items"] == len(everything["contents"])
    assert first["total_pages"] == -(-first["total_items"] // 3)
    walked = [
        one["id"]
        for number in range(1, first["total_pages"] + 1)
        for one in contents(reader, per_page="3", page=str(number))
    ]
    assert walked == [one["id"] for one in everything["contents"]]


def test_a_page_after_the_last_one_is_empty(known: World, reader: Client) -> None:
    page = get(reader, "/services", page="999")
    assert (page["size"], page["empty"], page["last_page"]) == (0, True, True)
    assert page["contents"] == []


def test_nothing_found_is_an_empty_first_page(directory: DirectoryPage, reader: Client) -> None:
    page = get(reader, "/services")
    assert (page["total_items"], page["total_pages"], page["empty"]) == (0, 0, True)
    assert (page["first_page"], page["last_page"]) == (True, True)


def test_organizations_are_paged_entries_first_then_names(known: World, reader: Client) -> None:
    everything = names(reader, "/organizations")
    walked = []
    for number in range(1, len(everything) + 1):
        walked += names(reader, "/organizations", per_page="1", page=str(number))
    assert walked == everything
    assert "Ville du Midi" in everything


def test_parameters_add_up(known: World, reader: Client) -> None:
    cmp_term = term_id("type", "CMP")
    public = term_id("public", "proches")
    hospital = str(known.hospital.uuid)
    assert set(names(reader, taxonomy_term_id=cmp_term)) == {"Accueil", "Groupe de proches", "CMP"}
    assert set(names(reader, taxonomy_term_id=public)) == {"Groupe de proches", "Atelier jardin."}
    asked = {"taxonomy_term_id": public, "organization_id": hospital}
    assert names(reader, **asked) == ["Groupe de proches"]
    assert names(reader, **asked, search="gem") == []
    later = (timezone.now() + timedelta(days=1)).isoformat()
    ResourcePage.objects.update(last_published_at=timezone.now())
    assert names(reader, **asked, modified_after=later) == []


@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
def test_an_organization_narrows_to_what_it_offers(known: World, reader: Client, path: str) -> None:
    offered = {"Hôpital du Midi", "Accueil", "Groupe de proches"}
    assert set(names(reader, path, organization_id=str(known.hospital.uuid))) == offered
    association = next(
        one["id"]
        for one in contents(reader, "/organizations")
        if one["name"] == "Association du Phare"
    )
    assert names(reader, path, organization_id=association) == ["Atelier jardin."]
    assert names(reader, path, organization_id=str(uuid4())) == []


def test_a_family_holds_its_types_and_a_taxonomy_its_words(known: World, reader: Client) -> None:
    care = term_id("family", "soins")
    assert set(names(reader, taxonomy_term_id=care)) == {"Accueil", "Groupe de proches", "CMP"}
    assert names(reader, taxonomy_id=taxonomy_id("types")) == names(reader)
    with_publics = {"Accueil", "Groupe de proches", "Atelier jardin."}
    assert set(names(reader, taxonomy_id=taxonomy_id("publics"))) == with_publics
    assert names(reader, taxonomy_id=str(uuid4())) == []
    assert names(reader, taxonomy_term_id=str(uuid4())) == []
    assert names(reader, "/organizations", taxonomy_term_id=term_id("type", "CLSM")) == [
        "Ville du Midi"
    ]


def test_words_are_searched_as_on_the_portal(known: World, reader: Client) -> None:
    assert names(reader, search="cmp belle de mai") == ["Accueil", "Groupe de proches"]
    assert names(reader, "/organizations", search="Belle-de-Mai") == ["Hôpital du Midi"]
    assert names(reader, "/taxonomies", search="public") == ["Publics"]
    assert names(reader, "/taxonomy_terms", search="etudiants") == ["Étudiants"]


def test_a_place_among_the_words_narrows_to_what_is_near_it(known: World, reader: Client) -> None:
    there = ["Hôpital du Midi", "Accueil", "Groupe de proches"]
    assert names(reader, search="marseille 3e") == there
    assert names(reader, search="cmp 13003") == there[1:]


@pytest.mark.parametrize("words", ["Cachée", "13099", "rue cachee", "refuge 13099"])
def test_no_word_finds_a_masked_place_by_where_it_is(
    known: World, reader: Client, words: str
) -> None:
    Commune.objects.filter(code="13099").update(postcodes="|13099|", lat=43.2111, lon=5.4111)
    assert "Refuge" not in names(reader, search=words)
    assert "Refuge" in names(reader, search="refuge")


def test_what_changed_is_found_by_its_date(known: World, reader: Client) -> None:
    ResourcePage.objects.update(last_published_at="2026-01-01T12:00:00Z")
    ResourcePage.objects.filter(pk=known.hospital.pk).update(
        last_published_at="2026-06-01T10:30:00Z"
    )
    for since in (
        "2026-06-01", "2026-06-01T10:30:00Z", "2026-06-01T12:30:00+02:00", "2026-06-01T12:30:00",
    ):  # fmt: skip
        assert names(reader, modified_after=since) == ["Hôpital du Midi"], since
    # A « + » that nobody encoded comes as a blank.
    response = reader.get(f"{BASE}/services?modified_after=2026-06-01T12:30:00+02:00")
    assert response.json()["total_items"] == 1
    assert names(reader, modified_after="2026-06-01T10:30:01Z") == []
    (found,) = contents(reader, modified_after="2026-06-01")
    assert found["last_modified"] == "2026-06-01T10:30:00.000Z"


def test_a_postcode_finds_what_is_there_and_what_serves_it(known: World, reader: Client) -> None:
    path = "/service_at_locations"
    there = {"Hôpital du Midi", "Accueil", "Groupe de proches"}
    assert set(names(reader, path, postcode="13003")) == there
    assert names(reader, path, postcode="13400") == ["Atelier jardin."]
    assert names(reader, path, postcode="97400") == []


def test_an_area_that_is_named_comes_before_the_address(
    known: World, directory: DirectoryPage, reader: Client
) -> None:
    aubagne = Commune.objects.get(code="13005")
    mobile = ResourcePageFactory(
        parent=directory, title="Équipe mobile", commune=arrondissement(), postcode="13003"
    )
    mobile.coverage_communes = [aubagne]
    mobile.save()
    path = "/service_at_locations"
    assert "Équipe mobile" in names(reader, path, postcode="13400")
    assert "Équipe mobile" not in names(reader, path, postcode="13003")
    assert "Équipe mobile" not in names(reader, path, postcode="13003", proximity="50000")


def test_proximity_is_reckoned_in_metres_from_the_postcode(
    directory: DirectoryPage, reader: Client
) -> None:
    CommuneFactory(code="13005", name="Aubagne", postcodes="|13400|", lat=43.30, lon=5.57)
    ResourcePageFactory(parent=directory, title="Près", lat=43.305, lon=5.57)
    ResourcePageFactory(parent=directory, title="Loin", lat=43.40, lon=5.57)
    path = "/service_at_locations"
    assert names(reader, path, postcode="13400", proximity="1000") == ["Près"]
    assert names(reader, path, postcode="13400", proximity="20000") == ["Près", "Loin"]
    assert names(reader, path, postcode="13400", proximity="100") == []


@pytest.mark.parametrize("metres", ["1", "5000", "500000"])
def test_proximity_never_finds_a_masked_place(known: World, reader: Client, metres: str) -> None:
    Commune.objects.filter(code="13099").update(postcodes="|13099|", lat=43.2111, lon=5.4111)
    found = names(reader, "/service_at_locations", postcode="13099", proximity=metres)
    assert {"Refuge", "Maison d’accueil"} & set(found) == set()
    assert "Refuge" not in names(reader, "/service_at_locations", postcode="13099")


def test_terms_are_found_by_taxonomy_parent_or_rank(known: World, reader: Client) -> None:
    path, care = "/taxonomy_terms", term_id("family", "soins")
    assert [one["code"] for one in contents(reader, path, parent_id=care)] == ["CMP"]
    top = contents(reader, path, taxonomy_id=taxonomy_id("types"), top_only="true")
    assert care in {one["id"] for one in top}
    assert all("parent_id" not in one for one in top)
    publics = contents(reader, path, taxonomy_id=taxonomy_id("publics"))
    assert {one["taxonomy"] for one in publics} == {"Publics"}


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        *[("services", {"page": value}, "page") for value in ("-1", "0", "abc", "1" + "0" * 20)],
        *[("services", {"per_page": value}, "per_page") for value in ("0", "-5", "201", "x")],
        ("services", {"per_page": "10001", "minimal": "true"}, "per_page"),
        ("services", {"search": "a\x00b"}, "search"),
        ("services", {"search": "x" * 201}, "search"),
        ("services", {"format": "xml"}, "format"),
        ("services", {"full": "peut-être"}, "full"),
        ("services", {"taxonomy_term_id": "\x00"}, "taxonomy_term_id"),
        ("services", {"taxonomy_id": "CMP"}, "taxonomy_id"),
        ("services", {"organization_id": "1' OR 1=1"}, "organization_id"),
        *[
            ("services", {"modified_after": value}, "modified_after")
            for value in ("hier", "2026-13-01", "0001-01-01T00:00:00+14:00", "\x00")
        ],
        ("service_at_locations", {"postcode": "1300"}, "postcode"),
        ("service_at_locations", {"proximity": "500"}, "proximity"),
        *[
            ("service_at_locations", {"postcode": "13003", "proximity": value}, "proximity")
            for value in ("-1", "nan", "inf", "loin", "1e9")
        ],
        ("organizations", {"page": "abc"}, "page"),
        ("taxonomies", {"page": "abc"}, "page"),
        ("taxonomy_terms", {"parent_id": "x"}, "parent_id"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(
    directory: DirectoryPage, reader: Client, path: str, query: dict[str, str], said: str
) -> None:
    response = reader.get(f"{BASE}/{path}", query)
    assert response.status_code == 400
    assert f"« {said} »" in response.json()["error"]


def test_more_parameters_than_any_question_has_are_refused(
    directory: DirectoryPage, reader: Client
) -> None:
    response = reader.get(f"{BASE}/services?{'&'.join(['a=1'] * 10_001)}")
    assert response.status_code == 400


def test_an_empty_parameter_asks_nothing(known: World, reader: Client) -> None:
    empty = dict.fromkeys(("search", "page", "per_page", "full", "taxonomy_id"), "")
    assert names(reader, **empty) == names(reader)


@pytest.mark.parametrize(
    "kind",
    ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"],
)
@pytest.mark.parametrize("identifier", [NOBODY, "1", "x" * 300, "%00", "..", "é"])
def test_an_identifier_of_nothing_is_a_404_in_french(
    directory: DirectoryPage, reader: Client, kind: str, identifier: str
) -> None:
    response = reader.get(f"{BASE}/{kind}/{identifier}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"]


@pytest.mark.parametrize("path", ["/", "/services", "/organizations", f"/services/{NOBODY}"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(directory: DirectoryPage, path: str, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(f"{BASE}{path}")
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "GET" in response.json()["error"]


def test_any_site_may_read_it_and_ask_again_for_little(known: World, reader: Client) -> None:
    for path in ("/services", "/services?format=ndjson", "/taxonomies", "/openapi.json"):
        address = f"{BASE}{path}"
        first = reader.get(address, headers={"Origin": "https://partenaire.example"})
        assert first["Access-Control-Allow-Origin"] == "*"
        assert "public" in first["Cache-Control"]
        assert not first.cookies
        again = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, path


def test_lines_change_their_mark_when_an_entry_does(known: World, reader: Client) -> None:
    address = f"{BASE}/services?format=ndjson"
    before = reader.get(address)["ETag"]
    known.hospital.save_revision().publish()
    assert reader.get(address, headers={"If-None-Match": before}).status_code == 200


def test_whoever_asks_too_much_is_told_to_wait(
    known: World, reader: Client, set_limit: SetLimit, noon: Clock
) -> None:
    set_limit("hsds_api", 2)
    answers = [reader.get(f"{BASE}/services") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert reader.get(f"{BASE}/services/{known.hospital.uuid}").status_code == 429


def fill(directory: DirectoryPage, number: int) -> None:
    commune = arrondissement()
    hospital = ResourcePageFactory(parent=directory, commune=commune, phone="3114")
    for rank in range(number):
        factory = (ResourcePageFactory, GemPageFactory, CmpPageFactory)[rank % 3]
        entry = factory(
            parent=directory, commune=commune, opening_hours="Mo-Fr 09:00-12:00", cost="free",
            operator=f"Association {rank}" if rank % 2 else "", phone="3114",
            description=[("paragraph", "<p>Texte</p>")], verified_on="2026-01-01",
            address_street=f"{rank} rue", postcode="13003", lat=43.31, lon=5.38,
        )  # fmt: skip
        entry.phones = [ResourcePhone(label="Secrétariat", number="3114")]
        entry.closures = [Closure(since=timezone.localdate() + timedelta(days=9))]
        entry.notices = [
            Notice(since=timezone.localdate(), until=timezone.localdate(), text="Jeudi")
        ]
        entry.services = [Service(name="Un"), Service(name="Deux")] if rank % 2 else []
        entry.coverage_communes = [commune]
        if rank % 3 == 2:
            entry.hospital = hospital
            entry.sectors = [SectorCommuneFactory(commune=commune).sector]
        entry.save()


@pytest.mark.parametrize(
    ("path", "query", "most"),
    [
        ("services", {}, 15),
        ("services", {"full": "true"}, 25),
        ("services", {"minimal": "true"}, 6),
        ("services", {"full": "true", "format": "ndjson"}, 25),
        ("organizations", {}, 12),
        ("organizations", {"full_service": "true"}, 30),
        ("service_at_locations", {"full": "true", "postcode": "13003", "proximity": "9999"}, 26),
        ("taxonomy_terms", {}, 4),
    ],
)
def test_more_entries_cost_no_more_queries(
    directory: DirectoryPage, path: str, query: dict[str, str], most: int
) -> None:
    def cost() -> int:
        ask(path, query)
        with CaptureQueriesContext(connection) as captured:
            ask(path, query)
        return len(captured)

    fill(directory, 6)
    few = cost()
    fill(directory, 18)
    assert cost() <= few <= most


def ask(path: str, query: dict[str, str]) -> Any:
    response = Client().get(f"{BASE}/{path}", query)
    assert response.status_code == 200
    return response.getvalue()
