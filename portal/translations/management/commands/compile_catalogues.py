from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

import polib

from portal.translations import catalogues


class Command(BaseCommand):
    help = (
        "Compile the catalogues of portal/locale and portal/editor/locale (.po to .mo), without "
        "the gettext tools. With --update, first add the sentences that portal/locale lacks "
        "and take out the others."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="read the code first")

    def handle(self, *args: Any, **options: Any) -> None:
        readers = Path(settings.LOCALE_PATHS[0])
        for path in catalogues.catalogue_files():
            catalogue = polib.pofile(str(path), wrapwidth=0)
            if options["update"] and path.is_relative_to(readers):
                added, gone = catalogues.update_catalogue(catalogue)
                catalogue.save()
                self.stdout.write(f"{added} added, {gone} taken out")
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            missing = len(catalogue.untranslated_entries())
            self.stdout.write(f"{path}: {len(catalogue)} sentences, {missing} to translate")
