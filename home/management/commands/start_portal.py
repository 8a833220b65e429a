from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from home.demo.portal import start_portal
from home.demo.settings import find_department
from home.management.setup import SetupCommand
from home.setup.opening import begin_preparation

#: What the seeder calls the settings that a first run writes.
SETTINGS_KEY = "settings"


class Command(SetupCommand):
    help = (
        "Met en place le portail vide d’un département : son nom, ses communes, les six "
        "priorités, et des pages à compléter (brouillons). Peut être relancée sans risque."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--departement",
            default=settings.PORTAL_DEPARTEMENT,
            help="Code du département, par exemple 59. Par défaut : PORTAL_DEPARTEMENT.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["departement"]
        seeder = self.set_up(partial(start_portal, code), options)
        if SETTINGS_KEY in seeder.fresh:  # a portal that was there before is open already
            begin_preparation()
        wanted = find_department(code).code
        if wanted != settings.PORTAL_DEPARTEMENT:
            self.stdout.write(
                f"Lancez ensuite le site avec PORTAL_DEPARTEMENT={wanted} "
                f"(il vaut {settings.PORTAL_DEPARTEMENT} en ce moment)."
            )
