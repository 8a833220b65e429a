from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.jobs.registry import tick


class Command(BaseCommand):
    """Run once the periodic jobs that are due, for a host with one cron line."""

    help = "Fait une fois les tâches périodiques dont l’heure est venue (publier, envoyer…)."
    # A host may call it each minute: only what makes a portal unsafe is looked at.
    requires_system_checks = ["production"]

    def handle(self, *args: Any, **options: Any) -> None:
        runs = tick()
        if runs is None:
            self.stdout.write("Un autre processus s’en occupe déjà.")
            return
        failed = [run.name for run in runs if not run.succeeded]
        if failed:
            raise CommandError(f"Tâches en échec, à retrouver plus haut : {', '.join(failed)}.")
