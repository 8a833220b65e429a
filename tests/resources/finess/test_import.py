"""A file of FINESS written in the directory: drafts, known again, and what people wrote is kept."""

import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

import pytest

from portal.imports.apply import apply_import
from portal.imports.contract import ImportPlan, RowVerdict
from portal.imports.planner import plan_import
from resources.finess.rows import read_finess
from resources.finess.target import FinessTarget
from resources.listing.models import DirectoryPage
from resources.models import CmpPage, ResourcePage, ResourceType
from tests.factories.resources import CmpPageFactory, ResourcePageFactory
from tests.factories.users import member_of
from tests.resources.finess.finess_world import make_communes, make_types

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _world(directory: DirectoryPage) -> None:
    make_types()
    make_communes()


def content(name: str = "finess_507.csv", **changes: str) -> bytes:
    text = (DATA / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def plan(data: bytes | None = None) -> ImportPlan:
    return plan_import(read_finess(io.BytesIO(data or content())), FinessTarget())


def write(data: bytes | None = None) -> ImportPlan:
    file = read_finess(io.BytesIO(data or content()))
    return apply_import(file, FinessTarget, plan(data).digest, user=None)


def entry(number: str) -> ResourcePage:
    return ResourcePage.objects.get(finess=number).specific


def verdicts(done: ImportPlan) -> dict[str, RowVerdict]:
    return {line.key: line.verdict for line in done.lines}


def test_establishments_become_drafts_that_say_where_they_come_from() -> None:
    write()
    cmp_ = entry("130990011")
    assert isinstance(cmp_, CmpPage)
    assert (cmp_.live, cmp_.type.code, cmp_.audience) == (False, "CMPEA", "infanto-juvenile")
    assert (cmp_.commune_id, cmp_.postcode) == ("13215", "13015")
    assert (cmp_.source, str(cmp_.source_date)) == ("FINESS", "2021-10-18")
    assert entry("130990029").type.code == "HDJ"


def test_the_same_file_again_changes_nothing() -> None:
    write()
    again = write()
    assert set(verdicts(again).values()) == {RowVerdict.SAME}
    assert again.changes == []


def test_the_same_establishments_in_another_format_are_known_again() -> None:
    write(content("t_finess.csv"))
    text = (DATA / "finess_507.csv").read_text(encoding="utf-8").replace("130990029", "130990086")
    done = plan(text.encode())
    assert verdicts(done)["130990086"] in (RowVerdict.KEPT, RowVerdict.CHANGED)
    assert verdicts(done)["130990011"] == RowVerdict.NEW


def test_a_newer_file_changes_what_the_import_wrote_and_keeps_what_a_person_wrote() -> None:
    write()
    cmp_ = entry("130990011")
    cmp_.title = "CMP enfants des Tilleuls"
    cmp_.save_revision()
    done = write(content(**{"DES TILLEULS": "DES ORMES", "0491000011": "0491000099"}))
    line = next(line for line in done.lines if line.key == "130990011")
    assert line.verdict == RowVerdict.CHANGED
    assert any("modifié par une personne" in words for words in line.sentences)
    draft = entry("130990011").get_latest_revision_as_object()
    assert (draft.title, draft.phone) == ("CMP enfants des Tilleuls", "04 91 00 00 99")


def test_an_entry_that_a_person_typed_is_recognised_and_only_completed(
    directory: DirectoryPage,
) -> None:
    kind = ResourceType.objects.get(code="CMPEA")
    typed = CmpPageFactory(
        parent=directory, finess="130990011", title="CMP des Tilleuls", type=kind,
        audience="infanto-juvenile", phone="04 91 22 22 22",
    )  # fmt: skip
    done = write()
    assert verdicts(done)["130990011"] == RowVerdict.CHANGED
    draft = entry("130990011").get_latest_revision_as_object()
    assert (draft.title, draft.phone) == ("CMP des Tilleuls", "04 91 22 22 22")
    assert draft.address_street == "12 bis rue de l’Etoile"
    assert entry("130990011").pk == typed.pk


def test_an_entry_of_another_sort_keeps_its_type_and_blocks_nothing(
    directory: DirectoryPage,
) -> None:
    hospital = ResourceType.objects.get(code="HOPITAL_PSY")
    ResourcePageFactory(parent=directory, finess="130990011", type=hospital)
    done = plan()
    assert not done.is_refused
    line = next(line for line in done.lines if line.key == "130990011")
    assert any("FINESS en fait" in words for words in line.sentences)


def test_a_number_that_both_have_is_a_warning_of_a_duplicate(directory: DirectoryPage) -> None:
    ResourcePageFactory(
        parent=directory, title="Un voisin", siret="26130000000013",
        type=ResourceType.objects.get(code="CSAPA"),
    )  # fmt: skip
    line = next(line for line in plan().lines if line.key == "130990011")
    assert any("Un voisin" in words for words in line.warnings)


def test_a_draft_that_a_person_deleted_is_not_made_again() -> None:
    write()
    entry("130990011").delete()
    assert verdicts(plan())["130990011"] == RowVerdict.KEPT


def test_a_point_far_from_its_commune_is_left_empty_and_refuses_nothing() -> None:
    far = content(**{"909000.0": "842000.0"})  # Arles, for an address in Aubagne
    done = plan(far)
    assert not done.is_refused
    line = next(line for line in done.lines if line.key == "130990029")
    assert any("laissé vide" in words for words in line.sentences)


def test_the_command_tells_what_it_would_do_and_writes_nothing_when_asked() -> None:
    out = io.StringIO()
    call_command("import_finess", str(DATA / "finess_507.csv"), "--dry-run", stdout=out)
    assert "À créer 3" in out.getvalue()
    assert not ResourcePage.objects.exists()
    call_command("import_finess", str(DATA / "finess_507.csv"), stdout=out)
    assert ResourcePage.objects.count() == 3


def test_the_command_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="illisible"):
        call_command("import_finess", str(tmp_path / "absent.csv"))
    (tmp_path / "autre.csv").write_text("a;b\n1;2\n")
    with pytest.raises(CommandError, match="FINESS connu"):
        call_command("import_finess", str(tmp_path / "autre.csv"))


def test_a_portal_of_another_department_takes_its_own_lines(settings) -> None:
    settings.PORTAL_DEPARTEMENT = "31"
    file = read_finess(io.BytesIO(content()))
    assert [row.key for row in file.rows] == ["310990013"]


def test_the_coordinator_reads_what_a_file_would_do_then_writes_it(client: Client) -> None:
    client.force_login(member_of("Coordination"))
    url = reverse("imports:upload", args=["finess"])
    assert "etalab_cs1100502" in client.get(url).content.decode()
    file = SimpleUploadedFile("finess.csv", content(), content_type="text/csv")
    shown = client.post(url, {"file": file}, follow=True)
    html = shown.content.decode()
    for words in ("CMP psychiatrie infanto-juvénile des Tilleuls", "pharmacie", "10 août 2026"):
        assert words in html
    assert not ResourcePage.objects.exists()
    seen = shown.context["run"].digest
    client.post(shown.redirect_chain[-1][0], {"seen": seen}, follow=True)
    assert ResourcePage.objects.filter(live=False).count() == 3


def test_a_file_that_is_none_is_told_on_the_form(client: Client) -> None:
    client.force_login(member_of("Coordination"))
    file = SimpleUploadedFile("finess.json.gz", b"\x1f\x8bfaux", content_type="application/gzip")
    html = client.post(reverse("imports:upload", args=["finess"]), {"file": file}).content.decode()
    assert "Cette archive est abîmée" in html


def test_only_the_coordination_may_import_finess(client: Client) -> None:
    for group in ("Rédaction", "Référents"):
        client.force_login(member_of(group))
        assert client.get(reverse("imports:upload", args=["finess"])).status_code in (302, 403)
