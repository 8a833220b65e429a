"""« Quel est mon CMP ? »: what a person gets for a commune and an age."""

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from portal.geo.models import Commune
from resources.choices import CommuneShare, SectorAudience
from resources.listing.models import DirectoryPage
from resources.models import CmpPage
from resources.sectors.finder import SectorFinder, audiences_at
from resources.sectors.models import SectorFinderPage
from resources.selection_params import short_key
from tests.factories.resources import (
    CmpPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorCommuneFactory,
    SectorFactory,
    SectorFinderPageFactory,
)

ADULT, CHILD = SectorAudience.ADULTE, SectorAudience.INFANTO_JUVENILE
MOST_QUERIES = 12


@pytest.fixture
def finder(directory: DirectoryPage, communes: None) -> SectorFinderPage:
    return SectorFinderPageFactory(parent=directory)


@pytest.fixture
def ask(finder: SectorFinderPage):
    """The doors of an answer, by audience."""

    def answer(**query: str) -> dict[str, object]:
        asked = QueryDict(mutable=True)
        asked.update(query)
        return {door.audience: door for door in SectorFinder(finder, asked).answers}

    return answer


def titles(door) -> list[str]:
    return [line.title for line in door.lines]


def serve(directory: Page, code: str, communes: dict[str, str], *cmps: str, **facts: object):
    """A sector, its communes (``{code: note}``, a note means a part) and its CMPs."""
    audience = ADULT if "G" in code else CHILD
    sector = SectorFactory(code=code, audience=audience)
    for commune, note in communes.items():
        SectorCommuneFactory(
            sector=sector,
            commune=Commune.objects.get(pk=commune),
            part=CommuneShare.PARTIAL if note else CommuneShare.ENTIRE,
            note=note,
        )
    kind = ResourceTypeFactory(code="CMP" if audience == ADULT else "CMPEA", care=True)
    for title in cmps:
        cmp = CmpPageFactory(parent=directory, title=title, audience=audience, type=kind, **facts)
        cmp.sectors = [sector]
        cmp.save()
    return sector


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, [CHILD]), (15, [CHILD]), (16, [ADULT, CHILD]), (17, [ADULT, CHILD]),
        (18, [ADULT]), (99, [ADULT]), (None, [ADULT, CHILD]),
    ],
)  # fmt: skip
def test_the_age_says_who_receives(age: int | None, expected: list[SectorAudience]) -> None:
    assert audiences_at(age) == expected


def test_a_commune_of_one_sector_gives_its_cmps(directory, ask) -> None:
    serve(directory, "13G20", {"13005": ""}, "CMP A", "CMP B")
    serve(directory, "13I03", {"13005": ""}, "CMP Enfants")
    serve(directory, "13G21", {"13001": ""}, "CMP d’Aix")
    both = ask(ou="Aubagne")
    assert titles(both[ADULT]) == ["CMP A", "CMP B"]
    assert titles(both[CHILD]) == ["CMP Enfants"]
    assert not both[ADULT].is_shared
    assert list(ask(ou="13400 Aubagne", age="34 ans")) == [ADULT]
    assert list(ask(ou="aubagne", age="8 mois")) == [CHILD]


def test_a_shared_commune_gives_all_its_cmps_with_their_parts(
    directory, finder, reader: Client
) -> None:
    serve(directory, "13G11", {"13201": "", "13202": "Au sud de la rue."}, "CMP Sud")
    serve(directory, "13G12", {"13203": "", "13202": "Au nord de la rue."}, "CMP Nord")
    html = reader.get(finder.url, {"ou": "Marseille 2e", "age": "40"}).content.decode()
    for words in ("CMP Sud", "CMP Nord", "Au sud de la rue.", "Au nord de la rue.",
                  "Marseille 2e est partagée entre 2 secteurs"):  # fmt: skip
        assert words in html
    assert "Pour un adulte</h2>" in html
    assert "Pour un enfant ou un adolescent" not in html


def test_a_part_of_a_commune_is_told_even_when_the_rest_is_not_known(directory, ask) -> None:
    serve(directory, "13G20", {"13005": "Le centre."}, "CMP A")
    assert ask(ou="Aubagne")[ADULT].is_shared


def test_a_sector_of_the_whole_town_serves_its_arrondissements(directory, ask) -> None:
    serve(directory, "13I01", {"13055": ""}, "CMP Enfants")
    assert titles(ask(ou="13003", age="7")[CHILD]) == ["CMP Enfants"]


def test_a_town_of_arrondissements_asks_which_one(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "Marseille", "age": "34"}).content.decode()
    assert "choisissez votre arrondissement" in html
    assert 'href="?ou=Marseille+3e&amp;age=34"' in html


def test_where_nothing_is_known_no_cmp_of_another_place_is_told(
    directory, finder, reader: Client
) -> None:
    serve(directory, "13G11", {"13201": ""}, "CMP d’un autre", lat=43.30, lon=5.56)
    CmpPageFactory(parent=directory, title="CMP Factice", commune_id="13005", is_example=True)
    CmpPageFactory(parent=directory, title="CMP sur place", commune_id="13005", audience=ADULT)
    ResourcePageFactory(
        parent=directory, title="Hôpital d’ici", commune_id="13005", phone="04 65 71 00 01",
        type=ResourceTypeFactory(code="HOPITAL_PSY", care=True),
    )  # fmt: skip
    html = reader.get(finder.url, {"ou": "Aubagne", "age": "34"}).content.decode()
    assert "Pas encore documenté" in html
    assert html.index("CMP sur place") < html.index("Hôpital d’ici")
    assert "demandez s’il vous reçoit" in html
    assert "Quel CMP me reçoit" in html
    assert "CMP d’un autre" not in html
    assert "CMP Factice" not in html


def test_a_door_to_ask_at_is_of_the_right_audience(directory, ask) -> None:
    CmpPageFactory(parent=directory, title="CMP Adultes", commune_id="13005", audience=ADULT)
    answers = ask(ou="Aubagne")
    assert [door.title for door in answers[ADULT].doors] == ["CMP Adultes"]
    assert answers[CHILD].doors == ()


def test_a_door_to_ask_at_can_be_put_in_the_selection(directory, ask) -> None:
    asked = CmpPageFactory(parent=directory, title="CMP Adultes", commune_id="13005")
    (door,) = ask(ou="Aubagne", age="40")[ADULT].doors
    assert door.choice is not None
    assert door.choice.url == f"/annuaire/selection/?f={short_key(asked)}"


def test_with_nothing_near_the_page_sends_to_the_hospitals(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "Aubagne"}).content.decode()
    assert 'href="/annuaire/?type=hopital_psy"' in html


def test_a_sector_without_cmp_sends_to_its_hospital(directory, finder, reader: Client) -> None:
    sector = serve(directory, "13G20", {"13005": ""})
    sector.hospital = ResourcePageFactory(
        parent=directory, title="Hôpital Exemple", phone="04 65 71 00 01"
    )
    sector.save()
    html = reader.get(finder.url, {"ou": "Aubagne", "age": "34"}).content.decode()
    assert "Son CMP n’est pas encore dans l’annuaire" in html
    assert "Hôpital Exemple" in html
    assert 'href="tel:+33465710001"' in html


def test_a_cmp_that_says_it_does_not_receive_this_age_is_left_out(directory, ask) -> None:
    sector = serve(directory, "13I03", {"13005": ""}, "CMP Petits", age_max=11)
    ados = CmpPageFactory(parent=directory, title="CMP Ados", age_min=12, audience=CHILD)
    ados.sectors = [sector]
    ados.save()
    assert titles(ask(ou="Aubagne", age="14")[CHILD]) == ["CMP Ados"]
    assert titles(ask(ou="Aubagne")[CHILD]) == ["CMP Ados", "CMP Petits"]


def test_a_draft_a_closed_or_a_private_cmp_is_never_told(directory, ask) -> None:
    serve(directory, "13G20", {"13005": ""}, "CMP Fermé", status="closed")
    serve(directory, "13G21", {"13005": ""}, "CMP Brouillon", live=False)
    assert titles(ask(ou="Aubagne")[ADULT]) == []


def test_a_place_elsewhere_is_said_to_be_elsewhere(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "Lyon"}).content.decode()
    assert "Lyon est dans un autre département (Rhône)" in html
    assert "sante.fr" in html
    assert "Pas encore documenté" not in html


def test_a_postcode_of_several_communes_offers_the_others(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "13100", "age": "20"}).content.decode()
    assert "Vous vouliez peut-être dire" in html
    assert 'href="?ou=13100+Le+Tholonet&amp;age=20"' in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"ou": "Tombouctou-les-Bains"}, "Nous ne connaissons pas"),
        ({"ou": "Bouches-du-Rhône"}, "Le CMP dépend de votre commune"),
        ({"ou": "Terre de Provence"}, "Le CMP dépend de votre commune"),
        ({"ou": "Provence Verte"}, "est dans un autre département (Var)"),
        ({"ou": "Aubagne", "age": "douze"}, "Écrivez un âge en chiffres"),
        ({"ou": "Aubagne", "age": "-4"}, "Écrivez un âge en chiffres"),
        ({"ou": "Aubagne", "age": "1" * 5000}, "Écrivez un âge en chiffres"),
        ({"ou": "Aubagne", "age": "٣"}, "Écrivez un âge en chiffres"),
        ({"ou": "x" * 10_000}, "Ce nom est trop long"),
        ({"ou": "\0"}, "Si vous hésitez"),
        ({"ou": "<script>alert(1)</script>"}, "Nous ne connaissons pas"),
        ({}, "Trouver mon CMP"),
    ],
)
def test_whatever_is_typed_gets_a_clear_page(
    finder, reader: Client, query: dict[str, str], words: str
) -> None:
    response = reader.get(finder.url, query)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert not response.cookies


def test_an_area_of_several_communes_asks_for_one_of_them(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "agglo terre de provence", "age": "40"}).content.decode()
    assert "Terre de Provence\u00a0: choisissez votre commune" in html
    assert 'href="?ou=Ch%C3%A2teaurenard&amp;age=40"' in html
    metropolis = {"ou": "métropole d'Aix-Marseille-Provence"}
    assert "choisissez votre commune" not in reader.get(finder.url, metropolis).content.decode()


def test_what_was_typed_stays_in_the_fields(finder, reader: Client) -> None:
    html = reader.get(finder.url, {"ou": "Aubane", "age": "17"}).content.decode()
    assert 'value="Aubane"' in html
    assert 'value="17"' in html


def test_the_answer_costs_few_queries(directory, finder, reader: Client) -> None:
    for rank in range(4):
        serve(directory, f"13G2{rank}", {"13005": "Une partie."}, "A", "B", lat=43.3, lon=5.5)
    query = {"ou": "Aubagne", "age": "17"}
    reader.get(finder.url, query)
    with CaptureQueriesContext(connection) as captured:
        reader.get(finder.url, query)
    assert len(captured) <= MOST_QUERIES


def test_every_commune_is_on_the_page_to_print(directory, finder, reader: Client) -> None:
    serve(directory, "13G12", {"13202": "", "13203": "Le nord."}, "CMP Belle de Mai")
    serve(directory, "13I01", {"13055": ""})
    response = reader.get(f"{finder.url}communes/")
    html = response.content.decode()
    rows = {row.name: row for row in response.context["table"].rows}
    assert rows["Marseille 2e"].adults.startswith("13G12\u00a0: <a")
    assert "13G12 (une partie)" in rows["Marseille 3e"].adults
    assert rows["Marseille 16e"].children == "13I01"
    assert "Marseille" not in rows
    assert list(rows)[:3] == ["Marseille 1er", "Marseille 2e", "Marseille 3e"]
    assert "Aubagne" in response.context["table"].unknown
    assert f'<link rel="canonical" href="http://testserver{finder.url}communes/">' in html


def test_the_page_to_print_costs_as_many_queries_with_more_sectors(
    directory, finder, reader: Client
) -> None:
    url = f"{finder.url}communes/"
    serve(directory, "13G12", {"13202": ""}, "CMP Un")
    reader.get(url)
    with CaptureQueriesContext(connection) as few:
        reader.get(url)
    for rank in range(5):
        serve(directory, f"13G2{rank}", {"13005": "", "13001": ""}, "A", "B")
    reader.get(url)
    with CaptureQueriesContext(connection) as many:
        reader.get(url)
    assert len(many) == len(few) <= MOST_QUERIES


def test_the_directory_and_a_cmp_lead_to_the_page(directory, finder, reader: Client) -> None:
    serve(directory, "13G20", {"13005": ""}, "CMP A")
    cmp = CmpPage.objects.get()
    for page in (directory, cmp):
        assert f'href="{finder.url}"' in reader.get(page.url).content.decode()
    finder.unpublish()
    for page in (directory, cmp):
        assert f'href="{finder.url}"' not in reader.get(page.url).content.decode()


def test_a_cmp_can_be_put_aside_with_what_already_was(directory, finder, reader: Client) -> None:
    serve(directory, "13G20", {"13005": ""}, "CMP A")
    ticket = short_key(CmpPage.objects.get())
    html = reader.get(finder.url, {"ou": "Aubagne", "sel": "0123456789"}).content.decode()
    assert f'href="/annuaire/selection/?f=0123456789-{ticket}"' in html
    assert '<input type="hidden" name="sel" value="0123456789">' in html


def test_the_list_leads_there_with_its_place(directory, finder, reader: Client) -> None:
    html = reader.get(directory.url, {"q": "cmp", "ou": "L’Estaque & co"}).content.decode()
    assert f'href="{finder.url}?ou=L%E2%80%99Estaque%20%26%20co"' in html
