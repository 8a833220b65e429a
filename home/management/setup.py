"""What the commands that set up a portal share."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo.files import ContentError
from home.demo.seeder import DemoSeeder


class SetupCommand(BaseCommand):
    """Says what was made, or in one line why nothing was."""

    def set_up(self, build: Callable[[], DemoSeeder], options: dict[str, Any]) -> DemoSeeder:
        wagtail = logging.getLogger("wagtail")
        level = wagtail.level
        if options["verbosity"] < 2:  # one line a page would drown the report
            wagtail.setLevel(logging.WARNING)
        try:
            seeder = build()
        except ContentError as error:
            raise CommandError(f"Rien n’a été changé : {error}") from error
        finally:
            wagtail.setLevel(level)
        for line in seeder.report():
            self.stdout.write(line)
        return seeder
