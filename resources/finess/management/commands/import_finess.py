from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.imports.apply import ImportBusy, PlanChanged, apply_import
from portal.imports.contract import ImportPlan, RowVerdict, SourceFile, UnreadableFile
from portal.imports.planner import plan_import
from resources.finess.rows import read_finess
from resources.finess.target import FinessTarget


class Command(BaseCommand):
    help = "Importe un fichier FINESS (extraction historique, t_finess ou FINESS+) en brouillons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Dire ce qui serait fait, et ne rien écrire."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = self._read(options["fichier"])
        try:
            plan = plan_import(file, FinessTarget())
        except UnreadableFile as reason:
            raise CommandError(str(reason)) from None
        self._report(plan, options["verbosity"])
        if plan.is_refused:
            raise CommandError("Le fichier est refusé : rien n’est écrit.")
        if options["dry_run"]:
            self.stdout.write("Essai : rien n’est écrit.")
        elif plan.can_be_applied:
            seen = plan.digest
            del plan  # another is made of what is there by then: both would be held at once
            self._apply(file, seen)

    def _read(self, path: Path) -> SourceFile:
        """The file goes by: it is never whole in memory."""
        try:
            with path.open("rb") as file:
                return read_finess(file)
        except OSError as reason:
            raise CommandError(f"Fichier illisible : {reason.strerror or reason}") from None
        except UnreadableFile as reason:
            raise CommandError(str(reason)) from None

    def _apply(self, file: SourceFile, seen: str) -> None:
        try:
            apply_import(file, FinessTarget, seen, user=None)
        except ImportBusy:
            raise CommandError("Un autre import est en cours : recommencez ensuite.") from None
        except PlanChanged:
            raise CommandError("L’annuaire a changé pendant la lecture : recommencez.") from None
        self.stdout.write(self.style.SUCCESS("Tout est écrit."))

    def _report(self, plan: ImportPlan, verbosity: int) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for line, words in plan.errors:
            self.stdout.write(f"Ligne {line} : {words}")
        if verbosity > 1 or plan.is_refused:
            for one in plan.lines:
                said = "".join(f"\n    {words}" for words in one.everything_said)
                self.stdout.write(f"Ligne {one.line}, {one.title} : {one.label}{said}")
        counts = plan.counts
        said = ", ".join(f"{RowVerdict(code).label} {counts[code]}" for code in RowVerdict.values)
        self.stdout.write(f"{said[:1].upper()}{said[1:]}.")
