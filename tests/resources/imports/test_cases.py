"""Files that coordinators really have, read by the imports of the directory and of sectors."""

import io
from pathlib import Path

import pytest

from portal.geo.services import load_communes
from portal.imports.contract import ImportPlan
from portal.imports.planner import plan_import
from portal.imports.report import serialize_plan
from resources.finess.rows import read_finess
from resources.imports.reader import read_entries_table
from resources.imports.target import EntryTarget
from resources.listing.models import DirectoryPage
from resources.sectors.import_reader import read_sectors
from resources.sectors.import_target import SectorTarget
from resources.validators import readable_phone
from tests.factories.resources import ResourceTypeFactory

CASES = Path(__file__).parents[2] / "imports" / "cases"


@pytest.fixture
def _types(communes: None, directory: DirectoryPage) -> None:
    ResourceTypeFactory(code="GEM", name="Groupe d’entraide")


def entries(content: bytes) -> ImportPlan:
    return plan_import(read_entries_table(content, "", {}), EntryTarget())


def values(name: str) -> list[dict[str, object]]:
    plan = entries((CASES / name).read_bytes())
    return [change.values for change in plan.changes]


@pytest.mark.usefixtures("_types")
def test_tables_of_entries_are_read_right_or_refused_with_the_reason() -> None:
    [mac] = values("r01_tableau_mac_e.csv")
    assert mac["title"] == "Le Phare de Gémenos"
    [sep] = values("r02_tableau_sep.csv")
    assert (sep["title"], sep["commune"]) == ("Essai sep", "13005")
    [windows] = values("r06_tableau_excel_fr_1252.csv")
    assert windows["title"] == "Cœur d’œuvre — 5 € l’année"
    [office] = values("r07_tableau_libreoffice_virgule.csv")
    assert (office["lat"], office["lon"]) == (43.2927, 5.5703)
    [typed] = values("r09_tableau_types_excel.xlsx")
    assert (typed["source_date"], typed["phone"]) == ("2026-05-07", "04 42 00 00 16")

    phones = entries((CASES / "r05_tableau_telephones.csv").read_bytes())
    assert [(line.title, line.verdict.name) for line in phones.lines] == [
        ("Tel deux", "REFUSED"), ("Tel poste", "REFUSED"), ("Tel sci", "REFUSED"),
        ("Tel zero", "NEW"), ("Tel court", "NEW"),
    ]  # fmt: skip


@pytest.mark.usefixtures("_types")
def test_a_cedex_gives_the_arrondissement_as_in_finess_or_a_remark() -> None:
    plan = entries((CASES / "r04_tableau_cedex.csv").read_bytes())
    places = [(change.values["commune"], change.values["postcode"]) for change in plan.changes]
    assert places == [
        ("13055", "13385"), ("13213", "13013"), ("13205", "13005"), ("13001", "13100"),
        ("13097", "13310"),
    ]  # fmt: skip
    assert "CEDEX" in plan.lines[0].sentences[0]
    assert plan.lines[2].sentences == (
        "Commune : lu Marseille 5e (13205).",
        "Code postal : 13005 au lieu de 13385, qui est un CEDEX.",
    )

    sisters = (
        "type;titre;commune;code_postal\nGEM;A;Marseille;13008\nGEM;B;MARSEILLE CEDEX 9;13288\n"
        "GEM;C;Marseille Cedex 20;13331\nGEM;D;AUBAGNE CEDEX;13785\n"
        "GEM;E;Aix-en-Provence Cedex 1;13616\n"
    )
    plan = entries(sisters.encode())
    assert [change.values["commune"] for change in plan.changes] == [
        "13208", "13209", "13055", "13005", "13001",
    ]  # fmt: skip
    assert [change.values["postcode"] for change in plan.changes] == [
        "13008", "13009", "13331", "13400", "13616",
    ]  # fmt: skip
    assert all("CEDEX" in str(plan.lines[row].sentences) for row in (1, 2, 3, 4))


@pytest.mark.usefixtures("communes")
@pytest.mark.parametrize(
    ("name", "line", "title", "reason"),
    [
        ("s1_sectors_short_line.csv", 3, "13001", "Il manque le code du secteur"),
        ("s2_sectors_empty_last_cell.xlsx", 3, "Sans code encore 13002", "Il manque le code"),
    ],
)
def test_a_line_that_is_refused_is_told_by_its_number_and_its_title(
    name: str, line: int, title: str, reason: str
) -> None:
    plan = plan_import(read_sectors((CASES / name).read_bytes(), "", {}), SectorTarget())
    [refused] = [record for record in serialize_plan(plan) if record[1] == "refusee"]
    assert refused[:3] == [line, "refusee", title]
    assert reason in refused[3][0]
    assert not plan.can_be_applied


@pytest.mark.usefixtures("communes")
def test_sectors_are_read_whatever_saved_them() -> None:
    names = {
        "s3_sectors_sep.csv": None,
        "s4_sectors_excel_mac_macroman.csv": "Secteur de Mézel à Crécy",
        "s5_sectors_excel_mac_macroman_e_aigu.csv": "Secteur été",
    }
    for name, said in names.items():
        file = read_sectors((CASES / name).read_bytes(), "", {})
        assert not file.errors
        assert [row.values.get("name") for row in file.rows] == [said]


def test_finess_of_an_island_keeps_its_phone_and_its_point(
    db: None, settings, directory: DirectoryPage
) -> None:
    settings.PORTAL_DEPARTEMENT = "974"
    load_communes("974")
    ResourceTypeFactory(code="CMP", name="CMP", finess_category="156")
    content = (CASES / "n1_finess_974.csv").read_bytes()
    # As it is published, and saved again on a Mac.
    for saved in (content, content.replace(b"\n", b"\r").decode().encode("mac_roman")):
        [row] = read_finess(io.BytesIO(saved)).rows
        assert (row.values["commune"], row.values["phone"]) == ("97411", "0262 90 20 20")
        assert -21.5 < row.values["lat"] < -20.8
        assert 55.2 < row.values["lon"] < 55.9


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", "\u205f", ""])
def test_a_phone_is_read_alike_whatever_space_parts_it(space: str) -> None:
    assert readable_phone(space.join(("04", "42", "00", "00", "10"))) == "04 42 00 00 10"
