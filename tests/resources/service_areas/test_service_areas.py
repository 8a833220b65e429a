"""Whom a door serves, and the doors to offer at a place."""

import re

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from portal.geo.place import Place
from portal.geo.resolve import place_named
from portal.geo.service_area import Served, ServiceArea
from resources.choices import CommuneShare, SectorAudience
from resources.models import ResourcePage
from resources.printing.poster_entries import get_poster_entries
from resources.service_areas.answers import Reception, reception_of, serves
from resources.service_areas.doors import doors_for, is_address_needed, ways_in
from resources.service_areas.reading import read_service_areas
from resources.territory_report.distances import distances_to_nearest
from resources.territory_report.entries import read_entries
from resources.territory_report.territory import TerritoryGeography
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    CmpPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorCommuneFactory,
    SectorFactory,
)


def at(name: str) -> Place:
    place = place_named(name).place
    assert place is not None
    return place


def cmp_of(*codes: str, **facts) -> Reception:
    given = {
        "kind": "CMP",
        "audience": SectorAudience.ADULTE,
        "publics": ("adultes",),
        "ages": ((18, 150),),
        "may_be_called": True,
    }
    return Reception(area=ServiceArea(frozenset(codes)), **(given | facts))


@pytest.mark.parametrize(
    ("codes", "place", "expected"),
    [
        (("13211",), "Marseille 11e", Served.YES),
        (("13055",), "Marseille 11e", Served.YES),
        (("13211",), "Marseille 12e", Served.NO),
        (("13211",), "Aubagne", Served.NO),
        (("13211",), "Marseille", Served.PARTLY),
        (("13055",), "Marseille", Served.YES),
        (tuple(f"132{n:02d}" for n in range(1, 17)), "Marseille", Served.YES),
        (("13215~",), "Marseille 15e", Served.PARTLY),
        (("*",), "Arles", Served.YES),
        (("*",), "Avignon", Served.NO),
        ((), "Arles", Served.UNKNOWN),
        (("13211",), "13", Served.UNKNOWN),
    ],
)
def test_an_area_serves_a_place(codes, place, expected):
    area = ServiceArea.from_codes(codes)
    assert area.serves(at(place)) is expected
    assert area.codes == tuple(sorted(codes))


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (("13211",), "Reçoit les adultes du 11e arrondissement de Marseille."),
        (("13201", "13202"), "Reçoit les adultes des 1er et 2e arrondissements de Marseille."),
        (("13005", "13088"), "Reçoit les adultes d’Aubagne et du Rove."),
        (("13071", "13028"), "Reçoit les adultes de La Ciotat et des Pennes-Mirabeau."),
        (("*",), "Reçoit les adultes de tout le département."),
        (
            ("13213", "13215~"),
            "Reçoit les adultes du 13e arrondissement de Marseille et d’une partie du 15e "
            "arrondissement de Marseille.",
        ),
        ((), "Zone reçue non précisée : demandez en appelant."),
    ],
)
def test_a_sentence_says_whom_it_receives(codes, sentence):
    given = Reception(
        area=ServiceArea.from_codes(codes), kind="CMP", publics=("adultes",), may_be_called=True
    )
    assert given.sentence == sentence


def test_many_communes_are_counted():
    area = ServiceArea(frozenset(("13001", "13002", "13003", "13004", "13005", "13006")))
    said = Reception(area=area).sentence
    assert said.startswith("Reçoit les personnes d’Aix-en-Provence, d’Allauch, d’Alleins et de 3 ")


@pytest.mark.parametrize(
    ("age", "public", "expected"),
    [
        (34, "", Served.YES),
        (8, "", Served.NO),
        ("3-11", "", Served.NO),
        ("26-64", "", Served.YES),
        (17, "", Served.UNKNOWN),
        (None, "enfants", Served.NO),
        (None, "adultes", Served.YES),
        (None, "personnes_agees", Served.YES),
    ],
)
def test_an_age_or_a_public_may_be_refused(age, public, expected):
    assert serves(cmp_of("13211"), at("Marseille 11e"), age, public).served is expected


def test_who_says_nothing_of_age_is_never_sure_of_one():
    given = cmp_of("13005", audience="", publics=(), ages=())
    answer = serves(given, at("Aubagne"), 12)
    assert answer.served is Served.UNKNOWN
    assert "Appelez pour savoir qui y est reçu." in answer.sentence
    assert serves(given, at("Aubagne")).served is Served.YES


def test_a_shared_commune_says_to_ask():
    area = ServiceArea(partial={"13215": "Au nord du boulevard."})
    answer = serves(Reception(area=area, kind="CMP"), at("13015"))
    assert answer.served is Served.PARTLY
    assert answer.sentence.endswith("Au nord du boulevard.")


def commune(code: str, **details):
    names = {"13005": ("Aubagne", 43.2909, 5.5709), "13211": ("Marseille 11e", 43.29, 5.48)}
    name, lat, lon = names.get(code, (code, None, None))
    return CommuneFactory(code=code, name=name, slug=code, lat=lat, lon=lon, **details)


@pytest.fixture
def around_aubagne(directory):
    """A hospital and a CMP without a known area in Aubagne; a CMP of Marseille 11e; a DAC."""
    aubagne, eleventh = commune("13005"), commune("13211")
    sector = SectorFactory()
    SectorCommuneFactory(sector=sector, commune=eleventh)
    doors = {
        "marseille": CmpPageFactory.build(
            title="CMP Saint-Marcel", slug="a", commune=eleventh, type=None, lat=43.29, lon=5.48
        ),
        "aubagne": CmpPageFactory.build(title="CMP d’Aubagne", slug="b", commune=aubagne),
        "hospital": ResourcePageFactory.build(
            title="Hôpital d’Aubagne", slug="c", commune=aubagne,
            type=ResourceTypeFactory(code="HOPITAL_PSY", care=True), phone="04 42 84 70 00",
        ),
        "dac": ResourcePageFactory.build(
            title="DAC", slug="d", commune=eleventh, type=ResourceTypeFactory(code="DAC")
        ),
        "emergency": ResourcePageFactory.build(
            title="Urgences", slug="e", commune=eleventh, is_emergency=False,
            type=ResourceTypeFactory(code="URGENCES_PSY", care=True),
        ),
    }  # fmt: skip
    ResourceTypeFactory(code="CMP", care=True)
    doors["marseille"].sectors = [sector]
    doors["dac"].covers_department = True
    doors["emergency"].coverage_communes = [commune("13055")]
    for page in doors.values():
        directory.add_child(instance=page)
    return directory


def titles(doors):
    return [door.facts.title for door in doors]


def test_where_the_cmp_is_known_it_is_the_answer(around_aubagne):
    doors = doors_for(at("Marseille 11e"), locale_id=around_aubagne.locale_id)
    assert titles(doors)[0] == "CMP Saint-Marcel"
    assert doors[0].answer == (
        Served.YES,
        "Reçoit les adultes du 11e arrondissement de Marseille.",
    )
    assert not any(door.is_way_in for door in doors)


def test_where_it_is_not_the_one_that_stands_there_comes_before_the_hospital(around_aubagne):
    doors = doors_for(at("Aubagne"), locale_id=around_aubagne.locale_id)
    assert titles(doors) == ["CMP d’Aubagne", "Hôpital d’Aubagne", "DAC"]
    assert [door.is_way_in for door in doors] == [False, True, True]
    assert "demandez s’il vous reçoit" in doors[0].answer.sentence
    assert doors[1].say == "« J’habite Aubagne. Quel CMP me reçoit ? »"


def test_nothing_is_to_be_said_on_the_phone_of_a_place_that_has_none(around_aubagne):
    ResourcePage.objects.update(phone="")
    cache.clear()
    doors = doors_for(at("Aubagne"), locale_id=around_aubagne.locale_id)
    assert titles(doors) == ["CMP d’Aubagne", "Hôpital d’Aubagne", "DAC"]
    for door in doors:
        assert door.say == ""
        assert not re.search("appel|standard|téléphone", door.answer.sentence)


def test_a_child_is_not_sent_to_a_cmp_for_adults(around_aubagne):
    doors = doors_for(at("Marseille 11e"), 8, locale_id=around_aubagne.locale_id)
    assert "CMP Saint-Marcel" not in titles(doors)


def test_without_a_commune_no_cmp_is_chosen_for_the_reader(around_aubagne):
    assert doors_for(None, locale_id=around_aubagne.locale_id) == ()
    assert is_address_needed(None, ("CMP",))
    assert is_address_needed(at("13"), ("CMP",))
    assert not is_address_needed(at("Aubagne"), ("CMP",))
    assert not is_address_needed(None, ("GEM",))


def test_an_emergency_that_does_not_serve_the_place_gives_way_to_the_hospital(around_aubagne):
    types = ("URGENCES_PSY",)
    here = doors_for(at("13011"), types=types, locale_id=around_aubagne.locale_id)
    assert titles(here) == ["Urgences"]
    aubagne = doors_for(at("Aubagne"), types=types, locale_id=around_aubagne.locale_id)
    assert titles(aubagne) == ["Hôpital d’Aubagne"]
    assert aubagne[0].is_way_in


def test_an_example_is_never_offered(around_aubagne):
    CmpPageFactory(
        parent=around_aubagne, title="Exemple", is_example=True, commune=commune("13005")
    )
    found = doors_for(at("Aubagne"), locale_id=around_aubagne.locale_id)
    assert "Exemple" not in titles(found)


def test_the_way_in_needs_a_commune(around_aubagne):
    assert ways_in(None, locale_id=around_aubagne.locale_id) == ()
    found = ways_in(at("Aubagne"), locale_id=around_aubagne.locale_id)
    assert titles(found) == ["Hôpital d’Aubagne", "DAC"]


def test_doors_cost_as_many_queries_whatever_their_number(around_aubagne):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert doors_for(at("Aubagne"), locale_id=around_aubagne.locale_id)
        return len(captured)

    few = queries()
    for rank in range(6):
        CmpPageFactory(parent=around_aubagne, slug=f"cmp-{rank}", commune=commune("13005"))
    assert queries() == few


def test_areas_are_read_for_many_entries_at_once(directory):
    territory = TerritoryFactory()
    territory.communes.set([commune("13005"), commune("13211")])
    sector = SectorFactory()
    SectorCommuneFactory(
        sector=sector, commune=commune("13211"), part=CommuneShare.PARTIAL, note="Au sud."
    )
    by_territory = ResourcePageFactory.build(slug="t", type=ResourceTypeFactory())
    by_territory.coverage_territories = [territory]
    everywhere = ResourcePageFactory.build(slug="d", type=ResourceTypeFactory())
    everywhere.covers_department = True
    by_sector = CmpPageFactory.build(slug="s", type=ResourceTypeFactory(code="CMP", care=True))
    by_sector.sectors = [sector]
    entries = [by_territory, everywhere, by_sector]
    for entry in entries:
        directory.add_child(instance=entry)
    areas = read_service_areas(entries)
    assert areas[by_territory.pk].codes == ("13005", "13211")
    assert areas[everywhere.pk].codes == ("*",)
    assert areas[by_sector.pk].codes == ("13211~",)
    for entry in entries:
        assert entry.specific_class.objects.get(pk=entry.pk).service_area == areas[entry.pk]
        assert reception_of(entry).area == areas[entry.pk]


def get(path: str, **query: str):
    return Client().get(path, query)


def test_results_fold_what_serves_others_and_say_whom_each_receives(around_aubagne):
    html = get(around_aubagne.url, q="cmp", ou="Aubagne").content.decode()
    shown, _, folded = html.partition('id="elsewhere"')
    assert "1 lieu reçoit d’autres communes" in folded
    assert "CMP Saint-Marcel" not in shown
    assert "CMP Saint-Marcel" in folded.partition("</details>")[0]
    assert "Marseille 11e" in folded
    assert shown.index("CMP d’Aubagne") < shown.index("Hôpital d’Aubagne")
    assert "« J’habite Aubagne. Quel CMP me reçoit\u00a0? »" in shown.replace(" ?", "\u00a0?")


def test_a_cmp_that_does_not_say_whom_it_receives_is_an_answer_in_its_commune_only(
    around_aubagne,
):
    page = CmpPageFactory.build(title="CMP d’Allauch", slug="f", commune=commune("13002"))
    around_aubagne.add_child(instance=page)
    shown, _, folded = (
        get(around_aubagne.url, q="cmp", ou="Aubagne").content.decode().partition('id="elsewhere"')
    )
    assert "CMP d’Allauch" not in shown
    folded = folded.partition("</details>")[0]
    assert "2 lieux d’ailleurs reçoivent d’autres communes, ou n’ont pas dit qui" in folded
    assert "CMP d’Allauch" in folded
    assert "zone non connue" in folded
    shown = get(around_aubagne.url, q="cmp", ou="Allauch").content.decode()
    assert shown.index("CMP d’Allauch") < shown.index('id="elsewhere"')
    assert "Dans votre commune. Zone reçue non confirmée" in shown


def test_the_json_says_as_the_page_what_is_not_confirmed(around_aubagne):
    data = get("/api/recherche", q="cmp", lieu="Aubagne").json()
    said = {hit["title"]: hit["serves"] for hit in data["hits"]}["CMP d’Aubagne"]
    assert said["answer"] == "inconnu"
    assert said["sentence"].startswith("Dans votre commune. Zone reçue non confirmée")


def test_the_json_gives_what_the_page_gives(around_aubagne):
    listing = get(around_aubagne.url, q="cmp", ou="Aubagne").context_data["listing"]
    data = get("/api/recherche", q="cmp", lieu="Aubagne").json()
    assert [hit["title"] for hit in data["hits"]] == [card.title for card in listing.cards]
    assert data["total"] == listing.count
    assert data["elsewhere"]["total"] == 1
    assert data["elsewhere"]["hits"][0]["serves"]["answer"] == "non"
    assert data["query"]["place"]["outside"] is False


def test_a_place_of_another_department_is_said_to_be_outside(around_aubagne):
    data = get("/api/recherche", q="cmp avignon").json()
    assert data["query"]["place"]["outside"] is True


def test_a_name_of_the_directory_wins_over_a_commune_far_away(around_aubagne):
    found = get("/api/recherche", q="cmp saint marcel").json()["hits"]
    assert found[0]["title"] == "CMP Saint-Marcel"
    CmpPageFactory(parent=around_aubagne, title="CMP Saint-Brieuc", commune=commune("13211"))
    data = get("/api/recherche", q="cmp saint brieuc").json()
    assert [hit["title"] for hit in data["hits"]] == ["CMP Saint-Brieuc"]
    assert data["query"]["place"] is None
    assert get("/api/recherche", q="cmp brest").json()["query"]["place"]["outside"] is True


def test_partners_frames_hold_no_door_that_serves_others(around_aubagne):
    html = get(
        reverse("resources:embed_frame"), pres="Aubagne", km="20", type="cmp"
    ).content.decode()
    assert "CMP d’Aubagne" in html
    assert "CMP Saint-Marcel" not in html


def test_a_poster_prints_no_emergency_that_serves_others(around_aubagne):
    territory = TerritoryFactory(name="Pays d’Aubagne")
    territory.communes.set([commune("13005")])
    for entry in around_aubagne.get_children().specific():
        entry.phone = "0491000000"
        entry.save()
    shown = [entry.title for entry in get_poster_entries(territory)]
    assert "Urgences" not in shown
    assert "CMP Saint-Marcel" not in shown
    assert {"CMP d’Aubagne", "Hôpital d’Aubagne", "DAC"} <= set(shown)


def test_beside_an_entry_stands_no_door_that_serves_others(around_aubagne):
    hospital = around_aubagne.get_children().get(title="Hôpital d’Aubagne").specific
    beside = type(hospital).entries_beside(hospital).values_list("title", flat=True)
    assert {"CMP d’Aubagne", "DAC"} <= set(beside)
    assert not {"CMP Saint-Marcel", "Urgences"} & set(beside)


def test_a_service_of_the_whole_department_is_near_everyone(around_aubagne):
    ground = TerritoryGeography("13")
    kind = ResourceTypeFactory(code="DAC")
    places = [place for place in read_entries(ground) if place.kind == kind.pk]
    assert set(distances_to_nearest(ground, places).values()) == {0.0}
