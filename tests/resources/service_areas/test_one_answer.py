"""One answer, in every output: what an entry's page says of whom it receives, a hit says."""

from datetime import timedelta
from functools import partial
from html import unescape
from itertools import product

from django.core.cache import cache
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

import pytest
from bs4 import BeautifulSoup

from home.emergency_doors import emergency_areas
from portal.geo.models import Commune
from portal.geo.resolve import place_named
from portal.geo.service_area import ServiceArea
from resources.choices import (
    AgeGroup,
    AppointmentDelay,
    CommuneShare,
    EntryStatus,
    SectorAudience,
)
from resources.entry.hours import hours_text
from resources.entry.json_ld import place_data
from resources.entry.presenter import EntryPresenter
from resources.entry.search_document import build_search_document
from resources.models import ResourcePage
from resources.models.inlines import Closure, Service
from resources.open_data.offers import eligible_areas, served_communes
from resources.open_data.querysets import EntryFilters, with_exported_rows
from resources.printing.entry import booklet_entry
from resources.printing.poster_entries import get_poster_entries
from resources.printing.querysets import printable_entries
from resources.selection_params import short_key
from resources.service_areas.answers import reception_of, serves
from resources.service_areas.hits import reception_of_hit
from resources.service_areas.reading import read_service_areas
from resources.verification.messages import get_facts
from search.contracts import SearchDocument, SearchHit
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorCommuneFactory,
    SectorFactory,
)

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


@pytest.fixture
def served(directory):
    """An entry that serves Aubagne in each way of saying so, by that way."""
    aubagne = CommuneFactory(code="13005", name="Aubagne", slug="aubagne", lat=43.29, lon=5.57)
    territory = TerritoryFactory(name="Pays d’Aubagne", slug="pays-d-aubagne")
    territory.communes.set([aubagne])
    sector = SectorFactory()
    SectorCommuneFactory(sector=sector, commune=aubagne)
    part = SectorFactory()
    SectorCommuneFactory(
        sector=part, commune=aubagne, part=CommuneShare.PARTIAL, note="Au nord du boulevard."
    )
    kind, council = ResourceTypeFactory(code="ASSOCIATION"), ResourceTypeFactory(code="CLSM")
    of_cmp = partial(CmpPageFactory.build, type=ResourceTypeFactory(code="CMP", care=True))
    of_type = partial(ResourcePageFactory.build, type=kind)
    entries = {
        "commune": of_type(),
        "territory": of_type(),
        "department": of_type(covers_department=True),
        "council": ClsmPageFactory.build(type=council, territory=territory),
        "sector": of_cmp(commune=aubagne),
        "shared sector": of_cmp(commune=aubagne),
    }
    entries["commune"].coverage_communes = [aubagne]
    entries["territory"].coverage_territories = [territory]
    entries["sector"].sectors = [sector]
    entries["shared sector"].sectors = [part]
    for title, entry in entries.items():
        entry.title = entry.slug = title.replace(" ", "-")
        entry.phone = "04 91 38 54 60"
        directory.add_child(instance=entry)
    cache.clear()
    return entries


def test_every_output_says_which_communes_an_entry_serves(served):
    every = {title.replace(" ", "-") for title in served}
    place = place_named("Aubagne").place
    territory = served["council"].territory
    rows = list(with_exported_rows(ResourcePage.objects.order_by("pk")))
    areas = read_service_areas(rows)
    for entry in rows:
        is_whole = entry.covers_department
        assert served_communes(entry) == ([] if is_whole else ["13005"]), entry.title
        assert eligible_areas(entry) == (["13"] if is_whole else ["13005"]), entry.title
        assert serves(reception_of(entry, areas[entry.pk]), place).is_sure, entry.title
        own = entry.specific
        assert own.service_area == areas[entry.pk], entry.title
        assert is_whole or own.communes_served() == {"13005"}, entry.title
        said = " ".join(map(str, EntryPresenter(own).for_whom))
        assert "Aubagne" in said or "Tout le département" in said, entry.title
    assert {one.title for one in printable_entries(territory)} == every
    assert {one.title for one in get_poster_entries(territory)} >= {"sector", "shared-sector"}
    assert {one.title for one in rows_in(territory=territory)} == every
    assert {one.title for one in rows_in(commune=Commune.objects.get(pk="13005"))} == every
    found = Client().get("/api/recherche", {"q": "", "lieu": "Aubagne", "dans": "annuaire"}).json()
    assert {hit["title"] for hit in found["hits"]} == every
    assert {hit["serves"]["answer"] for hit in found["hits"]} == {"oui", "partie"}


def rows_in(**narrowed) -> list[ResourcePage]:
    return list(EntryFilters(**narrowed).among(ResourcePage.objects.all()))


def test_what_stands_in_a_territory_and_serves_another_is_not_printed_for_it(served, directory):
    arles = CommuneFactory(code="13004", name="Arles", slug="arles")
    other = ResourcePageFactory.build(
        title="Pour Arles", type=ResourceTypeFactory(), commune=Commune.objects.get(pk="13005")
    )
    other.coverage_communes = [arles]
    unsaid = ResourcePageFactory.build(
        title="Sans zone", type=ResourceTypeFactory(), commune=Commune.objects.get(pk="13005")
    )
    for entry in (other, unsaid):
        directory.add_child(instance=entry)
    printed = {one.title for one in printable_entries(served["council"].territory)}
    assert "Sans zone" in printed
    assert "Pour Arles" not in printed


def test_a_council_is_found_by_its_territory_as_soon_as_that_one_changes(served):
    arles = CommuneFactory(code="13004", name="Arles", slug="arles")
    with TestCase.captureOnCommitCallbacks(execute=True):
        served["council"].territory.communes.add(arles)
    found = Client().get("/api/recherche", {"type": "CLSM", "lieu": "Arles"}).json()
    assert [hit["title"] for hit in found["hits"]] == ["council"]


def framed(**query: str) -> dict[str, str]:
    """What a frame says of each entry, by its title."""
    html = Client().get(reverse("resources:embed_frame"), query).content
    cards = BeautifulSoup(html, "html.parser").select(".door-card")
    return {card.h2.text: plain(card.text) for card in cards}


def test_a_frame_shows_what_serves_the_place_then_what_is_near_and_does_not_say(served, directory):
    arles = CommuneFactory(code="13004", name="Arles", slug="arles", lat=43.68, lon=4.63)
    allauch = CommuneFactory(code="13002", name="Allauch", slug="allauch", lat=43.33, lon=5.48)
    far = {"lat": 43.68, "lon": 4.63, "commune": arles}
    near = {"lat": 43.3, "lon": 5.58}
    kind, cmp_kind = ResourceTypeFactory(), ResourceTypeFactory(code="CMP", care=True)
    entries = [
        ResourcePageFactory.build(title="Pour tous", type=kind, covers_department=True, **far),
        ResourcePageFactory.build(title="Pour Arles", type=kind, **near),
        ResourcePageFactory.build(title="Sans zone", type=kind, **near),
        ResourcePageFactory.build(title="Sans zone, loin", type=kind, **far),
        CmpPageFactory.build(title="CMP d’à côté", type=cmp_kind, commune=allauch, **near),
    ]
    entries[1].coverage_communes = [arles]
    for entry in entries:
        directory.add_child(instance=entry)
    shown = framed(pres="Aubagne", km="20")
    *first, last = shown
    assert set(first) == {title.replace(" ", "-") for title in served} | {"Pour tous"}
    assert last == "Sans zone"
    assert {title for title, text in shown.items() if "Zone reçue non précisée" in text} == {last}
    found = Client().get("/api/recherche", {"lieu": "Aubagne", "dans": "annuaire"}).json()["hits"]
    assert set(shown) <= {hit["title"] for hit in found}


SERVICE = {
    "name": "Atelier",
    "phone": "04 91 11 22 55",
    "opening_hours": "Tu 13:10-15:50; PH off",
    "first_delay": AppointmentDelay.values[0],
    "first_delay_declared_on": timezone.localdate(),
}


@pytest.mark.parametrize(
    ("status", "hours", "told"),
    [
        (EntryStatus.OPEN, "Tu 13:10-15:50; PH off", "13 h 10 – 15 h 50"),
        (EntryStatus.OPEN, '"sur rendez-vous"', "Sur rendez-vous"),
        (EntryStatus.TEMPORARILY_CLOSED, "Tu 13:10-15:50; PH off", None),
    ],
)
def test_the_hours_of_a_service_are_told_alike_in_every_output(directory, status, hours, told):
    entry = ResourcePageFactory.build(type=ResourceTypeFactory(), status=status, slug="lieu")
    entry.services = [Service(**SERVICE | {"opening_hours": hours})]
    directory.add_child(instance=entry)
    entry = ResourcePage.objects.with_all_facts().get(pk=entry.pk)
    page = plain(Client().get(entry.url).content.decode())
    params = {"f": short_key(entry)}
    selection = plain(Client().get(entry.selection_url, params).content.decode())
    booklet = " ".join(fact.definition for fact in all_facts(entry))
    message = " ".join(line for fact in get_facts(entry) for line in fact.lines)
    ((offer,),) = ([one["itemOffered"] for one in place_data(entry)["makesOffer"]],)
    for output in (page, selection, plain(booklet), plain(message)):
        assert "04 91 11 22 55" in output
        assert "Délai indiqué par le lieu" in output
        if told:
            assert told.lower() in output.lower()
    assert offer["availableChannel"]["servicePhone"]["telephone"] == "04 91 11 22 55"
    said = offer.get("hoursAvailable", [])
    if told is None:
        assert said == []
    elif hours.startswith('"'):
        assert [set(one) for one in said] == [{"@type", "description"}]
    else:
        assert [(one["opens"], one["closes"]) for one in said] == [
            ("13:10", "15:50"),
            ("00:00", "00:00"),
        ]


def all_facts(entry: ResourcePage) -> list:
    line = booklet_entry(entry)
    return [*line.facts, *line.brief]


def plain(text: str) -> str:
    return unescape(text).replace("\u202f", " ").replace("\xa0", " ")


def test_the_hours_of_a_place_that_has_closed_are_told_nowhere(directory):
    today = timezone.localdate()
    kind = ResourceTypeFactory(code="URGENCES_PSY", care=True)
    facts = {"type": kind, "opening_hours": "24/7", "phone": "04 91 11 22 33"}
    shut = ResourcePageFactory.build(
        title="Fermé", slug="a", status=EntryStatus.TEMPORARILY_CLOSED, **facts
    )
    away = ResourcePageFactory.build(title="En congé", slug="b", **facts)
    away.closures = [Closure(since=today, message="Appelez le 15")]
    later = ResourcePageFactory.build(title="Bientôt", slug="c", **facts)
    later.closures = [Closure(since=today + timedelta(days=40))]
    for entry in (shut, away, later):
        directory.add_child(instance=entry)
    cache.clear()
    doors = {
        door.title: plain(door.hours)
        for area in emergency_areas(directory.locale_id)
        for door in area.doors
    }
    assert doors["Fermé"] == "Fermé temporairement."
    assert "jusqu’à nouvel ordre : Appelez le 15" in doors["En congé"]
    assert "Fermé à partir du" in doors["Bientôt"]
    assert "openingHoursSpecification" not in str(place_data(shut))
    for entry in (shut, away, later):
        known = ResourcePage.objects.with_all_facts().get(pk=entry.pk)
        assert plain(hours_text(known)) == doors[entry.title]
        printed = {fact.term: fact.definition for fact in all_facts(known)}
        assert plain(printed["Horaires"]) == doors[entry.title]
