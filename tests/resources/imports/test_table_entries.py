"""The table of entries: downloaded, edited in a spreadsheet, and read back."""

import csv
import io

from wagtail.models import Page, PageLogEntry, ReferenceIndex

import pytest

from portal.imports.apply import PlanChanged, apply_import
from portal.imports.contract import ImportPlan
from portal.imports.planner import plan_import
from resources.imports.download import table_as_csv, table_as_xlsx
from resources.imports.reader import read_entries_table
from resources.imports.target import EntryTarget
from resources.listing.models import DirectoryPage
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage
from tests.factories.geo import TerritoryFactory
from tests.factories.resources import GemPageFactory, ResourcePageFactory, ResourceTypeFactory
from tests.factories.users import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "types")]

NEW = (
    "type;titre;telephone;commune;code_postal;pour_qui;email;latitude;longitude\n"
    "GEM;Le Phare;0491385460;Aubagne;13400;adultes, proches;gem@exemple.example;43,29;5,57\n"
    "ASSOCIATION;La Halte;04.91.38.54.61;13055;13001;Adultes;;;\n"
    "CMPEA;CMP des Lices;+33 4 91 38 54 62;Marseille 3e;13003;enfants;;;\n"
    "CLSM;CLSM d’Aubagne;;Aubagne;;;;;\n"
)


@pytest.fixture
def types(directory: DirectoryPage) -> None:
    for code in ("GEM", "CMP", "CMPEA", "CLSM", "ASSOCIATION"):
        ResourceTypeFactory(code=code)


def plan_of(content: str | bytes, **options: object) -> ImportPlan:
    content = content.encode() if isinstance(content, str) else content
    return plan_import(read_entries_table(content, "annuaire.csv", {}), EntryTarget(options))


def import_(content: str | bytes, user: object = None, **options: object) -> ImportPlan:
    content = content.encode() if isinstance(content, str) else content
    file = read_entries_table(content, "annuaire.csv", {})
    seen = plan_import(file, EntryTarget(options)).digest
    return apply_import(file, lambda: EntryTarget(options), seen, user)


def downloaded() -> list[dict[str, str]]:
    text = b"".join(table_as_csv()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def as_csv(rows: list[dict[str, str]]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def verdicts(plan: ImportPlan) -> list[str]:
    return [line.verdict.name for line in plan.lines]


def words(plan: ImportPlan) -> str:
    return " ".join(text for line in plan.lines for text in line.everything_said)


def test_new_lines_become_drafts_of_the_right_sort(directory: DirectoryPage) -> None:
    plan = import_(NEW)

    assert verdicts(plan) == ["NEW"] * 4, words(plan)
    gem = GemPage.objects.get()
    assert (gem.title, gem.phone, gem.commune_id, gem.lat) == (
        "Le Phare", "04 91 38 54 60", "13005", 43.29,
    )  # fmt: skip
    assert gem.publics == ["adultes", "proches"]
    assert not gem.live
    assert CmpPage.objects.get().type.code == "CMPEA"
    assert CmpPage.objects.get().audience == "infanto-juvenile"
    assert ClsmPage.objects.exists()
    directory.refresh_from_db()
    assert {page.slug for page in directory.get_children()} == {
        "le-phare", "la-halte", "cmp-des-lices", "clsm-daubagne",
    }  # fmt: skip


def test_a_cmp_is_for_adults_only_when_its_line_says_so(directory: DirectoryPage) -> None:
    import_("type;titre;pour_qui\nCMP;CMP Muet;\nCMP;CMP Dit;adultes\n")
    told = dict(CmpPage.objects.values_list("title", "audience"))
    assert told == {"CMP Muet": "", "CMP Dit": "adulte"}


def test_what_is_made_at_once_is_as_complete_as_what_is_made_by_hand(
    directory: DirectoryPage, editors_indexes: None
) -> None:
    user = member_of("Coordination")

    import_(NEW, user)

    gem = GemPage.objects.get()
    assert gem.get_latest_revision().as_object().phone == "04 91 38 54 60"
    assert gem.latest_revision.user == gem.owner == user
    assert PageLogEntry.objects.get(page=gem.pk).action == "wagtail.create"
    assert ReferenceIndex.get_references_for_object(gem).exists()
    assert list(Page.objects.search("Phare")) == [Page.objects.get(pk=gem.pk)]
    assert Page.find_problems() == ([], [], [], [], [])
    directory.refresh_from_db()
    assert directory.numchild == 4
    assert (
        directory.add_child(instance=ResourcePageFactory.build(type=ResourceTypeFactory())).numchild
        == 0
    )


def test_the_same_file_again_changes_nothing() -> None:
    import_(NEW)
    before = list(ResourcePage.objects.values())

    again = plan_of(NEW)

    assert verdicts(again) == ["SAME"] * 4, words(again)
    assert not again.can_be_applied
    assert list(ResourcePage.objects.values()) == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_downloaded_is_read_back_without_a_change(form: str) -> None:
    import_(NEW)
    gem = GemPage.objects.get()
    gem.activities = "Peinture\nJardin, le mardi"
    gem.first_visit = [("step", "Vous appelez."), ("step", "On vous rappelle.")]
    gem.address_is_masked, gem.website = True, "https://gem.example/"
    gem.opening_hours, gem.title = "Mo-Fr 09:00-12:00", "=Le  Phare"
    gem.save_revision().publish()
    content = b"".join(table_as_csv()) if form == "csv" else table_as_xlsx().content

    plan = plan_of(content)

    assert verdicts(plan) == ["SAME"] * 4, words(plan)


def test_a_telephone_survives_the_spreadsheet() -> None:
    import_(NEW)
    rows = downloaded()
    for row in rows:
        # What Excel makes of a number that it takes for one.
        row["telephone"] = row["telephone"].replace(" ", "").removeprefix("0")

    plan = plan_of(as_csv(rows))

    assert verdicts(plan) == ["SAME"] * 4, words(plan)
    assert words(plan).count("le tableur avait mangé le zéro") == 3


def test_an_edited_line_changes_its_entry_and_nothing_else() -> None:
    import_(NEW)
    GemPage.objects.get().get_latest_revision().publish()
    rows = downloaded()
    row = next(row for row in rows if row["titre"] == "Le Phare")
    row |= {"telephone": "3114", "email": "", "autres_telephones": "Secrétariat : 0491385463"}

    plan = import_(as_csv(rows))

    assert sorted(verdicts(plan)) == ["CHANGED", "SAME", "SAME", "SAME"], words(plan)
    assert "« 3114 » au lieu de « 04 91 38 54 60 »" in words(plan)
    gem = GemPage.objects.get()
    assert gem.phone == "04 91 38 54 60", "readers still see what was approved"
    draft = gem.get_latest_revision_as_object()
    assert (draft.phone, draft.email) == ("3114", "")
    assert [str(phone) for phone in draft.phones.all()] == ["Secrétariat 04 91 38 54 63"]


def test_what_is_published_changes_at_once_when_it_is_asked_for() -> None:
    import_(NEW)
    GemPage.objects.get().get_latest_revision().publish()
    rows = downloaded()
    next(row for row in rows if row["titre"] == "Le Phare")["telephone"] = "3114"

    import_(as_csv(rows), member_of("Coordination"), publishes=True)

    gem = GemPage.objects.get()
    assert (gem.phone, gem.has_unpublished_changes) == ("3114", False)
    assert ResourcePage.objects.filter(live=True).count() == 1, "drafts stay drafts"


@pytest.mark.parametrize("says", ["oui", "non"])
def test_a_crisis_door_is_not_published_by_one_person_alone(says: str) -> None:
    import_(NEW)
    gem = GemPage.objects.get()
    gem.is_emergency = True
    gem.save_revision().publish()
    rows = downloaded()
    row = next(row for row in rows if row["titre"] == "Le Phare")
    row |= {"telephone": "3114", "urgence": says}

    import_(as_csv(rows), member_of("Coordination"), publishes=True)

    gem = GemPage.objects.get()
    assert gem.phone == "04 91 38 54 60"
    assert gem.get_latest_revision_as_object().phone == "3114"


def test_a_draft_that_waits_is_not_published_with_the_file() -> None:
    import_(NEW)
    gem = GemPage.objects.get()
    gem.get_latest_revision().publish()
    draft = GemPage.objects.get()
    draft.summary = "Pas encore relu."
    draft.save_revision()
    rows = downloaded()
    next(row for row in rows if row["titre"] == "Le Phare")["telephone"] = "3114"

    import_(as_csv(rows), member_of("Coordination"), publishes=True)

    gem = GemPage.objects.get()
    assert (gem.phone, gem.summary) == ("04 91 38 54 60", "")
    draft = gem.get_latest_revision_as_object()
    assert (draft.phone, draft.summary) == ("3114", "Pas encore relu.")


def test_an_entry_that_changed_since_the_download_is_kept_and_said() -> None:
    import_(NEW)
    rows = downloaded()
    gem = GemPage.objects.get()
    gem.phone = "01 23 45 67 89"
    gem.save_revision()
    next(row for row in rows if row["titre"] == "Le Phare")["email"] = "autre@exemple.example"

    plan = plan_of(as_csv(rows))

    assert sorted(verdicts(plan)) == ["KEPT", "SAME", "SAME", "SAME"]
    assert "Modifiée depuis le téléchargement" in words(plan)
    assert not plan.can_be_applied


def test_what_a_person_edited_is_kept_when_the_file_does_not_say_its_version() -> None:
    import_(NEW)
    gem = GemPage.objects.get()
    gem.phone, gem.email = "01 23 45 67 89", ""
    gem.save_revision()

    plan = plan_of(NEW.replace("gem@", "contact@").replace("0491385460", "3114"))

    assert verdicts(plan)[0] == "KEPT"
    assert "modifié par une personne" in words(plan)
    assert "une personne l’a vidé" in words(plan)


def test_an_entry_that_was_deleted_comes_back_only_when_asked_for() -> None:
    import_(NEW)
    GemPage.objects.get().delete()

    assert verdicts(plan_of(NEW))[0] == "KEPT"
    assert verdicts(plan_of(NEW, recreates=True))[0] == "NEW"


def test_a_locked_entry_is_kept() -> None:
    import_(NEW)
    rows = downloaded()
    GemPage.objects.update(locked=True)
    next(row for row in rows if row["titre"] == "Le Phare")["telephone"] = "3114"

    plan = plan_of(as_csv(rows))

    assert "KEPT" in verdicts(plan)
    assert "verrouillée" in words(plan)


def test_an_address_does_not_stop_being_secret_because_a_cell_was_cleared() -> None:
    import_(NEW)
    gem = GemPage.objects.get()
    gem.address_is_masked = True
    gem.save_revision()
    rows = downloaded()
    next(row for row in rows if row["titre"] == "Le Phare")["adresse_secrete"] = ""

    assert verdicts(plan_of(as_csv(rows))) == ["SAME"] * 4


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("finess", "130001234", "même numéro FINESS"),
        ("siret", "73282932000074", "même SIRET"),
        ("telephone", "04 91 38 54 60", "même téléphone, même commune"),
        ("titre", "LE PHARE", "même nom, même commune"),
    ],
)
@pytest.mark.parametrize("where", ["directory", "file"])
def test_a_likely_duplicate_is_said_and_refuses_nothing(
    name: str, value: str, said: str, where: str
) -> None:
    first = {"type": "GEM", "titre": "Le Phare", "commune": "Aubagne", name: value}
    second = {"type": "ASSOCIATION", "titre": "Autre nom", "commune": "Aubagne", name: value}
    if where == "directory":
        import_(as_csv([first]))
        plan = plan_of(as_csv([second]))
    else:
        plan = plan_of(as_csv([first, second]))

    assert verdicts(plan)[-1] == "NEW"
    assert said in " ".join(plan.lines[-1].warnings)
    assert plan.counts["a_regarder"] == 1
    assert plan.can_be_applied


def test_an_entry_that_changes_between_the_plan_and_the_writing_is_seen_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_(NEW)
    rows = downloaded()
    next(row for row in rows if row["titre"] == "Le Phare")["telephone"] = "3114"
    file = read_entries_table(as_csv(rows).encode(), "annuaire.csv", {})
    seen = plan_import(file, EntryTarget()).digest
    still_true = EntryTarget.still_true

    def somebody_writes(self: EntryTarget, changes: object) -> bool:
        gem = GemPage.objects.get()
        gem.summary = "Écrit entre-temps."
        gem.save_revision()
        return still_true(self, changes)

    monkeypatch.setattr(EntryTarget, "still_true", somebody_writes)

    with pytest.raises(PlanChanged):
        apply_import(file, EntryTarget, seen, None)

    assert GemPage.objects.get().get_latest_revision_as_object().phone == "04 91 38 54 60"


def test_a_coverage_of_an_entry_online_waits_in_its_draft(directory: DirectoryPage) -> None:
    gem = GemPageFactory(parent=directory)
    TerritoryFactory(name="Pays d’Arles", slug="pays-d-arles")
    file = f"uuid;territoires_couverts\n{gem.uuid};Pays d’Arles\n"
    source = read_entries_table(file.encode(), "", {})

    apply_import(source, EntryTarget, plan_import(source, EntryTarget()).digest, None)

    assert not GemPage.objects.get(pk=gem.pk).coverage_territories.exists()
    draft = GemPage.objects.get(pk=gem.pk).get_latest_revision_as_object()
    assert [one.slug for one in draft.coverage_territories.all()] == ["pays-d-arles"]
