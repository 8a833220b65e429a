from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.users.groups import ensure_groups


class Command(BaseCommand):
    """Run it after ``migrate``: new kinds of content bring new rights."""

    help = _("Crée les groupes de l’éditeur et le circuit de relecture, ou les complète.")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in ensure_groups() or [_("Les groupes sont déjà là.")]:
            self.stdout.write(line)
