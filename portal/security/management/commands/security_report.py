from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.security.advisories import read_snapshot
from portal.security.report import make_report


class Command(BaseCommand):
    """One page for whoever answers for the portal; it names no account."""

    help = _("Écrit ce qui protège le portail, et ce qui reste ouvert.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(make_report(timezone.localdate(), read_snapshot())))
