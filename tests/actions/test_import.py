"""Action sheets that come in a spreadsheet: drafts, known again by their reference."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest
from openpyxl import Workbook, load_workbook

from actions.choices import ActionStatus, PartnerRole
from actions.imports.reader import read_actions
from actions.imports.target import ActionTarget
from actions.models import ActionPage, RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from portal.imports.apply import apply_import
from portal.imports.contract import ImportPlan, RowVerdict
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.planner import plan_import
from tests.factories.actions import (
    ActionPageFactory,
    PriorityFactory,
    RecommendationPageFactory,
)
from tests.factories.geo import TerritoryFactory
from tests.factories.users import member_of

CASES = Path(__file__).parents[1] / "imports" / "cases"
HEADER = (
    "Référence;Titre;Axe;Pourquoi;Objectifs;Pour qui;Territoires;Pilote;Partenaires;Statut;Début;"
    "Fin prévue\n"
)
GOOD = HEADER + (
    "3.2;Des équipes mobiles;Axe 3 : parcours;Trop loin. | Trop long.;Aller vers | Tenir;"
    "adultes, proches;Pays d’Arles;Hôpital des Pins;GEM Exemple | Ville d’Arles;En cours;"
    "2026-05-07;31/12/2027\n"
    "3.10;Une maison;3;;;;;;;;;\n"
)


@pytest.fixture(autouse=True)
def _world(roadmap: ActionIndexPage) -> None:
    PriorityFactory(number=1)
    PriorityFactory(number=3, title="Parcours", plain_title="Un parcours sans rupture")
    TerritoryFactory(name="Pays d’Arles", slug="pays-d-arles")


def plan(text: str | bytes = GOOD) -> ImportPlan:
    content = text.encode() if isinstance(text, str) else text
    return plan_import(read_actions(content, "actions.csv", {}), ActionTarget())


def write(text: str | bytes = GOOD) -> ImportPlan:
    content = text.encode() if isinstance(text, str) else text
    file = read_actions(content, "actions.csv", {})
    return apply_import(file, ActionTarget, plan(text).digest, user=None)


def action(reference: str) -> ActionPage:
    return ActionPage.objects.get(reference=reference)


def test_each_line_becomes_a_draft_below_the_roadmap(roadmap: ActionIndexPage) -> None:
    write()
    page = action("3.2").get_latest_revision_as_object()
    assert (page.live, page.get_parent().pk) == (False, roadmap.pk)
    assert (page.title, page.priority.number, page.status) == (
        "Des équipes mobiles", 3, ActionStatus.RUNNING,
    )  # fmt: skip
    assert page.why == "<p>Trop loin.</p><p>Trop long.</p>"
    assert [block.value for block in page.objectives] == ["Aller vers", "Tenir"]
    assert page.publics == ["adultes", "proches"]
    assert [territory.name for territory in page.territories.all()] == ["Pays d’Arles"]
    assert (page.start, page.planned_end) == (date(2026, 5, 7), date(2027, 12, 31))
    assert [(row.role, row.label) for row in page.partners.all()] == [
        (PartnerRole.PILOT, "Hôpital des Pins"),
        (PartnerRole.PARTNER, "GEM Exemple"),
        (PartnerRole.PARTNER, "Ville d’Arles"),
    ]
    assert action("3.10").status == ActionStatus.PROPOSED


def test_the_same_file_again_changes_nothing() -> None:
    write()
    again = write()
    assert {line.verdict for line in again.lines} == {RowVerdict.SAME}
    assert ActionPage.objects.count() == 2


def test_what_a_person_wrote_is_kept_and_said() -> None:
    write()
    page = action("3.2")
    page.title = "Le titre du comité"
    page.save_revision()
    done = write(GOOD.replace("Des équipes mobiles", "Des équipes").replace("Tenir", "Durer"))
    line = done.lines[0]
    assert line.verdict == RowVerdict.CHANGED
    assert any("modifié par une personne" in words for words in line.sentences)
    draft = action("3.2").get_latest_revision_as_object()
    assert draft.title == "Le titre du comité"
    assert [block.value for block in draft.objectives] == ["Aller vers", "Durer"]


def test_an_action_that_a_person_typed_is_found_by_its_reference(roadmap: ActionIndexPage) -> None:
    typed = ActionPageFactory(parent=roadmap, reference="3.2", title="Tapée à la main")
    done = write()
    assert done.lines[0].verdict == RowVerdict.CHANGED
    draft = ActionPage.objects.get(pk=typed.pk).get_latest_revision_as_object()
    assert draft.title == "Tapée à la main"
    assert draft.start == date(2026, 5, 7)
    assert ActionPage.objects.get(pk=typed.pk).start is None  # it is online: a draft waits


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (";Sans référence;3;;;;;;;;;", "Donnez une référence"),
        ("3.3;;3;;;;;;;;;", "Donnez un titre"),
        ("03/02/2026;Un titre;3;;;;;;;;;", "le tableur a changé la référence"),
        ("3.3;Un titre;9;;;;;;;;;", "n’est pas une priorité"),
        ("3.3;Un titre;3;;;martiens;;;;;;", "n’est pas dans la liste"),
        ("3.3;Un titre;3;;;;Atlantide;;;;;", "n’est pas un territoire"),
        ("3.3;Un titre;3;;;;;;;Bloquée;;", "n’est pas dans la liste"),
        ("3.3;Un titre;3;;;;;;;;31/02/2026;", "n’est pas une date"),
        ("3.3;Un titre;3;;;;;;;;2026-05-07;2026-01-01", "La fin prévue vient avant le début"),
        ("3.3;Un titre;3;;;;;;;En pause;;", "en pause ou abandonnée"),
        ("3.3;=HYPERLINK(1);3;;;;;;;;;", "est une formule"),
        ("3.10;Encore elle;3;;;;;;;;;", "répète la ligne 3"),
        ("référence de plus de douze signes;Un titre;3;;;;;;;;;", "12 signes au plus"),
        ("3.3;Un titre;3;;;;;;;;;;de trop", "plus de cellules que de colonnes"),
        (HEADER.strip(), "répète les noms des colonnes"),
    ],
)
def test_one_mistake_is_told_with_its_line_and_refuses_the_file(line: str, words: str) -> None:
    done = plan(f"{GOOD}{line}\n")
    assert done.is_refused
    refused = [one for one in done.lines if one.verdict == RowVerdict.REFUSED]
    assert [one.line for one in refused] == [4]
    assert any(words in said for said in refused[0].sentences), refused[0].sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nommer les colonnes"),
        ("Référence;Couleur;Titre\n", "couleur"),
        (HEADER, "aucune ligne"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        plan(text)


def test_a_portal_without_roadmap_says_so(roadmap: ActionIndexPage) -> None:
    roadmap.delete()
    with pytest.raises(UnreadableFile, match="feuille de route"):
        plan()


def test_markup_in_a_cell_is_only_text() -> None:
    write(GOOD.replace("Trop loin.", "<script>alert(1)</script>"))
    assert "<script>" not in action("3.2").get_latest_revision_as_object().why
    assert write(GOOD.replace("Trop loin.", "<script>alert(1)</script>")).changes == []


def test_a_workbook_is_read_as_well_and_a_reference_keeps_its_zero() -> None:
    book = Workbook()
    book.active.append(["référence", "titre", "début"])
    book.active.append(["3.10", "Une maison", date(2026, 5, 7)])
    buffer = io.BytesIO()
    book.save(buffer)
    write(buffer.getvalue())
    assert action("3.10").start == date(2026, 5, 7)


def test_the_template_holds_the_actions_and_can_be_read_back(client: Client) -> None:
    write()
    client.force_login(member_of("Coordination"))
    response = client.get(reverse("actions_template"))
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["actions", "aide"]
    assert [row[0].value for row in book["actions"].iter_rows(min_row=2)] == ["3.2", "3.10"]
    assert plan(response.content).changes == []


def test_only_those_who_write_the_roadmap_may_import(client: Client) -> None:
    url = reverse("imports:upload", args=["fiches-actions"])
    client.force_login(member_of("Référents"))
    assert client.get(url).status_code in (302, 403)
    assert client.get(reverse("actions_template")).status_code in (302, 403)
    client.force_login(member_of("Coordination"))
    assert "Télécharger le tableau" in client.get(url).content.decode()


def test_the_coordinator_reads_what_a_file_would_do_then_writes_it(client: Client) -> None:
    client.force_login(member_of("Coordination"))
    file = SimpleUploadedFile("actions.csv", GOOD.encode(), content_type="text/csv")
    url = reverse("imports:upload", args=["fiches-actions"])
    shown = client.post(url, {"file": file}, follow=True)
    assert "3.2 Des équipes mobiles" in shown.content.decode()
    assert not ActionPage.objects.exists()
    seen = shown.context["run"].digest
    client.post(shown.redirect_chain[-1][0], {"seen": seen}, follow=True)
    assert ActionPage.objects.count() == 2


def test_the_roadmap_leads_to_its_import(client: Client, roadmap: ActionIndexPage) -> None:
    client.force_login(member_of("Coordination"))
    html = client.get(reverse("actions_list"), follow=True).content.decode()
    assert reverse("imports:upload", args=["fiches-actions"]) in html


@pytest.mark.parametrize(
    "reference",
    ["3-févr", "03-févr.", "févr-03", "3-Feb", "2026-02-03", "2026-02-03 00:00", "03/02", "46056"],
)
def test_a_reference_that_a_spreadsheet_turned_into_a_day_is_refused(reference: str) -> None:
    [line] = plan(f"reference;titre\n{reference};Un titre\n").lines
    assert line.verdict == RowVerdict.REFUSED
    assert line.title.endswith("Un titre")
    assert "le tableur a changé la référence" in " ".join(line.sentences)


def test_two_references_that_a_spreadsheet_made_the_same_are_refused() -> None:
    first, second = plan((CASES / "f1_actions_refs_excel.xlsx").read_bytes()).lines
    assert (first.verdict, second.verdict) == (RowVerdict.NEW, RowVerdict.REFUSED)
    assert second.title.endswith("Essai 3.10 lu 3.1")


WHOLE = (
    "reference;titre;recommandations;etapes;indicateurs;financeurs\n"
    '5.1;Entière;2;"Réunir ; 07/05/2026 ; faite le 10/05/2026 | Ouvrir ; printemps 2027";'
    '"Délai ; unité : jours ; départ : 45 ; objectif : 15,5 ; pour le : 31/12/2027 ; '
    "sens : baisse ; source : audit ; 07/05/2026 : 40 ; 01/09/2026 : 38 (provisoire)"
    ' | Files ; départ : 3";'
    '"ARS ; 1 250,50 € ; 2026 | Département"\n'
)


def test_an_action_comes_whole_and_the_same_file_again_changes_nothing(
    recommendations: RecommendationIndexPage,
) -> None:
    page = RecommendationPageFactory(parent=recommendations, number=2, title="Aller vers")

    assert [line.verdict for line in write(WHOLE).lines] == [RowVerdict.NEW]

    made = action("5.1").get_latest_revision_as_object()
    assert [one.pk for one in made.recommendations.all()] == [page.pk]
    assert [(step.label, step.due_on, step.period, step.done_on) for step in made.steps.all()] == [
        ("Réunir", date(2026, 5, 7), "", date(2026, 5, 10)),
        ("Ouvrir", None, "printemps 2027", None),
    ]
    delay, files = made.indicators.all()
    assert (delay.unit, delay.plain_baseline, delay.plain_target, delay.target_on) == (
        "jours", 45, 15.5, date(2027, 12, 31),
    )  # fmt: skip
    assert (delay.direction, delay.source, files.plain_baseline) == ("baisse", "audit", 3)
    assert [(one.date, one.plain_value, one.comment) for one in delay.readings] == [
        (date(2026, 5, 7), 40, ""), (date(2026, 9, 1), 38, "provisoire"),
    ]  # fmt: skip
    assert [(one.name, one.amount, one.year) for one in made.funders.all()] == [
        ("ARS", Decimal("1250.50"), 2026), ("Département", None, None),
    ]  # fmt: skip
    assert [line.verdict for line in plan(WHOLE).lines] == [RowVerdict.SAME]


def test_a_new_reading_keeps_the_rows_that_are_there(
    recommendations: RecommendationIndexPage,
) -> None:
    RecommendationPageFactory(parent=recommendations, number=2)
    write(WHOLE)
    before = action("5.1").get_latest_revision_as_object().indicators.first()

    write(WHOLE.replace("(provisoire)", "; 01/10/2026 : 30"))

    after = action("5.1").get_latest_revision_as_object().indicators.first()
    assert after.translation_key == before.translation_key
    assert [one.plain_value for one in after.readings] == [40, 38, 30]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("etapes", "Ouvrir ; faite le 01/01/2090", "à venir"),
        ("etapes", "; 07/05/2026", "commence par son nom"),
        ("etapes", "Ouvrir ; 31/02/2026", "n’est pas une date"),
        ("indicateurs", "Délai ; 40", "2026-05-07 : 40"),
        ("indicateurs", "Délai ; hier : 40", "n’est pas une date"),
        ("indicateurs", "Délai ; objectif : beaucoup", "n’est pas un nombre"),
        ("indicateurs", "Délai ; sens : haut", "n’est pas dans la liste"),
        ("financeurs", "ARS ; -3 €", "négatif"),
        ("recommandations", "99", "n’est pas une recommandation"),
    ],
)
def test_what_an_action_lists_badly_is_refused_with_the_reason(
    column: str, cell: str, reason: str
) -> None:
    [line] = plan(f'reference;titre;{column}\n5.2;Un titre;"{cell}"\n').lines
    assert (line.verdict, line.line) == (RowVerdict.REFUSED, 2)
    assert reason in line.sentences[0]
