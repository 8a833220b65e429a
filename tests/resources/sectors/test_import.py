"""Sectors that come in a file: read, shown, then written whole or not at all."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from openpyxl import Workbook

from portal.geo.models import Commune
from portal.imports import apply
from portal.imports.contract import ImportPlan
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.models import ImportRun
from portal.imports.planner import plan_import
from resources.choices import CommuneShare, SectorAudience
from resources.models import Sector, SectorCommune
from resources.sectors.import_reader import read_sectors
from resources.sectors.import_target import SectorTarget
from tests.factories.resources import CmpPageFactory, ResourcePageFactory, SectorFactory
from tests.factories.users import member_of

HEADER = "code;audience;nom;commune;part;precision;source;date\n"
GOOD = HEADER + (
    "13G20;adulte;Pays d’Aubagne;13005;entiere;;Arrêté de l’ARS;2026-05-07\n"
    '13G20;adulte;;13070;partielle;"Au nord ; la gare";;\n'
    "13I03;enfants;;13005;;;Arrêté;07/05/2026\n"
)
pytestmark = pytest.mark.usefixtures("communes")


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def plan(content: str | bytes, **options: bool) -> ImportPlan:
    return plan_import(file_of(content), SectorTarget(options))


def file_of(content: str | bytes):
    return read_sectors(content.encode() if isinstance(content, str) else content, "", {})


def apply_import(content: str | bytes, **options: bool) -> ImportPlan:
    seen = plan(content, **options).digest
    return apply.apply_import(file_of(content), lambda: SectorTarget(options), seen, None)


def verdicts(found: ImportPlan) -> list[str]:
    return [line.verdict.name for line in found.lines]


def upload(client: Client, content: str | bytes, **data: str):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("secteurs.csv", content, content_type="text/csv")
    return client.post(upload_url(), {"file": file, **data}, follow=True)


def upload_url() -> str:
    return reverse("imports:upload", args=["secteurs"])


def confirm(client: Client, shown):
    run = shown.context["run"]
    return client.post(
        reverse("imports:run", args=[run.kind, run.uuid]), {"seen": run.digest}, follow=True
    )


def test_a_file_makes_sectors_and_their_communes() -> None:
    assert verdicts(apply_import(GOOD)) == ["NEW", "NEW"]
    sector = Sector.objects.get(code="13G20")
    assert (sector.name, sector.source_date) == ("Pays d’Aubagne", date(2026, 5, 7))
    assert Sector.objects.get(code="13I03").audience == SectorAudience.INFANTO_JUVENILE
    assert list(sector.sector_communes.values_list("commune", "part", "note")) == [
        ("13005", "entiere", ""),
        ("13070", "partielle", "Au nord ; la gare"),
    ]


def test_the_same_file_read_again_changes_nothing() -> None:
    apply_import(GOOD)
    before = list(SectorCommune.objects.values())
    again = apply_import(GOOD)
    assert not again.can_be_applied
    assert verdicts(again) == ["SAME", "SAME"]
    assert list(SectorCommune.objects.values()) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_any_spreadsheet_s_file_is_read(encoding: str, delimiter: str) -> None:
    text = HEADER + "13G20;adulte;Été – l’Étoile;13005;entière;;;\r\n"
    file = file_of(text.replace(";", delimiter).encode(encoding))
    assert file.errors == []
    assert file.rows[0].values["name"] == "Été – l’Étoile"


def test_a_workbook_is_read_as_well_and_its_mistakes_keep_their_lines() -> None:
    book = Workbook()
    book.active.append(["code", "commune", "date"])
    book.active.append([])
    book.active.append(["13G20", 13005, date(2026, 5, 7)])
    book.active.append(["13G1", "13005"])
    buffer = io.BytesIO()
    book.save(buffer)
    file = file_of(buffer.getvalue())
    assert [(row.line, row.values["source_date"]) for row in file.rows] == [(3, "2026-05-07")]
    assert "commune:13005" in file.rows[0].values
    assert [line for line, _words in file.errors] == [4]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("13G1;adulte;;13005;;;;", "n’est pas un code de secteur"),
        ("13G20;martiens;;13005;;;;", "n’est pas un public"),
        ("13I20;adulte;;13005;;;;", "se contredisent"),
        ("13G20;adulte;;99999;;;;", "n’est pas le code INSEE"),
        ("13G20;adulte;;13400;;;;", "Code INSEE\u00a0: 13005 (Aubagne)"),
        ("13G20;adulte;;;;;;", "n’est pas le code INSEE"),
        ("13G20;adulte;;13005;un peu;;;", "n’est pas une part"),
        ("13G20;adulte;;13005;;;;31/02/2026", "n’est pas une date"),
        ("13G20;adulte;=HYPERLINK(1);13005;;;;", "est une formule"),
        (f"13G20;adulte;;13005;;{'x' * 161};;", "160 signes au plus"),
        ("13G20;adulte;;13005;;;;;;;x", "plus de cellules que de colonnes"),
        (HEADER.strip(), "répète les noms des colonnes"),
        ("13G01;adulte;;13001;;;;", "déjà ensemble ligne 2"),
        ("13G01;adulte;Autre nom;13005;;;;", "en dit une autre ligne 2"),
    ],
)
def test_each_mistake_is_told_with_its_line(line: str, words: str) -> None:
    first = "13G01;adulte;Un nom;13001;;;;\n"
    found = file_of(f"{HEADER}{first}\n{line}\n").errors
    assert [number for number, _words in found] == [4]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nommer les colonnes"),
        (b"\n\n", "nommer les colonnes"),
        (b"13G01;13005\n", "nommer les colonnes"),
        (b"code;commune;code\n", "en double"),
        (b"code;commune;couleur\n", "couleur"),
        (b'code;commune\n13G01;"13005\n', "Ligne 2"),
        (b"PK\x03\x04 classeur", "n’est pas un classeur"),
        (b"code;commune\n\0", "n’est pas un CSV"),
        (b"code;commune\n\x81\x8d", "illisibles"),
        (b"\xff\xfe\x00", "illisibles"),
        (b"x" * (1024 * 1024 + 1), "trop gros"),
        (b"code;commune\n" + b"13G01;13005\n" * 5001, "trop de lignes"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        file_of(content)


def test_one_mistake_and_nothing_is_written(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD + "13G99;adulte;;00000;;;;\n")
    html = shown.content.decode()
    assert "Rien ne sera écrit" in html
    assert "<td>5</td>" in html
    assert "Tout enregistrer" not in html
    confirm(coordinator, shown)
    assert not Sector.objects.exists()


def test_the_editor_sees_the_changes_before_they_are_written(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD)
    assert not Sector.objects.exists()
    html = shown.content.decode()
    for words in ("13G20 Pays d’Aubagne", "Communes\u00a0: Aubagne", "À créer : 2"):
        assert words in html
    done = confirm(coordinator, shown)
    assert "C’est écrit" in done.content.decode()
    assert Sector.objects.count() == 2


def test_what_changed_since_it_was_seen_is_shown_again(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD)
    SectorFactory(code="13G20", name="Écrit entre-temps")
    again = confirm(coordinator, shown)
    assert "Le portail a changé entre-temps" in again.content.decode()
    assert not SectorCommune.objects.exists()


def test_nothing_is_taken_away_without_being_asked_and_said(coordinator: Client) -> None:
    apply_import(GOOD)
    shorter = HEADER + "13G20;;;13005;;;;\n"
    kept = upload(coordinator, shorter).content.decode()
    assert "gardées" in kept
    assert Commune.objects.get(pk="13070").name in kept
    shown = upload(coordinator, shorter, removes_absent="on")
    assert "est retiré" in shown.content.decode()
    confirm(coordinator, shown)
    sector = Sector.objects.get(code="13G20")
    assert list(sector.sector_communes.values_list("commune", flat=True)) == ["13005"]
    assert sector.name == "Pays d’Aubagne"
    assert Sector.objects.filter(code="13I03").exists()


def test_a_column_that_is_not_there_is_kept_as_it_is() -> None:
    apply_import(GOOD)
    again = plan("code,commune,part\n13G20,13005,entiere\n13G20,13070,partielle\n")
    assert verdicts(again) == ["SAME"]


@pytest.mark.parametrize("removes_absent", [False, True])
def test_what_a_person_edited_is_kept_by_the_next_import_of_the_same_file(
    removes_absent: bool,
) -> None:
    apply_import(GOOD)
    sector = Sector.objects.get(code="13G20")
    hospital, cmp_ = ResourcePageFactory(), CmpPageFactory()
    cmp_.sectors.add(sector)
    cmp_.save()
    Sector.objects.filter(pk=sector.pk).update(name="Aubagne et alentours", hospital=hospital)
    rows = SectorCommune.objects.filter(sector=sector)
    rows.filter(commune="13005").update(part=CommuneShare.PARTIAL, note="Le centre.")
    rows.filter(commune="13070").delete()
    SectorCommune.objects.create(sector=sector, commune_id="13001")

    done = apply_import(GOOD, removes_absent=removes_absent)

    assert verdicts(done) == ["KEPT", "SAME"]
    said = " ".join(done.lines[0].sentences)
    assert "Nom : gardé, modifié par une personne : « Aubagne et alentours »" in said.replace(
        "\u00a0", " "
    )
    sector.refresh_from_db()
    assert (sector.name, sector.hospital_id) == ("Aubagne et alentours", hospital.pk)
    assert list(sector.cmps.values_list("pk", flat=True)) == [cmp_.pk]
    assert set(sector.sector_communes.values_list("commune", "part", "note")) == {
        ("13001", "entiere", ""),
        ("13005", "partielle", "Le centre."),
    }


def test_what_the_import_wrote_and_nobody_edited_follows_the_file() -> None:
    apply_import(GOOD)
    done = apply_import(GOOD.replace("Pays d’Aubagne", "Aubagne").replace("la gare", "le port"))
    assert verdicts(done) == ["CHANGED", "SAME"]
    sector = Sector.objects.get(code="13G20")
    assert sector.name == "Aubagne"
    assert sector.sector_communes.get(commune="13070").note == "Au nord ; le port"


def test_a_sector_that_a_person_deleted_comes_back_only_when_asked_for() -> None:
    apply_import(GOOD)
    Sector.objects.get(code="13I03").delete()
    assert verdicts(plan(GOOD)) == ["SAME", "KEPT"]
    assert verdicts(plan(GOOD, recreates=True)) == ["SAME", "NEW"]


def test_the_old_address_of_the_screen_leads_to_the_shared_one(coordinator: Client) -> None:
    old = reverse("wagtailsnippets_resources_sector:import")
    assert coordinator.get(old)["Location"] == upload_url()


def test_the_template_can_be_read_back(coordinator: Client) -> None:
    apply_import(GOOD)
    response = coordinator.get(reverse("wagtailsnippets_resources_sector:template"))
    assert response["Content-Disposition"] == 'attachment; filename="secteurs.csv"'
    again = plan(b"".join(response))
    assert again.errors == []
    assert verdicts(again) == ["SAME", "SAME"]


def test_only_those_who_edit_sectors_may_import(client: Client) -> None:
    client.force_login(member_of("Rédaction"))
    assert client.get(upload_url()).status_code in (302, 403)
    assert upload(client, GOOD).redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert not ImportRun.objects.exists()


def test_the_list_of_sectors_leads_to_the_import(coordinator: Client) -> None:
    html = coordinator.get(reverse("wagtailsnippets_resources_sector:list")).content.decode()
    assert f'href="{upload_url()}"' in html


def test_a_sector_of_all_the_communes_can_still_be_edited(coordinator: Client) -> None:
    sector = SectorFactory(code="13G20")
    communes = Commune.objects.in_department()
    SectorCommune.objects.bulk_create(
        SectorCommune(sector=sector, commune=commune) for commune in communes
    )
    url = reverse("wagtailsnippets_resources_sector:edit", args=[sector.pk])
    coordinator.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = coordinator.get(url)
    assert response.status_code == 200
    assert len(captured) < 60
    assert len(response.content) < 3_000_000
    assert response.content.decode().count('<option value="13005" selected>') == 1


def test_an_editor_gives_a_commune_to_a_sector(coordinator: Client) -> None:
    sector = SectorFactory(code="13G20")
    url = reverse("wagtailsnippets_resources_sector:edit", args=[sector.pk])
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    row = {"commune": "13005", "part": "partielle", "note": "Le nord.", "ORDER": "1", "id": ""}
    data = {"code": "13G20", "audience": "adulte", "name": "", "hospital": "", "source": ""}
    data |= {f"sector_communes-{name}": value for name, value in rows.items()}
    data |= {f"sector_communes-0-{name}": value for name, value in row.items()}
    response = coordinator.post(url, data | {"source_date": ""})
    assert response.status_code == 302
    assert list(sector.sector_communes.values_list("commune", "note")) == [("13005", "Le nord.")]
