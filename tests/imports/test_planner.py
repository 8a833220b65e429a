"""What an import may write, and that it writes all of it or nothing, whatever its rows become."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

import pytest

from portal.glossary.models import GlossaryTerm
from portal.imports.apply import LOCK, ImportBusy, PlanChanged, apply_import
from portal.imports.contract import (
    FieldValues,
    ImportPlan,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
)
from portal.imports.models import ImportedObject
from portal.imports.planner import plan_import
from portal.jobs.locks import exclusive_lock
from tests.factories.home import GlossaryTermFactory

pytestmark = pytest.mark.django_db


class TermTarget(ImportTarget):
    """Rows that become terms of the glossary: the smallest of targets."""

    model = GlossaryTerm

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        self.known = known
        self.terms = {term.pk: term for term in GlossaryTerm.objects.all()}

    def find(self, row: ImportRow) -> GlossaryTerm | None:
        by_name = {term.term: term for term in self.terms.values()}
        return self.terms.get(self.known.get(row.key, 0)) or by_name.get(
            row.values.get("term", row.key)
        )

    def values_of(self, found: GlossaryTerm) -> FieldValues:
        return {name: getattr(found, name) for name in ("term", "expansion", "definition")}

    def version_of(self, found: GlossaryTerm) -> str:
        return f"v-{found.definition}"

    def held(self, found: GlossaryTerm) -> str:
        return "Gardé sous clé." if found.definition == "Sous clé" else ""

    def title_of(self, row: ImportRow, found: GlossaryTerm | None) -> str:
        return row.values.get("term", row.key)

    def label_of(self, name: str) -> str:
        return {"expansion": "Nom complet", "definition": "Définition"}.get(name, name)

    def mistakes(self, row: ImportRow, found: Any, values: FieldValues) -> Sequence[str]:
        return ["trop long"] if len(values.get("definition", "")) > 50 else []

    def write(
        self, changes: Sequence[RowChange], user: Any, *, publishes: bool, told: ProgressCallback
    ) -> Sequence[int]:
        pks = []
        for change in changes:
            term = change.found or GlossaryTermFactory.build(term="", definition="", expansion="")
            for name, value in change.values.items():
                setattr(term, name, value)
            term.locale_id = term.locale_id or GlossaryTermFactory.build().locale.pk
            term.save()
            pks.append(term.pk)
        return pks

    @classmethod
    def allows(cls, user: Any) -> bool:
        return True


def file_of(*rows: ImportRow | FieldValues) -> SourceFile:
    made = [
        row if isinstance(row, ImportRow) else ImportRow(line, row.get("term", ""), row)
        for line, row in enumerate(rows, start=2)
    ]
    return SourceFile("essai", "Essai", made)


def plan_of(*rows: ImportRow | FieldValues, **options: Any) -> ImportPlan:
    return plan_import(file_of(*rows), TermTarget(options))


def import_(*rows: ImportRow | FieldValues) -> ImportPlan:
    file = file_of(*rows)
    return apply_import(file, TermTarget, plan_import(file, TermTarget()).digest, None)


def verdicts(plan: ImportPlan) -> list[str]:
    return [line.verdict.name for line in plan.lines]


def term() -> GlossaryTerm:
    return GlossaryTerm.objects.get(term="GEM")


GEM = {"term": "GEM", "expansion": "Groupe d’entraide", "definition": "Un lieu."}


def test_a_row_is_written_and_the_next_time_it_is_the_same() -> None:
    assert verdicts(import_(GEM)) == ["NEW"]
    assert term().definition == "Un lieu."
    assert ImportedObject.objects.get().values == GEM

    again = import_(GEM)

    assert verdicts(again) == ["SAME"]
    assert not again.can_be_applied


@pytest.mark.parametrize(
    ("person", "file", "verdict", "ends"),
    [
        # What the import wrote is its own, until a person writes something else.
        (None, "Autre lieu.", "CHANGED", "Autre lieu."),
        (None, "", "CHANGED", ""),
        ("Écrit à la main.", "Autre lieu.", "KEPT", "Écrit à la main."),
        ("Écrit à la main.", "Un lieu.", "KEPT", "Écrit à la main."),
        ("Écrit à la main.", "", "KEPT", "Écrit à la main."),
        # Emptied is edited too.
        ("", "Un lieu.", "KEPT", ""),
        # A person and the file agree.
        ("Autre lieu.", "Autre lieu.", "SAME", "Autre lieu."),
    ],
)
def test_what_a_person_edited_is_never_overwritten(
    person: str | None, file: str, verdict: str, ends: str
) -> None:
    import_(GEM)
    if person is not None:
        GlossaryTerm.objects.update(definition=person)

    plan = import_(GEM | {"definition": file})

    assert verdicts(plan) == [verdict]
    assert term().definition == ends
    assert ("une personne" in str(plan.lines[0].sentences)) == (verdict == "KEPT")


def test_an_object_that_a_person_made_is_completed_and_not_changed() -> None:
    GlossaryTermFactory(term="GEM", expansion="", definition="Écrit à la main.")

    plan = import_(GEM)

    assert verdicts(plan) == ["CHANGED"]
    assert (term().expansion, term().definition) == ("Groupe d’entraide", "Écrit à la main.")
    assert verdicts(import_(GEM | {"expansion": "Autre nom"})) == ["CHANGED"]
    assert verdicts(import_(GEM | {"definition": "Autre lieu."})) == ["CHANGED"]
    assert term().definition == "Écrit à la main."


def test_a_name_that_the_row_does_not_have_says_nothing() -> None:
    import_(GEM)

    assert verdicts(import_({"term": "GEM"})) == ["SAME"]


def test_a_row_with_its_version_is_written_whole_while_nothing_changed() -> None:
    GlossaryTermFactory(term="GEM", expansion="Nom", definition="Avant.")
    row = ImportRow(2, "GEM", {"definition": "Après.", "expansion": ""}, version="v-Avant.")

    assert verdicts(import_(row)) == ["CHANGED"]
    assert (term().definition, term().expansion) == ("Après.", "")
    # The same file again: its version is gone, and there is nothing left to write.
    assert verdicts(import_(row)) == ["SAME"]

    stale = ImportRow(2, "GEM", {"definition": "Encore après."}, version="v-Avant.")
    plan = import_(stale)

    assert verdicts(plan) == ["KEPT"]
    assert "Modifiée depuis le téléchargement" in plan.lines[0].sentences[0]
    assert term().definition == "Après."


def test_what_is_held_is_kept_and_says_why() -> None:
    GlossaryTermFactory(term="GEM", expansion="", definition="Sous clé")

    plan = import_({"term": "GEM", "expansion": "Nom"})

    assert verdicts(plan) == ["KEPT"]
    assert plan.lines[0].sentences == ("Gardé sous clé.",)


def test_what_was_deleted_comes_back_only_when_asked_for() -> None:
    import_(GEM)
    term().delete()

    assert verdicts(plan_of(GEM)) == ["KEPT"]
    assert verdicts(plan_of(GEM, recreates=True)) == ["NEW"]


def test_one_refused_line_and_nothing_is_written() -> None:
    plan = import_(GEM, {"term": "CMP", "definition": "x" * 51})

    assert verdicts(plan) == ["NEW", "REFUSED"]
    assert plan.is_refused
    assert not GlossaryTerm.objects.filter(term__in=["GEM", "CMP"]).exists()
    assert not ImportedObject.objects.exists()


def test_an_error_of_the_file_refuses_all_of_it() -> None:
    file = file_of(GEM)
    file.errors.append((7, "illisible"))

    plan = plan_import(file, TermTarget())

    assert not plan.can_be_applied
    assert plan.counts["refusee"] == 1


def test_a_thing_said_twice_is_refused_the_second_time() -> None:
    GlossaryTermFactory(term="GEM")
    other_key = ImportRow(4, "autre", {"term": "GEM", "definition": "Encore."})

    plan = plan_of(GEM, GEM, other_key)

    assert verdicts(plan)[1:] == ["REFUSED", "REFUSED"]
    assert "répète la ligne 2" in plan.lines[1].sentences[0]
    assert "La ligne 2 parle déjà de « GEM »" in plan.lines[2].sentences[0]


def test_what_a_reader_says_of_a_row_is_told() -> None:
    refused = ImportRow(2, "a", {}, problems=("« x » n’est pas une date.",), said="Ligne A")
    mended = ImportRow(3, "b", {"term": "B"}, remarks=("Zéro rendu.",))

    plan = plan_of(refused, mended)

    assert plan.lines[0].sentences == ("« x » n’est pas une date.",)
    assert plan.lines[1].sentences == ("Zéro rendu.",)


def test_what_was_seen_is_what_is_written() -> None:
    file = file_of(GEM)
    seen = plan_import(file, TermTarget()).digest
    GlossaryTermFactory(term="GEM", expansion="", definition="")

    with pytest.raises(PlanChanged) as caught:
        apply_import(file, TermTarget, seen, None)

    assert verdicts(caught.value.plan) == ["CHANGED"]
    assert term().definition == ""


def test_a_failure_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    write = TermTarget.write

    def fails(self: TermTarget, *args: Any, **kwargs: Any) -> Sequence[int]:
        write(self, *args, **kwargs)
        raise OSError("disque plein")

    monkeypatch.setattr(TermTarget, "write", fails)

    with pytest.raises(OSError, match="disque plein"):
        import_(GEM)

    assert not GlossaryTerm.objects.filter(term="GEM").exists()
    assert not ImportedObject.objects.exists()


def test_two_imports_never_write_together() -> None:
    with exclusive_lock(LOCK), pytest.raises(ImportBusy):
        import_(GEM)


def test_the_memory_knows_when_each_thing_was_last_in_the_file() -> None:
    import_(GEM, {"term": "CMP"})
    long_ago = timezone.now() - timezone.timedelta(days=30)
    ImportedObject.objects.update(seen_at=long_ago)

    import_(GEM, {"term": "CLSM"})

    assert ImportedObject.objects.get(key="GEM").seen_at > long_ago
    assert ImportedObject.objects.get(key="CMP").seen_at == long_ago


def test_the_counts_of_a_trial_are_those_of_the_real_thing() -> None:
    GlossaryTermFactory(term="CMP", expansion="", definition="")
    rows = [GEM, {"term": "CMP", "expansion": "Centre"}, {"term": "PTSM"}]

    trial = plan_of(*rows)
    real = import_(*rows)

    assert trial.counts == real.counts
    assert trial.lines == real.lines
